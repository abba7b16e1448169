// Between rows of a file and the rooms that hold records: what is there already, and what gets written.
import * as contactsIn from '../contacts/imported.ts';
import type { By } from '../customers/customers.ts';
import * as customersIn from '../customers/imported.ts';
import type { World } from '../world.ts';
import * as contacts from './contact-records.ts';
import * as customers from './customer-records.ts';
import type { Decision, Prepared, Scope } from './rules/decide.ts';
import type { Importing } from './setting.ts';
import type { ImportRow } from './store.ts';

export type Known = ({ object: 'customer' } & customers.Known) | ({ object: 'contact' } & contacts.Known);

/** What is there already of what these rows name. */
export async function knownFor(
  world: World,
  importing: Importing,
  rows: Prepared[],
  scope: Scope,
): Promise<Known> {
  const sound = rows.filter(row => row.faults.length === 0);
  return importing.plan.object === 'customer'
    ? { object: 'customer', ...(await customers.knownFor(world, importing, sound, scope)) }
    : { object: 'contact', ...(await contacts.knownFor(world, importing, sound, scope)) };
}

/** What becomes of each row. `seen` carries keys from batch to batch of a trial, which writes nothing. */
export function decideBatch(
  importing: Importing,
  rows: Prepared[],
  known: Known,
  seen?: Set<string>,
): Decision[] {
  return known.object === 'customer'
    ? customers.decideBatch(importing, rows, known, seen)
    : contacts.decideBatch(importing, rows, known, seen);
}

/** Writes what was decided, within the caller's transaction. */
export async function write(
  world: World,
  importing: Importing,
  decisions: Decision[],
  known: Known,
): Promise<void> {
  if (known.object === 'customer') await customers.write(world, importing, decisions);
  else await contacts.write(world, importing, decisions, known);
}

/** Takes back at most `limit` records that nobody has changed since; how many those were, of the import's own kind. */
export async function takeBack(
  world: World,
  row: ImportRow,
  by: { me: By['me']; visitor: By['visitor'] },
  limit: number,
): Promise<{ records: number; others: number }> {
  const until = row.finished_at ?? row.created_at;
  const what = { importId: row.id, byId: row.created_by ?? '', until, limit };
  if (row.object === 'customer') {
    // Contacts that came in beside a new customer go into the bin with it, or stay with it.
    const records = await customersIn.unmake(world, what, by);
    const others = records > 0 ? 0 : await contactsIn.unmake(world, { ...what, loose: true }, by);
    return { records, others };
  }
  const records = await contactsIn.unmake(world, { ...what, loose: false }, by);
  const others = records > 0 ? 0 : await customersIn.unmake(world, what, by);
  return { records, others };
}

/** How many records of an import are still there. */
export async function countKept(world: World, row: ImportRow): Promise<number> {
  return (row.object === 'customer' ? customersIn : contactsIn).countRemaining(world, row.id);
}

/** Records of an import that are still there, by id. */
export async function keptBy(
  world: World,
  row: ImportRow,
  page: { limit: number; after?: string | undefined },
): Promise<{ object: ImportRow['object']; id: string; name: string }[]> {
  const room = row.object === 'customer' ? customersIn : contactsIn;
  const records = await room.remaining(world, { importId: row.id, ...page });
  return records.map(record => ({ object: row.object, ...record }));
}
