// From the journal and the calendar to firings, and from firings to what is done; each exactly once.
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import type { Me } from '../http.ts';
import * as notices from '../notices/notices.ts';
import { hiddenFields } from '../permissions.ts';
import * as staff from '../staff/staff.ts';
import * as subjects from '../subjects/subjects.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, type Cause, iso, moment, type World } from '../world.ts';
import { dayOf } from '../zones.ts';
import { act, hold } from './acting.ts';
import * as calls from './calls-store.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

const hour = 3_600_000;
const day = 24 * hour;
const kept = 90 * day;

export type JournalEntry = rules.Entry & {
  id: string;
  actor_id: string | null;
  details: Record<string, unknown> | null;
};

/** By which way each entry came about. */
export async function waysOf(
  world: World,
  entries: readonly JournalEntry[],
): Promise<(entry: JournalEntry) => rules.Way> {
  const hands = entries.flatMap(entry => (entry.actor_id ? [entry.actor_id] : []));
  const keys = await store.intakeKeys(world, [...new Set(hands)]);
  return entry => {
    if (entry.details?.automation) return 'automation';
    if (entry.details?.import) return 'import';
    return entry.actor_id && keys.has(entry.actor_id) ? 'intake' : 'person';
  };
}

/** Reads on in the journal: what a rule waits for becomes a firing, written together with how far this has read. */
export async function tend(world: World): Promise<void> {
  const waiting = async (tx: World) => (await store.activeRules(tx)).filter(rule => !isTimed(rule.event));
  const wanted = async (tx: World) => ((await waiting(tx)).length > 0 ? 'all' : 'nothing');
  await audit.readOn(world, 'automation', wanted, async (tx, entries) => {
    const active = await waiting(tx);
    const wayOf = await waysOf(tx, entries);
    const off = new Set<string>();
    for (const entry of entries)
      for (const rule of active) {
        if (off.has(rule.id) || !concerns(rule, entry, wayOf(entry))) continue;
        const depth = causeOf(entry) ? (causeOf(entry)?.depth ?? 0) + 1 : 0;
        if (!(await fire(tx, rule, { cause: entry.id, id: entry.object_id ?? '', depth }))) off.add(rule.id);
      }
  });
}

const causeOf = (entry: JournalEntry) => entry.details?.automation as Cause | undefined;

const isTimed = (event: rules.Event) => event.kind === 'idle' || event.kind === 'date';

// A rule does not set itself off; what is new holds all there is to it, so that its conditions can be asked at once.
function concerns(rule: store.RuleRow, entry: JournalEntry, way: rules.Way): boolean {
  if (causeOf(entry)?.rule === rule.id || !rules.fires(rule.event, entry, way)) return false;
  return rule.event.kind !== 'added' || rules.meets(rule.conditions, rules.valuesIn(entry.after));
}

/** Keeps one firing and queues it; false where the rule goes in a circle and has been switched off. */
async function fire(
  tx: World,
  rule: store.RuleRow,
  of: { cause: string; id: string; depth: number },
): Promise<boolean> {
  const since = iso(tx.now() - hour);
  const before = await store.countRuns(tx, { ruleId: rule.id, objectId: of.id, since });
  if (of.depth > rules.deepest || before >= rules.oftenest) {
    await pause(tx, rule, 'loop');
    return false;
  }
  const id = tx.random.id();
  const { object } = rule.event;
  const run = {
    id,
    rule_id: rule.id,
    cause: of.cause,
    object_type: object,
    object_id: of.id,
    depth: of.depth,
  };
  if (await store.insertRun(tx, run, moment(tx))) await tx.jobs.send(tx, 'automation', { run: id });
  return true;
}

async function pause(tx: World, rule: store.RuleRow, why: 'loop' | 'owner'): Promise<void> {
  if (!(await store.pause(tx, rule.id, why, moment(tx)))) return;
  await audit.record(tx, {
    action: 'automation.pause',
    object: { type: 'automation', id: rule.id },
    details: { name: rule.name, why },
  });
  // Whoever does not work here any more cannot see to it: then administrators may take it over.
  const to = why === 'loop' ? [rule.owner_id] : (await staff.administrators(tx)).map(({ id }) => id);
  const params = { rule: rule.name, why };
  await notices.tell(tx, { to, kind: 'automation-paused', by: null, object: null, params });
}

const atOnce = 200;

/** Fires rules for which a date has come or time has passed, since they were switched on. */
export async function tendDates(world: World): Promise<void> {
  for (const rule of await store.activeRules(world)) {
    if (!isTimed(rule.event)) continue;
    for (let more = true; more; )
      more = await atomically(world, async tx => {
        const due = await dueFor(tx, rule, { id: rule.id, since: rule.since, limit: atOnce });
        for (const { id, cause } of due) if (!(await fire(tx, rule, { cause, id, depth: 0 }))) return false;
        return due.length === atOnce;
      });
  }
  await store.removeOld(world, iso(world.now() - kept));
}

