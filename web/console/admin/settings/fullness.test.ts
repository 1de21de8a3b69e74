import { expect, it } from 'vitest';
import { fullness } from './fullness.ts';

it('warns from 80 % on, and says at 100 % that nobody new comes in', () => {
  expect([39, 40, 49, 50, 51].map((used) => fullness(used, 50))).toEqual(['room', 'near', 'near', 'full', 'full']);
  expect(fullness(0, 0)).toBe('full');
});
