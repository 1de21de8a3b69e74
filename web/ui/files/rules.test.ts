import { describe, expect, it } from 'vitest';
import { acceptOf, isPicture, refusalOf } from './rules.ts';
import type { FileStrings } from './strings.ts';

const rules = { maxBytes: 1_000, pictures: ['jpg', 'png'], files: ['heic', 'pdf'] };
const strings = { fileTypeError: 'type {value}', fileTooLargeError: '{value} over {size}', fileEmptyError: 'empty {value}' } as FileStrings;
const all = { pictures: true, others: true };
const file = (name: string, size = 10, type = '') => ({ name, size, type }) as File;

describe('a file', () => {
  it.each([
    ['a.png', 10, undefined],
    ['A.PNG', 10, undefined],
    ['a.pdf', 1_000, undefined],
    ['a.pdf', 1_001, 'a.pdf over 1 kB'],
    ['a.pdf', 0, 'empty a.pdf'],
    ['a.svg', 10, 'type a.svg'],
    ['a.pdf.exe', 10, 'type a.pdf.exe'],
    ['without an end', 10, undefined],
  ])('%s of %i bytes: %s', (name, size, refusal) => {
    expect(refusalOf(file(name, size), rules, all, strings, 'en')).toBe(refusal);
  });

  it('is one of those that may be sent here', () => {
    expect(refusalOf(file('a.png'), rules, { pictures: false, others: true }, strings, 'en')).toBe('type a.png');
    expect(refusalOf(file('a.pdf'), rules, { pictures: true, others: false }, strings, 'en')).toBe('type a.pdf');
    expect(acceptOf(rules, { pictures: true, others: false })).toBe('.jpg,.png');
  });

  it('is a picture by the end of its name, or by its type where that has none', () => {
    expect([file('a.png'), file('a.heic', 1, 'image/heic'), file('pasted', 1, 'image/png'), file('a.pdf', 1, 'image/png')].map((one) => isPicture(one, rules))).toEqual([true, false, true, false]);
  });
});
