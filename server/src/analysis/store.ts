// The SQL that looks back and ahead: forecast, outcomes, sources, activity. It reads the tables of the rooms below.
import { sql } from 'kysely';
import { kept } from '../db/kept-plans.ts';
import type { World } from '../world.ts';
import { lentDeals, type Narrow, ownDeals, seenActivities, seenCustomers, seenDeals } from './narrow.ts';

type Between = { from: string; to: string };

export type OpenRow = {
  owner_id: string | null;
  currency: string;
  sure: number;
  sure_count: number;
  likely: number;
  likely_count: number;
  open: number;
  open_count: number;
  weighted: number;
};

/** Open deals expected between two days, by owner and currency, in three parts by their probability. */
export async function expected(
  world: World,
  narrow: Narrow,
  days: Between,
  levels: { sure: number; likely: number },
): Promise<OpenRow[]> {
  const { rows } = await sql<OpenRow>`with each as (
      select d.owner_id, d.currency, d.count, d.amount, coalesce(d.chance, s.probability) as chance
      from deal_sums d join deal_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
      where ${ownDeals(world, narrow)} and s.kind = 'open' and d.month >= ${days.from}::date and d.month < ${days.to}::date
    ), parted as (
      select *, chance >= ${levels.sure} as is_sure, chance >= ${levels.likely} and chance < ${levels.sure} as is_likely from each
    )
    select owner_id, currency,
      coalesce(sum(amount) filter (where is_sure), 0)::float8 as sure,
      coalesce(sum(count) filter (where is_sure), 0)::int as sure_count,
      coalesce(sum(amount) filter (where is_likely), 0)::float8 as likely,
      coalesce(sum(count) filter (where is_likely), 0)::int as likely_count,
      coalesce(sum(amount) filter (where not is_sure and not is_likely), 0)::float8 as open,
      coalesce(sum(count) filter (where not is_sure and not is_likely), 0)::int as open_count,
      (sum(amount * chance) / 100.0)::float8 as weighted
    from parted group by owner_id, currency having sum(count) <> 0`.execute(world.db);
  return rows;
}

export type AsideRow = { undated: boolean; currency: string; count: number; amount: number };

/** Open deals that no forecast holds: without an expected close, or with one before that month. */
export async function aside(world: World, narrow: Narrow, month: string): Promise<AsideRow[]> {
  const { rows } =
    await sql<AsideRow>`select d.month is null as undated, d.currency, sum(d.count)::int as count,
      sum(d.amount)::float8 as amount
    from deal_sums d join deal_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
    where ${ownDeals(world, narrow)} and s.kind = 'open' and (d.month is null or d.month < ${`${month}-01`}::date)
    group by 1, 2 having sum(d.count) <> 0 order by 2`.execute(world.db);
  return rows;
}

export type TallyRow = { currency: string; count: number; amount: number };

/** Open deals now, as lists show them. */
export async function openNow(world: World, narrow: Narrow): Promise<TallyRow[]> {
  const shared = lentDeals(world, narrow);
  const further = shared
    ? sql`union all select workspace_id, stage_id, currency, 1, amount from deals d where d.deleted_at is null and ${shared}`
    : sql``;
  const { rows } =
    await sql<TallyRow>`select d.currency, sum(d.count)::int as count, sum(d.amount)::float8 as amount
    from (select workspace_id, stage_id, currency, count, amount from deal_sums d where ${ownDeals(world, narrow)} ${further}) d
    join deal_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
    where s.kind = 'open' group by 1 having sum(d.count) <> 0 order by 1`.execute(world.db);
  return rows;
}

/** Won deals by owner and currency. */
export async function won(
  world: World,
  narrow: Narrow,
  times: Between,
): Promise<(TallyRow & { owner_id: string | null })[]> {
  const { rows } = await sql<TallyRow & { owner_id: string | null }>`select d.owner_id, d.currency,
      count(*)::int as count, sum(d.amount)::float8 as amount
    from deals d where ${ownDeals(world, narrow)} and d.deleted_at is null and d.kind = 'won' and d.kind <> 'open'
      and d.stage_since >= ${times.from}::timestamptz and d.stage_since < ${times.to}::timestamptz
    group by 1, 2`.execute(world.db);
  return rows;
}

export type OutcomeRow = TallyRow & {
  /** What the row is about: all, one reason lost or won, one person, one source. */
  by: 'all' | 'reason' | 'win' | 'owner' | 'source';
  kind: 'won' | 'lost';
  reason: string | null;
  win: string | null;
  owner_id: string | null;
  source: string | null;
};

