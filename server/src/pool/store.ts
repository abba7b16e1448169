// All SQL of the public pool.
import { type RawBuilder, sql } from 'kysely';
import { behind, type Order, ordered, type Place } from '../db/keyset.ts';
import type { PoolReason } from '../db/pool-tables.ts';
import type { CustomerStage } from '../db/tables.ts';
import { iso, type World } from '../world.ts';
import { day, type Rule } from './rules.ts';

type Kept = Rule & { version: number };

/** All rules, by team. */
export async function rules(world: World): Promise<Map<string, Kept>> {
  const { rows } = await sql<Kept & { team: string }>`select team_id as team, active, idle_days as "idleDays",
      dealless_days as "deallessDays", exempt_stages as "exemptStages", exempt_open_deals as "exemptOpenDeals",
      warn_days as "warnDays", protect_days as "protectDays", claims_per_day as "claimsPerDay",
      claims_per_week as "claimsPerWeek", holding_cap as "holdingCap", version
    from pool_rules where workspace_id = ${world.workspaceId}`.execute(world.db);
  return new Map(rows.map(({ team, ...rule }) => [team, rule]));
}

/** Keeps the rules of a team; where a version is named, only over that one. False where it is another. */
export async function saveRule(
  world: World,
  input: { teamId: string; rule: Rule; version: number | null; at: string; by: string },
): Promise<boolean> {
  const { rule } = input;
  const { rows } =
    await sql`insert into pool_rules as r (workspace_id, team_id, active, idle_days, dealless_days,
      exempt_stages, exempt_open_deals, warn_days, protect_days, claims_per_day, claims_per_week, holding_cap,
      updated_at, updated_by)
    values (${world.workspaceId}, ${input.teamId}, ${rule.active}, ${rule.idleDays}, ${rule.deallessDays},
      ${rule.exemptStages}, ${rule.exemptOpenDeals}, ${rule.warnDays}, ${rule.protectDays}, ${rule.claimsPerDay},
      ${rule.claimsPerWeek}, ${rule.holdingCap}, ${input.at}, ${input.by})
    on conflict (workspace_id, team_id) do update set active = excluded.active, idle_days = excluded.idle_days,
      dealless_days = excluded.dealless_days, exempt_stages = excluded.exempt_stages,
      exempt_open_deals = excluded.exempt_open_deals, warn_days = excluded.warn_days,
      protect_days = excluded.protect_days, claims_per_day = excluded.claims_per_day,
      claims_per_week = excluded.claims_per_week, holding_cap = excluded.holding_cap,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = r.version + 1
    where ${input.version}::integer is null or r.version = ${input.version}
    returning 1`.execute(world.db);
  return rows.length > 0;
}

export async function dropRule(world: World, teamId: string): Promise<boolean> {
  const { rows } = await sql`delete from pool_rules
    where workspace_id = ${world.workspaceId} and team_id = ${teamId} returning 1`.execute(world.db);
  return rows.length > 0;
}

export type EntryRow = {
  id: string;
  name: string;
  city: string | null;
  industry: string | null;
  source: string | null;
  level: string | null;
  stage: CustomerStage;
  team_id: string | null;
  team_name: string | null;
  at: string;
  reason: PoolReason;
  remark: string | null;
  from_id: string | null;
  from_name: string | null;
};

/** Which pools are open to somebody: all, or that of a team and nobody's. */
export type Pools = { all: true } | { all: false; teamId: string | null };

const columns = sql`c.id, c.name, c.city, c.industry, c.source, c.level, c.stage, c.team_id, t.name as team_name, e.at,
  e.reason, e.remark, e.from_id, p.name as from_name`;
const source = sql`pool_entries e
  join customers c on c.workspace_id = e.workspace_id and c.id = e.customer_id
  left join teams t on t.workspace_id = c.workspace_id and t.id = c.team_id
  left join people p on p.workspace_id = e.workspace_id and p.id = e.from_id`;

