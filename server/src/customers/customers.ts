// Customers: whose they are, what changes in them, and how they are found.
import * as audit from '../audit/audit.ts';
import { type Fence, fenceOf } from '../db/fence.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { markOf, phoneDigits } from '../folding.ts';
import type { Me, Visitor } from '../http.ts';
import type { Reach } from '../permissions.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import {
  altersKeys,
  type CustomerPatch,
  difference,
  keysOf,
  type NewCustomer,
  type Owner,
  told,
} from './changes.ts';
import { type CustomerFilters, conditionsOf } from './filters.ts';
import { newRow } from './new-row.ts';
import { nameKey } from './rules.ts';
import * as store from './store.ts';

export type { CustomerPatch, NewCustomer, Owner } from './changes.ts';
export type { CustomerFilters } from './filters.ts';
export { addMany, type ImportedCustomer, stream } from './many.ts';
export type Customer = store.CustomerRow;

/** Whose hand it is, how far it reaches, and from where. */
export type By = { me: Me; reach: Reach; visitor: Visitor | null };

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: { filters: CustomerFilters; sort?: string | undefined; after?: string | undefined; limit: number },
  by: By,
): Promise<{ kind: 'page'; items: Customer[]; next: string | null } | { kind: 'bad-cursor' | 'bad-sort' }> {
  const conditions = conditionsOf(world.workspaceId, input.filters, by.me);
  const order = store.orders[input.sort ?? (conditions.deleted ? '-deletedAt' : '-updatedAt')];
  if (!order || order.name.endsWith('deletedAt') !== conditions.deleted) return { kind: 'bad-sort' };
  const place = input.after === undefined ? null : placeOf(order, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  const fence = fenceOf(by.me, by.reach);
  const rows = await store.list(world, fence, { conditions, order, place, limit: input.limit + 1 });
  const page = paged(order, rows, input.limit);
  return { kind: 'page', items: page.rows, next: page.next };
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Customer | undefined> {
  return store.byId(world, fenceOf(by.me, by.reach), id, { deleted: 'no' });
}

/** The same, locked until the transaction ends. */
export async function lock(world: World, id: string, by: By): Promise<Customer | undefined> {
  return store.byId(world, fenceOf(by.me, by.reach), id, { deleted: 'no', lock: true });
}

export type OwnerOutcome =
  | { kind: 'owner'; owner: Owner }
  | { kind: 'not-allowed' }
  | { kind: 'no-such-owner' };

/** Who is to own a record: oneself, somebody within one's reach who may own, or nobody. */
export async function settleOwner(
  world: World,
  ownerId: string | null | undefined,
  by: By,
): Promise<OwnerOutcome> {
  const { me } = by;
  const fence = fenceOf(me, by.reach);
  if (ownerId === undefined || ownerId === me.id)
    return { kind: 'owner', owner: { id: me.id, name: me.name, teamId: me.teamId } };
  if (fence.kind === 'owner' || fence.kind === 'none') return { kind: 'not-allowed' };
  if (ownerId === null)
    return {
      kind: 'owner',
      owner: { id: null, name: null, teamId: fence.kind === 'team' ? fence.id : null },
    };
  const person = await staff.byId(world, ownerId);
  if (person?.state !== 'active' || person.role === 'auditor') return { kind: 'no-such-owner' };
  if (fence.kind === 'team' && person.team_id !== fence.id) return { kind: 'not-allowed' };
  return { kind: 'owner', owner: { id: person.id, name: person.name, teamId: person.team_id } };
}

export type AddOutcome =
  | { kind: 'added'; customer: Customer }
  | { kind: 'not-allowed' }
  | { kind: 'no-such-owner' };

/** Adds a customer: record, search keys and journal entry in one statement. */
export async function add(world: World, input: NewCustomer, by: By): Promise<AddOutcome> {
  const settled = await settleOwner(world, input.ownerId, by);
  if (settled.kind !== 'owner') return settled;
  const row = newRow(world, input, settled.owner, by.me.id, {});
  const entry = audit.row(world, {
    action: 'customer.add',
    by: by.me,
    visitor: by.visitor,
    object: { type: 'customer', id: row.id },
    after: told(row, settled.owner),
  });
  await store.insert(world, row, entry);
  return { kind: 'added', customer: { ...row, ...fresh, owner_name: settled.owner.name } };
}

const fresh = { last_activity_at: null, deleted_at: null, version: 1 };

export type ChangeOutcome =
  | { kind: 'changed'; customer: Customer }
  | { kind: 'changed-meanwhile'; current: Customer }
  | { kind: 'not-found' | 'not-allowed' | 'no-such-owner' };

/** Changes a customer; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: CustomerPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const row = await lock(tx, input.id, by);
    if (!row) return { kind: 'not-found' };
    if (input.version !== null && input.version !== row.version)
      return { kind: 'changed-meanwhile', current: row };
    const owner = await ownerIn(tx, input.patch, by);
    if (owner && 'kind' in owner) return owner;
    const change = changeOf(tx, row, input.patch, owner, by);
    if (!change) return { kind: 'changed', customer: row };
    const at = moment(tx);
    await store.update(tx, change, { at, by: by.me.id });
    const changed = { ...row, ...change.columns, updated_at: at, version: row.version + 1 };
    return { kind: 'changed', customer: owner ? { ...changed, owner_name: owner.name } : changed };
  });
}

async function ownerIn(world: World, patch: CustomerPatch, by: By) {
  if (patch.ownerId === undefined) return undefined;
  const settled = await settleOwner(world, patch.ownerId, by);
  return settled.kind === 'owner' ? settled.owner : settled;
}

function changeOf(
  world: World,
  row: Customer,
  patch: CustomerPatch,
  owner: Owner | undefined,
  by: By,
): store.Change | null {
  const differing = difference(row, patch, owner);
  if (!differing) return null;
  const { columns, before, after } = differing;
  return {
    id: row.id,
    columns,
    keys: altersKeys(columns) ? keysOf(markOf(world.workspaceId), { ...row, ...columns }) : null,
    entry: entryOf(world, 'customer.change', row.id, by, { before, after, details: { name: row.name } }),
  };
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
    object: { type: 'customer', id },
    ...states,
  });
}

/** Changes many customers in one transaction; tells which were not there or out of reach. */
export async function changeMany(
  world: World,
  input: { ids: string[]; patch: CustomerPatch },
  by: By,
): Promise<
  { kind: 'changed'; changed: number; missing: string[] } | { kind: 'not-allowed' | 'no-such-owner' }
> {
  return atomically(world, async tx => {
    const owner = await ownerIn(tx, input.patch, by);
    if (owner && 'kind' in owner) return owner;
    const ids = [...new Set(input.ids)];
    const rows = await store.lockMany(tx, fenceOf(by.me, by.reach), ids);
    const stamp = { at: moment(tx), by: by.me.id };
    for (const row of rows) {
      const change = changeOf(tx, row, input.patch, owner, by);
      if (change) await store.update(tx, change, stamp);
    }
    const found = new Set(rows.map(row => row.id));
    return { kind: 'changed', changed: rows.length, missing: ids.filter(id => !found.has(id)) };
  });
}

export type BinOutcome =
  | { kind: 'done'; customer: Customer }
  | { kind: 'changed-meanwhile'; current: Customer }
  | { kind: 'not-found' };

/** Puts a customer into the bin; contacts and activities go along. */
export async function remove(
  world: World,
  input: { id: string; version: number | null },
  by: By,
): Promise<BinOutcome> {
  return moveToBin(world, input, true, by);
}

/** Takes a customer out of the bin, with what went in together with it. */
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
    const fence: Fence = fenceOf(by.me, by.reach);
    const row = await store.byId(tx, fence, input.id, { deleted: deleted ? 'no' : 'only', lock: true });
    if (!row) return { kind: 'not-found' };
    if (input.version !== null && input.version !== row.version)
      return { kind: 'changed-meanwhile', current: row };
    const at = moment(tx);
    const entry = entryOf(tx, deleted ? 'customer.remove' : 'customer.restore', row.id, by, {
      details: { name: row.name },
    });
    await store.setDeleted(tx, row.id, deleted, { at, by: by.me.id }, entry);
    const customer = { ...row, deleted_at: deleted ? at : null, updated_at: at, version: row.version + 1 };
    return { kind: 'done', customer };
  });
}

