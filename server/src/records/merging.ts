// One record made of two of its kind, and two of it again: the fields, the one that goes away, where old links lead.
import { type RecordRow, updateRecord } from '../db/records.ts';
import * as staff from '../staff/staff.ts';
import { moment, type World } from '../world.ts';
import {
  type Blend,
  type Choices,
  combined,
  type Kept,
  type MergeRow,
  undoing,
  defaultChoices as usualChoices,
} from './merging-rules.ts';
import * as store from './merging-store.ts';
import type { By, Kind } from './records.ts';
import * as records from './records.ts';

export { type Blend, type Choices, type Kept, type Link, type MergeRow, ownerLink } from './merging-rules.ts';

/** A kind of record of which two can become one. */
export type Mergeable<Row extends MergeRow, Why extends string = never> = {
  readonly kind: Kind<Row>;
  readonly blend: Blend<Row>;
  readonly keysOf: (workspaceId: string, row: Row) => number[];
  readonly altersKeys: (columns: Record<string, unknown>) => boolean;
  /** Takes further locks, before the two are held, in the order of whoever changes them. */
  readonly before?: (tx: World, ids: readonly string[], by: By) => Promise<void>;
  /** What speaks against making one of these two, or two of them again. */
  readonly against?: (survivor: Row, other: Row) => Why | null;
  /** Adds to the columns that go back what follows from them now. */
  readonly goingBack?: (tx: World, columns: Record<string, unknown>, by: By) => Promise<void>;
  /** What follows for one of the two once they are two again. */
  readonly afterwards?: (tx: World, row: Row, by: By) => Promise<void>;
};

export type Pair<Row> = { survivor: Row; other: Row };

/** Both records within reach, in the bin or not, locked in the order of their ids; undefined where one is not there. */
export async function lockBoth<Row extends MergeRow, Why extends string>(
  tx: World,
  { kind, before }: Mergeable<Row, Why>,
  ids: { survivor: string; other: string },
  by: By,
): Promise<Pair<Row> | undefined> {
  const order = [ids.survivor, ids.other].sort();
  await before?.(tx, order, by);
  const found = new Map<string, Row>();
  for (const id of order) {
    const row = await records.find(tx, kind, id, { ...by, action: null }, { deleted: 'either', lock: true });
    if (row) found.set(id, row);
  }
  const [survivor, other] = [found.get(ids.survivor), found.get(ids.other)];
  return survivor && other && { survivor, other };
}

/** For each field in which the two differ, what becomes of it unless somebody chooses otherwise. */
export function defaultChoices<Row extends MergeRow, Why extends string>(
  { blend }: Mergeable<Row, Why>,
  { survivor, other }: Pair<Row>,
): Choices {
  return usualChoices(blend, survivor, other);
}

/**
 * Gives a locked record what was chosen of another: an empty field takes the other's unless said otherwise. Tells what
 * each column was and has become.
 */
export async function combine<Row extends MergeRow, Why extends string>(
  tx: World,
  of: Mergeable<Row, Why>,
  both: Pair<Row> & { choices: Choices; mergeId: string },
  by: By,
): Promise<Kept> {
  const { survivor, other, mergeId } = both;
  const { columns, before, after, kept } = combined(of.blend, survivor, other, both.choices);
  const details = { name: survivor.name, other: { id: other.id, name: other.name }, merge: mergeId };
  await write(tx, of, survivor, columns, 'merge', { before, after, details }, by);
  return kept;
}

/** Sends a locked record away whose things have gone to another: into the bin, with a pointer. */
export async function mergeAway<Row extends MergeRow, Why extends string>(
  tx: World,
  of: Mergeable<Row, Why>,
  { survivor, other }: Pair<Row>,
  by: By,
): Promise<void> {
  const columns = { deleted_at: moment(tx), deleted_by: by.me.id, merged_into: survivor.id };
  const details = { name: other.name, into: { id: survivor.id, name: survivor.name } };
  await write(tx, of, other, columns, 'merge-away', { details }, by);
}

/** Makes two of two locked records again: what has changed since stays with the survivor. */
export async function takeApart<Row extends MergeRow, Why extends string>(
  tx: World,
  of: Mergeable<Row, Why>,
  { survivor, other, kept }: Pair<Row> & { kept: Kept },
  by: By,
): Promise<void> {
  const { columns, before, after } = undoing(of.blend, survivor, kept);
  await ownerAsNow(tx, survivor, columns, { before, after });
  await of.goingBack?.(tx, columns, by);
  const details = { name: survivor.name, from: { id: other.id, name: other.name } };
  await write(tx, of, survivor, columns, 'unmerge', { before, after, details }, by);
  const back = { deleted_at: null, deleted_by: null, merged_into: null };
  const from = { id: survivor.id, name: survivor.name };
  await write(tx, of, other, back, 'unmerge', { details: { name: other.name, from } }, by);
  for (const { id } of [survivor, other])
    await of.afterwards?.(tx, await records.reread(tx, of.kind, id), by);
}

// Whoever had it may be in another team by now.
async function ownerAsNow(
  tx: World,
  row: MergeRow,
  columns: Record<string, unknown>,
  told: { before: Record<string, unknown>; after: Record<string, unknown> },
): Promise<void> {
  if (!('owner_id' in columns) || columns.owner_id === row.owner_id) return;
  const owner = columns.owner_id ? await staff.byId(tx, String(columns.owner_id)) : undefined;
  if (owner) columns.team_id = owner.team_id;
  told.before.owner = row.owner_id ? { id: row.owner_id, name: row.owner_name } : null;
  told.after.owner = owner ? { id: owner.id, name: owner.name } : null;
}

async function write<Row extends MergeRow, Why extends string>(
  tx: World,
  of: Mergeable<Row, Why>,
  row: Row,
  columns: Record<string, unknown>,
  action: string,
  states: Parameters<typeof records.entryOf>[5],
  by: By,
): Promise<void> {
  const keys = of.altersKeys(columns) ? of.keysOf(tx.workspaceId, { ...row, ...columns }) : null;
  const entry = records.entryOf(tx, of.kind, action, row.id, by, states);
  const change = { id: row.id, columns, keys, entry };
  await updateRecord(tx, of.kind.shape, change, { at: moment(tx), by: by.me.id });
}

/** Where a record that was merged away is found now, through any number of merges, if that is within reach. */
export async function survivorOf<Row extends RecordRow>(
  world: World,
  kind: Kind<Row>,
  id: string,
  by: By,
): Promise<string | undefined> {
  const last = await store.survivorOf(world, kind.shape.table, id);
  return last && (await records.find(world, kind, last, by))?.id;
}
