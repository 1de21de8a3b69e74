const dayMs = 24 * 60 * 60_000;

/** Often enough that who changes the hours is heard of, and seldom enough for many who look on. */
const longestMs = 10 * 60_000;
/** A clock that is fast, here or there, asks for nothing again and again. */
const shortestMs = 15_000;

/** How long to wait before it is asked again whether somebody is there. Not all ask in the same second. */
export function waitFor(turnsAt: string | undefined, now: number, random: number): number {
  const turns = turnsAt === undefined ? Infinity : Date.parse(turnsAt) - now + random * 2_000;
  return Math.min(Math.max(turns, shortestMs), longestMs);
}

/** When somebody is there again, by the reader's clock: the time, with its day where that is another one, and with its date after a week. */
export function whenBack(at: number, now: number, locale: string): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const isSoon = at - now < 6 * dayMs;
  return new Intl.DateTimeFormat(locale, {
    ...(!isToday && { weekday: 'long' }),
    ...(!isSoon && { day: 'numeric', month: 'long' }),
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);
}
