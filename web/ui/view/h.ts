/**
 * The picture of an element, as JSX makes it. Components are plain functions from their properties to such a picture, and
 * are called at once: nothing but elements and texts remains to be drawn (draw.ts).
 */
export interface Picture {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children: readonly Leaf[];
  /** Tells siblings apart: what has the key of before is the element of before. */
  readonly key: string;
}

/** A text among elements. */
export interface Writing {
  readonly text: string;
  readonly key: string;
}

export type Leaf = Picture | Writing;

/** What may stand between two tags; `false` and its like stand for nothing, but keep the place. */
export type Child = Picture | Child[] | string | number | false | null | undefined;

type Properties = Record<string, unknown> & { key?: string };

/** What JSX becomes. The key of a child is its own, or else its place among its siblings. */
export function h(tag: string | ((properties: never) => Picture), properties: Properties | null, ...children: Child[]): Picture {
  const { key = '', ...attributes } = properties ?? {};
  if (typeof tag === 'string') return { tag, attributes, children: placed(children), key };
  return { ...tag({ ...attributes, children } as never), key };
}

function placed(children: readonly Child[], place = ''): Leaf[] {
  return children.flatMap((child, i) => {
    if (Array.isArray(child)) return placed(child, `${place}${i}.`);
    if (typeof child === 'object' && child) return { ...child, key: child.key || place + i };
    return child || child === 0 ? { text: String(child), key: place + i } : [];
  });
}
