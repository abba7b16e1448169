// Rows that become contacts, each at the customer it names.
import * as contacts from '../contacts/contacts.ts';
import * as present from '../contacts/imported.ts';
import { folded, phoneDigits } from '../customers/imported.ts';
import { ownIn } from '../mapping/mapping.ts';
import type { World } from '../world.ts';
import { keepBefores } from './befores.ts';
import { asContact, contactBeside, contactFields, text } from './conversions.ts';
import {
  type Decision,
  decide,
  type Known as KnownRecord,
  mergedChanges,
  mergedCreations,
  type Prepared,
  type Scope,
} from './decide.ts';
import type { Importing } from './importing.ts';
import { makePlaces, type Places, placed, placesFor } from './places.ts';

export type Known = { records: KnownRecord[]; places: Places };

/** What makes two contacts the same: their name with their customer's, or else with an address or telephone. */
function keyOf(row: Prepared, customer: string): string | null {
  const name = folded(text(row.values.name));
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
  const places = await placesFor(world, importing, rows, scope);
  const byId = new Map(places.all.map(customer => [customer.id, customer]));
  const known: Known = { records: [], places };
  if (importing.options.duplicates === 'create') return known;
  const loose = rows.filter(row => !places.keyOf(row));
  const found = await present.met(
    world,
    {
      customerIds: [...byId.keys()],
      emails: loose.map(row => text(row.values.email)),
      digits: loose.map(row => phoneDigits(text(row.values.phone)) ?? ''),
      foreignIds: rows.map(row => text(row.values.foreignId)),
    },
    importing.by,
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
  const { places, records } = known;
  const sound = placed(importing, rows, places, false);
  return decide(sound, records, importing.options.duplicates, row => keyOf(row, places.keyOf(row)), seen);
}

export async function write(
  world: World,
  importing: Importing,
  decisions: Decision[],
  known: Known,
): Promise<void> {
  const { importId, by } = importing;
  const made = mergedCreations(decisions);
  const places = await makePlaces(world, importing, made, known.places);
  await add(
    world,
    importing,
    made.map(row => {
      const place = places.get(known.places.keyOf(row));
      const contact = asContact(row, place?.id ?? null, row.values.isPrimary === true, importing);
      return { owner: row, contact, isFresh: place?.fresh === true };
    }),
  );
  await keepBefores(world, importId, 'contact', await change(world, importing, decisions, false));
  for (const { id, row } of mergedChanges(decisions)) {
    const { isPrimary } = row.values;
    if (isPrimary === true) await contacts.change(world, { id, patch: { isPrimary }, version: null }, by);
  }
}

/** Writes over the records that rows change; `dry`: only tells what it would write over. */
export async function change(world: World, importing: Importing, decisions: Decision[], dry: boolean) {
  const changes = mergedChanges(decisions).map(({ id, row }) => ({
    id,
    patch: contactFields(row.values),
    foreignId: text(row.values.foreignId) || undefined,
    own: ownIn(row.values, importing.plan.own, importing.style),
  }));
  return present.overwrite(world, { importId: importing.importId, changes, dry }, importing.by);
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
