import { describe, expect, it } from 'vitest';
import { Span } from './span.ts';

const rowsOf = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ key: `row ${from + i}` }));

/** The numbers of the first and the last row that are drawn. */
function drawn(span: Span, rows: readonly { key: string }[]): number[] {
  const part = span.of(rows);
  return [part[0], part.at(-1)].map((row) => Number(row?.key.slice(4)));
}

describe('of a long log', () => {
  it('the newest are drawn, and newer ones as they come', () => {
    const span = new Span();
    expect(drawn(span, rowsOf(1, 20))).toEqual([1, 20]);
    expect(drawn(span, rowsOf(1, 400))).toEqual([251, 400]);
    expect(drawn(span, rowsOf(1, 401))).toEqual([252, 401]);
  });

  it('those stay, once one has gone up, that one reads: whatever comes above and below', () => {
    const span = new Span();
    expect([span.move(rowsOf(1, 400), -50), span.isAtEnd]).toEqual([true, false]);
    expect(drawn(span, rowsOf(1, 400))).toEqual([201, 350]);
    expect(drawn(span, rowsOf(-99, 420))).toEqual([201, 350]);
  });

  it('all are reached, the first as well as the last', () => {
    const span = new Span();
    const rows = rowsOf(1, 330);
    const firsts: (number | undefined)[] = [];
    while (span.move(rows, -50)) firsts.push(drawn(span, rows)[0]);
    expect(firsts).toEqual([131, 81, 31, 1]);
    const lasts: (number | undefined)[] = [];
    while (span.move(rows, 50)) lasts.push(drawn(span, rows)[1]);
    expect(lasts).toEqual([200, 250, 300, 330]);
    expect(span.isAtEnd).toBe(true);
  });

  it('the newest are drawn again where the last of those that were is gone', () => {
    const span = new Span();
    span.move(rowsOf(1, 400), -50);
    expect(drawn(span, rowsOf(1, 349))).toEqual([200, 349]);
    expect(span.isAtEnd).toBe(true);
  });

  it('as many are drawn as there is room for, also where most of those before are gone', () => {
    const span = new Span();
    const rows = rowsOf(1, 400);
    span.move(rows, -50);
    expect(drawn(span, rows.slice(340))).toEqual([341, 400]);
  });

  it('the way to the end is one step', () => {
    const span = new Span();
    const rows = rowsOf(1, 1000);
    while (span.move(rows, -50));
    expect(span.move(rows, Infinity)).toBe(true);
    expect(drawn(span, rows)).toEqual([851, 1000]);
    expect(span.move(rows, Infinity)).toBe(false);
  });
});
