// What a rule does to one record, with the rights of its owner and in one transaction.
import * as alerts from '../alerts/alerts.ts';
import { CustomerPatch } from '../customers/contract.ts';
import * as customers from '../customers/customers.ts';
import { DealPatch } from '../deals/contract.ts';
import * as deals from '../deals/deals.ts';
import type { Me } from '../http.ts';
import { LeadPatch } from '../leads/contract.ts';
import * as leads from '../leads/leads.ts';
import * as notices from '../notices/notices.ts';
import { may } from '../permissions.ts';
import * as pool from '../pool/pool.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as staff from '../staff/staff.ts';
import * as tasks from '../tasks/tasks.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { iso, moment, type World } from '../world.ts';
import { dayOf, daysLater } from '../zones.ts';
import * as calls from './calls-store.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

type Row = customers.Customer | leads.Lead | deals.Deal;
const nameIn = (row: Row) => ('stage_id' in row ? row.title : row.name);

/** One record of a rule's kind within somebody's reach for writing, locked; undefined for none. */
export async function hold(tx: World, object: rules.Subject, id: string, me: Me): Promise<Row | undefined> {
  const by: By = { me, visitor: null, reach: may(me, 'update', object), action: 'update' };
  const how = { deleted: 'no', lock: true } as const;
  if (object === 'customer') return records.find(tx, customers.customers, id, by, how);
  if (object === 'lead') return records.find(tx, leads.leads, id, by, how);
  return records.find(tx, deals.deals, id, by, how);
}

/** What an action acts on; the record is read anew for each. */
export type Scene = {
  tx: World;
  rule: store.RuleRow;
  run: store.RunRow;
  me: Me;
};
type Done = { kind: 'done'; told: store.Told } | { kind: 'failed'; problem: string };

const failed = (problem: string): Done => ({ kind: 'failed', problem });
const day = 86_400_000;

/** Does one action; what it cannot do ends the whole firing. */
export async function act(scene: Scene, action: rules.Action): Promise<Done> {
  const { tx, run, me } = scene;
  const row = await hold(tx, run.object_type, run.object_id, me);
  if (!row) return failed('out-of-reach');
  switch (action.kind) {
    case 'assign':
      return assign(scene, row, action);
    case 'task':
      return addTask(scene, row, action);
    case 'notify':
      return notify(scene, row, action);
    case 'set': {
      const value = await settingIn(tx, run.object_type, action);
      const own = /^custom\.(.+)$/.exec(action.field)?.[1];
      const patch = own ? { custom: { [own]: value } } : { [action.field]: value };
      return write(scene, patch, { kind: 'set', person: null, words: action.field });
    }
    case 'tag': {
      const held = 'tags' in row ? row.tags : [];
      const kept = held.filter(tag => !action.remove.includes(tag));
      const tags = [...new Set([...kept, ...action.add])];
      return write(scene, { tags }, { kind: 'tag', person: null, words: tags.join(', ') });
    }
    case 'move': {
      const input = { id: run.object_id, move: { stageId: action.stageId }, version: null };
      const moved = await deals.move(tx, input, writing(scene, 'deal'));
      if (moved.kind !== 'changed') return failed(moved.kind);
      return done('move', null, moved.deal.stage_name);
    }
    case 'pool': {
      const input = { customerId: run.object_id, reason: action.reason };
      const released = await pool.release(tx, input, writing(scene, 'customer'));
      return released.kind === 'done' ? done('pool', null, action.reason) : failed(released.kind);
    }
    case 'webhook':
      return call(scene, row, action);
  }
}

const done = (kind: string, person: string | null, words: string | null): Done => ({
  kind: 'done',
  told: { kind, person, words },
});

const writing = ({ me }: Scene, object: rules.Subject): By => ({
  me,
  visitor: null,
  reach: may(me, 'update', object),
  action: 'update',
});

/** What an action sets: as it stands, or a day so many days ahead. */
async function settingIn(tx: World, object: rules.Subject, action: Extract<rules.Action, { kind: 'set' }>) {
  const { value, field } = action;
  if (typeof value !== 'object' || value === null) return value;
  const at = tx.now() + value.inDays * day;
  const isMoment = object !== 'deal' && !field.startsWith('custom.');
  return isMoment ? iso(at) : dayOf(at, await workspaces.timeZone(tx));
}