const open = (pools: Pools): RawBuilder<boolean> =>
  pools.all ? sql`true` : sql`(c.team_id is null or c.team_id = ${pools.teamId})`;

export const newestFirst: Order<EntryRow> = {
  name: '-since',
  column: sql`e.at`,
  type: 'time',
  descending: true,
  valueIn: row => row.at,
};

export type Wanted = {
  name: string | null;
  city?: string | undefined;
  industry?: string | undefined;
  source?: string | undefined;
  reason?: PoolReason | undefined;
};

/** One page of what lies in the pools, the latest first. */
export async function list(
  world: World,
  pools: Pools,
  input: { wanted: Wanted; place: Place | null; limit: number },
): Promise<EntryRow[]> {
  const { name, city, industry, source: from, reason } = input.wanted;
  const id = sql`e.customer_id`;
  const all = [sql`e.workspace_id = ${world.workspaceId}`, sql`c.deleted_at is null`, open(pools)];
  if (name) all.push(sql`position(${name} in replace(lower(normalize(c.name, NFKC)), ' ', '')) > 0`);
  if (city) all.push(sql`c.city = ${city}`);
  if (industry) all.push(sql`c.industry = ${industry}`);
  if (from) all.push(sql`c.source = ${from}`);
  if (reason) all.push(sql`e.reason = ${reason}`);
  if (input.place) all.push(behind(newestFirst, id, input.place));
  const { rows } = await sql<EntryRow>`select ${columns} from ${source} where ${sql.join(all, sql` and `)}
    order by ${ordered(newestFirst, id)} limit ${sql.raw(String(input.limit))}`.execute(world.db);
  return rows;
}

/** One in the pools; undefined for none. */
export async function entry(world: World, pools: Pools, customerId: string): Promise<EntryRow | undefined> {
  const { rows } = await sql<EntryRow>`select ${columns} from ${source}
    where e.workspace_id = ${world.workspaceId} and e.customer_id = ${customerId} and c.deleted_at is null
      and ${open(pools)}`.execute(world.db);
  return rows[0];
}

export type NewEntry = { id: string; from: string | null; reason: PoolReason; remark: string | null };

/** Notes customers as lying in the pool, before their owner is taken from them. */
export async function enter(
  world: World,
  given: NewEntry[],
  stamp: { at: string; by: string | null },
): Promise<void> {
  await sql`insert into pool_entries (workspace_id, customer_id, at, from_id, reason, remark, by_id)
    select ${world.workspaceId}, id, ${stamp.at}, "from", reason, remark, ${stamp.by}
    from json_to_recordset(${JSON.stringify(given)}::json) as g (id uuid, "from" uuid, reason text, remark text)
    on conflict (workspace_id, customer_id) do update set at = excluded.at, from_id = excluded.from_id,
      reason = excluded.reason, remark = excluded.remark, by_id = excluded.by_id`.execute(world.db);
}

