import type { ListStrings } from './parts/list-strings.ts';
import type { Strings } from './strings/index.ts';
import { fill } from './strings/index.ts';
import { daysBetween, formats } from './time.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in few letters or in the words of the host page: for lists. */
export function ago(at: number, now: number, locale: string, strings: Strings & ListStrings): string {
  const passed = now - at;
  if (passed < minute) return strings.conversationListRelativeTimeJustNow;
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' });
  const since = (unit: 'Minute' | 'Hour', value: number) => {
    const own = strings[`conversationListRelativeTime${unit}${value === 1 ? '' : 's'}`];
    return own === undefined ? relative.format(-value, unit === 'Minute' ? 'minute' : 'hour') : fill(own, { value });
  };
  if (passed < hour) return since('Minute', Math.floor(passed / minute));
  if (passed < day) return since('Hour', Math.floor(passed / hour));
  const days = Math.max(1, daysBetween(at, now));
  if (days === 1) return strings.conversationListRelativeTimeYesterday;
  const own = formats.get('list');
  if (own) return own.format(at);
  if (passed < 7 * day) return relative.format(-days, 'day');
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(at);
}
