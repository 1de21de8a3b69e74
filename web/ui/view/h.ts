/** What an element is given: attributes of HTML, and listeners under their names in the DOM. */
export interface Attributes {
  /** Called with the element whenever all has been drawn. */
  drawn?(element: never): void;
  [name: string]: string | number | boolean | undefined | ((value: never) => unknown);
}

/**
 * The picture of an element, as JSX makes it. Components are plain functions from their properties to such a picture, and
 * are called at once: nothing but elements and texts remains to be drawn (draw.ts).
 */
export interface Picture {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Leaf[];
  /** Tells siblings apart: what has the key of before is the element of before. */
  readonly key: string;
}

/** A text among elements. */
export interface Writing {
  readonly tag?: undefined;
  readonly attributes?: undefined;
  readonly text: string;
  readonly key: string;
}

export type Leaf = Picture | Writing;

/** What may stand between two tags; `false` and its like stand for nothing, but keep the place. */
export type Child = Picture | Child[] | string | number | false | null | undefined;

/** What JSX becomes. The key of a child is its own, or else its place among its siblings. */
export function h(tag: string | ((properties: never) => Picture), properties: (Attributes & { key?: string }) | null, ...children: Child[]): Picture {
  const { key = '', ...attributes } = properties ?? {};
  if (typeof tag === 'string') return { tag, attributes, children: placed(children), key };
  return { ...tag({ ...attributes, children } as never), key };
}

function placed(children: readonly Child[], above = ''): Leaf[] {
  return children.flatMap((child, i) => {
    const place = `${above}${i}`;
    if (Array.isArray(child)) return placed(child, `${place}.`);
    if (typeof child === 'object' && child) return { ...child, key: child.key || place };
    return child || child === 0 ? { text: String(child), key: place } : [];
  });
}
