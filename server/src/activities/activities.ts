// Activities: what was done with a customer and what comes next; the customer keeps the last and the next.
import * as audit from '../audit/audit.ts';
import * as contacts from '../contacts/contacts.ts';
import * as customers from '../customers/customers.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { insertRecord, pageOf, updateRecord } from '../db/records.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
import { atomically, moment, type World } from '../world.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export type Activity = store.ActivityRow;

/** Activities, as the kind of record that they are. */
export const activities: Kind<Activity> = {
  object: 'activity',
  shape: store.shape,
  nameOf: row => row.body.slice(0, 60),
  naming: row => ({ customerName: row.customer_name }),
  sort: '-at',
};

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: {
    filters: rules.ActivityFilters;
    sort?: string | undefined;
    after?: string | undefined;
    limit: number;
  },
  by: By,
): Promise<PageOutcome<Activity>> {
  const { filters, ...asked } = input;
  const { author, customer, kind, from, to } = filters;
  const authorId = author === 'me' ? by.me.id : author;
  const conditions = store.filtered({ customerId: customer, authorId, kinds: kind, from, to });
  const particular = Boolean(from ?? to);
  return records.page(world, activities, { ...asked, conditions, particular, deleted: false }, by);
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Activity | undefined> {
  return records.find(world, activities, id, by);
}

type Wrong = { kind: 'no-such-customer' } | { kind: 'no-such-contact' };

/** Records an activity of one's own with a customer within reach, and moves the customer's last and next with it. */
export async function add(
  world: World,
  input: rules.NewActivity,
  by: By,
): Promise<{ kind: 'added'; activity: Activity } | Wrong> {
  return atomically(world, async tx => {
    const customer = await customers.lock(tx, input.customerId, by);
    if (!customer) return { kind: 'no-such-customer' };
    const contact = await contactAt(tx, customer.id, input.contactId, by);
    if (contact === 'none-such') return { kind: 'no-such-contact' };
    const at = moment(tx);
    const row: store.NewRow = {
      id: tx.random.id(),
      customer_id: customer.id,
      contact_id: contact?.id ?? null,
      kind: input.kind,
      body: input.body,
      at,
      next_step: null,
      next_at: null,
      ...rules.columnsIn(input),
      author_id: by.me.id,
      owner_id: customer.owner_id,
      team_id: customer.team_id,
      created_at: at,
    };
    const after = rules.told(row, { id: customer.id, name: customer.name }, contact ?? null);
    const entry = records.entryOf(tx, activities, 'add', row.id, by, { after });
    await insertRecord(tx, store.shape, row, { at, by: by.me.id }, entry);
    const nextAt = input.nextAt === undefined ? undefined : row.next_at;
    await leave(tx, customer, row.id, { at: row.at, nextAt }, by);
    return { kind: 'added', activity: await records.reread(tx, activities, row.id) };
  });
}

/** The contact named, if it is at that customer; null and undefined stay what they are. */
async function contactAt(
  world: World,
  customerId: string,
  contactId: string | null | undefined,
  by: By,
): Promise<{ id: string; name: string } | null | undefined | 'none-such'> {
  if (!contactId) return contactId === undefined ? undefined : null;
  const contact = await contacts.byId(world, contactId, by);
  return contact?.customer_id === customerId ? { id: contact.id, name: contact.name } : 'none-such';
}

async function leave(
  world: World,
  customer: customers.Customer,
  activityId: string,
  planned: { at: string; nextAt: string | null | undefined } | null,
  by: By,
): Promise<void> {
  const lastActivityAt = await store.latest(world, customer.id);
  const nextFollowUpAt = planned ? rules.nextFollowUp(customer.next_follow_up_at, planned) : undefined;
  await customers.touch(world, customer, { lastActivityAt, nextFollowUpAt, activityId }, by);
}

export type ChangeOutcome =
  | { kind: 'changed'; activity: Activity }
  | { kind: 'changed-meanwhile'; current: Activity }
  | { kind: 'not-found' | 'no-such-contact' };

/** Changes an activity; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: rules.ActivityPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const customer = await customerOf(tx, input.id, by);
    const held = await records.hold(tx, activities, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    if (!customer) return { kind: 'not-found' };
    const contact = await contactAt(tx, customer.id, input.patch.contactId, by);
    if (contact === 'none-such') return { kind: 'no-such-contact' };
    const differing = rules.difference(row, input.patch, contact);
    if (!differing) return { kind: 'changed', activity: row };
    const { columns, before, after } = differing;
    const details = { customerName: row.customer_name };
    const entry = records.entryOf(tx, activities, 'change', row.id, by, { before, after, details });
    await updateRecord(tx, store.shape, { id: row.id, columns, entry }, { at: moment(tx), by: by.me.id });
    const at = columns.at ?? row.at;
    await leave(tx, customer, row.id, 'next_at' in columns ? { at, nextAt: columns.next_at } : null, by);
    return { kind: 'changed', activity: await records.reread(tx, activities, row.id) };
  });
}

// The customer is locked before the activity, as everywhere, so that nobody waits in a ring.
async function customerOf(world: World, id: string, by: By): Promise<customers.Customer | undefined> {
  const customerId = await store.customerOf(world, id);
  return customerId ? customers.lock(world, customerId, by) : undefined;
}

/** Puts an activity into the bin, so that the customer's last is the one before; or takes it out, as its customer is. */
export async function bin(world: World, input: records.Versioned & { deleted: boolean }, by: By) {
  let customer: customers.Customer | undefined;
  return records.bin(world, activities, input, by, {
    before: async (tx, id) => {
      customer = await customerOf(tx, id, by);
    },
    against: () => (customer ? null : ('not-found' as const)),
    afterwards: async (tx, row) => {
      if (customer) await leave(tx, customer, row.id, null, by);
    },
  });
}

export type Happening =
  | { kind: 'activity'; at: string; id: string; activity: Activity }
  | { kind: 'change'; at: string; id: string; change: ReturnType<typeof audit.asChange> };

const newestFirst = { name: 'timeline', type: 'time', valueIn: (row: { at: string }) => row.at } as const;

/** What happened with one customer within reach, newest first: activities, and changes to the record. */
export async function timeline(
  world: World,
  input: { customerId: string; limit: number; after?: string | undefined },
  by: By,
): Promise<{ kind: 'page'; items: Happening[]; next: string | null } | { kind: 'not-found' | 'bad-cursor' }> {
  const place = input.after === undefined ? null : placeOf(newestFirst, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  if (!(await customers.byId(world, input.customerId, by))) return { kind: 'not-found' };
  const limit = input.limit + 1;
  const order = store.newestFirst;
  const conditions = { customerId: input.customerId };
  const asked = { conditions: store.filtered(conditions), deleted: false, particular: false };
  const done = await pageOf(world, store.shape, { kind: 'all' }, { ...asked, order, place, limit });
  const before = place ? { at: place.value, id: place.id } : null;
  const about = { objectType: 'customer', objectId: input.customerId, before, limit };
  const changed = await audit.aboutRecord(world, about);
  const page = paged<Happening>(
    newestFirst,
    rules.merged<Happening>(
      done.map(activity => ({ kind: 'activity', at: activity.at, id: activity.id, activity })),
      changed.map(entry => ({ kind: 'change', at: entry.at, id: entry.id, change: audit.asChange(entry) })),
      limit,
    ),
    input.limit,
  );
  return { kind: 'page', items: page.rows, next: page.next };
}
