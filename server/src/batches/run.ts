// The worker: carries a batch through some records at a time, each lot with its progress in one transaction, and takes it back.
import { fixedWritten } from '../field-rules.ts';
import { may } from '../permissions.ts';
import type { By } from '../records/records.ts';
import * as rights from '../rights/rights.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { type Name, objects, type Patch } from './objects.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

const lot = 100;
const gathered = 1_000;
/** Runs without a single lot coming through, after which it is of no use to try again. */
const patience = 4;

/** Somebody’s hand where no session stands behind the work; null for one who may do nothing any more. */
async function handOf(world: World, row: store.BatchRow, id: string): Promise<By | null> {
  const person = await staff.byId(world, id);
  if (person?.state !== 'active') return null;
  const hand = await rights.handOf(world, person);
  const language = person.language === 'zh-CN' ? 'zh-CN' : 'en';
  const { name, email, team_id: teamId } = person;
  const me = { ...hand, id, name, email, teamId, language, sessionId: '', deviceId: null } as const;
  const reach = may(me, row.action === 'remove' ? 'delete' : 'update', row.object as Name);
  return reach === 'none' ? null : { me, reach, visitor: null };
}

/**
 * Works on a batch until it is done or undone. May be called again at any time, also twice at once: what a lot has
 * committed is never done again.
 */
export async function work(world: World, id: string): Promise<void> {
  const row = await store.byId(world, id);
  if (row?.state !== 'gathering' && row?.state !== 'running' && row?.state !== 'undoing') return;
  const by = await handOf(world, row, row.state === 'undoing' ? (row.undone_by ?? '') : row.by_id);
  if (!by) {
    await store.update(world, id, { state: 'failed', settled_at: moment(world) });
    return;
  }
  const { attempts } = await store.update(world, id, { attempts: row.attempts + 1 });
  try {
    if (row.state === 'gathering') await gather(world, row, by);
    await carry(world, id, by);
  } catch (error) {
    if (attempts < patience) throw error;
    world.log.error({ err: error, batch: id }, 'a batch is given up');
    await store.update(world, id, { state: 'failed', settled_at: moment(world) });
  }
}

async function gather(world: World, row: store.BatchRow, by: By): Promise<void> {
  let ids: string[] = [];
  const keep = async () => {
    await atomically(world, async tx => {
      const held = await store.hold(tx, row.id);
      if (held?.state !== 'gathering') return;
      const added = await store.addRecords(tx, row.id, ids);
      await store.update(tx, row.id, { total: held.total + added });
    });
    ids = [];
  };
  for await (const id of objects[row.object as Name].gather(world, row.filters, by)) {
    ids.push(id);
    if (ids.length >= gathered) await keep();
  }
  await keep();
  await store.update(world, row.id, { state: 'running', attempts: 0 });
}

/** Goes on with a batch, lot by lot, until nothing is left to do. */
export async function carry(world: World, id: string, by: By): Promise<void> {
  for (let more = true; more; )
    more = await atomically(world, async tx => {
      const held = await store.hold(tx, id);
      if (held?.state === 'running') return forth(tx, held, by);
      return held?.state === 'undoing' ? back(tx, held, by) : false;
    });
}

const countOf = (settled: store.Settled[], state: string) =>
  settled.filter(one => one.state === state).length;

async function forth(tx: World, row: store.BatchRow, by: By): Promise<boolean> {
  const items = await store.next(tx, row.id, 'waiting', lot);
  if (items.length === 0) {
    await store.update(tx, row.id, { state: 'done', settled_at: moment(tx) });
    return false;
  }
  const settled: store.Settled[] = [];
  for (const { record_id: id } of items) settled.push(await one(tx, row, id, by));
  await store.settle(tx, row.id, settled);
  await store.update(tx, row.id, {
    done: row.done + items.length,
    changed: row.changed + countOf(settled, 'changed'),
    skipped: row.skipped + countOf(settled, 'skipped'),
    attempts: 0,
  });
  return true;
}

async function one(tx: World, row: store.BatchRow, id: string, by: By): Promise<store.Settled> {
  const name = row.object as Name;
  const object = objects[name];
  const view = await object.hold(tx, id, by);
  if (!view) return { id, state: 'skipped', why: 'out-of-reach' };
  if (row.action === 'remove') {
    const outcome = await object.bin(tx, { id, version: null, deleted: true }, by);
    if (outcome.kind !== 'done') return { id, state: 'skipped', why: outcome.kind };
    return { id, state: 'changed', before: {}, after: { version: view.version + 1 } };
  }
  const patch = rules.patchFor(row.change as rules.Change, view);
  const before = rules.touched(name, patch, view);
  const outcome = await store.trying(
    tx,
    () => object.change(tx, id, patch, by),
    done => done.kind === 'changed',
  );
  if (outcome.kind !== 'changed') return { id, state: 'skipped', why: outcome.kind };
  // Given away, it may be out of the hand's reach by now.
  const now = await object.hold(tx, id, { ...by, reach: 'all' });
  if (!now || now.version === view.version) return { id, state: 'same' };
  return { id, state: 'changed', before, after: rules.touched(name, patch, now) };
}

async function back(tx: World, row: store.BatchRow, by: By): Promise<boolean> {
  const items = await store.next(tx, row.id, 'changed', lot);
  if (items.length === 0) {
    await store.update(tx, row.id, { state: 'undone', settled_at: moment(tx) });
    return false;
  }
  const settled: store.Settled[] = [];
  for (const item of items) settled.push(await oneBack(tx, row, item, by));
  await store.settle(tx, row.id, settled);
  await store.update(tx, row.id, {
    restored: row.restored + countOf(settled, 'restored'),
    kept: row.kept + countOf(settled, 'kept'),
    attempts: 0,
  });
  return true;
}

async function oneBack(tx: World, row: store.BatchRow, item: store.Item, by: By): Promise<store.Settled> {
  const name = row.object as Name;
  const object = objects[name];
  const id = item.record_id;
  const after = (item.after ?? {}) as Patch;
  if (row.action === 'remove') {
    const version = Number(after.version);
    const outcome = await object.bin(tx, { id, version, deleted: false }, by);
    return outcome.kind === 'done' ? { id, state: 'restored' } : { id, state: 'kept', why: outcome.kind };
  }
  const view = await object.hold(tx, id, by);
  if (!view) return { id, state: 'kept', why: 'out-of-reach' };
  const way = rules.wayBack(name, (item.before ?? {}) as Patch, after, view);
  if (!way || fixedWritten(by.me, name, way.patch).length > 0)
    return { id, state: 'kept', why: way ? 'not-allowed' : 'changed-since' };
  const outcome = await store.trying(
    tx,
    () => object.change(tx, id, way.patch, by),
    done => done.kind === 'changed',
  );
  if (outcome.kind !== 'changed') return { id, state: 'kept', why: outcome.kind };
  return { id, state: 'restored', ...(way.whole ? {} : { why: 'partly' }) };
}
