const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** How large a file is, in words of the locale. */
export function sizeOf(bytes: number, locale: string): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const options = { style: 'unit', unit: units[power], unitDisplay: power > 0 ? 'short' : 'long', maximumFractionDigits: power > 1 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale, options).format(bytes / 1000 ** power);
}
