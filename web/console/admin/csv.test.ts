import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

describe('a table as CSV', () => {
  it('has a line for each row, and quotes what would part it elsewhere', () => {
    expect(csvOf([['at', 'who'], ['a "b"', 'c,d'], ['e\nf', '']])).toBe('at,who\r\n"a ""b""","c,d"\r\n"e\nf",\r\n');
  });

  it.each(['=HYPERLINK("https://x.example")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('holds no formula: %j', (text) => {
    const written = csvOf([[text]]);
    expect(written.startsWith("'") || written.startsWith(`"'`)).toBe(true);
    expect(csvOf([[`a${text}`]])).not.toContain("'");
  });
});