/** Lets one after the other count and take for that person, until the transaction ends. */
export async function oneAtATime(world: World, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7106236, hashtext(${`pool ${world.workspaceId} ${personId}`}))`.execute(
    world.db,
  );
}

/** What somebody has claimed lately, and how many customers are his. */
export async function count(
  world: World,
  personId: string,
): Promise<{ lastDay: number; lastWeek: number; holding: number }> {
  const now = world.now();
  const { rows } = await sql<{ lastDay: number; lastWeek: number; holding: number }>`select
      (select count(*)::integer from pool_claims where workspace_id = ${world.workspaceId}
        and person_id = ${personId} and at > ${now - day}) as "lastDay",
      (select count(*)::integer from pool_claims where workspace_id = ${world.workspaceId}
        and person_id = ${personId} and at > ${now - 7 * day}) as "lastWeek",
      (select count(*)::integer from customers where workspace_id = ${world.workspaceId}
        and owner_id = ${personId} and deleted_at is null) as holding`.execute(world.db);
  return rows[0] ?? { lastDay: 0, lastWeek: 0, holding: 0 };
}

export async function noteClaim(world: World, personId: string, customerId: string): Promise<void> {
  const row = { id: world.random.id(), person_id: personId, customer_id: customerId, at: world.now() };
  await world.db
    .insertInto('pool_claims')
    .values({ workspace_id: world.workspaceId, ...row })
    .execute();
}

/** Drops claims that no limit looks at any more. */
export async function sweepClaims(world: World): Promise<void> {
  await sql`delete from pool_claims where workspace_id = ${world.workspaceId}
    and at < ${world.now() - 8 * day}`.execute(world.db);
}

export type HolderRow = {
  owner_id: string;
  owner_name: string | null;
  since: string;
  until: string | null;
  why: 'given' | PoolReason | null;
};

/** Whose a customer is and was, the latest first. */
export async function holders(world: World, customerId: string): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select h.owner_id, p.name as owner_name, h.since, h.until, h.why from (
      select owner_id, since, until, why from customer_holders
        where workspace_id = ${world.workspaceId} and customer_id = ${customerId}
      union all
      select owner_id, coalesce(owner_since, created_at), null, null from customers
        where workspace_id = ${world.workspaceId} and id = ${customerId} and owner_id is not null
    ) h left join people p on p.workspace_id = ${world.workspaceId} and p.id = h.owner_id
    order by h.until desc nulls first limit 200`.execute(world.db);
  return rows;
}

export type DueRow = { id: string; name: string; at: number; idle: boolean; warned_at: number | null };

const ms = (time: RawBuilder<unknown>) => sql`(extract(epoch from ${time}) * 1000)::bigint`;

/** An owner with the times at which he was away, which count for nothing. */
export type Keeper = { id: string; away: readonly { from: number; to: number }[] };

// So long after a moment, not counting the times away since then.
function later(base: RawBuilder<unknown>, days: number, away: Keeper['away']): RawBuilder<unknown> {
  const after = sql`${base} + ${days * day}::bigint`;
  if (away.length === 0) return after;
  return sql`(select ${after} + coalesce(sum(greatest(0, a.t - greatest(a.f, ${base}))), 0)::bigint
    from unnest(${away.map(one => one.from)}::bigint[], ${away.map(one => one.to)}::bigint[]) a (f, t))`;
}

// When the rules take a customer: the sooner of both ways, but not before the days of protection are over.
function dueColumns(rule: Rule, { away }: Keeper) {
  const came = ms(sql`coalesce(c.owner_since, c.created_at)`);
  const touched = ms(sql`greatest(c.last_activity_at, coalesce(c.owner_since, c.created_at))`);
  const dealt = sql`greatest(${came}, (select ${ms(sql`max(d.updated_at)`)} from deals d
    where d.workspace_id = c.workspace_id and d.customer_id = c.id and d.deleted_at is null))`;
  const idle = rule.idleDays === null ? sql`null::bigint` : later(touched, rule.idleDays, away);
  const dealless = rule.deallessDays === null ? sql`null::bigint` : later(dealt, rule.deallessDays, away);
  return { idle, dealless, protectedUntil: later(came, rule.protectDays, away) };
}

function dueOf(world: World, keeper: Keeper, rule: Rule): RawBuilder<DueRow> {
  const { id: ownerId } = keeper;
  const { idle, dealless, protectedUntil } = dueColumns(rule, keeper);
  const exempt = rule.exemptOpenDeals
    ? sql`and not exists (select from deals o where o.workspace_id = c.workspace_id and o.customer_id = c.id
        and o.kind = 'open' and o.deleted_at is null)`
    : sql``;
  return sql<DueRow>`select x.id, x.name, greatest(least(x.idle, x.dealless), x.protected_until) as at,
      coalesce(x.idle <= x.dealless, x.idle is not null) as idle, w.at as warned_at
    from (select c.id, c.name, ${idle} as idle, ${dealless} as dealless, ${protectedUntil} as protected_until
      from customers c where c.workspace_id = ${world.workspaceId} and c.owner_id = ${ownerId}
        and c.deleted_at is null and c.stage <> all(${rule.exemptStages}::text[]) ${exempt}) x
    left join pool_warnings w on w.workspace_id = ${world.workspaceId} and w.customer_id = x.id
      and w.owner_id = ${ownerId}
    where coalesce(x.idle, x.dealless) is not null`;
}

