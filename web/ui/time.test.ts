import { describe, expect, it } from 'vitest';
import { ago } from './ago.ts';
import { counted, directionOf, fill, stringsFor } from './strings/index.ts';
import { dayName } from './time.ts';

const now = new Date(2026, 10, 20, 12).getTime();
const strings = await stringsFor('en');

describe('times', () => {
  it.each([
    [20_000, 'Just now'],
    [5 * 60_000, '5m ago'],
    [3 * 3_600_000, '3h ago'],
    [24 * 3_600_000, 'yesterday'],
    [30 * 24 * 3_600_000, 'Oct 21'],
  ])('%d ms ago is "%s"', (passed, said) => {
    expect(ago(now - passed, now, 'en-US', strings)).toBe(said);
  });

  it('name days as people do', () => {
    expect(dayName(now, now, 'en-GB', strings)).toBe('Today');
    expect(dayName(now - 86_400_000, now, 'en-GB', strings)).toBe('Yesterday');
    expect(dayName(now - 400 * 86_400_000, now, 'en-GB', strings)).toBe('16 October 2025');
  });
});

describe('strings', () => {
  it('are English where a language is not known, and the host page has the last word', async () => {
    const own = await stringsFor('xx', { inputPlaceholder: 'Ask away', sendButtonText: 7, unheardOf: 'x' });
    expect(own.inputPlaceholder).toBe('Ask away');
    expect(own.sendButtonText).toBe('Send');
    expect(own).toMatchObject({ unheardOf: 'x' }); // of a part that is fetched later
  });

  it('keep braces that have no value', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
    expect(counted(strings, 'messageIndicatorTitle', 2)).toBe('2 new messages');
  });

  it('know which way a language runs', () => {
    expect([directionOf('ar-EG'), directionOf('de')]).toEqual(['rtl', 'ltr']);
  });
});
