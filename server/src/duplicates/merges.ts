// Merging two customers into one, and making two of them again.
import * as customers from '../customers/customers.ts';
import { fenceOf, sees } from '../db/fence.ts';
import { fixedFields, may } from '../permissions.ts';
import type { By } from '../records/records.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as store from './merges-store.ts';

export type Merge = store.MergeRow;

/** How long a merge can be undone. */
const undoableMs = 30 * 86_400_000;

export type Pair = { survivor: customers.Customer; other: customers.Customer };

/** What a merge would do: both as they are, what becomes of each field that differs, and how much goes along. */
export async function preview(
  world: World,
  ids: { id: string; otherId: string },
  by: By,
): Promise<(Pair & { choices: customers.Choices; moves: Record<string, number> }) | undefined> {
  const [survivor, other] = await Promise.all([
    customers.byId(world, ids.id, by),
    customers.byId(world, ids.otherId, by),
  ]);
  if (!survivor || !other || survivor.id === other.id) return undefined;
  const moves = await store.countMoves(world, other.id);
  return { survivor, other, choices: customers.defaultChoices(survivor, other), moves };
}

export type MergeInput = {
  id: string;
  otherId: string;
  version: number | null;
  otherVersion: number | null;
  choices: customers.Choices;
};

export type MergeOutcome =
  | { kind: 'merged'; merge: Merge; customer: customers.Customer }
  | { kind: 'changed-meanwhile'; current: customers.Customer }
  | { kind: 'not-found' | 'not-allowed' | 'same' };

/**
 * Merges a customer into another, who must both be within reach of changing, and the one that goes away within reach of
 * deleting. Asked again after it was done, it answers as before.
 */
export async function merge(world: World, input: MergeInput, by: By): Promise<MergeOutcome> {
  if (input.id === input.otherId) return { kind: 'same' };
  const fixed = fixedFields(by.me, 'customer');
  if (Object.entries(input.choices).some(([field, side]) => side !== 'survivor' && fixed.includes(field)))
    return { kind: 'not-allowed' };
  return atomically(world, async tx => {
    const rows = await customers.lockBoth(tx, [input.id, input.otherId], by);
    const survivor = rows.find(row => row.id === input.id);
    const other = rows.find(row => row.id === input.otherId);
    if (!survivor || !other || survivor.deleted_at) return { kind: 'not-found' };
    const done = other.merged_into === survivor.id && (await store.standing(tx, survivor.id, other.id));
    if (done) return { kind: 'merged', merge: done, customer: survivor };
    if (other.deleted_at) return { kind: 'not-found' };
    if (input.version !== null && input.version !== survivor.version)
      return { kind: 'changed-meanwhile', current: survivor };
    if (input.otherVersion !== null && input.otherVersion !== other.version)
      return { kind: 'changed-meanwhile', current: other };
    if (!sees(fenceOf(by.me, may(by.me, 'delete', 'customer')), other)) return { kind: 'not-allowed' };
    return { kind: 'merged', ...(await join(tx, { survivor, other }, input.choices, by)) };
  });
}

// The order counts: contacts and activities take the survivor's owner, and must be gone before the other goes away.
async function join(tx: World, { survivor, other }: Pair, choices: customers.Choices, by: By) {
  const id = tx.random.id();
  const kept = await customers.combine(tx, { survivor, other, choices, mergeId: id }, by);
  await store.add(tx, {
    id,
    survivor_id: survivor.id,
    other_id: other.id,
    other_name: other.name,
    kept,
    at: moment(tx),
    by_id: by.me.id,
    until: iso(tx.now() + undoableMs),
  });
  await customers.mergeAway(tx, other, survivor, by);
  const [merged, customer] = [await store.byId(tx, id), await customers.reread(tx, survivor.id)];
  if (!merged) throw new Error('a merge just written is gone');
  return { merge: merged, customer };
}

/** One page of merges that can be undone, newest first; `after` is the id of the last one seen. */
export async function open(
  world: World,
  input: { survivorId?: string | undefined; after?: string | undefined; limit: number },
  by: By,
): Promise<{ items: Merge[]; next: string | null }> {
  const { survivorId, after: before, limit } = input;
  const fence = fenceOf(by.me, by.reach);
  const rows = await store.open(world, { fence, now: moment(world), survivorId, before, limit: limit + 1 });
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export type UndoOutcome =
  | ({ kind: 'undone' } & Pair)
  | { kind: 'not-found' | 'in-bin' | 'too-late' | 'undone-before' };

/** Undoes a merge: both as they were, each with its own again; what has changed since stays with the survivor. */
export async function undo(world: World, id: string, by: By): Promise<UndoOutcome> {
  return atomically(world, async tx => {
    const known = await store.byId(tx, id);
    if (!known) return { kind: 'not-found' };
    const rows = await customers.lockBoth(tx, [known.survivor_id, known.other_id], by);
    const survivor = rows.find(row => row.id === known.survivor_id);
    const other = rows.find(row => row.id === known.other_id);
    if (!survivor || !other) return { kind: 'not-found' };
    if (known.until <= moment(tx)) return { kind: 'too-late' };
    if (survivor.deleted_at) return { kind: 'in-bin' };
    if (!(await store.undo(tx, id, moment(tx), by.me.id))) return { kind: 'undone-before' };
    await customers.takeApart(tx, { survivor, other, kept: known.kept }, by);
    return {
      kind: 'undone',
      survivor: await customers.reread(tx, survivor.id),
      other: await customers.reread(tx, other.id),
    };
  });
}
