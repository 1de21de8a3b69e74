import { expect, it } from 'vitest';
import { datesOf } from './dates.ts';

it('shows the dates of claims, and nothing that is none', () => {
  expect(datesOf({ exp: 0, iat: 1_790_000_000.5, sub: 7, nbf: '5' })).toEqual([
    { name: 'exp', at: '1970-01-01T00:00:00.000Z' },
    { name: 'iat', at: '2026-09-21T14:13:20.500Z' },
  ]);
  expect(datesOf({ exp: 1e300, iat: Number.NaN })).toEqual([]);
  expect(datesOf(undefined)).toEqual([]);
});
