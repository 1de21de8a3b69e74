/** The days to count: how many up to today, or from one to another. The address holds it. */
export type Span = { days: number } | { from: string; to: string };

export const usualSpans = [7, 30, 90] as const;

const usual: Span = { days: 30 };

/** What an address says. */
export function spanOf(item: string | undefined): Span {
  const [, days] = item?.match(/^(\d{1,3})d$/) ?? [];
  if (days) return { days: Number(days) };
  const [, from, to] = item?.match(/^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/) ?? [];
  return from && to ? { from, to } : usual;
}

export function itemOf(span: Span): string {
  return 'days' in span ? `${span.days}d` : `${span.from}..${span.to}`;
}

/** How the server is asked for it. */
export function queryOf(span: Span): string {
  return new URLSearchParams('days' in span ? { days: String(span.days) } : { from: span.from, to: span.to }).toString();
}
