// Uploaded files on the disk: received in pieces, never whole in memory, readable by this server's user alone.
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Field } from '../custom-fields/custom-fields.ts';
import { formatOf, type SourceFormat, writeAsCsv } from '../formats/as-csv.ts';
import { LIMITS, rowsOf, type Source, textOf } from '../formats/csv-reading.ts';
import { type Delimiter, delimiterOf } from '../formats/delimiter.ts';
import { type Encoding, encodingProbe } from '../formats/encoding.ts';
import { FileFault } from '../formats/faults.ts';
import {
  columnNames,
  type ImportField,
  type ImportObject,
  ownColumns,
  suggestFields,
} from '../mapping/mapping.ts';
import type { World } from '../world.ts';

export type Column = { name: string; samples: string[]; suggestion: ImportField | null };
export type Shape = { encoding: Encoding; delimiter: Delimiter; columns: Column[]; total: number };

/** Where the file of an import lies, below the data folder. */
export function placeOf(world: World, id: string): string {
  return join('imports', world.workspaceId, `${id}.csv`);
}

export function pathOf(world: World, place: string): string {
  return join(world.config.dataDir, place);
}

/**
 * Writes a request's body into a file, anew as CSV where it came as something else, and tells its encoding; the file is
 * gone again when it is too large or cannot be read.
 */
export async function receive(
  body: ReadableStream<Uint8Array> | null,
  path: string,
): Promise<
  | { kind: 'received'; encoding: Encoding; format: SourceFormat }
  | { kind: 'too-large' }
  | { kind: 'fault'; fault: FileFault }
> {
  if (!body) return { kind: 'fault', fault: new FileFault('empty') };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const probe = encodingProbe();
  let size = 0;
  async function* watched(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > LIMITS.fileBytes) return;
      probe.see(chunk);
      yield chunk;
    }
  }
  const raw = `${path}.raw`;
  try {
    await pipeline(Readable.fromWeb(body), watched, createWriteStream(raw, { flags: 'wx', mode: 0o600 }));
    if (size > LIMITS.fileBytes) return { kind: 'too-large' };
    const format = await formatOf(raw);
    if (format !== 'csv') {
      await writeAsCsv(raw, path, format);
      return { kind: 'received', encoding: 'utf-8', format };
    }
    const verdict = probe.verdict();
    if (verdict.kind === 'fault') return { kind: 'fault', fault: new FileFault(verdict.fault) };
    await rename(raw, path);
    return { kind: 'received', encoding: verdict.encoding, format };
  } catch (error) {
    await discard(path);
    if (error instanceof FileFault) return { kind: 'fault', fault: error };
    throw error;
  } finally {
    await discard(raw);
  }
}

/** Reads the whole file once: columns with samples and suggestions, and the number of rows. */
export async function examine(
  path: string,
  encoding: Encoding,
  object: ImportObject,
  own: readonly Field[],
  lists: readonly { field: ImportField; name: string }[],
): Promise<Shape> {
  let beginning = '';
  for await (const text of textOf(path, encoding, 65_535)) beginning += text;
  const delimiter = delimiterOf(beginning);
  let names: string[] | null = null;
  let samples: string[][] = [];
  let total = 0;
  for await (const { cells } of rowsOf({ path, encoding, delimiter })) {
    if (!names) {
      names = columnNames(cells);
      samples = names.map(() => []);
      continue;
    }
    total++;
    if (total > 200) continue;
    for (const [at, there] of samples.entries()) {
      const sample = (cells[at] ?? '').trim().slice(0, 100);
      if (sample !== '' && there.length < 3 && !there.includes(sample)) there.push(sample);
    }
  }
  if (!names) throw new FileFault('empty');
  if (total === 0) throw new FileFault('header-only');
  const columns = names.map((name, at) => ({ name, samples: (samples[at] ?? []).map(shown) }));
  const suggestions = suggestFields(object, columns, ownColumns(own, names, lists));
  return {
    encoding,
    delimiter,
    total,
    columns: columns.map((column, at) => ({ ...column, suggestion: suggestions[at] ?? null })),
  };
}

/** The rows below the headings, from the one after `skip` on. */
export async function* dataRows(source: Source, skip = 0) {
  let at = -1; // the headings
  for await (const row of rowsOf(source)) {
    if (at >= skip) yield row;
    at++;
  }
}

export async function discard(path: string): Promise<void> {
  await rm(path, { force: true });
}

function shown(sample: string): string {
  return sample.replaceAll('\u0000', '\u2400');
}
