import { describe, expect, it, vi } from 'vitest';

class FakeElement {
  constructor(readonly isField: boolean) {}
  closest() {
    return this.isField ? this : null;
  }
}
vi.stubGlobal('Element', FakeElement);
vi.stubGlobal('addEventListener', () => undefined);
const { nameOf } = await import('./keys.ts');

const press = (key: string, more: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, target: new FakeElement(false) as unknown as Element, ...more });
const field = { target: new FakeElement(true) as unknown as Element };

describe('a press of a key', () => {
  it('is called by its key, whatever shift and caps lock make of it', () => {
    expect([nameOf(press('j')), nameOf(press('J')), nameOf(press('?')), nameOf(press('Enter'))]).toEqual(['j', 'j', '?', 'Enter']);
  });

  it('belongs to the field in which it is, unless it is one with Ctrl or ⌘', () => {
    expect(nameOf(press('j', field))).toBeUndefined();
    expect(nameOf(press('K', { ...field, ctrlKey: true }))).toBe('mod+k');
    expect(nameOf(press('k', { ...field, metaKey: true }))).toBe('mod+k');
  });

  it('with Alt is a sign of the keyboard, or of the browser', () => {
    expect(nameOf(press('e', { altKey: true }))).toBeUndefined();
  });
});
