// What somebody has typed but not saved, kept on this device under his own id until saved or thrown away (L42).
import { Dexie, type EntityTable } from 'dexie';
import { dropWords, leftWords, type Place } from './last-words.ts';

type Draft = Place & {
  id: string;
  person: string;
  key: string;
  value: unknown;
  at: number;
};

const box = new Dexie('latchkey') as Dexie & { drafts: EntityTable<Draft, 'id'> };
box.version(1).stores({ drafts: 'id, person, at' });

/** Brings in what the page before this one could only put down. */
async function takeIn(): Promise<void> {
  for (const { person, key, value, at, place } of leftWords()) {
    const id = idOf(person, key);
    const taken =
      value === null ? box.drafts.delete(id) : box.drafts.put({ id, person, key, value, at, ...place });
    await Promise.resolve(taken).catch(() => undefined);
    dropWords({ person, key });
  }
}

/** The draft kept for a person under a key, or null; a browser without storage simply keeps none. */
export async function readDraft(person: string, key: string): Promise<Draft | null> {
  await takeIn();
  return (await box.drafts.get(idOf(person, key)).catch(() => undefined)) ?? null;
}

export async function keepDraft(person: string, key: string, value: unknown, place: Place): Promise<boolean> {
  const draft = { id: idOf(person, key), person, key, value, at: Date.now(), ...place };
  return box.drafts.put(draft).then(
    () => true,
    () => false,
  );
}

export async function dropDraft(person: string, key: string): Promise<void> {
  await box.drafts.delete(idOf(person, key)).catch(() => undefined);
}

/** A person's drafts, the newest first; the shell offers them again after signing in. */
export async function listDrafts(person: string): Promise<Draft[]> {
  await takeIn();
  const found = await box.drafts
    .where('person')
    .equals(person)
    .toArray()
    .catch(() => []);
  return found.sort((a, b) => b.at - a.at);
}

function idOf(person: string, key: string): string {
  return `${person} ${key}`;
}
