import type { Attributes, Leaf, Picture } from './h.ts';

/** What each node shows now. */
const shown = new WeakMap<Node, Leaf>();

/**
 * Makes the element's content look like the picture, with as few touches as possible: what has its former key and tag keeps
 * its element, and with it focus, selection and place. Tells every `drawn` of the picture when all is in its place.
 */
export function draw(picture: Picture, root: Element): void {
  const drawn: (() => void)[] = [];
  drawChildren(root, [picture], drawn);
  for (const tell of drawn) tell();
}

function drawChildren(parent: Element, leaves: readonly Leaf[], drawn: (() => void)[]): void {
  const former = new Map([...parent.childNodes].map((node) => [nameOf(shown.get(node)), node]));
  const nodes = leaves.map((leaf) => {
    const name = nameOf(leaf);
    const node = former.get(name) ?? make(leaf, parent);
    former.delete(name);
    return node;
  });
  for (const node of former.values()) node.remove();
  let next = parent.firstChild;
  nodes.forEach((node, i) => {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
    drawLeaf(node, leaves[i] as Leaf, drawn);
  });
}

/** Tag and key: what makes a leaf the one of before. */
function nameOf(leaf: Leaf | undefined): string | undefined {
  return leaf && `${leaf.tag ?? ''} ${leaf.key}`;
}

/** A child is of the language of its parent, SVG or HTML. */
function make({ tag }: Leaf, parent: Element): ChildNode {
  if (!tag) return document.createTextNode('');
  return document.createElementNS(tag === 'svg' ? 'http://www.w3.org/2000/svg' : parent.namespaceURI, tag);
}

function drawLeaf(node: ChildNode, leaf: Leaf, drawn: (() => void)[]): void {
  const before = shown.get(node);
  shown.set(node, leaf);
  if (leaf.tag === undefined) {
    if (node.nodeValue !== leaf.text) node.nodeValue = leaf.text;
    return;
  }
  const element = node as Element;
  const { drawn: tell, ...attributes } = leaf.attributes;
  const former = before?.attributes ?? {};
  for (const name in { ...former, ...attributes }) setAttribute(element, name, former[name], attributes[name]);
  drawChildren(element, leaf.children, drawn);
  if (tell) drawn.push(() => tell(element as never));
}

/** Listeners are properties, as is the value of a field, which the person changes too. `false` is an attribute that is not there. */
function setAttribute(element: Element, name: string, before: Attributes[string], now: Attributes[string]): void {
  const properties = element as unknown as Attributes;
  if (name === 'value' || name.startsWith('on')) {
    if (properties[name] !== now) properties[name] = now;
  } else if (now === undefined || now === false) element.removeAttribute(name);
  else if (now !== before) element.setAttribute(name, String(now));
}
