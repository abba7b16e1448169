// Writes small files in the MaxMind DB format (2.0) for tests: a binary tree over networks, then their data.
import { writeFileSync } from 'node:fs';
import { holds, type Range, readRange } from './networks/ranges.ts';

type Value = string | number | { double: number } | Value[] | { [key: string]: Value };

const types = { double: 3, uint16: 5, uint32: 6, map: 7, array: 11 } as const;

/** Type and size in front of a value; types above 7 take a second byte. */
function head(type: number, size: number): Buffer {
  const first = type > 7 ? 0 : type << 5;
  const extended = type > 7 ? [type - 7] : [];
  if (size < 29) return Buffer.from([first | size, ...extended]);
  if (size < 285) return Buffer.from([first | 29, ...extended, size - 29]);
  return Buffer.from([first | 30, ...extended, (size - 285) >> 8, (size - 285) & 255]);
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([head(2, text.length), text]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([head(types.uint32, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([head(types.array, value.length), ...value.map(encode)]);
  if (isDouble(value)) {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value.double);
    return Buffer.concat([head(types.double, 8), bytes]);
  }
  const members = Object.entries(value);
  return Buffer.concat([
    head(types.map, members.length),
    ...members.flatMap(([key, one]) => [encode(key), encode(one)]),
  ]);
}

const isDouble = (value: object): value is { double: number } =>
  'double' in value && typeof value.double === 'number';

type Leaf = { data: number };
type Node = { left: Node | Leaf | null; right: Node | Leaf | null };

export type Sample = {
  network: string;
  country: string;
  city?: { en: string; 'zh-CN'?: string };
  at?: { lat: number; lon: number; radius?: number };
};

function recordOf({ country, city, at }: Sample): Value {
  return {
    country: { iso_code: country, names: { en: `${country} by its file` } },
    ...(city ? { city: { names: city } } : {}),
    ...(at
      ? {
          location: {
            latitude: { double: at.lat },
            longitude: { double: at.lon },
            ...(at.radius ? { accuracy_radius: at.radius } : {}),
          },
        }
      : {}),
  };
}

/** Where a network hangs in a tree of 128 bits: IPv4 below ::/96. */
function pathOf(network: string): { bits: number; bit: (depth: number) => boolean } {
  const range = readRange(network) as Range;
  const bits = range.family === 4 ? range.bits + 96 : range.bits;
  return { bits, bit: depth => ((range.value >> BigInt(127 - depth)) & 1n) === 1n };
}

/** The bytes of a city file with those networks; none may hold another. */
export function geoFile(samples: Sample[], recordSize: 24 | 28 | 32 = 28): Buffer {
  for (const [i, a] of samples.entries())
    for (const b of samples.slice(i + 1))
      if (holds(readRange(a.network) as Range, readRange(b.network) as Range)) throw new Error('nested');
  const data: Buffer[] = [];
  let length = 0;
  const root: Node = { left: null, right: null };
  const nodes: Node[] = [root];
  for (const sample of samples) {
    const { bits, bit } = pathOf(sample.network);
    let node = root;
    for (let depth = 0; depth < bits; depth++) {
      const side = bit(depth) ? 'right' : 'left';
      if (depth === bits - 1) node[side] = { data: length };
      else {
        const next = node[side] ?? { left: null, right: null };
        if ('data' in next) throw new Error('nested');
        if (!node[side]) nodes.push(next);
        node[side] = next;
        node = next;
      }
    }
    const record = encode(recordOf(sample));
    data.push(record);
    length += record.length;
  }
  const places = new Map(nodes.map((node, i) => [node, i]));
  const pointer = (side: Node['left']) =>
    side === null ? nodes.length : 'data' in side ? nodes.length + 16 + side.data : (places.get(side) ?? 0);
  const tree = nodes.map(node => pair(pointer(node.left), pointer(node.right), recordSize));
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_767_225_600,
    database_type: 'Test-City',
    description: { en: 'Networks for tests' },
    ip_version: 6,
    languages: ['en', 'zh-CN'],
    node_count: nodes.length,
    record_size: recordSize,
  });
  return Buffer.concat([
    ...tree,
    Buffer.alloc(16),
    ...data,
    Buffer.from('\u00ab\u00cd\u00efMaxMind.com', 'latin1'),
    metadata,
  ]);
}

/** Two records of a node; with 28 bits the middle byte holds the upper four of both. */
function pair(left: number, right: number, size: 24 | 28 | 32): Buffer {
  const bytes = Buffer.alloc(size / 4);
  if (size === 32) {
    bytes.writeUInt32BE(left, 0);
    bytes.writeUInt32BE(right, 4);
    return bytes;
  }
  bytes.writeUIntBE(left & 0xff_ffff, 0, 3);
  bytes.writeUIntBE(right & 0xff_ffff, size === 24 ? 3 : 4, 3);
  if (size === 28) bytes[3] = ((left >>> 24) << 4) | (right >>> 24);
  return bytes;
}

/** Cities for tests, on addresses kept for documentation and on real IPv6 ones. */
export const samples: Sample[] = [
  {
    network: '203.0.113.0/24',
    country: 'CN',
    city: { en: 'Shanghai', 'zh-CN': '上海' },
    at: { lat: 31.22, lon: 121.46, radius: 20 },
  },
  {
    network: '198.51.100.0/25',
    country: 'GB',
    city: { en: 'London', 'zh-CN': '伦敦' },
    at: { lat: 51.51, lon: -0.13, radius: 50 },
  },
  { network: '198.51.100.128/25', country: 'CN', city: { en: 'Hangzhou' }, at: { lat: 30.27, lon: 120.16 } },
  { network: '192.0.2.0/24', country: 'HK', city: { en: 'Hong Kong', 'zh-CN': '香港' } },
  { network: '2001:db8::/32', country: 'DE', at: { lat: 51, lon: 9 } },
];

/** Writes such a file. */
export function writeGeoFile(path: string, recordSize: 24 | 28 | 32 = 28): void {
  writeFileSync(path, geoFile(samples, recordSize));
}
