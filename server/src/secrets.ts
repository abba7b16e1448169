// Keys derived from the installation secret, which lives in a file apart from the database.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomBytes } from './dice.ts';

export type Purpose =
  | 'typed-name'
  | 'factor'
  | 'lane'
  | 'flow'
  | 'code'
  | 'database-role'
  | 'wrong-mark'
  | 'cursor'
  | 'message'
  | 'hook'
  | 'ticket'
  | 'offline';

/** What may be done with the installation secret; the secret itself is not handed out. */
export type Secrets = {
  /** HMAC-SHA-256 under the key of that purpose, 32 bytes. */
  mac: (purpose: Purpose, text: string) => Buffer;
  /** AES-256-GCM, base64url; `open` gives null for anything altered or sealed for another purpose. */
  seal: (purpose: Purpose, text: string) => string;
  open: (purpose: Purpose, sealed: string) => string | null;
};

/** Derives the keys from `secret` (32 bytes or more) by HKDF-SHA-256 (RFC 5869). */
export function secretsFrom(secret: Uint8Array): Secrets {
  const keys = new Map<Purpose, Buffer>();
  const key = (purpose: Purpose) => {
    let found = keys.get(purpose);
    if (!found) {
      found = Buffer.from(hkdfSync('sha256', secret, 'latchkey', purpose, 32));
      keys.set(purpose, found);
    }
    return found;
  };
  return {
    mac: (purpose, text) => createHmac('sha256', key(purpose)).update(text).digest(),
    seal(purpose, text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key(purpose), iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < 28) return null;
      const decipher = createDecipheriv('aes-256-gcm', key(purpose), bytes.subarray(0, 12), {
        authTagLength: 16,
      });
      decipher.setAuthTag(bytes.subarray(12, 28));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/**
 * Reads the secret file, or makes it (mode 0600) at the very first start; two processes that start at once agree on
 * one, since a link to an existing name fails.
 */
export function readOrMakeSecret(path: string): Buffer {
  const existing = readSecret(path);
  if (existing) return existing;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, `${randomBytes(48).toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
    chmodSync(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  const made = readSecret(path);
  if (!made) throw new Error(`the secret file ${path} cannot be read`);
  return made;
}

function readSecret(path: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length < 32) throw new Error(`the secret file ${path} holds fewer than 32 bytes`);
  return bytes;
}
