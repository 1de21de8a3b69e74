import type { Leaf, Picture } from './h.ts';

/** What each node shows now. */
const shown = new WeakMap<Node, Leaf>();

/**
 * Makes the element's content look like the picture, with as few touches as possible: whatever has its former key and tag
 * keeps its element, and with it focus, selection and place. Calls each `drawn` when everything is in its place.
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
  leaves.forEach((leaf, i) => {
    const node = nodes[i] as ChildNode;
    if (node === next) next = node.nextSibling;
    else parent.insertBefore(node, next);
    drawLeaf(node, leaf, drawn);
  });
}

/** Key and tag: what makes a leaf the one of before. */
function nameOf(leaf: Leaf | undefined): string | undefined {
  return leaf && `${'tag' in leaf ? leaf.tag : ''} ${leaf.key}`;
}

function make(leaf: Leaf, parent: Element): ChildNode {
  if (!('tag' in leaf)) return document.createTextNode('');
  const namespace = leaf.tag === 'svg' ? 'http://www.w3.org/2000/svg' : parent.namespaceURI;
  return document.createElementNS(namespace, leaf.tag) as Element;
}

function drawLeaf(node: ChildNode, leaf: Leaf, drawn: (() => void)[]): void {
  const before = shown.get(node);
  shown.set(node, leaf);
  if (!('tag' in leaf)) {
    if (node.nodeValue !== leaf.text) node.nodeValue = leaf.text;
    return;
  }
  const element = node as Element;
  const former = before && 'tag' in before ? before.attributes : {};
  for (const name in { ...former, ...leaf.attributes }) {
    if (name !== 'drawn') setAttribute(element, name, former[name], leaf.attributes[name]);
  }
  drawChildren(element, leaf.children, drawn);
  const tell = leaf.attributes['drawn'] as ((element: Element) => void) | undefined;
  if (tell) drawn.push(() => tell(element));
}

/** Listeners are properties, as is the value of a field, which the person changes too. `false` is an attribute that is not there. */
function setAttribute(element: Element, name: string, before: unknown, now: unknown): void {
  const properties = element as unknown as Record<string, unknown>;
  if (name === 'value' || name.startsWith('on')) {
    if (properties[name] !== now) properties[name] = now;
  } else if (now === undefined || now === false) element.removeAttribute(name);
  else if (now !== before) element.setAttribute(name, String(now));
}
