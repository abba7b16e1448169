// Cells on their way out of and into a CSV file: quoting, and formulas made harmless without losing a character (L51).

/** What makes a spreadsheet take a cell for a formula; quotation marks in front are those that we have put there. */
const formula = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/**
 * Signed digits with the punctuation of numbers and telephones only: `-12.50`, `+86 138-0013-8000`. They name no
 * function and no cell, so that even a spreadsheet that computes them can do nothing else.
 */
const signedDigits = /^[+-][\d ().,-]{1,40}$/;

/**
 * Puts an apostrophe in front of what a spreadsheet would run as a formula (OWASP, CSV Injection), and one more in
 * front of such apostrophes, so that `plain` gives back exactly what was there.
 */
export function neutral(value: string): string {
  return formula.test(value) && !signedDigits.test(value) ? `'${value}` : value;
}

/** The opposite of `neutral`, for cells that are read. */
export function plain(value: string): string {
  return value.startsWith("'") && formula.test(value) ? value.slice(1) : value;
}

/**
 * The text of a cell as somebody meant it: no `="…"` of spreadsheets, no outer space, no apostrophe of ours, no marks
 * that turn the direction of what follows; Unicode in its composed form.
 */
export function meant(cell: string): string {
  const shielded = /^="((?:[^"]|"")*)"$/.exec(cell.trim());
  const text = shielded?.[1] === undefined ? plain(cell.trim()) : shielded[1].replaceAll('""', '"');
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
}

/** One line of a CSV file (RFC 4180) with every cell neutralised. */
export function csvLine(cells: readonly (string | null | undefined)[]): string {
  return `${cells.map(cell => quoted(neutral(cell ?? ''))).join(',')}\r\n`;
}

function quoted(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