/** Deals closed within the window, added up five ways. */
export async function outcomes(world: World, narrow: Narrow, times: Between): Promise<OutcomeRow[]> {
  const { rows } = await sql<OutcomeRow>`select
      case when grouping(d.lost_reason) = 0 then 'reason' when grouping(d.won_reason) = 0 then 'win' when grouping(d.owner_id) = 0 then 'owner'
        when grouping(d.source) = 0 then 'source' else 'all' end as by,
      d.kind, d.lost_reason as reason, d.won_reason as win, d.owner_id, d.source, d.currency, count(*)::int as count,
      sum(d.amount)::float8 as amount
    from deals d where ${seenDeals(world, narrow)} and d.deleted_at is null and d.kind <> 'open'
      and d.stage_since >= ${times.from}::timestamptz and d.stage_since < ${times.to}::timestamptz
    group by grouping sets ((d.kind, d.currency), (d.kind, d.lost_reason, d.currency), (d.kind, d.won_reason, d.currency),
      (d.kind, d.owner_id, d.currency), (d.kind, d.source, d.currency))
    order by d.currency`.execute(world.db);
  return rows;
}

/** How many days won deals took from being added, half of them at most and on average; null for none. */
export async function cycle(
  world: World,
  narrow: Narrow,
  times: Between,
): Promise<{ median: number | null; average: number | null }> {
  const { rows } = await sql<{ median: number | null; average: number | null }>`select
      percentile_cont(0.5) within group (order by took) / 86400 as median, avg(took) / 86400 as average
    from (select extract(epoch from d.stage_since - d.created_at)::float8 as took from deals d
      where ${seenDeals(world, narrow)} and d.deleted_at is null and d.kind = 'won' and d.kind <> 'open'
        and d.stage_since >= ${times.from}::timestamptz and d.stage_since < ${times.to}::timestamptz) as each`.execute(
    world.db,
  );
  return rows[0] ?? { median: null, average: null };
}

type SourceRow = { source: string | null; count: number };

/** Deals, or customers, added within the window, by source. */
export async function added(
  world: World,
  what: 'deals' | 'customers',
  narrow: Narrow,
  times: Between,
): Promise<SourceRow[]> {
  const [table, t, seen] =
    what === 'deals'
      ? [sql`deals d`, sql`d`, seenDeals(world, narrow)]
      : [sql`customers c`, sql`c`, seenCustomers(world, narrow)];
  const { rows } = await sql<SourceRow>`select ${t}.source, count(*)::int as count from ${table}
    where ${seen} and ${t}.deleted_at is null
      and ${t}.created_at >= ${times.from}::timestamptz and ${t}.created_at < ${times.to}::timestamptz
    group by 1`.execute(world.db);
  return rows;
}

export type DoneRow = { author_id: string | null; kind: string; span: number; count: number };

/** Activities by author, kind and span of time; the first span is 1. */
export async function done(world: World, narrow: Narrow, edges: string[]): Promise<DoneRow[]> {
  const { ownerId, teamId } = narrow;
  const { rows } = await sql<DoneRow>`select a.author_id, a.kind,
      width_bucket(a.at, ${edges}::timestamptz[]) as span, count(*)::int as count
    from activities a where a.workspace_id = ${world.workspaceId} and a.deleted_at is null
      and ${seenActivities(narrow)}
      and a.at >= ${edges[0]}::timestamptz and a.at < ${edges.at(-1)}::timestamptz
      ${ownerId === undefined ? sql`` : ownerId === null ? sql`and a.author_id is null` : sql`and a.author_id = ${ownerId}`}
      ${teamId ? sql`and a.author_id in (select id from people where workspace_id = ${world.workspaceId} and team_id = ${teamId})` : sql``}
    group by 1, 2, 3`.execute(world.db);
  return rows;
}

export type PersonRow = { id: string; name: string; team_id: string | null; seller: boolean };

/** Everybody, with who may own records marked. */
export async function people(world: World): Promise<PersonRow[]> {
  const { rows } =
    await sql<PersonRow>`${kept}select id, name, team_id, state = 'active' and role <> 'auditor' as seller
    from people where workspace_id = ${world.workspaceId} order by name`.execute(world.db);
  return rows;
}

/** All teams. */
export async function teams(world: World): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`${kept}select id, name from teams
    where workspace_id = ${world.workspaceId} order by name`.execute(world.db);
  return rows;
}
