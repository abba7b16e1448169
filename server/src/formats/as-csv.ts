// Files of any kind that we read, written anew as CSV, so that everything behind reads one format.
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvLine } from './cells.ts';
import { FileFault } from './faults.ts';
import { jsonLines } from './json-lines.ts';
import { spreadsheetRows } from './spreadsheet-reading.ts';
import { vcardRows } from './vcard-rows.ts';

export type SourceFormat = 'csv' | 'xlsx' | 'vcard' | 'jsonl';

const mostBytes = 1_024 ** 3;
const mostKeys = 500;

/** What a file is, told from how it begins and not from its name. */
export async function formatOf(path: string): Promise<SourceFormat> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(path, { end: 1_023 })) pieces.push(piece as Buffer);
  const head = Buffer.concat(pieces);
  if (head.length >= 4 && head.readUInt32LE(0) === 0x04034b50) return 'xlsx';
  const text = head.toString('latin1').replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '');
  if (/^BEGIN:VCARD\s/i.test(text)) return 'vcard';
  return /^\{\s*"/.test(text) ? 'jsonl' : 'csv';
}

/** Writes the rows of such a file as CSV in UTF-8; throws a FileFault where it cannot be read. */
export async function writeAsCsv(
  from: string,
  to: string,
  format: Exclude<SourceFormat, 'csv'>,
): Promise<void> {
  const rows =
    format === 'xlsx' ? spreadsheetRows(from) : format === 'vcard' ? vcardRows(from) : jsonRows(from);
  // A spreadsheet's cells are taken as they are: ours have their apostrophes already.
  const line = format === 'xlsx' ? bareLine : csvLine;
  await pipeline(Readable.from(pieces(rows, line)), createWriteStream(to, { flags: 'wx', mode: 0o600 }));
}

async function* pieces(rows: AsyncIterable<string[]>, line: (cells: string[]) => string) {
  let text = '';
  let size = 0;
  for await (const cells of rows) {
    text += line(cells);
    if (text.length < 65_536) continue;
    size += text.length;
    if (size > mostBytes) throw new FileFault('too-large-inside');
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

function bareLine(cells: string[]): string {
  return `${cells.map(cell => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

/** Twice through the file: first for the keys of all lines, then for the lines. */
async function* jsonRows(path: string): AsyncGenerator<string[]> {
  const keys = new Set<string>();
  for await (const cells of jsonLines(path)) {
    for (const key of cells.keys()) keys.add(key);
    if (keys.size > mostKeys) throw new FileFault('too-many-columns', 1);
  }
  const headings = [...keys];
  yield headings;
  for await (const cells of jsonLines(path)) yield headings.map(key => cells.get(key) ?? '');
}
