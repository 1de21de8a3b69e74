import { describe, expect, it } from 'vitest';
import { isShorter, shown, spanOf, written } from './forms.ts';
import type { Form } from './forms.ts';

describe('texts of settings in fields', () => {
  it.each<[Form, string, string]>([
    ['plain', 'Europe/Berlin', 'Europe/Berlin'],
    ['list', '', ''],
    ['list', 'https://a.example,https://b.example', 'https://a.example\nhttps://b.example'],
    ['duration', '', ''],
    ['duration', '15m', '15m'],
    ['duration', '15m0s', '15m'],
    ['duration', '1h30m0s', '90m'],
    ['duration', '8760h0m0s', '365d'],
    ['duration', '30d', '30d'],
    ['duration', '90s', '90s'],
    ['duration', 'soon', 'soon'],
  ])('%s: %s is shown as %s', (form, text, value) => {
    expect(shown(form, text)).toBe(value);
  });

  it('read lists however people part their members, each once', () => {
    expect(written('list', ' https://a.example\n\nhttps://b.example, https://a.example  ')).toBe('https://a.example,https://b.example');
    expect(written('list', ' \n')).toBe('');
  });

  it('give back what was shown', () => {
    for (const text of ['a.example,b.example', '']) expect(written('list', shown('list', text))).toBe(text);
    for (const text of ['15m', '365d', '']) expect(written('duration', shown('duration', text))).toBe(text);
  });

  it.each([['30d', '', true], ['', '30d', false], ['30d', '30d', false], ['720h', '30d', false], ['29d', '720h0m0s', true], ['soon', '', false], ['', '', false]])('%j is shorter than %j: %s', (span, than, is) => {
    expect(isShorter(span, than)).toBe(is);
  });

  it('part a span into its count and its unit, and leave what is none to the server', () => {
    expect(spanOf('15m')).toEqual({ count: '15', unit: 'm' });
    expect(spanOf('1.5h')).toEqual({ count: '1.5', unit: 'h' });
    expect(spanOf('')).toEqual({ count: '', unit: undefined });
    expect(spanOf('soon')).toEqual({ count: 'soon', unit: undefined });
  });
});