/** What has fallen due for such a rule since then and up to now. */
export async function dueFor(
  world: World,
  rule: { event: rules.Event },
  by: { id: string | null; since: number; limit: number },
): Promise<store.DueRow[]> {
  const { event } = rule;
  const { id: ruleId, limit } = by;
  const now = world.now();
  // What fired is forgotten after a while: what lies further back would be taken for new, and be read again each time.
  const since = Math.max(by.since, now - kept + day);
  if (event.kind !== 'idle' && event.kind !== 'date') return [];
  const shift = event.days * day;
  const moments = { after: iso(since - shift), upTo: iso(now - shift) };
  const { object } = event;
  const asked = { ruleId, object, limit };
  if (event.kind === 'idle') return store.due(world, { ...asked, value: store.lastTouch, ...moments });
  const { field } = event;
  const own = /^custom\.(.+)$/.exec(field)?.[1];
  const column = rules.columnOf[object][field] ?? '';
  if (!own && field !== 'expectedOn')
    return store.due(world, { ...asked, value: store.momentIn(column), ...moments });
  // A day has come when it begins.
  const zone = await workspaces.timeZone(world);
  const days = { after: dayOf(since - shift, zone), upTo: dayOf(now - shift, zone) };
  return store.due(world, { ...asked, value: own ? store.ownDay(own) : store.momentIn(column), ...days });
}

/** Undoes what a firing has done so far. */
class Undone extends Error {
  readonly problem: string;
  constructor(problem: string) {
    super(problem);
    this.problem = problem;
  }
}

/** Works on one firing: all its actions, or none. A job that comes twice acts once. */
export async function work(world: World, id: string): Promise<store.RunState | 'idle'> {
  try {
    return await atomically(world, async tx => {
      const run = await store.takeRun(tx, id);
      const rule = run && (await store.rule(tx, run.rule_id));
      return run && rule ? settle(tx, rule, run) : 'idle';
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const end = { problem: error.problem, outcome: [], at: moment(world) };
    await store.closeRun(world, id, { state: 'failed', ...end });
    return 'failed';
  }
}

async function settle(tx: World, rule: store.RuleRow, run: store.RunRow): Promise<store.RunState> {
  const close = async (state: store.RunState, problem: string | null, outcome: store.Told[] = []) => {
    await store.closeRun(tx, run.id, { state, problem, outcome, at: moment(tx) });
    return state;
  };
  if (!rule.active) return close('skipped', 'off');
  const [owner] = await subjects.colleagues(tx, [rule.owner_id]);
  if (!owner) {
    await pause(tx, rule, 'owner');
    return close('failed', 'owner-gone');
  }
  const me: Me = { ...owner, sessionId: '', deviceId: null };
  const caused = { ...tx, cause: { rule: rule.id, name: rule.name, run: run.id, depth: run.depth } };
  const row = await hold(caused, run.object_type, run.object_id, me);
  if (!row) return close('skipped', 'out-of-reach');
  const hidden = hiddenFields(me, run.object_type);
  if (rules.fieldsIn(rule.conditions).some(field => hidden.includes(field)))
    return close('failed', 'hidden-field');
  if (!rules.meets(rule.conditions, rules.valuesOf(run.object_type, row))) {
    // A moment that fell due is remembered, or it would be due again; an entry of the journal is read once.
    if (isTimed(rule.event)) return close('skipped', 'conditions');
    await store.dropRun(tx, run.id);
    return 'skipped';
  }
  const outcome: store.Told[] = [];
  for (const action of rule.actions) {
    const acted = await act({ tx: caused, rule, run, me }, action);
    if (acted.kind === 'failed') throw new Undone(`${action.kind}: ${acted.problem}`);
    outcome.push(acted.told);
  }
  return close('done', null, outcome);
}

const callsAtMost = 20;
const restMs = 60_000;
/** Hooks that have just kept this process waiting for nothing, until when: others must not wait as long for them. */
const resting = new Map<string, number>();

/** Hands a message to a hook, unless that let the last one run into its time; what was wrong, or null. */
async function handTo(world: World, hookId: string, message: Parameters<typeof alerts.hand>[2], id: string) {
  if ((resting.get(hookId) ?? 0) > world.now()) return 'timeout';
  const problem = await alerts.hand(world, hookId, message, id);
  if (problem === 'timeout') resting.set(hookId, world.now() + restMs);
  else resting.delete(hookId);
  return problem;
}

/** Tells another system what a rule has to tell; `again` asks for another try later. */
export async function tell(
  world: World,
  id: string,
): Promise<{ kind: 'sent' | 'failed' | 'idle' } | { kind: 'again'; problem: string }> {
  const call = await calls.take(world, id);
  if (!call) return { kind: 'idle' };
  const data = call.data as { rule: string; type: string; id: string; name: string; owner: string | null };
  const message = {
    id: call.id,
    kind: 'automation',
    at: call.at,
    title: data.rule,
    text: data.name,
    data,
    link: `/${data.type}s/${data.id}`,
  };
  const problem = await handTo(world, call.hook_id, message, call.id);
  const last = problem === 'inactive' || call.attempts >= callsAtMost;
  if (problem === null) await calls.close(world, id, { state: 'sent', problem: null });
  else await calls.close(world, id, { state: last ? 'failed' : 'queued', problem });
  if (problem === null) return { kind: 'sent' };
  return last ? { kind: 'failed' } : { kind: 'again', problem };
}
