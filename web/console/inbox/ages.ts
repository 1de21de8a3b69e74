import { signal } from '@preact/signals';
import { locale } from '../strings/index.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const units: [unit: string, length: number][] = [['day', day], ['hour', hour], ['minute', minute]];
/** From when on it is late, and very late, that a user waits. */
const lateAfter = 10 * minute;
const veryLateAfter = 60 * minute;

/** Moves every half minute, so that ages are right without anything else happening. */
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), minute / 2);

/** How long ago that was: "now", "5m", "3h". */
export function age(at: string): string {
  return isNow(at) ? new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }).format(0, 'second') : span(at);
}

/** Whether that was within a minute. */
export function isNow(at: string): boolean {
  return now.value - Date.parse(at) < minute;
}

/** How much time has passed since, within a sentence: "0m", "5m", "2d", as narrow as the language can say it. */
export function span(at: string): string {
  const passed = Math.max(0, now.value - Date.parse(at));
  const [unit, length] = units.find(([, length]) => passed >= length) ?? ['minute', minute];
  return new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'narrow' }).format(Math.floor(passed / length));
}

export function lateness(waitingSince: string | undefined): '' | 'is-late' | 'is-very-late' {
  if (!waitingSince) return '';
  const passed = now.value - Date.parse(waitingSince);
  return passed >= veryLateAfter ? 'is-very-late' : passed >= lateAfter ? 'is-late' : '';
}
