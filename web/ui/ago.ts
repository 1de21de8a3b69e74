import type { Strings } from './strings/index.ts';
import { daysBetween } from './time.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in few letters: for lists. */
export function ago(at: number, now: number, locale: string, strings: Strings): string {
  const passed = now - at;
  if (passed < minute) return strings.conversationListRelativeTimeJustNow;
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' });
  if (passed < hour) return relative.format(-Math.floor(passed / minute), 'minute');
  if (passed < day) return relative.format(-Math.floor(passed / hour), 'hour');
  if (passed < 7 * day) return relative.format(-Math.max(1, daysBetween(at, now)), 'day');
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(at);
}
