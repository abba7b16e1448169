// Arithmetic of addresses and CIDR ranges: reading, bringing into one form, containing, and which are internal.
import { isIP } from 'node:net';
import { sourceOf } from '../edge/visitor.ts';

export { sourceOf };

/** A range of addresses: `value` with every bit after the first `bits` zero. */
export type Range = { family: 4 | 6; value: bigint; bits: number };

const widths = { 4: 32, 6: 128 } as const;

/** Reads an address or `address/bits`; host bits are cleared, IPv4 within IPv6 becomes IPv4; null for anything else. */
export function readRange(text: string): Range | null {
  const [address = '', bitsText, rest] = text.trim().toLowerCase().split('/');
  const family = isIP(address);
  if ((family !== 4 && family !== 6) || rest !== undefined || address.includes('%')) return null;
  const width = widths[family];
  if (bitsText !== undefined && !/^\d{1,3}$/.test(bitsText)) return null;
  const bits = bitsText === undefined ? width : Number(bitsText);
  if (bits > width) return null;
  const value = numberOf(address, family);
  if (family === 6 && bits >= 96 && value >> 32n === 0xffffn)
    return range(4, value & 0xffff_ffffn, bits - 96);
  return range(family, value, bits);
}

function range(family: 4 | 6, value: bigint, bits: number): Range {
  const rest = BigInt(widths[family] - bits);
  return { family, bits, value: (value >> rest) << rest };
}

function numberOf(address: string, family: 4 | 6): bigint {
  if (family === 4) return address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
  return groupsOf(address).reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
}

/** The eight groups of an IPv6 address; its last two may be written as IPv4. */
function groupsOf(address: string): number[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [a * 256 + Number(b), c * 256 + Number(d)].map(group => group.toString(16)).join(':'),
  );
  const [left, right] = plain.split('::').map(half => half.split(':').filter(Boolean));
  const middle = right ? Array<string>(8 - (left?.length ?? 0) - right.length).fill('0') : [];
  return [...(left ?? []), ...middle, ...(right ?? [])].map(group => Number.parseInt(group, 16));
}

/** The one form of a range: `a.b.c.d/bits`, IPv6 shortened as RFC 5952 says. */
export function writeRange({ family, value, bits }: Range): string {
  return `${writeAddress(family, value)}/${bits}`;
}

function writeAddress(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map(group => group.toString(16));
  if (best.length < 2) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

/** How many addresses a range holds. */
export function sizeOf({ family, bits }: Range): bigint {
  return 1n << BigInt(widths[family] - bits);
}

/** What is to be trusted to trust this very source: the address itself, of IPv6 its /64. */
export function rangeHere(address: string): string {
  const read = readRange(sourceOf(address));
  return read ? writeRange(read) : address;
}

/** Whether `outer` holds all of `inner`. */
export function holds(outer: Range, inner: Range): boolean {
  if (outer.family !== inner.family || outer.bits > inner.bits) return false;
  const rest = BigInt(widths[outer.family] - outer.bits);
  return outer.value >> rest === inner.value >> rest;
}

/** Whether two addresses or ranges share their first `bits`; never across families. */
export function shareBits(a: Range, b: Range, bits: number): boolean {
  return holds(range(a.family, a.value, bits), range(b.family, b.value, widths[b.family]));
}

/** The wider network of an address: an IPv4 /24, an IPv6 /48; the text itself when it is no address. */
export function networkOf(address: string): string {
  const read = readRange(address);
  return read ? writeRange(range(read.family, read.value, read.family === 4 ? 24 : 48)) : address;
}

const ranges = (...texts: string[]) => texts.map(text => readRange(text)).filter(one => one !== null);

const loopback = ranges('127.0.0.0/8', '::1/128');
/** Private, shared and link-local: RFC 1918, 6598, 3927, 4193, 4291. */
const inner = ranges(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
);

export function isLoopback(one: Range): boolean {
  return loopback.some(range => holds(range, one));
}

/** Whether the address or range lies within an internal network, of which no file and no distance tells anything. */
export function isInternal(one: Range): boolean {
  return isLoopback(one) || inner.some(range => holds(range, one));
}
