// Batches: many records changed or binned as one step, in the background where there are many, and taken back again.
import * as audit from '../audit/audit.ts';
import { fixedWritten, hiddenAsked } from '../field-rules.ts';
import type { Me, Visitor } from '../http.ts';
import { may } from '../permissions.ts';
import { atomically, moment, type World } from '../world.ts';
import { patches } from './contract.ts';
import { type Name, objects, type Patch } from './objects.ts';
import type { Change } from './rules.ts';
import { carry } from './run.ts';
import * as store from './store.ts';

export { work } from './run.ts';

export type Batch = store.BatchRow;
type Hand = { me: Me; visitor: Visitor };
type Fault = { path: string; message: string };

const undoableFor = 30 * 86_400_000;
/** So many are changed while one waits; more in the background. */
const atOnce = 200;
const countedTo = 10_000;

export type Asked = {
  object: Name;
  ids?: string[] | undefined;
  filters?: Record<string, string> | undefined;
  set?: Patch | undefined;
  addTags?: string[] | undefined;
  removeTags?: string[] | undefined;
  remove?: true | undefined;
};

const fault = (path: string, message: string): Fault => ({ path, message });

/** What is wrong with filters: unknown ones, those by hidden fields (L43), and a look into the bin. */
function filterFaults(me: Me, object: Name, filters: Record<string, string>): Fault[] {
  const checked = objects[object].filters.safeParse(filters);
  const issues = checked.error?.issues ?? [];
  return [
    ...issues.map(({ path, message }) => fault(['filters', ...path.map(String)].join('.'), message)),
    ...hiddenAsked(me, object, filters).map(one => fault(one.path.replace('query', 'filters'), one.message)),
    ...('deleted' in filters ? [fault('filters.deleted', 'is not for batches')] : []),
  ];
}

function readChange(me: Me, asked: Asked): { change: Change; faults: Fault[] } {
  const { object, addTags = [], removeTags = [] } = asked;
  const tags = addTags.length + removeTags.length > 0;
  const checked = patches[object].safeParse(asked.set ?? {});
  const faults = (checked.error?.issues ?? []).map(({ path, message }) =>
    fault(['set', ...path.map(String)].join('.'), message),
  );
  const set = (checked.data ?? {}) as Patch;
  faults.push(...fixedWritten(me, object, { set, ...(tags ? { tags: [] } : {}) }));
  if (tags && !('tags' in patches[object].shape)) faults.push(fault('addTags', 'these have no tags'));
  const given = Object.values(set).some(value => value !== undefined) || tags;
  if (given === (asked.remove === true)) faults.push(fault('set', 'give a change, or remove'));
  return { change: { set, addTags, removeTags }, faults };
}

export type Begun =
  | { kind: 'begun'; batch: Batch }
  | { kind: 'not-allowed' }
  | { kind: 'invalid'; faults: Fault[] };

/** Changes or bins records: up to 200 named ones before this answers, others by the job queue. */
export async function begin(world: World, asked: Asked, { me, visitor }: Hand): Promise<Begun> {
  const { object, ids, filters } = asked;
  const reach = may(me, asked.remove ? 'delete' : 'update', object);
  if (reach === 'none') return { kind: 'not-allowed' };
  const { change, faults } = readChange(me, asked);
  if ((ids === undefined) === (filters === undefined)) faults.push(fault('ids', 'give ids, or filters'));
  if (filters) faults.push(...filterFaults(me, object, filters));
  if (faults.length > 0) return { kind: 'invalid', faults };
  const batch = await atomically(world, async tx => {
    const row = await store.insert(tx, {
      id: tx.random.id(),
      object,
      action: asked.remove ? 'remove' : 'change',
      change: JSON.stringify(change),
      filters: filters ? JSON.stringify(filters) : null,
      state: ids ? 'running' : 'gathering',
      by_id: me.id,
      at: moment(tx),
    });
    await audit.record(tx, entryOf(row, 'batch.start', { me, visitor }));
    if (ids) {
      await store.update(tx, row.id, { total: await store.addRecords(tx, row.id, ids) });
      await carry(tx, row.id, { me, reach, visitor });
    } else await tx.jobs.send(tx, 'batches', { id: row.id });
    return (await store.byId(tx, row.id)) ?? row;
  });
  return { kind: 'begun', batch };
}

