/** RFC 4180. Whatever a table would take for a formula begins with an apostrophe, as people would write it there to mean text. */
export function csvOf(rows: string[][]): string {
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

const formula = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
