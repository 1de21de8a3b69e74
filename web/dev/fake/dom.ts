/**
 * As much of a document as drawing needs: a tree of nodes, attributes, and a count of what was put in and taken out. Give it
 * to a test with `vi.stubGlobal('document', fakeDocument)`.
 */
export class FakeNode {
  childNodes: FakeNode[] = [];
  parent: FakeNode | undefined;
  nodeValue = '';
  readonly attributes = new Map<string, string>();

  constructor(
    readonly name: string,
    readonly namespaceURI = 'html',
  ) {}

  get firstChild(): FakeNode | null {
    return this.childNodes[0] ?? null;
  }

  get nextSibling(): FakeNode | null {
    const siblings = this.parent?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  insertBefore(node: FakeNode, before: FakeNode | null): void {
    node.remove();
    this.childNodes.splice(before ? this.childNodes.indexOf(before) : this.childNodes.length, 0, node);
    node.parent = this;
    touched.push(node.name);
  }

  remove(): void {
    if (!this.parent) return;
    this.parent.childNodes = this.parent.childNodes.filter((one) => one !== this);
    this.parent = undefined;
    touched.push(`-${this.name}`);
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  /** The tree as it would be written. */
  toString(): string {
    if (this.name === '#text') return this.nodeValue;
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${value}"`);
    return `<${this.name}${attributes.join('')}>${this.childNodes.join('')}</${this.name}>`;
  }
}

let touched: string[] = [];

/** What was put in, and with a minus what was taken out, since this was asked before. */
export function touches(): string[] {
  const since = touched;
  touched = [];
  return since;
}

export const fakeDocument = {
  createTextNode: () => new FakeNode('#text'),
  createElementNS: (namespace: string, name: string) => new FakeNode(name, namespace),
};
