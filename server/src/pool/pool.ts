// The public pool (公海): customers whom nobody looks after, open to whoever takes them within the rules.
import * as audit from '../audit/audit.ts';
import type { Customer } from '../customers/customers.ts';
import * as customers from '../customers/customers.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { reownRecords } from '../db/records.ts';
import { folded } from '../folding.ts';
import type { Me } from '../http.ts';
import { may } from '../permissions.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';
import { keepersOf } from './tending.ts';

export type { Rule } from './rules.ts';
export { tend } from './tending.ts';
export type Entry = store.EntryRow;
export type Holder = store.HolderRow;

// A pool belongs to a team; whose hand reaches everything sees all of them.
const poolsOf = (by: By): store.Pools =>
  by.reach === 'all' ? { all: true } : { all: false, teamId: by.me.teamId };

/** One page of what lies in the pools open to that person, the latest first. */
export async function list(
  world: World,
  input: {
    filters: Omit<store.Wanted, 'name'> & { q?: string | undefined };
    after?: string | undefined;
    limit: number;
  },
  by: By,
): Promise<{ kind: 'page'; items: Entry[]; next: string | null } | { kind: 'bad-cursor' }> {
  const { q, ...rest } = input.filters;
  const place = input.after === undefined ? null : placeOf(store.newestFirst, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  const wanted = { ...rest, name: q ? folded(q) || null : null };
  const rows = await store.list(world, poolsOf(by), { wanted, place, limit: input.limit + 1 });
  const page = paged(store.newestFirst, rows, input.limit);
  return { kind: 'page', items: page.rows, next: page.next };
}

/** One in the pools open to that person, with those whose it was. */
export async function find(
  world: World,
  id: string,
  by: By,
): Promise<{ entry: Entry; holders: Holder[] } | undefined> {
  const entry = await store.entry(world, poolsOf(by), id);
  return entry && { entry, holders: await store.holders(world, id) };
}

/** Whose a customer within reach is and was. */
export async function holdersOf(world: World, id: string, by: By): Promise<Holder[] | undefined> {
  const there = await records.find(world, customers.customers, id, by, { deleted: 'either' });
  return there && store.holders(world, id);
}

/** What the rules mean for somebody. */
export async function mine(world: World, me: Me) {
  const rule = rules.ruleFor(await store.rules(world), me.teamId);
  const count = await store.count(world, me.id);
  return {
    active: rule !== null,
    holding: count.holding,
    holdingCap: rule?.holdingCap ?? null,
    left: rule ? rules.leftOf(rule, count) : null,
  };
}

type Heir = { id: string; name: string; teamId: string | null };
type Refused = { kind: 'not-found' | 'gone' | 'holding-enough' | 'claimed-enough' };

// The customer is locked before the pool's own row, in the order of whoever gives a customer to somebody by hand.
async function hold(tx: World, id: string, by: By): Promise<Customer | Refused> {
  const there = await store.entry(tx, poolsOf(by), id);
  if (!there) return { kind: 'gone' };
  const customer = await customers.lock(tx, id, { ...by, reach: 'all' });
  return customer?.owner_id === null ? customer : { kind: 'gone' };
}

async function give(
  tx: World,
  action: 'claim' | 'assign',
  customer: Customer,
  to: Heir,
  by: By,
): Promise<void> {
  const entry = audit.row(tx, {
    action: `pool.${action}`,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'customer', id: customer.id },
    before: { owner: null },
    after: { owner: { id: to.id, name: to.name } },
    details: { name: customer.name },
  });
  const row = { id: customer.id, owner_id: to.id, team_id: to.teamId };
  const stamp = { at: moment(tx), by: by.me.id };
  await reownRecords(tx, customers.customers.shape, [row], stamp, [entry]);
}

/** Takes a customer out of the pool for oneself; of several at once one gets it, and the caps hold for all of them. */
export async function claim(world: World, id: string, by: By): Promise<{ kind: 'done' } | Refused> {
  const { me } = by;
  return atomically(world, async tx => {
    await store.oneAtATime(tx, me.id);
    const rule = rules.ruleFor(await store.rules(tx), me.teamId);
    const full = rule && rules.against(rule, await store.count(tx, me.id));
    if (full) return { kind: full };
    const customer = await hold(tx, id, by);
    if ('kind' in customer) return customer;
    await give(tx, 'claim', customer, me, by);
    await store.noteClaim(tx, me.id, id);
    return { kind: 'done' };
  });
}

/** Gives a customer of the pool to somebody within reach; what he may hold counts, how many he may claim does not. */
export async function assign(
  world: World,
  input: { id: string; ownerId: string },
  by: By,
): Promise<{ kind: 'done' } | Refused | { kind: 'not-allowed' | 'no-such-owner' }> {
  if (by.reach !== 'team' && by.reach !== 'all') return { kind: 'not-allowed' };
  if (!(await store.entry(world, poolsOf(by), input.id))) return { kind: 'gone' };
  const settled = await customers.settleOwner(world, input.ownerId, by);
  if (settled.kind !== 'owner') return settled;
  const { id, name, teamId } = settled.owner;
  if (id === null) return { kind: 'no-such-owner' };
  return atomically(world, async tx => {
    await store.oneAtATime(tx, id);
    const rule = rules.ruleFor(await store.rules(tx), teamId);
    const holding = rule?.holdingCap == null ? null : (await store.count(tx, id)).holding;
    if (rule?.holdingCap != null && holding !== null && holding >= rule.holdingCap)
      return { kind: 'holding-enough' };
    const customer = await hold(tx, input.id, by);
    if ('kind' in customer) return customer;
    await give(tx, 'assign', customer, { id, name, teamId }, by);
    return { kind: 'done' };
  });
}

