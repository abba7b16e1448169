// What somebody has typed but not saved, kept on this device until saved or thrown away (L42), sealed under a key of
// his own that the next person on the device does not get (L50).
import { cover, type Keys, makePad, nameFor, open, type Sealed, seal, uncover } from '../offline/cipher.ts';
import { keysOf } from '../offline/key.ts';
import { erase, read, readAll, write } from '../offline/store.ts';
import { leftWords, type Place, readyPads } from './last-words.ts';

type Draft = Place & { key: string; value: unknown; at: number };
export type KeptDraft = Draft & { id: string };
type Row = Sealed & { id: string; person: string };

// Where the browser gives no key, or has no room, drafts live as long as the page does.
const loose = new Map<string, Draft>();
const looseKey = (person: string, key: string) => `${person} ${key}`;

let padsFor: Keys | null = null;

async function keysFor(person: string): Promise<Keys | null> {
  const keys = await keysOf(person);
  if (keys && padsFor !== keys) {
    padsFor = keys;
    await readyPads({ make: () => makePad(keys), cover });
  }
  return keys;
}

/** Brings in what the page before this one could only put down. */
async function takeIn(keys: Keys): Promise<void> {
  for (const { words, done } of await leftWords(keys.person, covered => uncover(keys, covered))) {
    const { key, value, at, place } = words;
    if (value === null) await erase('drafts', await nameFor(keys, key));
    else await keep(keys, { key, value, at, ...place });
    done();
  }
}

async function keep(keys: Keys, draft: Draft): Promise<void> {
  const id = await nameFor(keys, draft.key);
  await write('drafts', { id, person: keys.person, ...(await seal(keys, id, draft)) });
}

/** The draft kept for a person under a key, or null. */
export async function readDraft(person: string, key: string): Promise<Draft | null> {
  const out = loose.get(looseKey(person, key)) ?? null;
  try {
    const keys = await keysFor(person);
    if (!keys) return out;
    await takeIn(keys);
    const id = await nameFor(keys, key);
    const row = await read<Row>('drafts', id);
    return (row && (await open<Draft>(keys, id, row))) ?? out;
  } catch {
    return out;
  }
}

/** True once the draft is on the disk; else it is kept as long as the page is open. */
export async function keepDraft(person: string, key: string, value: unknown, place: Place): Promise<boolean> {
  const draft = { key, value, at: Date.now(), ...place };
  try {
    const keys = await keysFor(person);
    if (!keys) throw new Error('there is no key to keep it under');
    await keep(keys, draft);
    loose.delete(looseKey(person, key));
    return true;
  } catch {
    loose.set(looseKey(person, key), draft);
    return false;
  }
}

export async function dropDraft(person: string, key: string): Promise<void> {
  loose.delete(looseKey(person, key));
  const keys = await keysFor(person);
  if (keys) await erase('drafts', await nameFor(keys, key)).catch(() => undefined);
}

/** A person's drafts, the newest first; the work desk offers them again. */
export async function listDrafts(person: string): Promise<KeptDraft[]> {
  try {
    const keys = await keysFor(person);
    if (!keys) return [];
    await takeIn(keys);
    const rows = (await readAll<Row>('drafts')).filter(row => row.person === person);
    const found = await Promise.all(
      rows.map(async row => {
        const draft = await open<Draft>(keys, row.id, row);
        return draft ? [{ id: row.id, ...draft }] : [];
      }),
    );
    return found.flat().sort((a, b) => b.at - a.at);
  } catch {
    return [];
  }
}
