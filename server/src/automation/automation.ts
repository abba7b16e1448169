// Automation (自动化): rules that work on records by themselves, with the rights of whoever made them.
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { hiddenFields, may, type Reach } from '../permissions.ts';
import * as subjects from '../subjects/subjects.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as calls from './calls-store.ts';
import * as dry from './preview.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export { tell, tend, tendDates, work } from './firing.ts';
export type Input = rules.Input;
export type Shown = store.RuleRow & { summary: store.Summary | undefined; mine: boolean };

type By = { me: Me; reach: Reach; visitor: Visitor };
const week = 7 * 86_400_000;

// Whoever reaches all of them may change all; else each his own, as a rule acts with the rights of its owner.
const within = (row: { owner_id: string }, by: By) =>
  by.reach === 'all' || (by.reach !== 'none' && row.owner_id === by.me.id);

const mayChange = (row: { owner_id: string }, me: Me) => {
  const reach = may(me, 'update', 'automation');
  return reach === 'all' || (reach !== 'none' && row.owner_id === me.id);
};

/** The rules that somebody may see, by name. */
export async function list(world: World, by: By): Promise<Shown[]> {
  const rows = await store.rules(world, by.reach === 'all' ? null : by.me.id);
  const summaries = await store.summaries(world, iso(world.now() - week));
  return rows.map(row => ({ ...row, summary: summaries.get(row.id), mine: mayChange(row, by.me) }));
}

/** One rule that somebody may see. */
export async function byId(world: World, id: string, by: By): Promise<Shown | undefined> {
  const row = await store.rule(world, id);
  if (!row || !within(row, by)) return undefined;
  const summaries = await store.summaries(world, iso(world.now() - week));
  return { ...row, summary: summaries.get(id), mine: mayChange(row, by.me) };
}

export type Wrong = { kind: 'wrong'; faults: rules.Fault[] };

// Asked again whenever a rule acts: rights may go, and what a rule names may.
async function faultsIn(world: World, input: rules.Input, owner: subjects.Reader): Promise<rules.Fault[]> {
  const faults = rules.faultsIn(input);
  const hidden = hiddenFields(owner, input.event.object);
  if (rules.fieldsIn(input.conditions).some(field => hidden.includes(field)))
    faults.push({ path: 'conditions', message: 'looks at what its owner may not see' });
  for (const [at, action] of input.actions.entries()) {
    if (action.kind !== 'webhook') continue;
    const path = `actions.${at}.hookId`;
    if (may(owner, 'configure', 'policy') === 'none')
      faults.push({ path, message: 'is not for its owner to call' });
    else if (!(await alerts.hasHook(world, action.hookId))) faults.push({ path, message: 'is no webhook' });
  }
  return faults;
}

const told = ({ name, active, event, conditions, actions }: rules.Input) => ({
  name,
  active,
  event,
  conditions,
  actions,
});

async function note(
  tx: World,
  action: string,
  id: string,
  by: By,
  states: Pick<audit.Entry, 'before' | 'after' | 'details'>,
) {
  const object = { type: 'automation', id };
  await audit.record(tx, {
    action: `automation.${action}`,
    by: by.me,
    visitor: by.visitor,
    object,
    ...states,
  });
}

const most = 200;

/** Adds a rule, which is its maker's. */
export async function add(
  world: World,
  input: rules.Input,
  by: By,
): Promise<{ kind: 'added'; rule: Shown } | Wrong | { kind: 'too-many' }> {
  const faults = await faultsIn(world, input, by.me);
  if (faults.length > 0) return { kind: 'wrong', faults };
  if ((await store.rules(world, null)).length >= most) return { kind: 'too-many' };
  const id = world.random.id();
  await atomically(world, async tx => {
    const row = { ...input, id, owner_id: by.me.id, since: tx.now(), paused: null };
    await store.insertRule(tx, row, moment(tx));
    await note(tx, 'add', id, by, { after: told(input), details: { name: input.name } });
  });
  return { kind: 'added', rule: await reread(world, id, by) };
}

async function reread(world: World, id: string, by: By): Promise<Shown> {
  const rule = await byId(world, id, { ...by, reach: 'all' });
  if (!rule) throw new Error('the rule just written is gone');
  return rule;
}

