// Landing (入库): rows of a file become records; what is there already, what gets written, and the way back.
import * as contactsIn from '../contacts/imported.ts';
import type { By } from '../customers/customers.ts';
import * as customersIn from '../customers/imported.ts';
import type { ImportObject } from '../mapping/mapping.ts';
import * as imported from '../records/imported.ts';
import type { World } from '../world.ts';
import * as contacts from './contact-records.ts';
import * as customers from './customer-records.ts';
import type { Decision, Prepared, Scope } from './decide.ts';
import type { Importing } from './importing.ts';
import * as others from './linked-records.ts';
import { linked } from './objects.ts';

export { giveBack } from './befores.ts';
export type { Decision, Prepared } from './decide.ts';
export { gathered, grouping } from './gather.ts';
export { type Importing, sidesOf } from './importing.ts';
export { linksFound } from './links.ts';
export { mayGive, type Owner, ownersOf } from './owners.ts';
export { prepare } from './prepare.ts';

/** An import as a whole, as far as its records are concerned. */
export type Whole = {
  id: string;
  object: ImportObject;
  created_by: string | null;
  created_at: string;
  finished_at: string | null;
};

export type Known =
  | ({ object: 'customer' } & customers.Known)
  | ({ object: 'contact' } & contacts.Known)
  | ({ object: 'linked' } & others.Known);

/** What is there already of what these rows name. */
export async function knownFor(
  world: World,
  importing: Importing,
  rows: Prepared[],
  scope: Scope,
): Promise<Known> {
  const sound = rows.filter(row => row.faults.length === 0);
  const { object } = importing.plan;
  if (object === 'customer') return { object, ...(await customers.knownFor(world, importing, sound, scope)) };
  if (object === 'contact') return { object, ...(await contacts.knownFor(world, importing, sound, scope)) };
  return { object: 'linked', ...(await others.knownFor(world, importing, sound, scope)) };
}

/** What becomes of each row. `seen` carries keys from batch to batch of a trial, which writes nothing. */
export function decideBatch(
  importing: Importing,
  rows: Prepared[],
  known: Known,
  seen?: Set<string>,
): Decision[] {
  if (known.object === 'customer') return customers.decideBatch(importing, rows, known, seen);
  if (known.object === 'contact') return contacts.decideBatch(importing, rows, known, seen);
  return others.decideBatch(importing, rows, known, seen);
}

/** Writes what was decided, within the caller's transaction. */
export async function write(
  world: World,
  importing: Importing,
  decisions: Decision[],
  known: Known,
): Promise<void> {
  if (known.object === 'customer') await customers.write(world, importing, decisions);
  else if (known.object === 'contact') await contacts.write(world, importing, decisions, known);
  else await others.write(world, importing, decisions, known);
}

/** Of each record that would be written over, the values that somebody has entered and would lose. */
export async function conflicts(
  world: World,
  importing: Importing,
  decisions: Decision[],
): Promise<Map<string, ReturnType<typeof imported.conflictsIn>>> {
  const { object } = importing.plan;
  const befores =
    object === 'customer'
      ? await customers.change(world, importing, decisions, true)
      : object === 'contact'
        ? await contacts.change(world, importing, decisions, true)
        : await others.wouldChange(world, importing, decisions);
  return new Map(befores.map(one => [one.id, imported.conflictsIn(one)]));
}

type Hand = { me: By['me']; visitor: By['visitor'] };
type Undoing = { importId: string; byId: string; until: string; limit: number };

const sides: Record<ImportObject, ImportObject[]> = {
  customer: ['deal', 'customer', 'contact'],
  contact: ['contact', 'customer'],
  deal: ['deal', 'contact', 'customer'],
  activity: ['activity', 'contact', 'customer'],
  lead: ['lead'],
  product: ['product'],
  task: ['task', 'contact', 'customer'],
  order: ['order', 'contact', 'customer'],
};

/** Takes back at most `limit` records of one kind that nobody has changed since; how many those were. */
async function unmake(
  world: World,
  object: ImportObject,
  what: Undoing & { of: ImportObject },
  by: Hand,
): Promise<number> {
  const room = linked[object];
  if (room) {
    const ids = await imported.unmake(world, room.target, what, by);
    await room.afterwards?.(world, ids);
    return ids.length;
  }
  if (object === 'customer') return customersIn.unmake(world, what, by);
  // Contacts that came in beside a new customer go into the bin with it, or stay with it.
  return contactsIn.unmake(world, { ...what, loose: what.of !== 'contact' }, by);
}

/** Takes back at most `limit` records that nobody has changed since; how many those were, of the import's own kind. */
export async function takeBack(
  world: World,
  row: Whole,
  by: Hand,
  limit: number,
): Promise<{ records: number; others: number }> {
  const until = row.finished_at ?? row.created_at;
  const what = { importId: row.id, byId: row.created_by ?? '', until, limit, of: row.object };
  for (const object of sides[row.object]) {
    const count = await unmake(world, object, what, by);
    if (count > 0)
      return object === row.object ? { records: count, others: 0 } : { records: 0, others: count };
  }
  await linked[row.object]?.undone?.(world, row.id, by);
  return { records: 0, others: 0 };
}

/** Whether rows that become such records may name a customer who is not there yet. */
export function isPlaced(object: ImportObject): boolean {
  const room = linked[object];
  return room ? room.placed !== 'never' : object !== 'customer';
}

/** How many records of an import are still there. */
export async function countKept(world: World, row: Whole): Promise<number> {
  const room = linked[row.object];
  if (room) return imported.countRemaining(world, room.target, row.id);
  return (row.object === 'customer' ? customersIn : contactsIn).countRemaining(world, row.id);
}

/** Records of an import that are still there, by id. */
export async function keptBy(
  world: World,
  row: Whole,
  page: { limit: number; after?: string | undefined },
): Promise<{ object: ImportObject; id: string; name: string }[]> {
  const input = { importId: row.id, ...page };
  const room = linked[row.object];
  const records = room
    ? await imported.remaining(world, room.target, input)
    : await (row.object === 'customer' ? customersIn : contactsIn).remaining(world, input);
  return records.map(record => ({ object: row.object, ...record }));
}
