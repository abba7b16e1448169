// A table as a CSV file that a spreadsheet opens as it is meant: UTF-8 with its mark, no cell taken for a formula (L51).

export type Cell = string | number | null;

/** What a spreadsheet would run when a cell begins so. */
const formula = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /["\n\r,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvOf(rows: Cell[][]): string {
  return `\ufeff${rows.map(row => row.map(written).join(',')).join('\r\n')}\r\n`;
}

/** Hands the file to the browser. */
export function download(name: string, rows: Cell[][]): void {
  const url = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
