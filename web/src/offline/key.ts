// Where the key to what is kept lives: in memory while a page is open, in the browser's own key store (never as bytes)
// until the session ends or the server was not heard of for too long, and for good nowhere but on the server (L50).
import { api } from '../api.ts';
import { base64, type Keys, keysFrom } from './cipher.ts';
import { erase, read, write } from './store.ts';

type Kept = { id: 'current'; keys: Keys; since: number; until: number };

/** Rises with every end of a session: a key asked for before is not kept after. */
let ends = 0;
let held: { person: string; keys: Promise<Keys | null> } | null = null;

/** A person's keys, from memory, from this browser, or from the server; null where none can be had. */
export function keysOf(person: string): Promise<Keys | null> {
  // Browsers give cryptography to pages over https or of this machine only.
  if (!globalThis.crypto?.subtle) return Promise.resolve(null);
  if (held?.person !== person) {
    const keys = fromBrowser(person)
      .then(found => found ?? fromServer(person))
      .catch(() => null);
    held = { person, keys };
    // Next time may find the server again.
    void keys.then(found => {
      if (!found && held?.keys === keys) held = null;
    });
  }
  return held.keys;
}

/** After the server was heard of: the keys may be kept on for another while. */
export async function prolong(person: string): Promise<void> {
  if (globalThis.crypto?.subtle) await fromServer(person).catch(() => null);
}

/** Whose keys this browser holds; null when nobody's, or when the server was not heard of for too long. */
export async function personKept(): Promise<string | null> {
  const kept = await current().catch(() => null);
  return kept?.keys.person ?? null;
}

/** The session is over or held back: what is kept here can be read by nobody until its owner is let in again. */
export async function forgetKeys(): Promise<void> {
  ends++;
  held = null;
  await erase('keys', 'current').catch(() => undefined);
}

async function current(): Promise<Kept | null> {
  const kept = await read<Kept>('keys', 'current');
  if (!kept) return null;
  const now = Date.now();
  // A clock that was set back does not make it last longer.
  if (now < kept.until && now > kept.since - 3_600_000) return kept;
  await forgetKeys();
  return null;
}

async function fromBrowser(person: string): Promise<Keys | null> {
  const kept = await current();
  return kept?.keys.person === person ? kept.keys : null;
}

async function fromServer(person: string): Promise<Keys> {
  const asked = ends;
  const given = await api('GET /offline-key', { query: { box: await boxName() }, direct: true });
  const keys = await keysFrom(person, given.key);
  const row: Kept = { id: 'current', keys, since: Date.now(), until: Date.parse(given.until) };
  if (ends === asked) await write('keys', row);
  return keys;
}

/** The name that this browser has given to its box, made once. */
async function boxName(): Promise<string> {
  const found = await read<{ id: string; name: string }>('keys', 'box');
  if (found) return found.name;
  const name = base64(crypto.getRandomValues(new Uint8Array(24)));
  await write('keys', { id: 'box', name });
  return (await read<{ id: string; name: string }>('keys', 'box'))?.name ?? name;
}
