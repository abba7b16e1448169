// What a browser keeps for our pages: how much, and whether it can be read.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until session and working set lie on the device. */
export async function shelved(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(rowsIn, 'shelves'), { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
}

/** How many rows a table of the browser's own database has; to be evaluated in the page. */
export async function rowsIn(table: string): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('latchkey.kept');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const count = await new Promise<number>(resolve => {
    const asked = database.transaction(table).objectStore(table).count();
    asked.onsuccess = () => resolve(asked.result);
  });
  database.close();
  return count;
}

/** Everything this browser keeps for our pages, bytes as they lie there. */
export async function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    const words = (value: unknown): string => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
        return new TextDecoder().decode(value as BufferSource);
      if (Array.isArray(value)) return value.map(words).join(' ');
      if (typeof value === 'object' && value !== null)
        return Object.entries(value)
          .map(pair => words(pair))
          .join(' ');
      return String(value);
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open(name ?? '');
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      for (const table of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>(resolve => {
          const asked = database.transaction(table).objectStore(table).getAll();
          asked.onsuccess = () => resolve(asked.result);
        });
        found.push(`${name} ${table} ${rows.length}`, words(rows));
      }
      database.close();
    }
    return found.join('\n');
  });
}
