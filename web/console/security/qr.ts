/** How wide the light border of a QR code has to be, in its squares. */
export const quietZone = 4;

/** The dark squares of a QR code as the path of a drawing, a stroke for each run in a row. */
export function pathOf(rows: readonly string[]): string {
  return rows.map((row, y) => Array.from(row.matchAll(/#+/g), ({ index, 0: run }) => `M${index + quietZone} ${y + quietZone}h${run.length}v1h-${run.length}z`).join('')).join('');
}
