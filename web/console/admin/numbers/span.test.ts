import { expect, it } from 'vitest';
import type { Span } from './span.ts';
import { itemOf, queryOf, spanOf } from './span.ts';

it.each<[Span, string, string]>([
  [{ days: 7 }, '7d', 'days=7'],
  [{ from: '2026-11-01', to: '2026-11-20' }, '2026-11-01..2026-11-20', 'from=2026-11-01&to=2026-11-20'],
])('%o stands in the address', (span, item, query) => {
  expect(itemOf(span)).toBe(item);
  expect(spanOf(item)).toEqual(span);
  expect(queryOf(span)).toBe(query);
});

it.each([undefined, '', 'd', '1000d', '2026-11-01..', 'x'])('%s is the last thirty days', (item) => {
  expect(spanOf(item)).toEqual({ days: 30 });
});
