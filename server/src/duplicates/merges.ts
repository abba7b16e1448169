// Merging two records of one kind into one, and making two of them again.
import type * as contacts from '../contacts/contacts.ts';
import { merging as contactMerging } from '../contacts/merging.ts';
import type * as customers from '../customers/customers.ts';
import { merging as customerMerging } from '../customers/merging.ts';
import { fenceOf, sees } from '../db/fence.ts';
import type * as leads from '../leads/leads.ts';
import { merging as leadMerging } from '../leads/merging.ts';
import { fixedFields, hiddenFields, may } from '../permissions.ts';
import * as merging from '../records/merging.ts';
import * as records from '../records/records.ts';
import { announceShared } from '../sharing/sharing.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as store from './merges-store.ts';

export type Merge = store.MergeRow;
export type Mergeables = { customer: customers.Customer; contact: contacts.Contact; lead: leads.Lead };
export type Alike = keyof Mergeables;
type By = records.By;

/** Each kind by its own way of becoming one. */
export const kinds = { customer: customerMerging, contact: contactMerging, lead: leadMerging } as const;

export type Why = 'in-bin' | 'converted';
type Of<Row extends merging.MergeRow> = merging.Mergeable<Row, Why>;

/** How long a merge can be undone. */
const undoableMs = 30 * 86_400_000;

/** What a merge would do: both as they are, what becomes of each field that differs, and how much goes along. */
export async function preview<Row extends merging.MergeRow>(
  world: World,
  of: Of<Row>,
  ids: { id: string; otherId: string },
  by: By,
): Promise<
  | (merging.Pair<Row> & { choices: merging.Choices; moves: Record<string, number> })
  | { kind: Why }
  | undefined
> {
  const [survivor, other] = await Promise.all([
    records.find(world, of.kind, ids.id, by),
    records.find(world, of.kind, ids.otherId, by),
  ]);
  if (!survivor || !other || survivor.id === other.id) return undefined;
  const why = of.against?.(survivor, other);
  if (why) return { kind: why };
  const hidden = hiddenFields(by.me, of.kind.object);
  const choices = Object.entries(merging.defaultChoices(of, { survivor, other })).filter(
    ([field]) => !hidden.includes(field) && !hidden.includes(field.replace(/Id$/, '')),
  );
  const moves = await store.countMoves(world, of.kind.object as Alike, other.id);
  return { survivor, other, choices: Object.fromEntries(choices), moves };
}

export type MergeInput = {
  id: string;
  otherId: string;
  version: number | null;
  otherVersion: number | null;
  choices: merging.Choices;
};

export type MergeOutcome<Row> =
  | { kind: 'merged'; merge: Merge; record: Row }
  | { kind: 'changed-meanwhile'; current: Row }
  | { kind: 'not-found' | 'not-allowed' | 'same' | Why };

/**
 * Merges a record into another, which must both be within reach of changing, and the one that goes away within reach of
 * deleting. Asked again after it was done, it answers as before.
 */
export async function merge<Row extends merging.MergeRow>(
  world: World,
  of: Of<Row>,
  input: MergeInput,
  by: By,
): Promise<MergeOutcome<Row>> {
  if (input.id === input.otherId) return { kind: 'same' };
  const { object } = of.kind;
  const fixed = fixedFields(by.me, object);
  const chosen = Object.entries(input.choices).filter(([, side]) => side !== 'survivor');
  if (chosen.some(([field]) => fixed.includes(field) || fixed.includes(field.replace(/Id$/, ''))))
    return { kind: 'not-allowed' };
  return atomically(world, async tx => {
    const both = await merging.lockBoth(tx, of, { survivor: input.id, other: input.otherId }, by);
    if (!both || both.survivor.deleted_at) return { kind: 'not-found' };
    const { survivor, other } = both;
    const done =
      other.merged_into === survivor.id && (await store.standing(tx, object as Alike, survivor.id, other.id));
    if (done) return { kind: 'merged', merge: done, record: survivor };
    if (other.deleted_at) return { kind: 'not-found' };
    if (input.version !== null && input.version !== survivor.version)
      return { kind: 'changed-meanwhile', current: survivor };
    if (input.otherVersion !== null && input.otherVersion !== other.version)
      return { kind: 'changed-meanwhile', current: other };
    if (!sees(fenceOf(by.me, may(by.me, 'delete', object)), other)) return { kind: 'not-allowed' };
    const why = of.against?.(survivor, other);
    if (why) return { kind: why };
    return { kind: 'merged', ...(await join(tx, of, both, input.choices, by)) };
  });
}

