// Writes zip archives as a stream (PKWARE APPNOTE 6.3): sizes follow the data, nothing is kept but the list of names.
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** An entry's bytes, at most 4 GiB of them. */
export type ZipEntry = { name: string; chunks: AsyncIterable<Uint8Array | string> };

type Written = { name: Buffer; crc: number; packed: number; size: number; offset: number };

const largest = 0xffffffff;
const flags = 0x0808; // sizes behind the data, names in UTF-8
const date = 0x21; // the first of January 1980: an archive tells nothing about when it was made

/** The bytes of an archive of these entries, in their order. */
export async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  const sent = (bytes: Buffer) => {
    offset += bytes.length;
    return bytes;
  };
  for await (const entry of entries) {
    const one = { name: Buffer.from(entry.name), crc: 0, packed: 0, size: 0, offset };
    yield sent(heading(0x04034b50, one));
    const deflate = createDeflateRaw({ level: 5 });
    const source = Readable.from(watched(entry.chunks, one));
    source.on('error', error => deflate.destroy(error));
    try {
      for await (const chunk of source.pipe(deflate)) {
        one.packed += (chunk as Buffer).length;
        yield sent(chunk as Buffer);
      }
    } finally {
      source.destroy();
      deflate.destroy();
    }
    if (one.size > largest) throw new Error(`${entry.name} is too large for one entry`);
    yield sent(numbers([0x08074b50, 4], [one.crc, 4], [one.packed, 4], [one.size, 4]));
    written.push(one);
  }
  const start = offset;
  for (const one of written) yield sent(heading(0x02014b50, one));
  yield ending(written.length, start, offset);
}

async function* watched(chunks: ZipEntry['chunks'], one: Written) {
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    one.crc = crc32(bytes, one.crc);
    one.size += bytes.length;
    yield bytes;
  }
}

/** The heading of an entry: that in front of its data, where nothing is known yet, or that in the table. */
function heading(signature: number, one: Written): Buffer {
  const isTable = signature === 0x02014b50;
  const far = one.offset > largest;
  const extra = isTable && far ? numbers([1, 2], [8, 2], [one.offset, 8]) : Buffer.alloc(0);
  return Buffer.concat([
    numbers(
      [signature, 4],
      ...(isTable ? [[45, 2] as const] : []),
      [45, 2],
      [flags, 2],
      [8, 2],
      [0, 2],
      [date, 2],
    ),
    isTable ? numbers([one.crc, 4], [one.packed, 4], [one.size, 4]) : Buffer.alloc(12),
    numbers([one.name.length, 2], [extra.length, 2]),
    isTable ? numbers([0, 2], [0, 2], [0, 2], [0, 4], [far ? largest : one.offset, 4]) : Buffer.alloc(0),
    one.name,
    extra,
  ]);
}

function ending(count: number, start: number, at: number): Buffer {
  const large = start > largest || count > 0xffff;
  const zip64 = large
    ? Buffer.concat([
        numbers([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4]),
        numbers([count, 8], [count, 8], [at - start, 8], [start, 8]),
        numbers([0x07064b50, 4], [0, 4], [at, 8], [1, 4]),
      ])
    : Buffer.alloc(0);
  const few = large ? 0xffff : count;
  return Buffer.concat([
    zip64,
    numbers([0x06054b50, 4], [0, 2], [0, 2], [few, 2], [few, 2]),
    numbers([at - start, 4], [large ? largest : start, 4], [0, 2]),
  ]);
}

/** Numbers of so many bytes each, the lowest byte first. */
function numbers(...values: (readonly [value: number, bytes: number])[]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of values) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else buffer.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return buffer;
}
