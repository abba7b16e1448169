// The worker: carries an import through in batches, each with its progress in one transaction, and takes it back.
import * as audit from '../audit/audit.ts';
import { FileFault } from '../formats/faults.ts';
import {
  countKept,
  decideBatch,
  gathered,
  giveBack,
  grouping,
  type Importing,
  knownFor,
  linksFound,
  type Prepared,
  prepare,
  takeBack,
  write,
} from '../landing/landing.ts';
import { atomically, moment, type World } from '../world.ts';
import { dataRows, discard, pathOf } from './files.ts';
import { entryOf, problemOf } from './journal.ts';
import { handOf, settingOf, sourceOf } from './setting.ts';
import * as store from './store.ts';

const batch = 500;
/** Runs without a single batch coming through, after which it is of no use to try again. */
const patience = 4;
/** After so many rows, and whenever they have become four times as many, the planner is told where it knows of fewer. */
const firstGrowth = 1_000;
/** When somebody looks again whether a run was cut off for good; the queue itself tries but a few times. */
const lookAgainSeconds = 600;

/**
 * Works on an import until it is done, cancelled, or undone. May be called again at any time, also twice at once: what
 * a batch has committed is never done again. `asker` is the id of whoever started or undoes it.
 */
export async function work(world: World, id: string, asker: string): Promise<void> {
  const row = await store.byId(world, id);
  if (row?.state !== 'running' && row?.state !== 'undoing') return;
  await world.jobs.send(world, 'imports', { id, by: asker }, { startAfterSeconds: lookAgainSeconds });
  const attempts = await store.countAttempt(world, id);
  try {
    if (row.state === 'undoing') await undo(world, row, asker);
    else await carry(world, row);
  } catch (error) {
    if (attempts < patience) throw error;
    world.log.error({ err: error, import: id }, 'an import is given up');
    await finish(world, id, row.state, 'failed', 'unexpected');
  }
}

async function carry(world: World, row: store.ImportRow): Promise<void> {
  const setting = await settingOf(world, row);
  if (!setting) {
    await finish(world, row.id, 'running', 'failed', 'not-allowed');
    return;
  }
  const start = row.done;
  let read = start;
  let grown = Math.max(firstGrowth, start * 4);
  let rows: Prepared[] = [];
  const lined = setting.object?.lined === true;
  const belongs = grouping(lined);
  // The next batch is read and checked while the database writes the one before.
  let writing: Promise<boolean> = Promise.resolve(true);
  const settle = async () => {
    const prepared = gathered(rows, lined);
    const from = read;
    read += rows.length;
    rows = [];
    if (!(await writing)) return false;
    if (from >= grown) {
      grown = from * 4;
      // Beside the rows, which need not wait for it; it only makes plans better.
      store.freshenStatistics(world).catch(error => {
        world.log.warn({ err: error }, 'statistics could not be freshened beside an import');
      });
    }
    writing = settleBatch(world, setting, prepared, from);
    // Whoever awaits it next hears of a failure.
    writing.catch(() => {});
    return true;
  };
  try {
    for await (const next of dataRows(sourceOf(world, row), start)) {
      const row = prepare(setting, next);
      // A record is never in two batches.
      if (!belongs(row) && rows.length >= batch && !(await settle())) return;
      rows.push(row);
    }
    if (rows.length > 0 && !(await settle())) return;
    if (!(await writing)) return;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    // What comes before the fault is in, as far as it was a whole batch.
    if (await writing) await finish(world, row.id, 'running', 'failed', problemOf(error));
    return;
  }
  if (await finish(world, row.id, 'running', 'done', null)) await discard(pathOf(world, row.file_path));
}

/** One batch, or nothing: false when the import no longer runs, or when another process has done these rows. */
async function settleBatch(
  world: World,
  setting: Importing,
  prepared: Prepared[],
  done: number,
): Promise<boolean> {
  return atomically(world, async tx => {
    const held = await store.hold(tx, setting.importId);
    if (held?.state !== 'running' || held.done !== done) return false;
    await store.commitLazily(tx);
    const rows = await linksFound(tx, setting, prepared);
    const known = await knownFor(tx, setting, rows, 'everything');
    const decisions = decideBatch(setting, rows, known);
    await write(tx, setting, decisions, known);
    const count = (outcome: string) => decisions.filter(d => d.outcome === outcome).length;
    const faulty = decisions.filter(d => d.outcome === 'fault').map(d => d.row);
    await store.keepFaults(tx, setting.importId, faulty);
    await store.update(tx, setting.importId, {
      done: held.done + prepared.length,
      created: held.created + count('create'),
      updated: held.updated + count('update'),
      skipped: held.skipped + count('skip'),
      failed: held.failed + count('fault'),
      attempts: 0,
    });
    return true;
  });
}

/** Gives back in batches what the import wrote over, then takes back what it made; whoever asked for it stands in the records' histories. */
async function undo(world: World, row: store.ImportRow, asker: string): Promise<void> {
  const by = await handOf(world, asker);
  if (!by) {
    await finish(world, row.id, 'undoing', 'failed', 'not-allowed');
    return;
  }
  let more = true;
  while (more) {
    more = await atomically(world, async tx => {
      const held = await store.hold(tx, row.id);
      if (held?.state !== 'undoing') return false;
      const { looked, restored } = await giveBack(tx, row.id, by, batch);
      const { records, others } =
        looked > 0 ? { records: 0, others: 0 } : await takeBack(tx, held, by, batch);
      await store.update(tx, row.id, {
        removed: held.removed + records,
        restored: held.restored + restored,
        attempts: 0,
      });
      return looked + records + others > 0;
    });
  }
  if (await finish(world, row.id, 'undoing', 'undone', null)) await discard(pathOf(world, row.file_path));
}

/** Closes the import unless somebody else has; the journal gets its one entry with all counts. */
async function finish(
  world: World,
  id: string,
  from: store.ImportRow['state'],
  to: 'done' | 'failed' | 'undone',
  problem: string | null,
): Promise<boolean> {
  return atomically(world, async tx => {
    const held = await store.hold(tx, id);
    if (held?.state !== from) return false;
    const kept = to === 'undone' ? { kept: await countKept(tx, held) } : {};
    const closed = await store.update(tx, id, { state: to, problem, finished_at: moment(tx), ...kept });
    await audit.record(tx, { ...entryOf(closed, `import.${to}`), by: null });
    return true;
  });
}
