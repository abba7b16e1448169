// The real clock and dice.
import { randomBytes as drawn, randomFillSync, randomInt, randomUUIDv7 } from 'node:crypto';
import type { Random } from './world.ts';

const pool = Buffer.allocUnsafeSlow(8_192);
let taken = pool.length;

/**
 * Unpredictable bytes. Small counts come out of a pool that is drawn at once, as each draw has a price of its own;
 * what was handed out is wiped there.
 */
export function randomBytes(count: number): Buffer {
  if (count > 512) return drawn(count);
  if (taken + count > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const bytes = Buffer.from(pool.subarray(taken, taken + count));
  pool.fill(0, taken, taken + count);
  taken += count;
  return bytes;
}

/** Twenty letters and digits in groups, about 99 bits, which can be read out over a phone; no look-alikes. */
export function passPhrase({ bytes }: Pick<Random, 'bytes'>): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const drawn = [...bytes(64)].filter(byte => byte < 248).slice(0, 20);
  return drawn.map((byte, i) => (i > 0 && i % 5 === 0 ? '-' : '') + letters[byte % 31]).join('');
}

export const dice: Random = {
  bytes: randomBytes,
  id: () => randomUUIDv7(),
  digits: count => Array.from({ length: count }, () => randomInt(10)).join(''),
};
