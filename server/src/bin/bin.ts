// The bin of all records: what lies in it within reach, how long it is kept, and its removal for good.
import * as audit from '../audit/audit.ts';
import { fenceOf, sees } from '../db/fence.ts';
import type { Me, Visitor } from '../http.ts';
import { hiddenFields, may } from '../permissions.ts';
import { BearerType } from '../subjects/contract.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as store from './store.ts';

export type Binned = store.Binned;
export type Lying = store.Lying;
export type Item = store.ItemRow & { until: string; restorable: boolean };

// Customers last: what belongs to one is removed with him, and is told by itself before.
const objects: readonly Binned[] = [
  'contact',
  'activity',
  'task',
  'deal',
  'order',
  'lead',
  'product',
  'customer',
];
/** Kinds of record that files are attached to. */
const bearing: readonly store.Bearing[] = BearerType.options;
const dayMs = 86_400_000;
const usualDays = 90;
const batch = 200;

/** How long what lies in the bin is kept. */
export async function settings(world: World): Promise<{ days: number; version: number }> {
  return (await store.settings(world)) ?? { days: usualDays, version: 0 };
}

/** Says how long; where a version is named, only over that one. */
export async function keep(
  world: World,
  input: { days: number; version: number | null },
  by: { me: Me; visitor: Visitor },
): Promise<{ kind: 'kept' | 'changed-meanwhile'; settings: { days: number; version: number } }> {
  return atomically(world, async tx => {
    const before = await settings(tx);
    const { days } = input;
    const done = await store.keep(tx, days, input.version, { at: moment(tx), by: by.me.id });
    if (!done) return { kind: 'changed-meanwhile', settings: before };
    if (before.days !== days)
      await audit.record(tx, {
        action: 'bin.settings',
        by: by.me,
        visitor: by.visitor,
        before: { days: before.days },
        after: { days },
      });
    return { kind: 'kept', settings: await settings(tx) };
  });
}

function placeIn(after: string | undefined): store.Place | null | undefined {
  if (after === undefined) return null;
  const [at = '', id = ''] = Buffer.from(after, 'base64url').toString().split(' ');
  const isPlace = !Number.isNaN(Date.parse(at)) && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id);
  return isPlace ? { at, id } : undefined;
}

/** Whoever deletes records of a kind restores them; a file whoever changes its record. */
function mayRestore(me: Me, row: store.ItemRow) {
  return row.object === 'file' ? may(me, 'update', row.of ?? 'customer') : may(me, 'delete', row.object);
}

/** One page of what lies in the bin, newest first: of each kind as far as one may read it. */
export async function list(
  world: World,
  input: { object?: Lying | undefined; q?: string | undefined; after?: string | undefined; limit: number },
  me: Me,
): Promise<{ kind: 'page'; items: Item[]; next: string | null } | { kind: 'bad-cursor' }> {
  const after = placeIn(input.after);
  if (after === undefined) return { kind: 'bad-cursor' };
  const nameOf = (object: Binned) =>
    object === 'deal' || object === 'order' || object === 'task'
      ? 'title'
      : object === 'activity'
        ? 'body'
        : 'name';
  const fenceFor = (object: Binned) => fenceOf(me, may(me, 'read', object));
  const records = objects
    .filter(object => !input.object || object === input.object)
    .filter(object => may(me, 'read', object) !== 'none')
    // A name that may not be seen is not told here, nor looked for.
    .filter(object => !hiddenFields(me, object).includes(nameOf(object)))
    .map(object => ({ object, fence: fenceFor(object) }));
  // Files are open as their records are.
  const files =
    input.object && input.object !== 'file'
      ? []
      : bearing
          .filter(of => may(me, 'read', of) !== 'none')
          .map(of => ({ object: 'file' as const, of, fence: fenceFor(of) }));
  const parts = [...records, ...files];
  const rows = await store.items(world, { parts, q: input.q || null, after, limit: input.limit + 1 });
  const { days } = await settings(world);
  const nameless = hiddenFields(me, 'customer').includes('name');
  const items = rows.slice(0, input.limit).map(row => ({
    ...row,
    customer_id: nameless ? null : row.customer_id,
    until: iso(Date.parse(row.deleted_at) + days * dayMs),
    restorable: sees(fenceOf(me, mayRestore(me, row)), row),
  }));
  const last = items.at(-1);
  const next = rows.length > input.limit && last ? `${last.deleted_at} ${last.id}` : null;
  return { kind: 'page', items, next: next && Buffer.from(next).toString('base64url') };
}

/** Removes for good what has lain in the bin for longer than it is kept; tells how much. */
export async function empty(world: World): Promise<number> {
  const { days } = await settings(world);
  const before = iso(world.now() - days * dayMs);
  let removed = 0;
  for (const object of objects)
    for (let count = batch; count === batch; removed += count)
      count = await atomically(world, async tx => {
        const rows = await store.over(tx, object, before, batch);
        if (rows.length === 0) return 0;
        const entries = rows.map(row =>
          audit.row(tx, {
            action: `${object}.purge`,
            by: null,
            visitor: null,
            object: { type: object, id: row.id },
            details: { name: row.name, days },
          }),
        );
        const ids = rows.map(row => row.id);
        await store.purge(tx, object, ids, entries);
        return rows.length;
      });
  return removed;
}
