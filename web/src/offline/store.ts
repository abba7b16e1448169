// The database of this browser: four tables by id, all rows sealed but for whose they are. Bare IndexedDB, since every
// page brings it along.

export type Table = 'keys' | 'drafts' | 'shelves' | 'queue';
const tables: Table[] = ['keys', 'drafts', 'shelves', 'queue'];

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    // What earlier versions kept here could be read by anybody (L50).
    indexedDB.deleteDatabase('latchkey');
    const asked = indexedDB.open('latchkey.kept', 1);
    asked.onupgradeneeded = () => {
      for (const name of tables)
        asked.result.createObjectStore(name, { keyPath: 'id', autoIncrement: name === 'queue' });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  }).catch(error => {
    opened = null;
    throw error;
  });
  return opened;
}

async function run<R>(
  table: Table,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<R>,
): Promise<R> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(table, mode, { durability: 'strict' });
    const asked = work(transaction.objectStore(table));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

/** The row of that id; undefined for none. */
export function read<R>(table: Table, id: IDBValidKey): Promise<R | undefined> {
  return run<R | undefined>(table, 'readonly', store => store.get(id));
}

/** All rows, in the order of their ids. */
export function readAll<R extends object>(table: Table): Promise<R[]> {
  return run<R[]>(table, 'readonly', store => store.getAll());
}

/** Writes a row and returns its id; it is on the disk when this resolves. */
export function write(table: Table, row: object): Promise<IDBValidKey> {
  return run(table, 'readwrite', store => store.put(row));
}

export async function erase(table: Table, id: IDBValidKey): Promise<void> {
  await run(table, 'readwrite', store => store.delete(id));
}
