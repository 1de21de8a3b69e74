/** How the texts of settings, as `parlor app set` knows them, stand in the fields of a form. */
export type Form = 'plain' | 'list' | 'duration';

export type Unit = 's' | 'm' | 'h' | 'd';
export const units: Record<Unit, number> = { d: 86_400, h: 3_600, m: 60, s: 1 };

const parts = /(\d+)([smhd])/g;

/** One member in each line; spans in the largest unit that needs no fraction. */
export function shown(form: Form, text: string): string {
  if (form === 'list') return text.split(',').map((one) => one.trim()).filter(Boolean).join('\n');
  return form === 'duration' ? largest(text) : text;
}

/** Back to the text: lines, commas and spaces part the members of a list. */
export function written(form: Form, value: string): string {
  if (form === 'list') return [...new Set(value.split(/[\s,]+/).filter(Boolean))].join();
  return value.trim();
}

/** The count and the unit of a span that {@link shown} made; anything else is left to the server to judge. */
export function spanOf(value: string): { count: string; unit: Unit | undefined } {
  const found = /^(.*?)([smhd])$/.exec(value);
  return found ? { count: found[1] ?? '', unit: found[2] as Unit } : { count: value, unit: undefined };
}

/** Whether a span, as it is written, is shorter than another one; none is for ever. What is no span is left to the server. */
export function isShorter(span: string, than: string): boolean {
  return secondsIn(span) < secondsIn(than);
}

function secondsIn(text: string): number {
  const found = [...text.matchAll(parts)];
  if (!text || found.map(([part]) => part).join('') !== text) return Infinity;
  return found.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as Unit], 0);
}

/** `8760h0m0s` is 365d. */
function largest(text: string): string {
  const found = [...text.matchAll(parts)];
  if (!text || found.map(([part]) => part).join('') !== text) return text;
  const seconds = found.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as Unit], 0);
  const unit = (Object.keys(units) as Unit[]).find((one) => seconds % units[one] === 0) ?? 's';
  return seconds ? `${seconds / units[unit]}${unit}` : '';
}
