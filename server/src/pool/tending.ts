// What the rules do by themselves: owners are told, and customers nobody looks after go to the pool, some at a time.
import * as agenda from '../agenda/agenda.ts';
import * as audit from '../audit/audit.ts';
import * as customers from '../customers/customers.ts';
import { reownRecords } from '../db/records.ts';
import * as notices from '../notices/notices.ts';
import { atomically, moment, type World } from '../world.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

const atOnce = 100;
const warned = 1_000;

type Keeper = store.Keeper & { name: string; team_id: string | null };

/** Those whose customers the rules look at: everybody who works here, is let in and is not away. */
export async function keepersOf(world: World): Promise<Keeper[]> {
  const [keepers, paused, away] = await Promise.all([
    store.keepers(world),
    agenda.paused(world),
    agenda.timesAway(world),
  ]);
  return keepers
    .filter(keeper => !paused.includes(keeper.id))
    .map(keeper => ({ ...keeper, away: away.get(keeper.id) ?? [] }));
}

/**
 * Warns and takes back by the rules. Whoever is suspended, locked out or away is left alone, and hears of it anew when he
 * is back, the days of a pause not counted: until then his customers are a matter for a hand-over.
 */
export async function tend(world: World): Promise<void> {
  const kept = await store.rules(world);
  if (kept.size === 0) return;
  const keepers = await keepersOf(world);
  await store.unwarnAllBut(
    world,
    keepers.map(keeper => keeper.id),
  );
  for (const keeper of keepers) {
    const rule = rules.ruleFor(kept, keeper.team_id);
    const soon = world.now() + (rule?.warnDays ?? 0) * rules.day;
    await store.unwarn(world, keeper, rule, soon);
    if (!rule) continue;
    if (rule.warnDays > 0) await warn(world, keeper, rule, soon);
    while (await takeBack(world, keeper, rule)) {
      // Some at a time, so that nothing waits long for what is locked here.
    }
  }
  await store.sweepClaims(world);
}

async function warn(world: World, keeper: Keeper, rule: rules.Rule, soon: number): Promise<void> {
  const rows = await store.due(world, keeper, rule, soon, { limit: warned });
  const fresh = rows.filter(row => row.warned_at === null).map(row => row.id);
  if (fresh.length === 0) return;
  await atomically(world, async tx => {
    const told = await store.warn(tx, keeper.id, fresh);
    const [first] = told;
    if (!first) return;
    const one = told.length === 1 ? ({ type: 'customer', id: first } as const) : null;
    const params = { count: told.length, days: rule.warnDays };
    await notices.tell(tx, { to: [keeper.id], kind: 'pool-warning', by: null, object: one, params });
  });
}

/** One batch; false when there is nothing left to take. */
async function takeBack(world: World, keeper: Keeper, rule: rules.Rule): Promise<boolean> {
  const now = world.now();
  const goes = (row: store.DueRow) => rules.mayGo(rule, { at: row.at, warnedAt: row.warned_at }, now);
  const due = await store.due(world, keeper, rule, now, { limit: warned });
  const ids = due.filter(goes).map(row => row.id);
  if (ids.length === 0) return false;
  return atomically(world, async tx => {
    const held = await store.lockOwned(tx, keeper.id, ids.slice(0, atOnce));
    // Somebody may have followed up while this waited.
    const still = await store.due(tx, keeper, rule, now, { ids: held });
    const rows = still.filter(goes);
    if (rows.length === 0) return false;
    const stamp = { at: moment(tx), by: null };
    const reasonOf = (row: store.DueRow) => (row.idle ? 'idle' : 'no-deal');
    await store.enter(
      tx,
      rows.map(row => ({ id: row.id, from: keeper.id, reason: reasonOf(row), remark: null })),
      stamp,
    );
    const entries = rows.map(row =>
      audit.row(tx, {
        action: 'pool.return',
        object: { type: 'customer', id: row.id },
        before: { owner: { id: keeper.id, name: keeper.name } },
        after: { owner: null },
        details: { name: row.name, reason: reasonOf(row) },
      }),
    );
    const homeless = rows.map(row => ({ id: row.id, owner_id: null, team_id: keeper.team_id }));
    await reownRecords(tx, customers.customers.shape, homeless, stamp, entries);
    const params = { count: rows.length };
    await notices.tell(tx, { to: [keeper.id], kind: 'pool-returned', by: null, object: null, params });
    return true;
  });
}
