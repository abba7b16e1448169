// Reads zip archives that lie on the disk (PKWARE APPNOTE 6.3), one entry at a time, never more than was allowed.
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { FileFault } from './faults.ts';

/** What an archive may come to once unpacked; more is taken for an attack. */
export const ZIP_LIMITS = { entries: 2_000, bytes: 2 * 1_024 ** 3, ratio: 250, ratioFrom: 32 * 1_048_576 };

type Entry = { method: number; packed: number; offset: number };
export type Zip = { names: string[]; read: (name: string) => AsyncGenerator<Uint8Array> | null };

const end = 0x06054b50;
const central = 0x02014b50;

/** Opens an archive: its table of contents is read, nothing is unpacked. Throws a FileFault when it is none. */
export async function openZip(path: string, limits = ZIP_LIMITS): Promise<Zip> {
  const file = await open(path);
  let entries: Map<string, Entry>;
  try {
    entries = await contents(file, limits.entries);
  } finally {
    await file.close();
  }
  let spent = 0;
  async function* unpacked(entry: Entry) {
    const start = await dataOffset(path, entry);
    if (entry.packed === 0) return;
    const raw = createReadStream(path, { start, end: start + entry.packed - 1 });
    const stream = entry.method === 0 ? raw : raw.pipe(createInflateRaw());
    if (stream !== raw) raw.on('error', error => stream.destroy(error));
    let size = 0;
    try {
      for await (const chunk of stream as Readable) {
        size += (chunk as Buffer).length;
        spent += (chunk as Buffer).length;
        const isBomb = size > limits.ratioFrom && size > entry.packed * limits.ratio;
        if (isBomb || spent > limits.bytes) throw new FileFault('too-large-inside');
        yield chunk as Uint8Array;
      }
    } catch (error) {
      throw error instanceof FileFault ? error : new FileFault('archive-broken');
    } finally {
      raw.destroy();
      stream.destroy();
    }
  }
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      return entry ? unpacked(entry) : null;
    },
  };
}

async function contents(file: FileHandle, most: number): Promise<Map<string, Entry>> {
  const { size } = await file.stat();
  const tail = await bytesAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== end) at--;
  if (at < 0) throw new FileFault('archive-broken');
  const count = tail.readUInt16LE(at + 10);
  const length = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (count > most || length > 16 * 1_048_576) throw new FileFault('too-large-inside');
  if (offset + length > size) throw new FileFault('archive-broken');
  const table = await bytesAt(file, offset, length);
  const entries = new Map<string, Entry>();
  for (let place = 0, n = 0; n < count; n++) {
    if (place + 46 > table.length || table.readUInt32LE(place) !== central)
      throw new FileFault('archive-broken');
    const flags = table.readUInt16LE(place + 8);
    const method = table.readUInt16LE(place + 10);
    const packed = table.readUInt32LE(place + 20);
    const nameLength = table.readUInt16LE(place + 28);
    const rest = table.readUInt16LE(place + 30) + table.readUInt16LE(place + 32);
    const name = table.toString('utf8', place + 46, place + 46 + nameLength);
    // Encrypted or packed in a way that spreadsheets never are.
    if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw new FileFault('archive-broken');
    entries.set(name, { method, packed, offset: table.readUInt32LE(place + 42) });
    place += 46 + nameLength + rest;
  }
  return entries;
}

/** Where an entry's bytes begin: behind its own heading, whose extra field may differ from the table's. */
async function dataOffset(path: string, entry: Entry): Promise<number> {
  const file = await open(path);
  try {
    const head = await bytesAt(file, entry.offset, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) throw new FileFault('archive-broken');
    return entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
