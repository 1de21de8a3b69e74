import type { Strings } from './strings/index.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * The locale as `Intl` takes it: "en_US" is meant as "en-US", and what is no locale is English. Plurals are asked, since a browser takes
 * 15 ms to begin with dates, and there are none before there is a message.
 */
export function localeOf(text: string): string {
  try {
    return Intl.PluralRules.supportedLocalesOf(text.replaceAll('_', '-'))[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

/** Of times, by the locale. The host page's own formats are put here, too (strings/own.ts): in place of that, or as `day` and `list`. */
export const formats = new Map<string, { format(at: number): string }>();

/** "14:32", as the locale writes it. Every message asks at every drawing, and formats are dear: one is kept for each locale. */
export function clockTime(at: number, locale: string): string {
  const clock = formats.get(locale) ?? new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  formats.set(locale, clock);
  return clock.format(at);
}

/** "Today", "Yesterday", or the date, with the year only where it is another one; or as the host page wants it. */
export function dayName(at: number, now: number, locale: string, strings: Strings): string {
  const own = formats.get('day');
  if (own) return own.format(at);
  const days = daysBetween(at, now);
  if (days === 0) return strings.today;
  if (days === 1) return strings.conversationListRelativeTimeYesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const options: Intl.DateTimeFormatOptions = sameYear
    ? { weekday: 'long', day: 'numeric', month: 'long' }
    : { day: 'numeric', month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(locale, options).format(at);
}

/** Whole calendar days, in the time zone of the reader. */
export function daysBetween(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
