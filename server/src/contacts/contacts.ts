// Contacts: the people one deals with; whose they are follows from their customer.

import * as customFields from '../custom-fields/custom-fields.ts';
import type { Owner } from '../customers/customers.ts';
import * as customers from '../customers/customers.ts';
import { isParticular } from '../db/keyset.ts';
import { insertRecord, updateRecord } from '../db/records.ts';
import { rekey as again } from '../db/rekeying.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
import { atomically, moment, type World } from '../world.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export type { ContactFilters, ContactPatch, NewContact } from './rules.ts';
export type Contact = store.ContactRow;

/** Contacts, as the kind of record that they are. */
export const contacts: Kind<Contact> = { object: 'contact', shape: store.shape, nameOf: row => row.name };

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: { filters: rules.ContactFilters } & records.Paging,
  by: By,
): Promise<PageOutcome<Contact>> {
  const { filters: given, ...page } = input;
  const filters = await customFields.meant(world, 'contact', given);
  const wanted = rules.conditionsOf(world.workspaceId, filters, by.me);
  const conditions = filters.q ? store.conditions(wanted) : await store.filtered(world, wanted);
  const keyed = filters.q ? { table: 'contact_keys' as const, ways: wanted.ways } : undefined;
  const asked = { ...page, keyed };
  const { deleted } = wanted;
  const { custom } = filters;
  const particular = isParticular(wanted, page.sort);
  return records.page(world, contacts, { ...asked, conditions, custom, deleted, particular }, by);
}

