import { expect, it } from 'vitest';
import { after } from './waiting.ts';

it('goes from one who waits to the next, and round', () => {
  const waiting = ['a', 'b', 'c'];
  expect([after(undefined, waiting), after('a', waiting), after('c', waiting), after('answered', waiting)]).toEqual(['a', 'b', 'a', 'a']);
  expect([after('a', ['a']), after('a', []), after(undefined, [])]).toEqual([undefined, undefined, undefined]);
});
