// The customers that rows of other records belong to: found by an id from elsewhere or by name, made where missing.
import * as customers from '../customers/customers.ts';
import { type Met, met, nameKey } from '../customers/imported.ts';
import type { World } from '../world.ts';
import { text } from './conversions.ts';
import type { Prepared, Scope } from './decide.ts';
import { withFault } from './decide.ts';
import type { Importing } from './importing.ts';

export type Places = {
  /** The customer that a row names; undefined for one who is not there. */
  find: (row: Prepared) => Met | undefined;
  /** What all rows of one customer have in common; empty where none is named. */
  keyOf: (row: Prepared) => string;
  all: Met[];
};

/** The customers that are there of those which the rows name. */
export async function placesFor(
  world: World,
  importing: Importing,
  rows: Prepared[],
  scope: Scope,
): Promise<Places> {
  const names = rows.map(row => text(row.values.customer)).filter(Boolean);
  const foreignIds = rows.map(row => text(row.values.customerForeignId)).filter(Boolean);
  // Rows are placed with customers whom the importer may see, however far he may import what they become.
  const there = await met(world, { names, foreignIds }, importing.reading('customer'));
  const all = there.filter(one => scope === 'everything' || one.withinReach);
  const byName = new Map<string, Met>();
  const byForeign = new Map<string, Met>();
  for (const one of all) {
    if (!byName.get(one.key)?.withinReach) byName.set(one.key, one);
    if (one.foreignId && !byForeign.get(one.foreignId)?.withinReach) byForeign.set(one.foreignId, one);
  }
  const find = (row: Prepared) =>
    byForeign.get(text(row.values.customerForeignId)) ?? byName.get(nameKey(text(row.values.customer)));
  return { find, keyOf: row => find(row)?.key ?? nameKey(text(row.values.customer)), all };
}

/** Rows with the fault that their customer is somebody else's, or is not there and may not be made. */
export function placed(importing: Importing, rows: Prepared[], places: Places, needed: boolean): Prepared[] {
  return rows.map(row => {
    if (row.faults.length > 0) return row;
    const named = row.values.customer || row.values.customerForeignId;
    if (!named) return needed ? withFault(row, 'customer-unknown') : row;
    const there = places.find(row);
    if (there && !there.withinReach) return withFault(row, 'customer-reach');
    const canMake = importing.options.createCustomers && importing.makesCustomers && row.values.customer;
    return there || canMake || !(needed || row.values.customer) ? row : withFault(row, 'customer-unknown');
  });
}

export type Place = {
  id: string;
  name: string;
  ownerId: string | null;
  teamId: string | null;
  fresh: boolean;
};

/** The customers of these rows by their keys; those that are not there yet are made. */
export async function makePlaces(
  world: World,
  importing: Importing,
  rows: Prepared[],
  places: Places,
): Promise<Map<string, Place>> {
  const found = new Map<string, Place>();
  const missing = new Map<string, Prepared>();
  for (const row of rows) {
    const key = places.keyOf(row);
    if (!key) continue;
    const there = places.find(row);
    if (there) found.set(key, { ...there, fresh: false });
    else if (!missing.has(key)) missing.set(key, row);
  }
  const list = [...missing.entries()];
  const ids = await customers.addMany(
    world,
    {
      rows: list.map(([, row]) => ({
        fields: { name: text(row.values.customer) },
        owner: row.owner,
        createdAt: text(row.values.createdAt) || undefined,
        foreignId: text(row.values.customerForeignId) || undefined,
      })),
      owner: importing.fallback,
      importId: importing.importId,
    },
    importing.by,
  );
  for (const [at, [key, row]] of list.entries())
    found.set(key, {
      id: ids[at] ?? '',
      name: text(row.values.customer),
      ownerId: row.owner.id,
      teamId: row.owner.teamId,
      fresh: true,
    });
  return found;
}
