import { describe, expect, it } from 'vitest';
import { ago } from './ago.ts';
import { en as list } from './parts/list-strings.ts';
import { en } from './strings/en.ts';
import { dayName } from './time.ts';

const now = new Date(2026, 10, 20, 12).getTime();
const strings = { ...en, ...list };

describe('times', () => {
  it.each([
    [20_000, 'Just now'],
    [5 * 60_000, '5m ago'],
    [3 * 3_600_000, '3h ago'],
    [24 * 3_600_000, 'Yesterday'],
    [3 * 24 * 3_600_000, '3d ago'],
    [30 * 24 * 3_600_000, 'Oct 21'],
  ])('%d ms ago is "%s"', (passed, said) => {
    expect(ago(now - passed, now, 'en-US', strings)).toBe(said);
  });

  it.each([
    [60_000, 'a minute'],
    [5 * 60_000, '5 minutes'],
    [3_600_000, 'an hour'],
    [3 * 3_600_000, '3 hours'],
  ])('%d ms ago are "%s" in the words of the host page', (passed, said) => {
    const own = {
      conversationListRelativeTimeMinute: 'a minute',
      conversationListRelativeTimeMinutes: '{value} minutes',
      conversationListRelativeTimeHour: 'an hour',
      conversationListRelativeTimeHours: '{value} hours',
    };
    expect(ago(now - passed, now, 'en-US', { ...strings, ...own })).toBe(said);
  });

  it('name days as people do', () => {
    expect(dayName(now, now, 'en-GB', strings)).toBe('Today');
    expect(dayName(now - 86_400_000, now, 'en-GB', strings)).toBe('Yesterday');
    expect(dayName(now - 400 * 86_400_000, now, 'en-GB', strings)).toBe('16 October 2025');
  });
});
