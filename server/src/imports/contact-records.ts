// Rows that become contacts, each at the customer it names.
import * as contacts from '../contacts/contacts.ts';
import * as present from '../contacts/imported.ts';
import * as customers from '../customers/customers.ts';
import { folded, type Met, met, nameKey, phoneDigits } from '../customers/imported.ts';
import type { World } from '../world.ts';
import { asContact, contactBeside, contactFields, text } from './conversions.ts';
import {
  type Decision,
  decide,
  type Known as KnownRecord,
  mergedCreations,
  type Prepared,
  type Scope,
  withFault,
} from './rules/decide.ts';
import type { Importing } from './setting.ts';

export type Known = { records: KnownRecord[]; customers: Map<string, Met> };

const customerKey = (row: Prepared) => nameKey(text(row.values.customer));

/** What makes two contacts the same: their name with their customer's, or else with an address or telephone. */
function keyOf(row: Prepared): string | null {
  const name = folded(text(row.values.name));
  const customer = customerKey(row);
  if (customer) return `at ${customer} ${name}`;
  if (row.values.email) return `by ${text(row.values.email)} ${name}`;
  const digits = phoneDigits(text(row.values.phone));
  return digits ? `by ${digits} ${name}` : null;
}

export async function knownFor(
  world: World,
  importing: Importing,
  rows: Prepared[],
  scope: Scope,
): Promise<Known> {
  const { by } = importing;
  const named = rows.map(row => text(row.values.customer)).filter(Boolean);
  const there = await met(world, { names: named, foreignIds: [] }, by);
  const visible = there.filter(one => scope === 'everything' || one.withinReach);
  const byId = new Map(visible.map(customer => [customer.id, customer]));
  const known: Known = { records: [], customers: new Map(visible.map(one => [one.key, one])) };
  if (importing.options.duplicates === 'create') return known;
  const loose = rows.filter(row => !row.values.customer);
  const found = await present.met(
    world,
    {
      customerIds: [...byId.keys()],
      emails: loose.map(row => text(row.values.email)),
      digits: loose.map(row => phoneDigits(text(row.values.phone)) ?? ''),
      foreignIds: rows.map(row => text(row.values.foreignId)),
    },
    by,
  );
  for (const { id, customerId, name } of found.atCustomers) {
    const customer = byId.get(customerId);
    if (!customer) continue;
    const key = `at ${customer.key} ${folded(name)}`;
    known.records.push({ id, key, foreignId: null, withinReach: customer.withinReach });
  }
  for (const { id, name, email, digits, withinReach } of found.loose)
    for (const way of [email, digits])
      if (way) known.records.push({ id, key: `by ${way} ${folded(name)}`, foreignId: null, withinReach });
  for (const one of found.byForeignId) known.records.push({ ...one, key: '' });
  if (scope === 'within-reach') known.records = known.records.filter(record => record.withinReach);
  return known;
}

export function decideBatch(
  importing: Importing,
  rows: Prepared[],
  known: Known,
  seen?: Set<string>,
): Decision[] {
  const { duplicates, createCustomers } = importing.options;
  const placed = rows.map(row => {
    const key = customerKey(row);
    if (row.faults.length > 0 || !row.values.customer) return row;
    const there = known.customers.get(key);
    if (there && !there.withinReach) return withFault(row, 'customer-reach');
    return there || createCustomers ? row : withFault(row, 'customer-unknown');
  });
  return decide(placed, known.records, duplicates, keyOf, seen);
}

export async function write(
  world: World,
  importing: Importing,
  decisions: Decision[],
  known: Known,
): Promise<void> {
  const made = mergedCreations(decisions);
  const places = await makeCustomers(world, importing, made, known);
  const fresh = new Set([...places.values()].filter(place => place.fresh).map(place => place.id));
  const rows = made.map(row => ({ row, customerId: places.get(customerKey(row))?.id ?? null }));
  await add(
    world,
    importing,
    rows.map(({ row, customerId }) => ({
      owner: row,
      contact: asContact(row, customerId, row.values.isPrimary === true),
      isFresh: customerId !== null && fresh.has(customerId),
    })),
  );
  for (const decision of decisions) {
    if (decision.outcome !== 'update' || !('id' in decision)) continue;
    const { values } = decision.row;
    const patch = {
      ...contactFields(values),
      ...(typeof values.isPrimary === 'boolean' ? { isPrimary: values.isPrimary } : {}),
    };
    await contacts.change(world, { id: decision.id, patch, version: null }, importing.by);
  }
}

/** Adds the contacts that rows of customers name beside them. */
export async function addContacts(
  world: World,
  importing: Importing,
  rows: { row: Prepared; customerId: string; isFresh: boolean }[],
): Promise<void> {
  const naming = rows.filter(({ row }) => row.values.contactName);
  const list = naming.map(({ row, customerId, isFresh }) => ({
    owner: row,
    contact: contactBeside(row, customerId, isFresh),
    isFresh,
  }));
  await add(world, importing, list);
}

type Addition = { owner: Prepared; contact: contacts.ImportedContact; isFresh: boolean };

/**
 * A customer has one contact to call first at most. At customers that were made just now the last one named is it at
 * once; at others it is made so after it was added, for the one before has to step back.
 */
async function add(world: World, importing: Importing, additions: Addition[]): Promise<void> {
  const first = new Map<string, Addition>();
  for (const one of additions)
    if (one.contact.fields.isPrimary && one.contact.fields.customerId)
      first.set(one.contact.fields.customerId, one);
  const owners = new Map<string, Addition[]>();
  for (const one of additions)
    owners.set(one.owner.owner.id, [...(owners.get(one.owner.owner.id) ?? []), one]);
  for (const group of owners.values()) {
    const owner = group[0]?.owner.owner ?? importing.fallback;
    const rows = group.map(one => {
      const isPrimary = one.isFresh && first.get(one.contact.fields.customerId ?? '') === one;
      return { ...one.contact, fields: { ...one.contact.fields, isPrimary } };
    });
    const ids = await contacts.addMany(world, { rows, owner, importId: importing.importId }, importing.by);
    for (const [at, one] of group.entries()) {
      const id = ids[at];
      if (!id || one.isFresh || first.get(one.contact.fields.customerId ?? '') !== one) continue;
      await contacts.change(world, { id, patch: { isPrimary: true }, version: null }, importing.by);
    }
  }
}

/** The customers of these rows by name key; those that are not there yet are made. */
async function makeCustomers(world: World, importing: Importing, rows: Prepared[], known: Known) {
  const places = new Map<string, { id: string; fresh: boolean }>();
  const missing = new Map<string, Prepared>();
  for (const row of rows) {
    const key = customerKey(row);
    if (!key) continue;
    const there = known.customers.get(key);
    if (there) places.set(key, { id: there.id, fresh: false });
    else if (!missing.has(key)) missing.set(key, row);
  }
  const list = [...missing.entries()].map(([key, row]) => ({ key, row }));
  const ids = await customers.addMany(
    world,
    {
      rows: list.map(({ row }) => ({
        fields: { name: text(row.values.customer) },
        owner: row.owner,
        createdAt: text(row.values.createdAt) || undefined,
      })),
      owner: importing.fallback,
      importId: importing.importId,
    },
    importing.by,
  );
  for (const [at, { key }] of list.entries()) places.set(key, { id: ids[at] ?? '', fresh: true });
  return places;
}
