import { expect, it } from 'vitest';
import { durationIn } from './durations.ts';

it.each([
  [0, '0 sec'],
  [59, '59 sec'],
  [90, '2 min'],
  [3_600, '1 hr'],
  [12_000, '3 hr 20 min'],
  [86_400 + 3_599, '1 day'],
  [3 * 86_400 + 7_200, '3 days 2 hr'],
  [11 * 86_400 + 7_200, '11 days'],
])('%d seconds are said in the two largest units', (seconds, said) => {
  expect(durationIn('en', seconds)).toBe(said);
});

it('speaks other languages', () => {
  expect(durationIn('de', 12_000)).toBe('3 Std. 20 Min.');
});
