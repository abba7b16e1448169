// All SQL of automation: rules, what they did, what falls due, and who can take something now.
import { type RawBuilder, sql } from 'kysely';
import { iso, type World } from '../world.ts';
import type { Action, Conditions, Event, Subject } from './rules.ts';

export type RuleRow = {
  id: string;
  name: string;
  owner_id: string;
  owner_name: string;
  active: boolean;
  since: number;
  paused: 'loop' | 'owner' | null;
  event: Event;
  conditions: Conditions;
  actions: Action[];
  created_at: string;
  updated_at: string;
  version: number;
};

const ruleColumns = sql`r.id, r.name, r.owner_id, coalesce(p.name, '') as owner_name, r.active, r.since, r.paused, r.event,
  r.conditions, r.actions, r.created_at, r.updated_at, r.version`;
const rulesOf = (world: World) => sql`from automation_rules r
  left join people p on p.workspace_id = r.workspace_id and p.id = r.owner_id
  where r.workspace_id = ${world.workspaceId}`;

/** All rules by name, or those of one owner. */
export async function rules(world: World, ownerId: string | null): Promise<RuleRow[]> {
  const { rows } = await sql<RuleRow>`select ${ruleColumns} ${rulesOf(world)}
    and (${ownerId}::uuid is null or r.owner_id = ${ownerId}) order by r.name, r.id`.execute(world.db);
  return rows;
}

export async function activeRules(world: World): Promise<RuleRow[]> {
  const { rows } =
    await sql<RuleRow>`select ${ruleColumns} ${rulesOf(world)} and r.active order by r.id`.execute(world.db);
  return rows;
}

export async function rule(world: World, id: string): Promise<RuleRow | undefined> {
  const { rows } = await sql<RuleRow>`select ${ruleColumns} ${rulesOf(world)} and r.id = ${id}`.execute(
    world.db,
  );
  return rows[0];
}

/** Keeps others from changing a rule until the transaction ends. */
export async function holdRule(world: World, id: string): Promise<void> {
  await sql`select 1 from automation_rules where workspace_id = ${world.workspaceId} and id = ${id}
    for update`.execute(world.db);
}

export type Written = {
  name: string;
  active: boolean;
  since: number;
  paused: 'loop' | 'owner' | null;
  event: Event;
  conditions: Conditions;
  actions: Action[];
};

const packed = ({ event, conditions, actions, ...rest }: Written) => ({
  ...rest,
  event: JSON.stringify(event),
  conditions: JSON.stringify(conditions),
  actions: JSON.stringify(actions),
});

export async function insertRule(
  world: World,
  row: Written & { id: string; owner_id: string },
  at: string,
): Promise<void> {
  const { id, owner_id, ...written } = row;
  const { workspaceId: workspace_id } = world;
  await world.db
    .insertInto('automation_rules')
    .values({ workspace_id, id, owner_id, ...packed(written), created_at: at, updated_at: at })
    .execute();
}

