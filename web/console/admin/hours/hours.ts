/** Business hours as the console edits them. Times are "HH:MM", by clocks in the app's time zone; days are "YYYY-MM-DD". */

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

export interface Interval {
  from: string;
  to: string;
}

export interface Holiday {
  name: string;
  first: string;
  last: string;
  /** None: closed. */
  hours: Interval[];
}

export interface Hours {
  week: Record<Weekday, Interval[]>;
  holidays: Holiday[];
}

export interface HoursShown extends Hours {
  timeZone: string;
  now: { open: boolean; turnsAt?: string };
  nextDays: { date: string; holiday?: string; hours: Interval[] }[];
}

const minutesOfDay = 24 * 60;

function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function timeOf(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The interval that one most likely wants to add to a day: a working day, or two hours after a pause. */
export function nextInterval(day: readonly Interval[]): Interval {
  const last = day.at(-1);
  if (!last) return { from: '09:00', to: '17:00' };
  const from = minutesOf(last.to) + 60;
  return endsNextDay(last) || from + 60 > minutesOfDay ? { from: '', to: '' } : { from: timeOf(from), to: timeOf(Math.min(from + 120, minutesOfDay)) };
}

/** A field of a time knows no 24:00: midnight at the end of a day is 00:00 there. */
export function inField(time: string): string {
  return time === '24:00' ? '00:00' : time;
}

/** The end that was written into a field. */
export function endOf(field: string): string {
  return field === '00:00' ? '24:00' : field;
}

/** Whether it ends on the day after, as the console should say. */
export function endsNextDay({ from, to }: Interval): boolean {
  return from !== '' && to !== '' && minutesOf(to) <= minutesOf(from);
}

/** The week with the hours of a day on others, too. */
export function copied(week: Hours['week'], from: Weekday, to: readonly Weekday[]): Hours['week'] {
  return { ...week, ...Object.fromEntries(to.map((day) => [day, week[from].map((one) => ({ ...one }))])) };
}

/** What the field of a refusal is about: a day of the week, or a holiday by its place. */
export function placeOf(field: string | undefined): Weekday | number | undefined {
  const [, day, holiday] = /^(?:week\.(\w+)|holidays\[(\d+)\])/.exec(field ?? '') ?? [];
  return holiday === undefined ? weekdays.find((one) => one === day) : Number(holiday);
}
