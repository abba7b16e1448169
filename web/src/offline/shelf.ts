// Sealed shelves: a person's working set, session and what became of ids, each as one sealed row.
import { open, type Sealed, seal } from './cipher.ts';
import { keysOf } from './key.ts';
import { read, write } from './store.ts';

type Row = Sealed & { id: string };
const idOf = (person: string, name: string) => `${person} ${name}`;

/** What lies on a person's shelf of that name; undefined where nothing does or no key is to be had. */
export async function readShelf<T>(person: string, name: string): Promise<T | undefined> {
  const keys = await keysOf(person);
  const row = keys && (await read<Row>('shelves', idOf(person, name)));
  return row ? open<T>(keys, name, row) : undefined;
}

export async function fillShelf(person: string, name: string, value: unknown): Promise<void> {
  const keys = await keysOf(person);
  if (keys) await write('shelves', { id: idOf(person, name), ...(await seal(keys, name, value)) });
}
