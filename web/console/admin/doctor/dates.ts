const names = ['iat', 'nbf', 'exp'];
/** What a `Date` can hold, in seconds. */
const most = 8.64e12;

/** The dates among claims, which count seconds since 1970, in a form that people read. */
export function datesOf(claims: object | undefined): { name: string; at: string }[] {
  const given = Object.entries(claims ?? {}) as [string, unknown][];
  return given.flatMap(([name, value]) => (names.includes(name) && typeof value === 'number' && Math.abs(value) <= most ? [{ name, at: new Date(value * 1000).toISOString() }] : []));
}
