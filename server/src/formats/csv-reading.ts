// Reads a CSV file row by row, whatever its size; says clearly what is wrong with a broken one.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type { Delimiter } from './delimiter.ts';
import { decoded, type Encoding } from './encoding.ts';
import { FileFault } from './faults.ts';

export const LIMITS = { fileBytes: 200 * 1_048_576, rowBytes: 1_048_576, columns: 500 };

export type Source = { path: string; encoding: Encoding; delimiter: Delimiter };
export type Row = { number: number; cells: string[] };

/** The file's text in pieces. */
export function textOf(path: string, encoding: Encoding, end?: number): AsyncGenerator<string> {
  return decoded(createReadStream(path, end === undefined ? {} : { end }), encoding);
}

/** All rows that hold anything, headings first; throws a FileFault where the file cannot be read any further. */
export async function* rowsOf(source: Source): AsyncGenerator<Row> {
  const parser = parse({
    delimiter: source.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LIMITS.rowBytes,
  });
  let number = 0;
  const fed = pipeline(textOf(source.path, source.encoding), parser).catch(() => {
    // The parser throws the same to its reader below; an early end of reading is none at all.
  });
  try {
    for await (const record of parser) {
      const cells = record as string[];
      number++;
      if (number === 1 && /^"?sep=/i.test(cells[0] ?? '') && cells.slice(1).every(cell => cell === '')) {
        number = 0;
        continue;
      }
      if (cells.length > LIMITS.columns) throw new FileFault('too-many-columns', number);
      if (cells.some(cell => cell.trim() !== '')) yield { number, cells };
    }
  } catch (error) {
    throw fileFault(error, number + 1);
  } finally {
    parser.destroy();
    await fed;
  }
}

function fileFault(error: unknown, row: number): unknown {
  if (error instanceof CsvError) {
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new FileFault('quote-open', row);
    if (error.code === 'CSV_MAX_RECORD_SIZE') return new FileFault('row-too-long', row);
    return new FileFault('unreadable', row);
  }
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new FileFault('file-gone');
  return error;
}