/**
 * What an activity leaves on its customer, who is locked already: when the last one was, and the next follow-up where
 * it changes (undefined: it stays).
 */
export async function touch(
  world: World,
  customer: Customer,
  left: { lastActivityAt: string | null; nextFollowUpAt: string | null | undefined; activityId: string },
  by: By,
): Promise<void> {
  const stamp = { at: moment(world), by: by.me.id };
  const { nextFollowUpAt: at } = left;
  const entry = entryOf(world, 'customer.change', customer.id, by, {
    before: { nextFollowUpAt: customer.next_follow_up_at },
    after: { nextFollowUpAt: at ?? null },
    details: { name: customer.name, activity: left.activityId },
  });
  const next = at === undefined || at === customer.next_follow_up_at ? null : { at, entry };
  await store.touch(world, customer.id, left.lastActivityAt, next, stamp);
}

/** The journal of one customer within reach, deleted or not, newest first; undefined for none. */
export async function history(
  world: World,
  input: { id: string; limit: number; after?: string | undefined },
  by: By,
): Promise<Awaited<ReturnType<typeof audit.historyPage>> | undefined> {
  const there = await store.byId(world, fenceOf(by.me, by.reach), input.id, { deleted: 'either' });
  if (!there) return undefined;
  const { limit, after } = input;
  return audit.historyPage(world, { object: { type: 'customer', id: input.id }, limit, after });
}

/** The people within reach who may own customers. */
export async function owners(world: World, by: By): Promise<{ id: string; name: string }[]> {
  const fence = fenceOf(by.me, by.reach);
  if (fence.kind === 'none') return [];
  if (fence.kind === 'all') return staff.owners(world, {});
  return staff.owners(world, fence.kind === 'team' ? { teamId: fence.id } : { id: fence.id });
}

const questions = { most: 200, within: 3_600_000 };

/**
 * Whether anybody in the workspace has such a customer, and who; the question itself is put on record, and a person
 * may ask 200 times an hour (L43).
 */
export async function taken(
  world: World,
  input: { name?: string | undefined; phone?: string | undefined; email?: string | undefined },
  by: By,
): Promise<{ kind: 'answer'; taken: boolean; ownerName: string | null } | { kind: 'too-many' }> {
  const asked = { actorId: by.me.id, action: 'customer.ask-taken', since: world.now() - questions.within };
  if ((await audit.countSince(world, { ...asked, most: questions.most })) >= questions.most)
    return { kind: 'too-many' };
  const match = {
    name_key: input.name ? nameKey(input.name) || null : null,
    phone_digits: phoneDigits(input.phone),
    email: input.email || null,
  };
  const found = await store.alike(world, match);
  await audit.record(world, {
    action: 'customer.ask-taken',
    by: by.me,
    visitor: by.visitor,
    details: { ...input, taken: found !== undefined },
  });
  return { kind: 'answer', taken: found !== undefined, ownerName: found?.owner_name ?? null };
}
