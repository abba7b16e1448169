// Reads the rows of a spreadsheet (XLSX, ECMA-376) as texts, one after the other, whatever its size.
import { LIMITS } from './csv-reading.ts';
import { FileFault } from './faults.ts';
import { elements, readWorkbook, type Workbook } from './spreadsheet-parts.ts';
import { openZip } from './zip-reading.ts';

const mostRows = 1_048_576;

/**
 * The rows of the first sheet that can be seen and has more than one row, each in its place: rows that are left out in
 * the file come as empty ones, so that numbers are those that people see. Dates come as `2024-05-06 13:04:05`.
 */
export async function* spreadsheetRows(path: string): AsyncGenerator<string[]> {
  const zip = await openZip(path);
  if (!zip.names.includes('xl/workbook.xml')) throw new FileFault('binary');
  const book = await readWorkbook(zip);
  for (const sheet of book.sheets) {
    const chunks = zip.read(sheet);
    if (!chunks) continue;
    const first: string[][] = [];
    let filled = 0;
    for await (const row of rowsIn(chunks, book)) {
      if (filled < 2) {
        first.push(row);
        if (row.some(cell => cell.trim() !== '')) filled++;
        if (filled === 2) yield* first;
      } else yield row;
    }
    if (filled >= 2) return;
    if (filled === 1 && sheet === book.sheets.at(-1)) yield* first;
  }
}

async function* rowsIn(chunks: AsyncIterable<Uint8Array>, book: Workbook): AsyncGenerator<string[]> {
  let ready: string[][] = [];
  let row: string[] | null = null;
  let number = 0;
  let column = -1;
  let type = 'n';
  let isDate = false;
  let text: string | null = null;
  let value = '';
  const handler = {
    open(name: string, attributes: Record<string, string>) {
      if (name === 'row') {
        const at = Number(attributes.r ?? number + 1);
        if (!(at > number) || at > mostRows) throw new FileFault('unreadable', number + 1);
        for (number++; number < at; number++) ready.push([]);
        row = [];
        column = -1;
      } else if (name === 'c' && row) {
        column = attributes.r ? columnIn(attributes.r) : column + 1;
        if (column >= LIMITS.columns) throw new FileFault('too-many-columns', number);
        type = attributes.t ?? 'n';
        isDate = book.isDate[Number(attributes.s ?? -1)] ?? false;
        value = '';
      } else if (name === 'v' || name === 't') text = '';
    },
    text(piece: string) {
      if (text !== null) text += piece;
    },
    close(name: string) {
      if ((name === 'v' || name === 't') && text !== null) {
        value = name === 'v' ? text : value + text;
        text = null;
      } else if (name === 'c' && row) {
        while (row.length < column) row.push('');
        row[column] = cellOf(value, type, isDate, book);
      } else if (name === 'row' && row) {
        ready.push(row);
        row = null;
      }
    },
  };
  for await (const _ of elements(chunks, handler)) {
    yield* ready;
    ready = [];
  }
  yield* ready;
}

function columnIn(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
    if (column > 20_000) break;
  }
  return column - 1;
}

function cellOf(value: string, type: string, isDate: boolean, book: Workbook): string {
  if (type === 's') return unescaped(book.texts[Number(value)] ?? '');
  if (type === 'str' || type === 'inlineStr') return unescaped(value);
  if (type === 'b') return value === '1' ? 'true' : 'false';
  if (type === 'e' || value === '') return '';
  if (type === 'd') return value.replace('T', ' ');
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (isDate) return dateOf(number, book.is1904) ?? value;
  // 1.3800138E10 is a telephone number; 0.30000000000000004 is 0.3.
  return Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15)));
}

/** Days since the end of 1899 (or the beginning of 1904) as a date, with the time where there is one. */
function dateOf(serial: number, is1904: boolean): string | null {
  const days = is1904 ? serial + 1_462 : serial;
  if (days < 1 || days > 2_958_466) return null;
  // Spreadsheets hold 1900 for a leap year: days before its 29th of February are one later.
  const at = new Date(Math.round((days + (days < 60 ? 1 : 0) - 25_569) * 86_400) * 1_000);
  const text = at.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}
