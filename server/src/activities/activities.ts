// Activities: what was done with a customer and what comes next; the customer keeps the last and the next.
import * as audit from '../audit/audit.ts';
import * as contacts from '../contacts/contacts.ts';
import type { By } from '../customers/customers.ts';
import * as customers from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { atomically, moment, type World } from '../world.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export type Activity = store.ActivityRow;

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: { filters: rules.ActivityFilters; sort: string; after?: string | undefined; limit: number },
  by: By,
): Promise<{ kind: 'page'; items: Activity[]; next: string | null } | { kind: 'bad-cursor' }> {
  const { author, customer, kind, from, to } = input.filters;
  const authorId = author === 'me' ? by.me.id : author;
  const conditions = { customerId: customer, authorId, kinds: kind, from, to };
  const order = store.orders[input.sort];
  const place = input.after === undefined || !order ? null : placeOf(order, input.after);
  if (!order || (input.after !== undefined && !place)) return { kind: 'bad-cursor' };
  const fence = fenceOf(by.me, by.reach);
  const rows = await store.list(world, fence, { conditions, order, place, limit: input.limit + 1 });
  const page = paged(order, rows, input.limit);
  return { kind: 'page', items: page.rows, next: page.next };
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Activity | undefined> {
  return store.byId(world, fenceOf(by.me, by.reach), id, { deleted: 'no' });
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
    await store.insert(tx, row, entryOf(tx, 'activity.add', row.id, by, { after }));
    const nextAt = input.nextAt === undefined ? undefined : row.next_at;
    await leave(tx, customer, row.id, { at: row.at, nextAt }, by);
    const activity = await store.byId(tx, { kind: 'all' }, row.id, { deleted: 'no' });
    if (!activity) throw new Error('the activity just written is gone');
    return { kind: 'added', activity };
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
    object: { type: 'activity', id },
    ...states,
  });
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
    const held = await hold(tx, input.id, 'no', by);
    if (!held) return { kind: 'not-found' };
    const { row, customer } = held;
    if (input.version !== null && input.version !== row.version)
      return { kind: 'changed-meanwhile', current: row };
    const contact = await contactAt(tx, customer.id, input.patch.contactId, by);
    if (contact === 'none-such') return { kind: 'no-such-contact' };
    const differing = rules.difference(row, input.patch, contact);
    if (!differing) return { kind: 'changed', activity: row };
    const { columns, before, after } = differing;
    const entry = entryOf(tx, 'activity.change', row.id, by, {
      before,
      after,
      details: { customerName: row.customer_name },
    });
    await store.update(tx, row.id, columns, moment(tx), entry);
    const at = columns.at ?? row.at;
    await leave(tx, customer, row.id, 'next_at' in columns ? { at, nextAt: columns.next_at } : null, by);
    const activity = await store.byId(tx, { kind: 'all' }, row.id, { deleted: 'no' });
    return { kind: 'changed', activity: activity ?? row };
  });
}

// The customer is locked before the activity, as everywhere, so that nobody waits in a ring.
async function hold(world: World, id: string, deleted: 'no' | 'only', by: By) {
  const customerId = await store.customerOf(world, id);
  if (!customerId) return undefined;
  const customer = await customers.lock(world, customerId, by);
  const fence = fenceOf(by.me, by.reach);
  const row = await store.byId(world, fence, id, { deleted, lock: true });
  return row && customer ? { row, customer } : undefined;
}

export type BinOutcome =
  | { kind: 'done'; activity: Activity }
  | { kind: 'changed-meanwhile'; current: Activity }
  | { kind: 'not-found' };

/** Puts an activity into the bin; the customer's last activity is then the one before. */
export async function remove(
  world: World,
  input: { id: string; version: number | null },
  by: By,
): Promise<BinOutcome> {
  return moveToBin(world, input, true, by);
}

/** Takes an activity out of the bin; not while its customer lies there. */
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
    const held = await hold(tx, input.id, deleted ? 'no' : 'only', by);
    if (!held) return { kind: 'not-found' };
    const { row, customer } = held;
    if (input.version !== null && input.version !== row.version)
      return { kind: 'changed-meanwhile', current: row };
    const at = moment(tx);
    const entry = entryOf(tx, deleted ? 'activity.remove' : 'activity.restore', row.id, by, {
      details: { customerName: row.customer_name },
    });
    await store.setDeleted(tx, row.id, deleted ? { at, by: by.me.id } : null, at, entry);
    await leave(tx, customer, row.id, null, by);
    const activity = { ...row, deleted_at: deleted ? at : null, updated_at: at, version: row.version + 1 };
    return { kind: 'done', activity };
  });
}

/** The journal of one activity within reach, deleted or not, newest first; undefined for none. */
export async function history(
  world: World,
  input: { id: string; limit: number; after?: string | undefined },
  by: By,
): Promise<Awaited<ReturnType<typeof audit.historyPage>> | undefined> {
  const there = await store.byId(world, fenceOf(by.me, by.reach), input.id, { deleted: 'either' });
  if (!there) return undefined;
  const { limit, after } = input;
  return audit.historyPage(world, { object: { type: 'activity', id: input.id }, limit, after });
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
  const done = await store.list(world, { kind: 'all' }, { conditions, order, place, limit });
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
