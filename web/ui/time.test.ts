import { describe, expect, it } from 'vitest';
import { ago } from './ago.ts';
import { counted, directionOf, fill, localeAmong, stringsFor } from './strings/index.ts';
import { clockTime, dayName } from './time.ts';

const now = new Date(2026, 10, 20, 12).getTime();
const strings = stringsFor();

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
  it('are English, and the host page has the last word', () => {
    const own = stringsFor({ inputPlaceholder: 'Ask away', sendButtonText: 7, unheardOf: 'x' });
    expect(own.inputPlaceholder).toBe('Ask away');
    expect(own.sendButtonText).toBe('Send');
    expect(own).toMatchObject({ unheardOf: 'x' }); // of a part that is fetched later
  });

  it('keep braces that have no value', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
    expect(counted(strings, 'messageIndicatorTitle', 2)).toBe('2 new messages');
  });

  it.each([
    ['ar', 'en-EG'],
    ['de', 'en-DE'],
    ['en-GB', 'en-GB'],
    ['zh-TW', 'en-TW'],
    ['es-419', 'en-419'],
  ])('have times and sizes of their own language among them on a page in %s', (locale, among) => {
    expect(localeAmong(strings, locale)).toBe(among);
    expect(clockTime(now, localeAmong(strings, locale))).toMatch(/^12:00( PM)?$/);
    expect(localeAmong(stringsFor({ messageDelivered: 'Zugestellt' }), locale)).toBe(locale);
  });

  it('know which way a language runs', () => {
    expect([directionOf('ar-EG'), directionOf('de')]).toEqual(['rtl', 'ltr']);
  });
});
