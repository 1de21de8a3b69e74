/** What JSX may say: the elements of HTML with the attributes that the messenger uses, and listeners under the names of the DOM. */
import type { Child, Picture } from './h.ts';

type Listeners<E> = { [K in keyof HTMLElementEventMap as `on${K}`]?: (event: HTMLElementEventMap[K] & { currentTarget: E }) => unknown };

type Attributes<E> = Listeners<E> & {
  [name: `aria-${string}`]: string | boolean | undefined;
  key?: string;
  children?: Child;
  /** Called with the element whenever all has been drawn. */
  drawn?(element: E): void;
  alt?: string;
  autocomplete?: string;
  class?: string;
  d?: string;
  dir?: 'auto' | 'ltr';
  disabled?: boolean;
  download?: string;
  height?: number;
  href?: string;
  for?: string;
  id?: string;
  inputmode?: 'numeric' | 'decimal';
  label?: string;
  loading?: 'lazy';
  maxlength?: number;
  name?: string;
  novalidate?: boolean;
  placeholder?: string;
  rel?: string;
  required?: boolean;
  role?: string;
  rows?: number;
  selected?: boolean;
  src?: string;
  tabindex?: number;
  target?: '_blank';
  title?: string;
  type?: string;
  value?: string;
  viewBox?: string;
  width?: number;
};

declare global {
  namespace JSX {
    type Element = Picture;
    interface ElementChildrenAttribute {
      children: unknown;
    }
    interface IntrinsicAttributes {
      key?: string;
    }
    type IntrinsicElements = { [Tag in keyof HTMLElementTagNameMap]: Attributes<HTMLElementTagNameMap[Tag]> } & {
      svg: Attributes<SVGElement>;
      path: Attributes<SVGElement>;
    };
  }
}
