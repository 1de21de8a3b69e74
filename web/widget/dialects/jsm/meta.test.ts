import { describe, expect, it } from 'vitest';
import { infoOf } from './meta.ts';

describe('what a page says of its visitor', () => {
  it('is kept by name, with the names that agents are shown', () => {
    const meta = [{ render: true, name: 'plan', value: 'gold' }, { name: 'cart', value: 3 }, { render: true, name: 'shop', value: 'Oslo' }];
    expect(infoOf(meta)).toEqual({ 'meta.render': 'plan,shop', 'meta.plan': 'gold', 'meta.cart': '3', 'meta.shop': 'Oslo' });
  });

  it.each([undefined, null, 'plan', {}])('is nothing where it is no list but %j', (meta) => {
    expect(infoOf(meta)).toBeUndefined();
  });

  it('leaves out entries without a name, and what is more than the server takes', () => {
    const info = infoOf([null, { value: 'x' }, { name: 'first', value: 'x' }, { name: 'long', value: 'é'.repeat(2100) }]);
    expect(info).toEqual({ 'meta.first': 'x' });
  });
});
