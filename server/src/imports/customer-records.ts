// Rows that become customers, with a contact where the row names one.
import * as present from '../contacts/imported.ts';
import * as customers from '../customers/customers.ts';
import { folded, met, nameKey } from '../customers/imported.ts';
import type { World } from '../world.ts';
import { addContacts } from './contact-records.ts';
import { asCustomer, customerFields, text } from './conversions.ts';
import {
  type Decision,
  decide,
  type Known as KnownRecord,
  mergedCreations,
  type Prepared,
  type Scope,
} from './rules/decide.ts';
import type { Importing } from './setting.ts';

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
  return decide(rows, known.records, importing.options.duplicates, keyOf, seen);
}

export async function write(world: World, importing: Importing, decisions: Decision[]): Promise<void> {
  const { by, importId } = importing;
  const made = mergedCreations(decisions);
  const ids = await customers.addMany(
    world,
    { rows: made.map(asCustomer), owner: importing.fallback, importId },
    by,
  );
  const fresh = made.map((row, at) => ({ row, customerId: ids[at] ?? '', isFresh: true }));
  const changed: typeof fresh = [];
  for (const decision of decisions) {
    if (decision.outcome !== 'update' || !('id' in decision)) continue;
    const { row, id } = decision;
    const patch = { ...customerFields(row.values), ...(row.values.owner ? { ownerId: row.owner.id } : {}) };
    await customers.change(world, { id, patch, version: null }, by);
    changed.push({ row, customerId: id, isFresh: false });
  }
  await addContacts(world, importing, [...fresh, ...(await withoutThem(world, importing, changed))]);
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
