// Customers: whose they are, what changes in them, and how they are found.
import * as audit from '../audit/audit.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import { fenceOf } from '../db/fence.ts';
import { isParticular } from '../db/keyset.ts';
import { updateRecord } from '../db/records.ts';
import { markOf, phoneDigits } from '../folding.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
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

export type { By } from '../records/records.ts';
export type { CustomerPatch, NewCustomer, Owner } from './changes.ts';
export type { CustomerFilters } from './filters.ts';
export { addMany, type ImportedCustomer, rekey, stream } from './many.ts';
export type Customer = store.CustomerRow;

/** Customers, as the kind of record that they are. */
export const customers: Kind<Customer> = {
  object: 'customer',
  shape: store.shape,
  nameOf: row => row.name,
};

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: { filters: CustomerFilters } & records.Paging,
  by: By,
): Promise<PageOutcome<Customer>> {
  const { filters: given, ...page } = input;
  const filters = await customFields.meant(world, 'customer', given);
  const wanted = conditionsOf(world.workspaceId, filters, by.me);
  const conditions = filters.q ? store.conditions(wanted) : await store.filtered(world, wanted);
  const keyed = filters.q ? { table: 'customer_keys' as const, ways: wanted.ways } : undefined;
  const asked = { ...page, keyed };
  const { deleted } = wanted;
  const particular = isParticular(wanted, page.sort);
  const { custom } = filters;
  return records.page(world, customers, { ...asked, conditions, custom, deleted, particular }, by);
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Customer | undefined> {
  return records.find(world, customers, id, by);
}

/** One that was just written, whosever it is and wherever it lies. */
export async function reread(world: World, id: string): Promise<Customer> {
  return records.reread(world, customers, id);
}

/** The same, locked until the transaction ends. */
export async function lock(world: World, id: string, by: By): Promise<Customer | undefined> {
  return records.find(world, customers, id, by, { deleted: 'no', lock: true });
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
  | customFields.WrongCustom
  | { kind: 'not-allowed' }
  | { kind: 'no-such-owner' };

/** Adds a customer: record, search keys and journal entry in one statement. */
export async function add(world: World, input: NewCustomer, by: By): Promise<AddOutcome> {
  const settled = await settleOwner(world, input.ownerId, by);
  if (settled.kind !== 'owner') return settled;
  const own = await customFields.settle(world, 'customer', input.custom, null, by.me);
  if (own.kind !== 'settled') return own;
  const row = newRow(world, input, settled.owner, by.me.id, { own: own.custom });
  const entry = records.entryOf(world, customers, 'add', row.id, by, {
    after: { ...told(row, settled.owner), ...own.after },
  });
  await store.insert(world, row, entry);
  return { kind: 'added', customer: { ...row, ...fresh, owner_name: settled.owner.name } };
}

const fresh = { last_activity_at: null, deleted_at: null, merged_into: null, version: 1 };

export type ChangeOutcome =
  | { kind: 'changed'; customer: Customer }
  | { kind: 'changed-meanwhile'; current: Customer }
  | { kind: 'not-found' | 'not-allowed' | 'no-such-owner' }
  | customFields.WrongCustom;

/** Changes a customer; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: CustomerPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, customers, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    const owner = await ownerIn(tx, input.patch, by);
    if (owner && 'kind' in owner) return owner;
    const own = await customFields.settle(tx, 'customer', input.patch.custom, row, by.me);
    if (own.kind !== 'settled') return own;
    const change = changeOf(tx, row, input.patch, { owner, own }, by);
    if (!change) return { kind: 'changed', customer: row };
    const at = moment(tx);
    await updateRecord(tx, store.shape, change, { at, by: by.me.id });
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
  settled: { owner: Owner | undefined; own: customFields.Settled },
  by: By,
): store.Change | null {
  const differing = difference(row, patch, settled.owner, settled.own);
  if (!differing) return null;
  const { columns, before, after } = differing;
  return {
    id: row.id,
    columns,
    keys: altersKeys(columns) ? keysOf(markOf(world.workspaceId), { ...row, ...columns }) : null,
    entry: records.entryOf(world, customers, 'change', row.id, by, {
      before,
      after,
      details: { name: row.name },
    }),
  };
}

/** Changes many customers in one transaction; tells which were not there or out of reach. */
export async function changeMany(
  world: World,
  input: { ids: string[]; patch: CustomerPatch },
  by: By,
): Promise<
  | { kind: 'changed'; changed: number; missing: string[] }
  | { kind: 'not-allowed' | 'no-such-owner' }
  | customFields.WrongCustom
> {
  return atomically(world, async tx => {
    const owner = await ownerIn(tx, input.patch, by);
    if (owner && 'kind' in owner) return owner;
    const ids = [...new Set(input.ids)];
    const rows = await store.lockMany(tx, fenceOf(by.me, by.reach), ids);
    const stamp = { at: moment(tx), by: by.me.id };
    for (const row of rows) {
      const own = await customFields.settle(tx, 'customer', input.patch.custom, row, by.me);
      if (own.kind !== 'settled') return own;
      const change = changeOf(tx, row, input.patch, { owner, own }, by);
      if (change) await updateRecord(tx, store.shape, change, stamp);
    }
    const found = new Set(rows.map(row => row.id));
    return { kind: 'changed', changed: rows.length, missing: ids.filter(id => !found.has(id)) };
  });
}

/** Puts a customer into the bin with contacts, activities and deals, or takes it out with what went in with it. */
export async function bin(world: World, input: records.Versioned & { deleted: boolean }, by: By) {
  return records.bin(world, customers, input, by, {
    against: row => (row.merged_into ? ('merged' as const) : null),
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
  const entry = records.entryOf(world, customers, 'change', customer.id, by, {
    before: { nextFollowUpAt: customer.next_follow_up_at },
    after: { nextFollowUpAt: at ?? null },
    details: { name: customer.name, activity: left.activityId },
  });
  const next = at === undefined || at === customer.next_follow_up_at ? null : { at, entry };
  await store.touch(world, customer.id, left.lastActivityAt, next, stamp);
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
