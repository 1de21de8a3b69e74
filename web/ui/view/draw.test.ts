import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeNode, fakeDocument, touches } from '../../dev/fake/dom.ts';
import { draw } from './draw.ts';
import { h } from './h.ts';
import type { Child, Picture } from './h.ts';

vi.stubGlobal('document', fakeDocument);
afterAll(() => {
  vi.unstubAllGlobals();
});

let root: FakeNode;
const show = (picture: Picture) => {
  touches();
  draw(picture, root as unknown as Element);
  return root.childNodes.join('');
};
const list = (...keys: string[]) => h('ul', null, keys.map((key) => h('li', { key }, key)));

beforeEach(() => {
  root = new FakeNode('body');
});

describe('drawing', () => {
  it('makes elements, texts and attributes, and nothing of what is absent', () => {
    expect(show(h('p', { class: 'a', hidden: false, disabled: true, 'aria-busy': true }, 'x', 0, false, null, undefined, ['y', ['z']]))).toBe(
      '<p class="a" disabled="true" aria-busy="true">x0yz</p>',
    );
  });

  it('calls components with their properties and children', () => {
    const Frame = ({ name, children }: { name: string; children: Child }) => h('div', { class: name }, children);
    expect(show(h(Frame, { name: 'a' }, 'x', h('i', null)))).toBe('<div class="a">x<i></i></div>');
  });

  it('touches nothing where nothing moved, and changes what changed', () => {
    show(h('p', { class: 'a', title: 't' }, 'one', h('b', null, 'two')));
    expect(show(h('p', { class: 'b' }, 'ein', h('b', null, 'zwei')))).toBe('<p class="b">ein<b>zwei</b></p>');
    expect(touches()).toEqual([]);
  });

  it('keeps the elements of keys wherever they go', () => {
    show(list('a', 'b', 'c'));
    const [, b, c] = root.firstChild?.childNodes ?? [];
    expect(show(list('n', 'c', 'b'))).toBe('<ul><li>n</li><li>c</li><li>b</li></ul>');
    expect(root.firstChild?.childNodes.slice(1)).toEqual([c, b]);
  });

  it('does not move what stays when something before it goes', () => {
    show(list('a', 'b', 'c'));
    show(list('b', 'c'));
    expect(touches()).toEqual(['-li']);
  });

  it('keeps the place of what may be absent, so that siblings keep their elements', () => {
    const bar = (more: boolean) => h('nav', null, more && h('button', null, 'more'), h('button', null, 'close'));
    show(bar(false));
    const close = root.firstChild?.firstChild;
    expect(show(bar(true))).toBe('<nav><button>more</button><button>close</button></nav>');
    expect(root.firstChild?.childNodes[1]).toBe(close);
  });

  it('makes another element where the tag is another', () => {
    show(h('div', null, h('a', null, 'x')));
    expect(show(h('div', null, h('b', null, 'x')))).toBe('<div><b>x</b></div>');
  });

  it('sets listeners and the value of a field as properties, and takes listeners away', () => {
    const onclick = () => undefined;
    show(h('input', { onclick, value: 'a' }));
    const field = root.firstChild as unknown as Record<string, unknown>;
    expect([field['onclick'], field['value']]).toEqual([onclick, 'a']);
    field['value'] = 'typed';
    show(h('input', { value: 'a' }));
    expect([field['onclick'], field['value']]).toEqual([undefined, 'a']);
  });

  it('draws SVG in its own language', () => {
    show(h('div', null, h('svg', null, h('path', { d: 'M0 0' }))));
    const svg = root.firstChild?.firstChild;
    expect([svg?.namespaceURI, svg?.firstChild?.namespaceURI, root.firstChild?.namespaceURI]).toEqual(['http://www.w3.org/2000/svg', 'http://www.w3.org/2000/svg', 'html']);
  });

  it('tells when all is in its place', () => {
    const seen: string[] = [];
    show(h('div', { drawn: () => seen.push(root.childNodes.join('')) }, h('b', { drawn: () => seen.push('b') }, 'x')));
    expect(seen).toEqual(['b', '<div><b>x</b></div>']);
  });
});
