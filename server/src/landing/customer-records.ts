// Rows that become customers, with a contact where the row names one.
import * as present from '../contacts/imported.ts';
import * as customers from '../customers/customers.ts';
import { folded, met, nameKey, overwrite } from '../customers/imported.ts';
import { ownIn } from '../mapping/mapping.ts';
import type { World } from '../world.ts';
import { keepBefores } from './befores.ts';
import { addContacts } from './contact-records.ts';
import { asCustomer, customerFields, dealValues, text } from './conversions.ts';
import {
  type Decision,
  decide,
  type Known as KnownRecord,
  mergedChanges,
  mergedCreations,
  type Prepared,
  type Scope,
  withFault,
} from './decide.ts';
import type { Importing } from './importing.ts';

export type Known = { records: KnownRecord[] };

export async function knownFor(
  world: World,
  importing: Importing,
  rows: Prepared[],
  scope: Scope,
): Promise<Known> {
  if (importing.options.duplicates === 'create') return { records: [] };
  const wanted = {
    names: rows.map(row => text(row.values.name)),
    foreignIds: rows.map(row => text(row.values.foreignId)).filter(Boolean),
  };
  const records = await met(world, wanted, importing.by);
  return { records: scope === 'everything' ? records : records.filter(record => record.withinReach) };
}

export function decideBatch(
  importing: Importing,
  rows: Prepared[],
  known: Known,
  seen?: Set<string>,
): Decision[] {
  const keyOf = (row: Prepared) => nameKey(text(row.values.name)) || null;
  const judged = rows.map(row =>
    row.faults.length === 0 && row.values.dealName && importing.beside?.faults(dealValues(row.values)).length
      ? withFault(row, 'choice', 'dealStage')
      : row,
  );
  return decide(judged, known.records, importing.options.duplicates, keyOf, seen);
}

export async function write(world: World, importing: Importing, decisions: Decision[]): Promise<void> {
  const { by, importId } = importing;
  const made = mergedCreations(decisions);
  const ids = await customers.addMany(
    world,
    { rows: made.map(row => asCustomer(row, importing)), owner: importing.fallback, importId },
    by,
  );
  const fresh = made.map((row, at) => ({ row, customerId: ids[at] ?? '', isFresh: true }));
  const changed = mergedChanges(decisions).map(({ id, row }) => ({ row, customerId: id, isFresh: false }));
  await keepBefores(world, importId, 'customer', await change(world, importing, decisions, false));
  await addContacts(world, importing, [...fresh, ...(await withoutThem(world, importing, changed))]);
  await addDeals(world, importing, fresh);
  await addDeals(world, importing, changed);
}

/** Writes over the records that rows change; `dry`: only tells what it would write over. */
export async function change(world: World, importing: Importing, decisions: Decision[], dry: boolean) {
  const changes = mergedChanges(decisions).map(({ id, row }) => ({
    id,
    patch: customerFields(row.values),
    ...(row.values.owner ? { owner: row.owner } : {}),
    foreignId: text(row.values.foreignId) || undefined,
    own: ownIn(row.values, importing.plan.own, importing.style),
  }));
  return overwrite(world, { importId: importing.importId, changes, dry }, importing.by);
}

type Written = { row: Prepared; customerId: string; isFresh: boolean };

/** The deals that rows of customers name beside them, as rows of deals. */
async function addDeals(world: World, importing: Importing, rows: Written[]): Promise<void> {
  const naming = rows.filter(({ row }) => row.values.dealName);
  const { beside, importId, by } = importing;
  if (!beside || naming.length === 0) return;
  const there = naming[0]?.isFresh ? new Set<string>() : await dealsThere(world, importing, naming);
  const added = naming.filter(({ row, customerId }) => {
    const key = beside.keyOf(dealValues(row.values), customerId) ?? '';
    if (there.has(key)) return false;
    there.add(key);
    return true;
  });
  const placed = added.map(({ row, customerId }) => ({
    values: dealValues(row.values),
    owner: row.owner,
    customer: {
      id: customerId,
      name: text(row.values.name),
      ownerId: row.owner.id,
      teamId: row.owner.teamId,
    },
    contact: null,
  }));
  await beside.add(world, { rows: placed, importId }, by);
}

async function dealsThere(world: World, importing: Importing, rows: Written[]): Promise<Set<string>> {
  const customerKeys = new Map(rows.map(({ customerId }) => [customerId, customerId]));
  const there = await importing.beside?.met(world, { customerKeys, foreignIds: [], rows: [] }, importing.by);
  return new Set(there?.map(one => one.key));
}

/** Rows whose contact the customer does not have yet. */
async function withoutThem(
  world: World,
  importing: Importing,
  rows: { row: Prepared; customerId: string; isFresh: boolean }[],
) {
  const naming = rows.filter(({ row }) => row.values.contactName);
  const { atCustomers: there } = await present.met(
    world,
    { customerIds: naming.map(({ customerId }) => customerId), emails: [], digits: [], foreignIds: [] },
    importing.by,
  );
  const taken = new Set(there.map(contact => `${contact.customerId} ${folded(contact.name)}`));
  return naming.filter(({ row, customerId }) => {
    const key = `${customerId} ${folded(text(row.values.contactName))}`;
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  });
}