/** Gives a customer back to the pool of its team, where that has one. */
export async function release(
  world: World,
  input: { customerId: string; reason: string },
  by: By,
): Promise<{ kind: 'done' } | { kind: 'not-found' | 'no-pool' }> {
  return atomically(world, async tx => {
    const customer = await customers.lock(tx, input.customerId, by);
    if (!customer?.owner_id) return { kind: 'not-found' };
    if (!rules.ruleFor(await store.rules(tx), customer.team_id)) return { kind: 'no-pool' };
    const { id, owner_id: from, owner_name: name } = customer;
    const stamp = { at: moment(tx), by: by.me.id };
    await store.enter(tx, [{ id, from, reason: 'released', remark: input.reason }], stamp);
    const entry = audit.row(tx, {
      action: 'pool.release',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'customer', id },
      before: { owner: { id: from, name } },
      after: { owner: null },
      details: { name: customer.name, reason: input.reason },
    });
    const row = { id, owner_id: null, team_id: customer.team_id };
    await reownRecords(tx, customers.customers.shape, [row], stamp, [entry]);
    return { kind: 'done' };
  });
}

const mayDefault = (me: Me) => may(me, 'configure', 'policy') !== 'none';

// Whoever sets policies sets these; a manager those of his own team.
function mayRule(teamId: string, by: By): boolean {
  if (mayDefault(by.me)) return true;
  return by.me.role === 'manager' && by.reach === 'team' && teamId === by.me.teamId;
}

/** The rules that somebody may set, by team. */
export async function allRules(world: World, by: By) {
  const kept = await store.rules(world);
  const teams = (await staff.teams(world)).filter(team => mayRule(team.id, by));
  if (teams.length === 0 && !mayDefault(by.me)) return undefined;
  return {
    default: kept.get(rules.everyTeam) ?? null,
    mayDefault: mayDefault(by.me),
    teams: teams.map(({ id, name }) => ({ team: { id, name }, rule: kept.get(id) ?? null })),
  };
}

const idOf = (team: string) => (team === 'default' ? rules.everyTeam : team);

async function settable(world: World, team: string, by: By): Promise<'yes' | 'not-found' | 'not-allowed'> {
  if (!mayRule(idOf(team), by)) return 'not-allowed';
  if (team === 'default') return 'yes';
  return (await staff.teams(world)).some(one => one.id === team) ? 'yes' : 'not-found';
}

type Ruled = { kind: 'saved'; rule: rules.Rule & { version: number } };

/** Sets the rules of a team, or of all that have none; where a version is named, only over that one. */
export async function setRule(
  world: World,
  input: { team: string; rule: rules.Rule; version: number | null },
  by: By,
): Promise<
  Ruled | { kind: 'not-found' | 'not-allowed' } | { kind: 'changed-meanwhile'; current: Ruled['rule'] }
> {
  const answer = await settable(world, input.team, by);
  if (answer !== 'yes') return { kind: answer };
  const teamId = idOf(input.team);
  return atomically(world, async tx => {
    const before = (await store.rules(tx)).get(teamId) ?? null;
    const stamp = { at: moment(tx), by: by.me.id };
    const saved = await store.saveRule(tx, { ...input, teamId, ...stamp });
    const rule = (await store.rules(tx)).get(teamId);
    if (!rule) throw new Error('the rules just saved are gone');
    if (!saved) return { kind: 'changed-meanwhile', current: rule };
    await record(tx, teamId, { before, after: input.rule }, by);
    return { kind: 'saved', rule };
  });
}

/** Drops the rules of a team: those of all apply again. */
export async function dropRule(
  world: World,
  team: string,
  by: By,
): Promise<{ kind: 'done' } | { kind: 'not-found' | 'not-allowed' }> {
  const answer = await settable(world, team, by);
  if (answer !== 'yes') return { kind: answer };
  return atomically(world, async tx => {
    const before = (await store.rules(tx)).get(idOf(team));
    if (!before || !(await store.dropRule(tx, idOf(team)))) return { kind: 'not-found' };
    await record(tx, idOf(team), { before, after: null }, by);
    return { kind: 'done' };
  });
}

async function record(
  tx: World,
  teamId: string,
  states: { before: object | null; after: object | null },
  by: By,
): Promise<void> {
  const shape = (rule: object | null) => (rule ? { ...rule, version: undefined } : null);
  await audit.record(tx, {
    action: 'pool.rules',
    by: by.me,
    visitor: by.visitor,
    object: { type: 'pool-rules', id: teamId },
    before: shape(states.before),
    after: shape(states.after),
  });
}

/** How many customers such rules would take: at once, and within the days of warning. */
export async function preview(
  world: World,
  input: { team: string; rule: rules.Rule },
  by: By,
): Promise<{ kind: 'counted'; due: number; soon: number } | { kind: 'not-found' | 'not-allowed' }> {
  const answer = await settable(world, input.team, by);
  if (answer !== 'yes') return { kind: answer };
  const kept = await store.rules(world);
  const theirs = (teamId: string | null) =>
    input.team === 'default' ? !teamId || !kept.has(teamId) : teamId === input.team;
  const now = world.now();
  const moments = { now, soon: now + input.rule.warnDays * rules.day };
  const sum = { due: 0, soon: 0 };
  for (const keeper of await keepersOf(world)) {
    if (!theirs(keeper.team_id)) continue;
    const count = await store.countDue(world, keeper, input.rule, moments);
    sum.due += count.due;
    sum.soon += count.soon;
  }
  return { kind: 'counted', ...sum };
}
