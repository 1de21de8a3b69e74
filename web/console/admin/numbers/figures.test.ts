import { expect, it } from 'vitest';
import { changeOf, valueOf } from './figures.ts';

const figures = { answered: 0, closed: 2 };

it('has no part of ratings where there are none', () => {
  expect(valueOf(figures, 'good')).toBeUndefined();
  expect(valueOf({ ...figures, ratings: { asked: 3, given: 0, good: 0 } }, 'good')).toBeUndefined();
  expect(valueOf({ ...figures, ratings: { asked: 1, given: 4, good: 3 } }, 'good')).toBe(0.75);
  expect(valueOf(figures, 'rated')).toBe(0);
});

it('compares what is counted by its part, and parts by their difference', () => {
  expect(changeOf(3, 2, 'count')).toBe(0.5);
  expect(changeOf(3, 0, 'count')).toBeUndefined();
  expect(changeOf(0.5, 0, 'part')).toBe(0.5);
  expect(changeOf(0.5, undefined, 'part')).toBeUndefined();
});
