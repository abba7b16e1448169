// The writes that wait, sealed under their author's key and in the order they were made; all tabs see the same ones.
import { open, type Sealed, seal } from './cipher.ts';
import { keysOf } from './key.ts';
import { erase, read, readAll, write } from './store.ts';
import type { Waiting } from './writes.ts';

type Row = Sealed & { id: number; person: string };
type Unnumbered = Omit<Waiting, 'seq'>;
const place = 'queue';

const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('latchkey.queue');
const listeners = new Set<() => void>();
tabs?.addEventListener('message', () => tell(false));

/** Called whenever something was added, settled or thrown away, in this tab or another. */
export function onQueueChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(others = true): void {
  if (others) tabs?.postMessage('changed');
  for (const listener of listeners) listener();
}

/** A person's waiting writes, the oldest first. */
export async function waitingOf(person: string): Promise<Waiting[]> {
  const keys = await keysOf(person);
  if (!keys) return [];
  const rows = (await readAll<Row>('queue')).filter(row => row.person === person);
  const found = await Promise.all(
    rows.map(async row => {
      const entry = await open<Unnumbered>(keys, place, row);
      return entry ? [{ ...entry, seq: row.id }] : [];
    }),
  );
  return found.flat();
}

/** Keeps a write until the server has it; false where this browser cannot. */
export async function keepWaiting(person: string, entry: Unnumbered): Promise<boolean> {
  const keys = await keysOf(person);
  if (!keys) return false;
  await write('queue', { person, ...(await seal(keys, place, entry)) });
  tell();
  return true;
}

/** Keeps what became of a write; one that was thrown away meanwhile stays away. */
export async function changeWaiting(person: string, { seq, ...entry }: Waiting): Promise<void> {
  const keys = await keysOf(person);
  if (!keys || !(await read('queue', seq))) return;
  await write('queue', { id: seq, person, ...(await seal(keys, place, entry)) });
  tell();
}

/** It is done with: delivered, or thrown away on purpose. */
export async function dropWaiting(seq: number): Promise<void> {
  await erase('queue', seq);
  tell();
}
