// JSON lines as rows: one object a line; what is nested becomes columns of its own.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { FileFault } from './faults.ts';

export type Flat = Map<string, string>;

/** The objects of a file, each flat; throws a FileFault with the row where a line is no object. */
export async function* jsonLines(path: string): AsyncGenerator<Flat> {
  const input = createReadStream(path, 'utf8');
  let row = 1;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const text = line.replace(/^\ufeff/, '').trim();
      if (text === '') continue;
      row++;
      yield flat(objectIn(text, row));
    }
  } finally {
    input.destroy();
  }
}

function objectIn(text: string, row: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Told below with the row.
  }
  throw new FileFault('unreadable', row);
}

/**
 * `{"owner":{"id":1,"name":"A","email":"a@x"}}` becomes `owner`: the address, else the name, and `owner.id`; lists
 * become one text.
 */
function flat(object: Record<string, unknown>): Flat {
  const cells: Flat = new Map();
  for (const [key, value] of Object.entries(object)) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) cells.set(key, value.map(named).filter(Boolean).join('; '));
    else if (typeof value !== 'object') cells.set(key, String(value));
    else {
      cells.set(key, named(value));
      for (const [inner, of] of Object.entries(value))
        if (inner !== 'name' && inner !== 'email' && of !== null && typeof of !== 'object')
          cells.set(`${key}.${inner}`, String(of));
    }
  }
  return cells;
}

function named(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const { email, name, value: plain } = value as Record<string, unknown>;
  return String(email ?? name ?? plain ?? '');
}