export async function updateRule(
  world: World,
  id: string,
  written: Written & { owner_id: string },
  at: string,
): Promise<void> {
  await world.db
    .updateTable('automation_rules')
    .set(eb => ({ ...packed(written), updated_at: at, version: eb('version', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Switches a rule off because of what happened; false when it is off already. */
export async function pause(world: World, id: string, why: 'loop' | 'owner', at: string): Promise<boolean> {
  const row = await world.db
    .updateTable('automation_rules')
    .set(eb => ({ active: false, paused: why, updated_at: at, version: eb('version', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('active', '=', true)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function removeRule(world: World, id: string): Promise<void> {
  await world.db
    .deleteFrom('automation_rules')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Whose turn it is, counted on; others of the same rule wait until the transaction ends. */
export async function takeTurn(world: World, id: string): Promise<number> {
  const row = await world.db
    .updateTable('automation_rules')
    .set(eb => ({ turn: eb('turn', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .returning('turn')
    .executeTakeFirst();
  return (row?.turn ?? 1) - 1;
}

export async function turnOf(world: World, id: string): Promise<number> {
  const row = await world.db
    .selectFrom('automation_rules')
    .select('turn')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.turn ?? 0;
}

/** Of these people, those who can take something now: at work, and not locked out. */
export async function available(world: World, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select p.id, p.name from people p
    where p.workspace_id = ${world.workspaceId} and p.id = any(${ids}::uuid[]) and p.state = 'active'
      and p.role <> 'auditor' and (p.ends_at is null or p.ends_at > ${iso(world.now())})
      and not exists (select from locks l where l.workspace_id = p.workspace_id and l.person_id = p.id
        and l.lifted_at is null and (l.until is null or l.until > ${iso(world.now())})
        and l.scope && array['sign-in', 'write'])`.execute(world.db);
  return new Map(rows.map(row => [row.id, row.name]));
}

/** Who manages a team. */
export async function managers(world: World, teamId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from people p
    where p.workspace_id = ${world.workspaceId} and p.team_id = ${teamId} and p.state = 'active'
      and p.role = 'manager'`.execute(world.db);
  return rows.map(row => row.id);
}

/** Of these hands, those that are keys of the intake. */
export async function intakeKeys(world: World, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select id from intake_keys
    where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[])`.execute(world.db);
  return new Set(rows.map(row => row.id));
}

const tables = {
  customer: { name: 'customers', living: sql`true` },
  lead: { name: 'leads', living: sql`t.status not in ('converted', 'unqualified')` },
  deal: { name: 'deals', living: sql`t.kind = 'open'` },
} as const satisfies Record<Subject, { name: string; living: RawBuilder<unknown> }>;

export type DueRow = { id: string; cause: string; at: string };

/**
 * Records whose moment lies in a span and for which the rule has not fired yet, the earliest first. `value` is the column
 * or expression looked at, for which there is an index.
 */
export async function due(
  world: World,
  input: {
    ruleId: string | null;
    object: Subject;
    value: RawBuilder<unknown>;
    after: string;
    upTo: string;
    limit: number;
  },
): Promise<DueRow[]> {
  const { name, living } = tables[input.object];
  const { value, ruleId } = input;
  const cause = sql`t.id::text || ' ' || (${value})::text`;
  const unfired = ruleId
    ? sql`and not exists (select from automation_runs r where r.workspace_id = t.workspace_id and r.rule_id = ${ruleId}
        and r.cause = ${cause})`
    : sql``;
  const { rows } =
    await sql<DueRow>`select t.id, ${cause} as cause, (${value})::text as at from ${sql.table(name)} t
    where t.workspace_id = ${world.workspaceId} and t.deleted_at is null and ${living}
      and ${value} > ${input.after} and ${value} <= ${input.upTo} ${unfired}
    order by ${value} limit ${sql.raw(String(input.limit))}`.execute(world.db);
  return rows;
}

/** What is looked at: a column of moments or days, or a date among the workspace's own fields. */
export const lastTouch = sql`coalesce(t.last_activity_at, t.created_at)`;
export const momentIn = (column: string) => sql`${sql.ref(`t.${column}`)}`;
/** As the field's own index has it, where there is one; what is empty comes after all days. */
export const ownDay = (key: string) =>
  sql`coalesce(t.custom_sort->>${sql.lit(key)}, chr(1114111)) collate "C"`;

export type NewRun = {
  id: string;
  rule_id: string;
  cause: string;
  object_type: Subject;
  object_id: string;
  depth: number;
};

/** Keeps a firing; false where the rule has fired for that already. */
export async function insertRun(world: World, run: NewRun, at: string): Promise<boolean> {
  const row = await world.db
    .insertInto('automation_runs')
    .values({ workspace_id: world.workspaceId, ...run, outcome: '[]', at })
    .onConflict(conflict => conflict.columns(['workspace_id', 'rule_id', 'cause']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** How often a rule has fired at a record since then. */
export async function countRuns(
  world: World,
  of: { ruleId: string; objectId: string; since: string },
): Promise<number> {
  const row = await world.db
    .selectFrom('automation_runs')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', world.workspaceId)
    .where('rule_id', '=', of.ruleId)
    .where('object_id', '=', of.objectId)
    .where('at', '>=', of.since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export type RunState = 'waiting' | 'done' | 'skipped' | 'failed';
export type Told = { kind: string; person: string | null; words: string | null };
export type RunRow = {
  id: string;
  rule_id: string;
  cause: string;
  object_type: Subject;
  object_id: string;
  depth: number;
  state: RunState;
  problem: string | null;
  outcome: Told[];
  attempts: number;
  at: string;
};

const runColumns = sql`id, rule_id, cause, object_type, object_id, depth, state, problem, outcome, attempts, at`;

/** A firing that waits, locked until the transaction ends. */
export async function takeRun(world: World, id: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`select ${runColumns} from automation_runs
    where workspace_id = ${world.workspaceId} and id = ${id} and state = 'waiting' for update`.execute(
    world.db,
  );
  return rows[0];
}

export async function closeRun(
  world: World,
  id: string,
  end: { state: RunState; problem: string | null; outcome: Told[]; at: string },
): Promise<void> {
  await sql`update automation_runs set state = ${end.state}, problem = ${end.problem},
      outcome = ${JSON.stringify(end.outcome)}::jsonb, ended_at = ${end.at}, attempts = attempts + 1
    where workspace_id = ${world.workspaceId} and id = ${id}`.execute(world.db);
}

export async function dropRun(world: World, id: string): Promise<void> {
  await world.db
    .deleteFrom('automation_runs')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Lets a failed firing wait again; false where it has not failed. */
export async function reopenRun(world: World, ruleId: string, id: string): Promise<boolean> {
  const row = await world.db
    .updateTable('automation_runs')
    .set({ state: 'waiting', problem: null, ended_at: null })
    .where('workspace_id', '=', world.workspaceId)
    .where('rule_id', '=', ruleId)
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Newest first; what did not meet the conditions is no firing to tell of. */
export async function runs(
  world: World,
  input: { ruleId: string; state?: RunState | undefined; limit: number; after?: string | undefined },
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`select ${runColumns} from automation_runs
    where workspace_id = ${world.workspaceId} and rule_id = ${input.ruleId}
      and problem is distinct from 'conditions'
      and (${input.state ?? null}::text is null or state = ${input.state ?? null})
      and (${input.after ?? null}::uuid is null or id < ${input.after ?? null})
    order by id desc limit ${input.limit}`.execute(world.db);
  return rows;
}

export type Summary = { rule_id: string; last: string | null; done: number; failed: number };

/** What each rule did since then. */
export async function summaries(world: World, since: string): Promise<Map<string, Summary>> {
  const { rows } = await sql<Summary>`select rule_id, max(at) filter (where state = 'done') as last,
      count(*) filter (where state = 'done')::integer as done,
      count(*) filter (where state = 'failed')::integer as failed
    from automation_runs where workspace_id = ${world.workspaceId} and at >= ${since} group by rule_id`.execute(
    world.db,
  );
  return new Map(rows.map(row => [row.rule_id, row]));
}

export async function removeOld(world: World, before: string): Promise<void> {
  await world.db
    .deleteFrom('automation_runs')
    .where('workspace_id', '=', world.workspaceId)
    .where('at', '<', before)
    .execute();
}
