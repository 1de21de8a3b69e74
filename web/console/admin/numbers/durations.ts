const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** "3 hr 20 min": the two largest units that a duration has. */
export function durationIn(locale: string, seconds: number): string {
  const [large, small] = units.slice(units.findIndex((unit) => seconds >= unit.seconds));
  if (!large || seconds < 1) return count(locale, 0, 'second');
  // Of more than ten days, hours say nothing, nor do seconds of minutes.
  const isFine = small && small.unit !== 'second' && !(large.unit === 'day' && seconds >= 10 * large.seconds);
  if (!isFine) return count(locale, Math.round(seconds / large.seconds), large.unit);
  const whole = Math.floor(seconds / large.seconds);
  const rest = Math.floor((seconds - whole * large.seconds) / small.seconds);
  return [count(locale, whole, large.unit), ...(rest ? [count(locale, rest, small.unit)] : [])].join(' ');
}

function count(locale: string, value: number, unit: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