/** All within reach that meet the filters, oldest first, read a thousand at a time as they are needed. */
export async function* stream(world: World, given: rules.ContactFilters, by: By): AsyncGenerator<Contact> {
  const filters = await customFields.meant(world, 'contact', given);
  const wanted = rules.conditionsOf(world.workspaceId, filters, by.me);
  const conditions = await store.filtered(world, wanted);
  const { deleted } = wanted;
  yield* records.stream(world, contacts, { conditions, custom: filters.custom, deleted }, by);
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Contact | undefined> {
  return records.find(world, contacts, id, by);
}

/** Adds a contact; at a customer within reach he is that customer's owner's, else one's own. */
export async function add(
  world: World,
  input: rules.NewContact,
  by: By,
): Promise<{ kind: 'added'; contact: Contact } | { kind: 'no-such-customer' } | customFields.WrongCustom> {
  return atomically(world, async tx => {
    const customer = input.customerId ? await customers.lock(tx, input.customerId, by) : null;
    if (customer === undefined) return { kind: 'no-such-customer' };
    const own = await customFields.settle(tx, 'contact', input.custom, null, by.me);
    if (own.kind !== 'settled') return own;
    const owner = { id: by.me.id, name: by.me.name, teamId: by.me.teamId };
    const row = newRow(tx, input, owner, by, { own: own.custom });
    if (customer) Object.assign(row, { owner_id: customer.owner_id, team_id: customer.team_id });
    const entry = records.entryOf(tx, contacts, 'add', row.id, by, {
      after: { ...rules.told(row, customer), ...own.after },
    });
    const { keys, ...columns } = row;
    await insertRecord(tx, store.shape, columns, { at: row.created_at, by: by.me.id }, entry, keys);
    if (row.is_primary) await standAlone(tx, row, by);
    const names = {
      customer_name: customer?.name ?? null,
      owner_name: customer ? customer.owner_name : owner.name,
    };
    return { kind: 'added', contact: { ...row, ...names, ...fresh } };
  });
}

const fresh = { customer_deleted: false, deleted_at: null, merged_into: null, version: 1 };

type Origin = {
  createdAt?: string | undefined;
  foreignId?: string | undefined;
  importId?: string | undefined;
  /** Sound values of the workspace's own fields. */
  own?: customFields.Custom | undefined;
};

function newRow(world: World, input: rules.NewContact, owner: Owner, by: By, origin: Origin): store.NewRow {
  const at = moment(world);
  const fields = {
    ...rules.columnsOf(input),
    ...(origin.own ? customFields.customColumns(origin.own) : {}),
    customer_id: input.customerId ?? null,
    owner_id: owner.id,
    team_id: owner.teamId,
  };
  return {
    ...fields,
    id: world.random.id(),
    keys: rules.keysOf(world.workspaceId, fields),
    foreign_id: origin.foreignId ?? null,
    import_id: origin.importId ?? null,
    created_at: origin.createdAt ?? at,
    created_by: by.me.id,
    updated_at: at,
  };
}

/** A row of a file: the fields of a new contact, its customer included, and what it brings from elsewhere. */
export type ImportedContact = {
  fields: rules.NewContact;
  /** The customer's name, for the journal. */
  customerName?: string | undefined;
  createdAt?: string | undefined;
  foreignId?: string | undefined;
  /** Sound values of the workspace's own fields. */
  own?: customFields.Custom | undefined;
};

/**
 * Adds many contacts with their journal entries in one statement, some hundreds at a time; the ids come back in the
 * order of the rows. The caller has made sure that every `customerId` lies within reach; `owner` is for those without.
 */
export async function addMany(
  world: World,
  input: { rows: ImportedContact[]; owner: Owner; importId?: string | undefined },
  by: By,
): Promise<string[]> {
  if (input.rows.length === 0) return [];
  const rows: store.NewRow[] = [];
  const entries = input.rows.map(given => {
    const row = newRow(world, given.fields, input.owner, by, { ...given, importId: input.importId });
    rows.push(row);
    const place = row.customer_id ? { id: row.customer_id, name: given.customerName ?? '' } : null;
    const details = input.importId ? { import: input.importId } : null;
    return records.entryOf(world, contacts, 'add', row.id, by, {
      after: { ...rules.told(row, place), ...customFields.toldOf(row.custom) },
      details,
    });
  });
  await store.insertMany(world, rows, entries);
  return rows.map(row => row.id);
}

// A customer has one contact to call first at most; the one before steps back, on record.
async function standAlone(
  world: World,
  row: { id: string; customer_id: string | null },
  by: By,
): Promise<void> {
  if (!row.customer_id) return;
  for (const other of await store.otherPrimary(world, row.customer_id, row.id)) {
    const states = { before: { isPrimary: true }, after: { isPrimary: false } };
    const entry = records.entryOf(world, contacts, 'change', other.id, by, states);
    const change = { id: other.id, columns: { is_primary: false }, keys: null, entry };
    await updateRecord(world, store.shape, change, { at: moment(world), by: by.me.id });
  }
}

// Locks the customer a contact is to be at before the contact, in the order of whoever moves a customer, so that
// nobody waits in a ring and two who are to be called first do not pass each other.
async function customerOf(
  world: World,
  id: string,
  customerId: string | null | undefined,
  by: By,
): Promise<customers.Customer | null> {
  const at =
    customerId === undefined
      ? (await records.find(world, contacts, id, by, { deleted: 'either' }))?.customer_id
      : customerId;
  return at ? ((await customers.lock(world, at, by)) ?? null) : null;
}

export type ChangeOutcome =
  | { kind: 'changed'; contact: Contact }
  | { kind: 'changed-meanwhile'; current: Contact }
  | { kind: 'not-found' | 'no-such-customer' }
  | customFields.WrongCustom;

/** Changes a contact; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: rules.ContactPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const { customerId } = input.patch;
    const customer = await customerOf(tx, input.id, customerId, by);
    const held = await records.hold(tx, contacts, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    if (customerId && !customer) return { kind: 'no-such-customer' };
    const own = await customFields.settle(tx, 'contact', input.patch.custom, row, by.me);
    if (own.kind !== 'settled') return own;
    const place = customerId === undefined ? undefined : customer;
    const differing = rules.difference(row, input.patch, place, own);
    if (!differing) return { kind: 'changed', contact: row };
    const { columns, before, after } = differing;
    const at = moment(tx);
    const changed = { ...row, ...columns, updated_at: at, version: row.version + 1 };
    const keys = rules.altersKeys(columns) ? rules.keysOf(tx.workspaceId, changed) : null;
    const entry = records.entryOf(tx, contacts, 'change', row.id, by, {
      before,
      after,
      details: { name: row.name },
    });
    await updateRecord(tx, store.shape, { id: row.id, columns, keys, entry }, { at, by: by.me.id });
    if (changed.is_primary && ('is_primary' in columns || 'customer_id' in columns))
      await standAlone(tx, changed, by);
    return { kind: 'changed', contact: await records.reread(tx, contacts, row.id) };
  });
}

/** Puts a contact into the bin, or takes it out: not while its customer lies there. */
export async function bin(
  world: World,
  input: records.Versioned & { deleted: boolean },
  by: By,
): Promise<records.BinOutcome<Contact> | { kind: 'merged' } | { kind: 'customer-in-bin' }> {
  return records.bin<Contact, 'merged' | 'customer-in-bin'>(world, contacts, input, by, {
    before: async (tx, id) => void (await customerOf(tx, id, undefined, by)),
    against: row => (row.merged_into ? 'merged' : row.customer_deleted ? 'customer-in-bin' : null),
    afterwards: async (tx, row, deleted) => {
      if (!deleted && row.is_primary) await standAlone(tx, row, by);
    },
  });
}

/** Makes the search keys of at most `limit` contacts after `after` anew; the last of them, null when there are no more. */
export async function rekey(world: World, after: string | null, limit: number): Promise<string | null> {
  const columns = ['name', 'phone_digits', 'email', 'custom'];
  const what = { table: 'contacts', keys: 'contact_keys', columns, after, limit };
  return again<Contact>(world, what, row => rules.keysOf(world.workspaceId, row));
}
