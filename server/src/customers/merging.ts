// One customer made of two, and two of it again: the fields, the one that goes away, and where old links lead.
import { updateRecord } from '../db/records.ts';
import { markOf } from '../folding.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import { atomically, moment, type World } from '../world.ts';
import { altersKeys, keysOf } from './changes.ts';
import { type Choices, combined, type Kept, undoing } from './merging-rules.ts';
import * as mergingStore from './merging-store.ts';
import { type CustomerRow, shape } from './store.ts';

export { type Choices, defaultChoices, type Kept } from './merging-rules.ts';

const kind = { object: 'customer' as const, shape };

/** Both customers within reach, in the bin or not, locked in the order of their ids; fewer where one is not there. */
export async function lockBoth(world: World, ids: readonly string[], by: By): Promise<CustomerRow[]> {
  return mergingStore.lockBoth(world, records.fenceFor(kind, { ...by, action: null }), ids);
}

/**
 * Gives a locked customer what was chosen of another: an empty field takes the other's unless said otherwise. Tells
 * what each column was and has become.
 */
export async function combine(
  world: World,
  both: { survivor: CustomerRow; other: CustomerRow; choices: Choices; mergeId: string },
  by: By,
): Promise<Kept> {
  const { survivor, other, mergeId } = both;
  const { columns, before, after, kept } = combined(survivor, other, both.choices);
  const told = { name: survivor.name, other: { id: other.id, name: other.name }, merge: mergeId };
  await write(world, survivor, columns, 'merge', { before, after, details: told }, by);
  return kept;
}

/** Sends a locked customer away whose things have gone to another: into the bin, with a pointer. */
export async function mergeAway(world: World, other: CustomerRow, into: CustomerRow, by: By): Promise<void> {
  const columns = { deleted_at: moment(world), deleted_by: by.me.id, merged_into: into.id };
  const details = { name: other.name, into: { id: into.id, name: into.name } };
  await write(world, other, columns, 'merge-away', { details }, by);
}

/** Makes two of two locked customers again: what has changed since stays with the survivor. */
export async function takeApart(
  world: World,
  both: { survivor: CustomerRow; other: CustomerRow; kept: Kept },
  by: By,
): Promise<void> {
  const { survivor, other } = both;
  const back = { deleted_at: null, deleted_by: null, merged_into: null };
  const from = { id: survivor.id, name: survivor.name };
  await write(world, other, back, 'unmerge', { details: { name: other.name, from } }, by);
  const { columns, before, after } = undoing(survivor, both.kept);
  const details = { name: survivor.name, from: { id: other.id, name: other.name } };
  await write(world, survivor, columns, 'unmerge', { before, after, details }, by);
}

async function write(
  world: World,
  row: CustomerRow,
  columns: Record<string, unknown>,
  action: string,
  states: Parameters<typeof records.entryOf>[5],
  by: By,
): Promise<void> {
  await atomically(world, async tx => {
    const keys = altersKeys(columns) ? keysOf(markOf(tx.workspaceId), { ...row, ...columns }) : null;
    const entry = records.entryOf(tx, kind, action, row.id, by, states);
    await updateRecord(tx, shape, { id: row.id, columns, keys, entry }, { at: moment(tx), by: by.me.id });
  });
}

/** Where a customer that was merged away is found now, through any number of merges, if that is within reach. */
export async function survivorOf(world: World, id: string, by: By): Promise<string | undefined> {
  const last = await mergingStore.survivorOf(world, id);
  if (!last) return undefined;
  return (await records.find(world, fullKind, last, by))?.id;
}

const fullKind: records.Kind<CustomerRow> = { ...kind, nameOf: row => row.name };
