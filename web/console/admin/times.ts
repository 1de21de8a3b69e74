import { locale } from '../strings/index.ts';

const units: [Intl.RelativeTimeFormatUnit, seconds: number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** "5 minutes ago", "yesterday"; what is younger than a minute is now. */
export function ago(at: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  const format = new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' });
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? ['second', Infinity];
  return format.format(-Math.floor(seconds / length), unit);
}

/** "20 Nov 2026, 14:32:05": when something happened, for whoever searches in logs. */
export function exactly(at: string): string {
  return new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
}
