// How tokens are remembered and packed.
import { createHash } from 'node:crypto';

/** The hash under which a token or browser secret is kept. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A UUID in 22 characters, for cookies. */
export function packId(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

/** Back from 22 characters to a UUID; null for anything else. */
export function unpackId(packed: string): string | null {
  const hex = /^[\w-]{22}$/.test(packed) ? Buffer.from(packed, 'base64url').toString('hex') : '';
  return hex.length === 32
    ? `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    : null;
}
