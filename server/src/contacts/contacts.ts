// Contacts: the people one deals with; whose they are follows from their customer.
import * as audit from '../audit/audit.ts';
import type { By, Owner } from '../customers/customers.ts';
import * as customers from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { atomically, moment, type World } from '../world.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export type { ContactFilters, ContactPatch, NewContact } from './rules.ts';
export type Contact = store.ContactRow;

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: {
    filters: rules.ContactFilters;
    sort?: string | undefined;
    after?: string | undefined;
    limit: number;
  },
  by: By,
): Promise<{ kind: 'page'; items: Contact[]; next: string | null } | { kind: 'bad-cursor' | 'bad-sort' }> {
  const conditions = rules.conditionsOf(world.workspaceId, input.filters, by.me);
  const order = store.orders[input.sort ?? (conditions.deleted ? '-deletedAt' : '-updatedAt')];
  if (!order || order.name.endsWith('deletedAt') !== conditions.deleted) return { kind: 'bad-sort' };
  const place = input.after === undefined ? null : placeOf(order, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  const fence = fenceOf(by.me, by.reach);
  const rows = await store.list(world, fence, { conditions, order, place, limit: input.limit + 1 });
  const page = paged(order, rows, input.limit);
  return { kind: 'page', items: page.rows, next: page.next };
}

/** All within reach that meet the filters, oldest first, read a thousand at a time as they are needed. */
export async function* stream(world: World, filters: rules.ContactFilters, by: By): AsyncGenerator<Contact> {
  const conditions = rules.conditionsOf(world.workspaceId, filters, by.me);
  const order = store.orders[conditions.deleted ? 'deletedAt' : 'createdAt'];
  if (!order) return;
  const fence = fenceOf(by.me, by.reach);
  let place: { value: string; id: string } | null = null;
  for (;;) {
    const rows: Contact[] = await store.list(world, fence, { conditions, order, place, limit: 1_000 });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 1_000) return;
    place = { value: order.valueIn(last), id: last.id };
  }
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Contact | undefined> {
  return store.byId(world, fenceOf(by.me, by.reach), id, { deleted: 'no' });
}

/** Adds a contact; at a customer within reach he is that customer's owner's, else one's own. */
export async function add(
  world: World,
  input: rules.NewContact,
  by: By,
): Promise<{ kind: 'added'; contact: Contact } | { kind: 'no-such-customer' }> {
  return atomically(world, async tx => {
    const customer = input.customerId ? await customers.lock(tx, input.customerId, by) : null;
    if (customer === undefined) return { kind: 'no-such-customer' };
    const owner = { id: by.me.id, name: by.me.name, teamId: by.me.teamId };
    const row = newRow(tx, input, owner, by, {});
    if (customer) Object.assign(row, { owner_id: customer.owner_id, team_id: customer.team_id });
    const entry = entryOf(tx, 'contact.add', row.id, by, { after: rules.told(row, customer) });
    await store.insert(tx, row, entry);
    if (row.is_primary) await standAlone(tx, row, by);
    const names = {
      customer_name: customer?.name ?? null,
      owner_name: customer ? customer.owner_name : owner.name,
    };
    return { kind: 'added', contact: { ...row, ...names, ...fresh } };
  });
}

const fresh = { customer_deleted: false, deleted_at: null, version: 1 };

type Origin = {
  createdAt?: string | undefined;
  foreignId?: string | undefined;
  importId?: string | undefined;
};

function newRow(world: World, input: rules.NewContact, owner: Owner, by: By, origin: Origin): store.NewRow {
  const at = moment(world);
  const fields = {
    ...rules.columnsOf(input),
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
    return entryOf(world, 'contact.add', row.id, by, { after: rules.told(row, place), details });
  });
  await store.insertMany(world, rows, entries);
  return rows.map(row => row.id);
}

function entryOf(
  world: World,
  action: string,
  id: string,
  by: By,
  states: Pick<audit.Entry, 'before' | 'after' | 'details'> = {},
) {
  return audit.row(world, {
    action,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'contact', id },
    ...states,
  });
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
    const entry = entryOf(world, 'contact.change', other.id, by, states);
    const change = { id: other.id, columns: { is_primary: false }, keys: null, entry };
    await store.update(world, change, { at: moment(world), by: by.me.id });
  }
}