// The order counts: what hangs on the one takes the owner of the survivor, and must be gone before the one goes away.
async function join<Row extends merging.MergeRow>(
  tx: World,
  of: Of<Row>,
  both: merging.Pair<Row>,
  choices: merging.Choices,
  by: By,
): Promise<{ merge: Merge; record: Row }> {
  const { survivor, other } = both;
  const id = tx.random.id();
  const kept = await merging.combine(tx, of, { ...both, choices, mergeId: id }, by);
  await store.add(tx, {
    id,
    object: of.kind.object as Alike,
    survivor_id: survivor.id,
    other_id: other.id,
    other_name: other.name,
    kept,
    at: moment(tx),
    by_id: by.me.id,
    until: iso(tx.now() + undoableMs),
  });
  await merging.mergeAway(tx, of, both, by);
  await announceShared(tx, of.kind.object, [survivor.id, other.id]);
  const [merged, record] = [await store.byId(tx, id), await records.reread(tx, of.kind, survivor.id)];
  if (!merged) throw new Error('a merge just written is gone');
  return { merge: merged, record };
}

/** One page of merges that can be undone, newest first; `after` is the id of the last one seen. */
export async function open(
  world: World,
  input: { object: Alike; survivorId?: string | undefined; after?: string | undefined; limit: number },
  by: By,
): Promise<{ items: Merge[]; next: string | null }> {
  const { object, survivorId, after: before, limit } = input;
  const fence = fenceOf(by.me, may(by.me, 'update', object));
  const asked = { object, fence, now: moment(world), survivorId, before, limit: limit + 1 };
  const rows = await store.open(world, asked);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export type Undone = {
  [Object in Alike]: { kind: 'undone'; object: Object } & merging.Pair<Mergeables[Object]>;
}[Alike];
export type UndoOutcome = Undone | { kind: 'not-found' | 'too-late' | 'undone-before' | Why };

/** Undoes a merge: both as they were, each with its own again; what has changed since stays with the survivor. */
export async function undo(world: World, id: string, by: By): Promise<UndoOutcome> {
  return atomically(world, async tx => {
    const known = await store.byId(tx, id);
    if (!known) return { kind: 'not-found' };
    const { object } = known;
    const hand = { ...by, reach: may(by.me, 'update', object) };
    switch (object) {
      case 'customer': {
        const back = await part(tx, kinds.customer, known, hand);
        return 'kind' in back ? back : { kind: 'undone', object, ...back };
      }
      case 'contact': {
        const back = await part(tx, kinds.contact, known, hand);
        return 'kind' in back ? back : { kind: 'undone', object, ...back };
      }
      case 'lead': {
        const back = await part(tx, kinds.lead, known, hand);
        return 'kind' in back ? back : { kind: 'undone', object, ...back };
      }
    }
  });
}

async function part<Row extends merging.MergeRow>(
  tx: World,
  of: Of<Row>,
  known: Merge,
  by: By,
): Promise<merging.Pair<Row> | { kind: 'not-found' | 'too-late' | 'undone-before' | Why }> {
  const ids = { survivor: known.survivor_id, other: known.other_id };
  const both = await merging.lockBoth(tx, of, ids, by);
  if (!both) return { kind: 'not-found' };
  const { survivor, other } = both;
  if (known.until <= moment(tx)) return { kind: 'too-late' };
  if (survivor.deleted_at) return { kind: 'in-bin' };
  const why = of.against?.(survivor, other);
  if (why) return { kind: why };
  if (!(await store.undo(tx, known.id, moment(tx), by.me.id))) return { kind: 'undone-before' };
  await merging.takeApart(tx, of, { ...both, kept: known.kept }, by);
  await announceShared(tx, known.object, [survivor.id, other.id]);
  return {
    survivor: await records.reread(tx, of.kind, survivor.id),
    other: await records.reread(tx, of.kind, other.id),
  };
}