const entryOf = (row: Batch, action: string, { me, visitor }: Hand): audit.Entry => ({
  action,
  by: me,
  visitor,
  object: { type: 'batch', id: row.id },
  details: { object: row.object, does: row.action, fields: fieldsOf(row), ...filtersIn(row) },
});

const filtersIn = (row: Batch) => (row.filters ? { filters: row.filters } : {});

/** What a batch changes, by the names of the fields. */
export function fieldsOf(row: Batch): string[] {
  const { set, addTags, removeTags } = row.change as Change;
  return [...new Set([...Object.keys(set), ...(addTags.length + removeTags.length > 0 ? ['tags'] : [])])];
}

/** How many records such filters mean to this hand, up to ten thousand. */
export async function count(
  world: World,
  input: { object: Name; filters: Record<string, string> },
  { me, visitor }: Hand,
): Promise<{ kind: 'counted'; count: number; more: boolean } | Exclude<Begun, { kind: 'begun' }>> {
  const reach = may(me, 'update', input.object);
  if (reach === 'none') return { kind: 'not-allowed' };
  const faults = filterFaults(me, input.object, input.filters);
  if (faults.length > 0) return { kind: 'invalid', faults };
  let found = 0;
  for await (const _ of objects[input.object].gather(world, input.filters, { me, reach, visitor }))
    if (++found > countedTo) break;
  return { kind: 'counted', count: Math.min(found, countedTo), more: found > countedTo };
}

const isVisible = (row: Batch, me: Me) => row.by_id === me.id || me.role === 'administrator';

/** One’s own, or for an administrator anybody’s. */
export async function find(world: World, id: string, me: Me): Promise<Batch | undefined> {
  const row = await store.byId(world, id);
  return row && isVisible(row, me) ? row : undefined;
}

/** One’s own, newest first; an administrator’s: everybody’s. */
export async function list(
  world: World,
  me: Me,
  page: { limit: number; after?: string | undefined },
): Promise<Batch[]> {
  return store.list(world, me.role === 'administrator' ? null : me.id, page);
}

/** Until when a batch can be taken back; null where it cannot now. */
export function undoableUntil(world: World, row: Batch): string | null {
  if ((row.state !== 'done' && row.state !== 'failed') || row.changed === 0) return null;
  const until = Date.parse(row.at) + undoableFor;
  return until > world.now() ? new Date(until).toISOString() : null;
}

export type Undone = { kind: 'begun'; batch: Batch } | { kind: 'not-found' | 'not-allowed' | 'wrong-state' };

/** Takes a batch back, field by field where nobody has changed it since: at once where it was small. */
export async function undo(world: World, id: string, { me, visitor }: Hand): Promise<Undone> {
  return atomically(world, async tx => {
    const row = await store.hold(tx, id);
    if (!row || !isVisible(row, me)) return { kind: 'not-found' };
    if (undoableUntil(tx, row) === null) return { kind: 'wrong-state' };
    const reach = may(me, row.action === 'remove' ? 'delete' : 'update', row.object as Name);
    if (reach === 'none') return { kind: 'not-allowed' };
    const undone = { undone_by: me.id, undone_at: moment(tx), attempts: 0 };
    await store.update(tx, id, { state: 'undoing', ...undone });
    await audit.record(tx, entryOf(row, 'batch.undo', { me, visitor }));
    if (row.changed <= atOnce) await carry(tx, id, { me, reach, visitor });
    else await tx.jobs.send(tx, 'batches', { id });
    return { kind: 'begun', batch: (await store.byId(tx, id)) ?? row };
  });
}

/** Why records were skipped, by batch. */
export const reasons = store.reasons;

/** Forgets what stood before once nothing can be taken back any more. */
export async function sweep(world: World): Promise<void> {
  await store.forget(world, new Date(world.now() - undoableFor).toISOString());
}
