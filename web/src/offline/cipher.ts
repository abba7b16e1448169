// Sealing with WebCrypto: AES-GCM for what is kept, and pads of keystream for the one moment that cannot wait for it.

export type Keys = { person: string; seal: CryptoKey; pad: CryptoKey };
export type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };
/** A piece of AES-CTR keystream, made beforehand, which covers one text at once; each is used a single time. */
export type Pad = { iv: Uint8Array<ArrayBuffer>; stream: Uint8Array<ArrayBuffer> };

const text = new TextEncoder();
const padLength = 48 * 1024;

/** The keys of a person's box, from the 32 bytes that the server gave; they cannot be taken out of the browser again. */
export async function keysFrom(person: string, secret: string): Promise<Keys> {
  const root = await crypto.subtle.importKey('raw', bytesOf(secret), 'HKDF', false, ['deriveKey']);
  const derive = (name: string, info: string, uses: KeyUsage[]) =>
    crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode(`latchkey ${info}`) },
      root,
      { name, length: 256 },
      false,
      uses,
    );
  const [seal, pad] = await Promise.all([
    derive('AES-GCM', 'kept', ['encrypt', 'decrypt']),
    derive('AES-CTR', 'last words', ['encrypt', 'decrypt']),
  ]);
  return { person, seal, pad };
}

/** Seals a value; `place` is where it belongs, and it opens nowhere else. */
export async function seal(keys: Keys, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: text.encode(`${keys.person} ${place}`) },
    keys.seal,
    text.encode(JSON.stringify(value)),
  );
  return { iv, data };
}

/** Opens what was sealed for that place; undefined for anything else. */
export async function open<T>(keys: Keys, place: string, sealed: Sealed): Promise<T | undefined> {
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.iv, additionalData: text.encode(`${keys.person} ${place}`) },
      keys.seal,
      sealed.data,
    );
    return JSON.parse(new TextDecoder().decode(plain)) as T;
  } catch {
    return undefined;
  }
}

/** A name that tells nothing about what is kept under it. */
export async function nameFor(keys: Keys, key: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', text.encode(`${keys.person} ${key}`));
  return base64(new Uint8Array(hash).subarray(0, 18));
}

export async function makePad(keys: Keys): Promise<Pad> {
  // The last four bytes count blocks.
  const iv = new Uint8Array(16);
  crypto.getRandomValues(iv.subarray(0, 12));
  const stream = await crypto.subtle.encrypt(
    { name: 'AES-CTR', counter: iv, length: 32 },
    keys.pad,
    new Uint8Array(padLength),
  );
  return { iv, stream: new Uint8Array(stream) };
}

/** Covers a text with a pad, at once; null when it is too long for one. */
export function cover(pad: Pad, words: string): string | null {
  const bytes = text.encode(words);
  if (bytes.length > pad.stream.length) return null;
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (bytes[at] ?? 0) ^ (pad.stream[at] ?? 0);
  return `${base64(pad.iv)} ${base64(bytes)}`;
}

/** The text under a pad; null when it is another person's. */
export async function uncover(keys: Keys, covered: string): Promise<string | null> {
  const [iv = '', data = ''] = covered.split(' ');
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-CTR', counter: bytesOf(iv), length: 32 },
      keys.pad,
      bytesOf(data),
    );
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return null;
  }
}

export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function bytesOf(words: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(words.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0));
}