// Locks the customer a contact is to be at and then the contact, in the order of whoever moves a customer, so that
// nobody waits in a ring and two who are to be called first do not pass each other.
async function hold(
  world: World,
  id: string,
  deleted: 'no' | 'only',
  customerId: string | null | undefined,
  by: By,
): Promise<{ row: Contact; customer: customers.Customer | null } | undefined> {
  const fence = fenceOf(by.me, by.reach);
  const seen = await store.byId(world, fence, id, { deleted });
  const at = customerId === undefined ? seen?.customer_id : customerId;
  const customer = seen && at ? await customers.lock(world, at, by) : null;
  const row = seen && (await store.byId(world, fence, id, { deleted, lock: true }));
  return row && { row, customer: customer ?? null };
}

export type ChangeOutcome =
  | { kind: 'changed'; contact: Contact }
  | { kind: 'changed-meanwhile'; current: Contact }
  | { kind: 'not-found' | 'no-such-customer' };

/** Changes a contact; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: rules.ContactPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const { customerId } = input.patch;
    const held = await hold(tx, input.id, 'no', customerId, by);
    if (!held) return { kind: 'not-found' };
    const { row, customer } = held;
    if (input.version !== null && input.version !== row.version)
      return { kind: 'changed-meanwhile', current: row };
    if (customerId && !customer) return { kind: 'no-such-customer' };
    const differing = rules.difference(row, input.patch, customerId === undefined ? undefined : customer);
    if (!differing) return { kind: 'changed', contact: row };
    const { columns, before, after } = differing;
    const at = moment(tx);
    const changed = { ...row, ...columns, updated_at: at, version: row.version + 1 };
    const keys = rules.altersKeys(columns) ? rules.keysOf(tx.workspaceId, changed) : null;
    const entry = entryOf(tx, 'contact.change', row.id, by, { before, after, details: { name: row.name } });
    await store.update(tx, { id: row.id, columns, keys, entry }, { at, by: by.me.id });
    if (changed.is_primary && ('is_primary' in columns || 'customer_id' in columns))
      await standAlone(tx, changed, by);
    const again = await store.byId(tx, { kind: 'all' }, row.id, { deleted: 'no' });
    return { kind: 'changed', contact: again ?? changed };
  });
}

export type BinOutcome =
  | { kind: 'done'; contact: Contact }
  | { kind: 'changed-meanwhile'; current: Contact }
  | { kind: 'not-found' | 'customer-in-bin' };

/** Puts a contact into the bin. */
export async function remove(
  world: World,
  input: { id: string; version: number | null },
  by: By,
): Promise<BinOutcome> {
  return moveToBin(world, input, true, by);
}

/** Takes a contact out of the bin; not while its customer lies there. */
export async function restore(
  world: World,
  input: { id: string; version: number | null },
  by: By,
): Promise<BinOutcome> {
  return moveToBin(world, input, false, by);
}

async function moveToBin(
  world: World,
  input: { id: string; version: number | null },
  deleted: boolean,
  by: By,
): Promise<BinOutcome> {
  return atomically(world, async tx => {
    const held = await hold(tx, input.id, deleted ? 'no' : 'only', undefined, by);
    if (!held) return { kind: 'not-found' };
    const { row } = held;
    if (input.version !== null && input.version !== row.version)
      return { kind: 'changed-meanwhile', current: row };
    if (!deleted && row.customer_deleted) return { kind: 'customer-in-bin' };
    const at = moment(tx);
    const entry = entryOf(tx, deleted ? 'contact.remove' : 'contact.restore', row.id, by, {
      details: { name: row.name },
    });
    await store.setDeleted(tx, row.id, deleted, { at, by: by.me.id }, entry);
    const contact = { ...row, deleted_at: deleted ? at : null, updated_at: at, version: row.version + 1 };
    if (!deleted && row.is_primary) await standAlone(tx, row, by);
    return { kind: 'done', contact };
  });
}

/** The journal of one contact within reach, deleted or not, newest first; undefined for none. */
export async function history(
  world: World,
  input: { id: string; limit: number; after?: string | undefined },
  by: By,
): Promise<Awaited<ReturnType<typeof audit.historyPage>> | undefined> {
  const there = await store.byId(world, fenceOf(by.me, by.reach), input.id, { deleted: 'either' });
  if (!there) return undefined;
  const { limit, after } = input;
  return audit.historyPage(world, { object: { type: 'contact', id: input.id }, limit, after });
}
