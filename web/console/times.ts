import { locale } from './strings/index.ts';

const day = 24 * 60 * 60_000;

/** "Friday, 20 November, 14:32": when something ends or ended, for people to whom the hour matters. */
export function moment(at: string | number): string {
  return new Intl.DateTimeFormat(locale.value, { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).format(new Date(at));
}

/** "Fri 14:32": a time of the next days. */
export function soon(at: number): string {
  return new Intl.DateTimeFormat(locale.value, { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(at);
}

/** "20 Nov 2026". */
export function date(at: string): string {
  return new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(new Date(at));
}

/** "in 3 days", "in 5 hours". */
export function until(at: string, now = Date.now()): string {
  const left = Math.max(0, Date.parse(at) - now);
  const format = new Intl.RelativeTimeFormat(locale.value, { numeric: 'always' });
  return left >= day ? format.format(Math.round(left / day), 'day') : format.format(Math.ceil(left / (day / 24)), 'hour');
}
