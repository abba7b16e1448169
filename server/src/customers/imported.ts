// What an import asks of customers and contacts: whom its rows meet, and the way back.
import * as audit from '../audit/audit.ts';
import { fenceOf } from '../db/fence.ts';
import { moment, type World } from '../world.ts';
import type { By } from './customers.ts';
import * as store from './imported-store.ts';
import { nameKey } from './rules.ts';

export type { Met } from './imported-store.ts';
export { folded, nameKey, phoneDigits } from './rules.ts';
export const contactsOf = store.contactsOf;
export const remaining = store.remaining;
export const countRemaining = store.countRemaining;

/** One customer for every name and every foreign id that is taken, rather one within reach than another. */
export async function met(
  world: World,
  wanted: { names: string[]; foreignIds: string[] },
  by: By,
): Promise<store.Met[]> {
  const fence = fenceOf(by.me, by.reach);
  const keys = [...new Set(wanted.names.map(nameKey))].filter(Boolean);
  return [
    ...(await store.customersByName(world, fence, keys)),
    ...(await store.byForeignId(world, fence, 'customers', [...new Set(wanted.foreignIds)])),
  ];
}

/**
 * Takes back at most `limit` records that an import made and nobody has changed or used since, each with its journal
 * entry; how many those were. `until` is when the import ended. To be called until nothing is left to take.
 */
export async function takeBack(
  world: World,
  input: {
    object: 'customer' | 'contact';
    importId: string;
    importerId: string;
    until: string;
    limit: number;
  },
  by: By,
): Promise<{ customers: number; contacts: number }> {
  const stamp = { at: moment(world), by: by.me.id };
  const what = {
    importId: input.importId,
    byId: input.importerId,
    until: input.until,
    limit: input.limit,
  };
  // The main records first. Contacts that came in beside customers go into the bin with them.
  const contactsFirst =
    input.object === 'contact' ? await store.binContacts(world, { ...what, loose: false }, stamp) : [];
  const customers = contactsFirst.length > 0 ? [] : await store.binCustomers(world, what, stamp);
  const contacts =
    input.object === 'contact' || customers.length > 0
      ? contactsFirst
      : await store.binContacts(world, { ...what, loose: true }, stamp);
  const entry = (type: string) => (record: { id: string }) => ({
    action: `${type}.remove`,
    by: by.me,
    visitor: by.visitor,
    object: { type, id: record.id },
    details: { import: input.importId },
  });
  await audit.recordAll(world, [...customers.map(entry('customer')), ...contacts.map(entry('contact'))]);
  return { customers: customers.length, contacts: contacts.length };
}