/**
 * Changes a rule, which stays its owner's; of somebody who does not work here any more it becomes whoever changes it. Where
 * a version is named, only that one.
 */
export async function change(
  world: World,
  change: { id: string; input: rules.Input; version: number | null },
  by: By,
): Promise<
  | { kind: 'changed'; rule: Shown }
  | { kind: 'changed-meanwhile'; current: Shown }
  | { kind: 'not-found' }
  | Wrong
> {
  const { id, input, version } = change;
  const outcome = await atomically(world, async tx => {
    await store.holdRule(tx, id);
    const row = await store.rule(tx, id);
    if (!row || !within(row, by)) return { kind: 'not-found' } as const;
    if (version !== null && version !== row.version) return { kind: 'changed-meanwhile' } as const;
    const [owner] = await subjects.colleagues(tx, [row.owner_id]);
    const faults = await faultsIn(tx, input, owner ?? by.me);
    if (faults.length > 0) return { kind: 'wrong', faults } as const;
    // What fell due while it was off, or by what it waited for before, is left alone.
    const anew = !row.active || JSON.stringify(input.event) !== JSON.stringify(row.event);
    const since = anew ? tx.now() : row.since;
    const owner_id = owner?.id ?? by.me.id;
    await store.updateRule(tx, id, { ...input, owner_id, since, paused: null }, moment(tx));
    const details = { name: row.name };
    await note(tx, 'change', id, by, { before: told(row), after: told(input), details });
    return { kind: 'changed' } as const;
  });
  if (outcome.kind === 'changed') return { kind: 'changed', rule: await reread(world, id, by) };
  if (outcome.kind === 'changed-meanwhile') return { ...outcome, current: await reread(world, id, by) };
  return outcome;
}

/** Removes a rule with what is kept of its firings. */
export async function remove(world: World, id: string, by: By): Promise<{ kind: 'done' | 'not-found' }> {
  return atomically(world, async tx => {
    const row = await store.rule(tx, id);
    if (!row || !within(row, by)) return { kind: 'not-found' };
    await store.removeRule(tx, id);
    await note(tx, 'remove', id, by, { before: told(row), details: { name: row.name } });
    return { kind: 'done' };
  });
}

/** What a rule would have done in the last days. */
export async function preview(
  world: World,
  input: { rule: rules.Input; days: number },
  by: By,
): Promise<({ kind: 'looked' } & dry.Preview) | Wrong> {
  const faults = await faultsIn(world, input.rule, by.me);
  if (faults.length > 0) return { kind: 'wrong', faults };
  return { kind: 'looked', ...(await dry.preview(world, { ...input, ruleId: null }, by)) };
}

export type ShownRun = store.RunRow & { name: string | null; calls: calls.CallState[] };

/** What a rule did, newest first; undefined for a rule that there is not. */
export async function runs(
  world: World,
  input: { id: string; state?: store.RunState | undefined; limit: number; after?: string | undefined },
  by: By,
): Promise<{ items: ShownRun[]; next: string | null } | undefined> {
  const rule = await byId(world, input.id, by);
  if (!rule) return undefined;
  const rows = await store.runs(world, { ...input, ruleId: input.id, limit: input.limit + 1 });
  const page = rows.slice(0, input.limit);
  const ids = page.map(row => row.id);
  const [nameOf, states] = await Promise.all([
    subjects.namesFor(
      world,
      page.map(row => ({ type: row.object_type, id: row.object_id })),
      by.me,
    ),
    calls.ofRuns(world, ids),
  ]);
  const items = page.map(row => ({
    ...row,
    name: nameOf(row.object_type, row.object_id) ?? null,
    calls: states.filter(call => call.run_id === row.id),
  }));
  return { items, next: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null };
}

/** Tries a failed firing again. */
export async function retry(
  world: World,
  input: { id: string; run: string },
  by: By,
): Promise<{ kind: 'done' | 'not-found' }> {
  return atomically(world, async tx => {
    const row = await store.rule(tx, input.id);
    if (!row || !within(row, by) || !(await store.reopenRun(tx, row.id, input.run)))
      return { kind: 'not-found' };
    await tx.jobs.send(tx, 'automation', { run: input.run });
    await note(tx, 'retry', row.id, by, { details: { name: row.name, run: input.run } });
    return { kind: 'done' };
  });
}
