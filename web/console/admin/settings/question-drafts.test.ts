import { expect, it } from 'vitest';
import { draftOf, moved, placeOf, questionOf } from './question-drafts.ts';

it('keeps a question as it was, but for lines that say nothing', () => {
  const choice = { name: 'about', kind: 'choice', label: 'About?', options: ['An order', 'Else'], required: true } as const;
  expect(questionOf(draftOf({ ...choice, options: [...choice.options] }))).toEqual(choice);
  expect(questionOf({ ...draftOf({ ...choice, options: [] }), lines: ' An order \n\nElse\n' }).options).toEqual(['An order', 'Else']);
  expect(questionOf({ ...draftOf({ ...choice, options: ['a'] }), kind: 'long' })).toEqual({ name: 'about', kind: 'long', label: 'About?', required: true });
});

it.each([
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, 1, 'abc'],
])('moves the one at %d to %d', (from, to, order) => {
  expect(moved([...'abc'], from, to).join('')).toBe(order);
});

it('finds what a refusal is about', () => {
  expect(placeOf('questions[1].options[3]')).toEqual({ at: 1, part: 'options' });
  expect(placeOf('questions')).toBeUndefined();
  expect(placeOf(undefined)).toBeUndefined();
});
