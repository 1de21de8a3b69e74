import { describe, expect, it } from 'vitest';
import { waitFor, whenBack } from './turns.ts';

const now = new Date(2026, 8, 1, 18, 30).getTime();
const at = (day: number, hour: number, minute = 0) => new Date(2026, 8, day, hour, minute).getTime();

describe('when somebody is back', () => {
  it('is a time today, a day this week, and a date later', () => {
    expect(whenBack(at(1, 22), now, 'en-GB')).toBe('22:00');
    expect(whenBack(at(2, 9), now, 'en-GB')).toMatch(/^Wednesday.*09:00$/);
    expect(whenBack(at(7, 9), now, 'de')).toMatch(/^Montag.*09:00$/);
    expect(whenBack(at(8, 9), now, 'en-GB')).toMatch(/^Tuesday.*8 September.*9:00$/);
    expect(whenBack(at(8, 9), now, 'ja')).toContain('9月8日');
  });
});

describe('the wait until it is asked again', () => {
  const inSeconds = (turns: number | undefined, random = 0) => waitFor(turns === undefined ? undefined : new Date(now + turns * 1000).toISOString(), now, random) / 1000;
  it('ends when it turns, a little apart, and after ten minutes at the latest', () => {
    expect(inSeconds(90)).toBe(90);
    expect(inSeconds(90, 0.5)).toBe(91);
    expect(inSeconds(3600)).toBe(600);
    expect(inSeconds(undefined)).toBe(600);
  });

  it('does not end at once where clocks differ', () => {
    expect(inSeconds(-30)).toBe(15);
  });
});