/** An owner's customers that the rules take before that moment, the longest due first. */
export async function due(
  world: World,
  keeper: Keeper,
  rule: Rule,
  before: number,
  only: { ids: string[] } | { limit: number },
): Promise<DueRow[]> {
  const ids = 'ids' in only ? sql`and q.id = any(${only.ids}::uuid[])` : sql``;
  const limit = 'limit' in only ? sql`limit ${sql.raw(String(only.limit))}` : sql``;
  const { rows } = await sql<DueRow>`select * from (${dueOf(world, keeper, rule)}) q
    where q.at <= ${before} ${ids} order by q.at, q.id ${limit}`.execute(world.db);
  return rows.map(row => ({ ...row, at: Number(row.at) }));
}

/** How many of an owner's customers the rules take until each of two moments. */
export async function countDue(
  world: World,
  keeper: Keeper,
  rule: Rule,
  moments: { now: number; soon: number },
): Promise<{ due: number; soon: number }> {
  const { rows } = await sql<{ due: number; soon: number }>`
    select count(*) filter (where q.at <= ${moments.now})::integer as due,
      count(*) filter (where q.at > ${moments.now} and q.at <= ${moments.soon})::integer as soon
    from (${dueOf(world, keeper, rule)}) q`.execute(world.db);
  return rows[0] ?? { due: 0, soon: 0 };
}

/** Locks those of the customers that are still that owner's, in the order of their ids. */
export async function lockOwned(world: World, ownerId: string, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from customers
    where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[]) and owner_id = ${ownerId}
      and deleted_at is null order by id for update`.execute(world.db);
  return rows.map(row => row.id);
}

/** Notes that an owner has been told of these; those that nobody had told him of. */
export async function warn(world: World, ownerId: string, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`insert into pool_warnings (workspace_id, customer_id, owner_id, at)
    select ${world.workspaceId}, id, ${ownerId}, ${world.now()} from unnest(${ids}::uuid[]) as g (id)
    on conflict (workspace_id, customer_id) do update set owner_id = excluded.owner_id, at = excluded.at
      where pool_warnings.owner_id <> excluded.owner_id
    returning customer_id as id`.execute(world.db);
  return rows.map(row => row.id);
}

/** Forgets warnings of what the rules do not take so soon any more, so that the next time is told of anew. */
export async function unwarn(world: World, keeper: Keeper, rule: Rule | null, before: number): Promise<void> {
  const still = rule
    ? sql`and customer_id not in (select q.id from (${dueOf(world, keeper, rule)}) q where q.at <= ${before})`
    : sql``;
  await sql`delete from pool_warnings
    where workspace_id = ${world.workspaceId} and owner_id = ${keeper.id} ${still}`.execute(world.db);
}

/** Forgets all warnings but those to these people: for the others the days begin anew when they are back. */
export async function unwarnAllBut(world: World, ownerIds: string[]): Promise<void> {
  await sql`delete from pool_warnings
    where workspace_id = ${world.workspaceId} and owner_id <> all(${ownerIds}::uuid[])`.execute(world.db);
}

/** Those who own customers and were warned or may be: everybody who works here and is not kept from signing in. */
export async function keepers(world: World): Promise<{ id: string; name: string; team_id: string | null }[]> {
  const { rows } = await sql<{ id: string; name: string; team_id: string | null }>`
    select p.id, p.name, p.team_id from people p
    where p.workspace_id = ${world.workspaceId} and p.state = 'active' and p.role <> 'auditor'
      and not exists (select from locks l where l.workspace_id = p.workspace_id and l.person_id = p.id
        and l.lifted_at is null and (l.until is null or l.until > ${iso(world.now())}) and l.scope && array['sign-in', 'write'])
    order by p.id`.execute(world.db);
  return rows;
}
