import { locale } from '../../strings/index.ts';

/** "Fri, 20 Nov": a day of the calendar, which has no time zone. */
export function dayName(day: string): string {
  return new Intl.DateTimeFormat(locale.value, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
