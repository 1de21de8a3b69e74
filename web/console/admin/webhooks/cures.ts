/** What to do about a status that took nothing; undefined for one that is well, and where there was none: the error says it then. */
export function cureOf(status: number | undefined): Cure | undefined {
  if (status === undefined || (status >= 200 && status < 300)) return undefined;
  if (status >= 300 && status < 400) return 'redirect';
  if (status >= 500) return 'fault';
  return known[status] ?? 'odd';
}

export type Cure = 'redirect' | 'refusal' | 'credentials' | 'path' | 'gone' | 'large' | 'busy' | 'fault' | 'odd';

const known: Partial<Record<number, Cure>> = { 400: 'refusal', 401: 'credentials', 403: 'credentials', 404: 'path', 406: 'refusal', 410: 'gone', 413: 'large', 429: 'busy' };