async function write(scene: Scene, patch: object, told: store.Told): Promise<Done> {
  const { tx, run } = scene;
  const { object_type: object, object_id: id } = run;
  const by = writing(scene, object);
  const outcome = await changed(tx, object, { id, patch }, by);
  if (outcome.kind === 'changed') return { kind: 'done', told };
  return failed('faults' in outcome ? (outcome.faults[0]?.path ?? outcome.kind) : outcome.kind);
}

type Changed = { kind: string; faults?: { path: string }[] };

async function changed(
  tx: World,
  object: rules.Subject,
  input: { id: string; patch: object },
  by: By,
): Promise<Changed> {
  const version = null;
  if (object === 'customer') {
    const patch = CustomerPatch.safeParse(input.patch);
    return patch.success ? customers.change(tx, { ...input, patch: patch.data, version }, by) : wrong;
  }
  if (object === 'lead') {
    const patch = LeadPatch.safeParse(input.patch);
    return patch.success ? leads.change(tx, { ...input, patch: patch.data, version }, by) : wrong;
  }
  const patch = DealPatch.safeParse(input.patch);
  return patch.success ? deals.change(tx, { ...input, patch: patch.data, version }, by) : wrong;
}

const wrong: Changed = { kind: 'wrong-value' };

async function assign(scene: Scene, row: Row, action: rules.Assign): Promise<Done> {
  const { tx, rule, run } = scene;
  const people = rules.candidates(action, rules.valuesOf(run.object_type, row));
  if (people.length === 0) return done('leave', null, null);
  const there = await store.available(tx, people);
  const turn = people.length > 1 ? await store.takeTurn(tx, rule.id) : 0;
  const ownerId = rules.inTurn(people, turn, new Set(there.keys()));
  if (!ownerId) return failed('nobody-there');
  return write(scene, { ownerId }, { kind: 'assign', person: there.get(ownerId) ?? null, words: null });
}

async function addTask(
  scene: Scene,
  row: Row,
  action: Extract<rules.Action, { kind: 'task' }>,
): Promise<Done> {
  const { tx, me, run } = scene;
  const ownerId = action.for === 'owner' ? (row.owner_id ?? undefined) : action.for;
  const input = {
    title: action.title,
    dueOn: daysLater(await workspaces.today(tx), action.days),
    about: { type: run.object_type, id: run.object_id },
    ownerId,
  };
  const by: By = { me, visitor: null, reach: may(me, 'create', 'task'), action: 'create' };
  const added = await tasks.add(tx, input, by);
  return added.kind === 'added' ? done('task', added.task.owner_name, action.title) : failed(added.kind);
}

async function notify(
  scene: Scene,
  row: Row,
  action: Extract<rules.Action, { kind: 'notify' }>,
): Promise<Done> {
  const { tx, rule, run } = scene;
  const to = new Set(action.people);
  if (action.owner && row.owner_id) to.add(row.owner_id);
  if (action.manager && row.team_id) for (const id of await managersOf(tx, row.team_id)) to.add(id);
  const told = await notices.tell(tx, {
    to: [...to],
    kind: 'automation',
    by: null,
    object: { type: run.object_type, id: run.object_id },
    params: { rule: rule.name, words: action.words },
  });
  const names = await store.available(tx, told);
  return done('notify', [...names.values()].join(', ') || null, action.words);
}

/** Who manages a team: whoever it names, else its managers. */
export async function managersOf(world: World, teamId: string): Promise<string[]> {
  const team = (await staff.teams(world)).find(one => one.id === teamId);
  return team?.manager_id ? [team.manager_id] : store.managers(world, teamId);
}

// Whoever may set policies has agreed to the address; what is told is what the rule's owner may see.
async function call(
  scene: Scene,
  row: Row,
  action: Extract<rules.Action, { kind: 'webhook' }>,
): Promise<Done> {
  const { tx, me, rule, run } = scene;
  if (may(me, 'configure', 'policy') === 'none') return failed('not-allowed');
  if (!(await alerts.hasHook(tx, action.hookId))) return failed('no-such-hook');
  const id = tx.random.id();
  const { object_type: type, object_id: recordId } = run;
  const data = { rule: rule.name, type, id: recordId, name: nameIn(row), owner: row.owner_name };
  await calls.insert(tx, { id, run_id: run.id, hook_id: action.hookId, data }, moment(tx));
  await tx.jobs.send(tx, 'calls', { call: id });
  return done('webhook', null, null);
}
