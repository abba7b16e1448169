// The SQL that adds deals up: board, funnel, forecast.
import { type RawBuilder, sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import { beyond, reached } from '../db/records.ts';
import type { World } from '../world.ts';
import { countsAs, shape } from './store.ts';

export type SumRow = {
  key: string | null;
  currency: string;
  count: number;
  amount: number;
  weighted: number;
};

export type Narrow = {
  pipelineId: string;
  ownerId?: string | null | undefined;
  teamId?: string | undefined;
};

/** Conditions on `d`, a deal or sums of deals. */
function narrowed(world: World, reach: RawBuilder<boolean>, narrow: Narrow): RawBuilder<unknown> {
  const all = [sql`d.workspace_id = ${world.workspaceId}`, sql`d.pipeline_id = ${narrow.pipelineId}`, reach];
  if (narrow.ownerId !== undefined)
    all.push(narrow.ownerId === null ? sql`d.owner_id is null` : sql`d.owner_id = ${narrow.ownerId}`);
  if (narrow.teamId) all.push(sql`d.team_id = ${narrow.teamId}`);
  return sql.join(all, sql` and `);
}

const added = sql`sum(d.count)::int as count, sum(d.amount)::float8 as amount,
  (sum(d.amount * coalesce(d.chance, s.probability)) / 100.0)::float8 as weighted`;
/** Sums `d` of the deals within the fence and each of those shared, with the stage `s` of each. */
function summed(world: World, fence: Fence, narrow: Narrow): RawBuilder<unknown> {
  const shared = beyond(shape, fence);
  const further = shared
    ? sql`union all select workspace_id, stage_id, currency, date_trunc('month', expected_on)::date, probability, 1, amount
        from deals d where d.deleted_at is null and ${narrowed(world, shared, narrow)}`
    : sql``;
  return sql`(select workspace_id, stage_id, currency, month, chance, count, amount from deal_sums d
      where ${narrowed(world, within(fence, sql`d`), narrow)} ${further}
    ) d join deal_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id`;
}

/** Count and sums of the deals at each stage now, by currency: those within the fence, and those shared. */
export async function atStages(world: World, fence: Fence, narrow: Narrow): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`select d.stage_id as key, d.currency, ${added}
    from ${summed(world, fence, narrow)}
    group by d.stage_id, d.currency having sum(d.count) <> 0 order by d.currency`.execute(world.db);
  return rows;
}

/** The open ones by the month in which they are expected to close, the earliest first; null: no date. */
export async function byMonth(world: World, fence: Fence, narrow: Narrow): Promise<SumRow[]> {
  const { rows } =
    await sql<SumRow>`select to_char(d.month, 'YYYY-MM') as key, d.currency, ${added} from ${summed(world, fence, narrow)}
    where s.kind = 'open' group by d.month, d.currency
    having sum(d.count) <> 0 order by d.month nulls last, d.currency`.execute(world.db);
  return rows;
}

/** Puts rows of the same kind together, and those away that have come to nothing. */
export async function mergeSums(world: World): Promise<void> {
  const kind = sql`workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, month, chance`;
  await sql`with several as (
      select array_agg(id) as ids from deal_sums where workspace_id = ${world.workspaceId} group by ${kind}
      having count(*) > 1 or (sum(count) = 0 and sum(amount) = 0)
    ), gone as (
      delete from deal_sums where workspace_id = ${world.workspaceId} and id in (select unnest(ids) from several)
      returning *
    )
    insert into deal_sums (${kind}, count, amount) select ${kind}, sum(count), sum(amount) from gone
    group by ${kind} having sum(count) <> 0 or sum(amount) <> 0`.execute(world.db);
}

/** `to` is null where it lies ahead: nothing has moved there yet. */
export type Window = Narrow & { from: string; to: string | null };

/** The moves `m` within a window. */
const movedIn = (world: World, w: Window): RawBuilder<unknown> => sql`m.workspace_id = ${world.workspaceId}
  and m.at >= ${w.from}::timestamptz ${w.to === null ? sql`` : sql`and m.at < ${w.to}::timestamptz`}`;

/** Facts of the deals `d` asked for that one sees. */
const seen = (
  world: World,
  fence: Fence,
  { ownerId, teamId }: Narrow,
  facts: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`select ${facts} from deals d where d.workspace_id = ${world.workspaceId} and d.deleted_at is null and ${reached(shape, fence)}
    ${ownerId === undefined ? sql`` : ownerId === null ? sql`and d.owner_id is null` : sql`and d.owner_id = ${ownerId}`}
    ${teamId ? sql`and d.team_id = ${teamId}` : sql``}`;

/** Count and sums of the deals that came to each stage within the window, each once a stage. */
export async function entered(world: World, fence: Fence, w: Window): Promise<SumRow[]> {
  const facts = sql`d.id, d.stage_id, d.currency, d.amount, d.probability`;
  const { rows } = await sql<SumRow>`with came as (
      select distinct m.to_stage, m.deal_id from deal_moves m where ${movedIn(world, w)} and m.to_stage in (
        select id from deal_stages where workspace_id = ${world.workspaceId} and pipeline_id = ${w.pipelineId})
    ), parts as (
      select c.to_stage, d.currency, d.stage_id, d.probability, count(*) as count, sum(d.amount) as amount
      from came c join (${seen(world, fence, w, facts)}) d on d.id = c.deal_id group by 1, 2, 3, 4
    )
    select p.to_stage as key, p.currency, sum(p.count)::int as count, sum(p.amount)::float8 as amount,
      (sum(p.amount * coalesce(p.probability, s.probability)) / 100.0)::float8 as weighted
    from parts p join deal_stages s on s.workspace_id = ${world.workspaceId} and s.id = p.stage_id
    group by p.to_stage, p.currency order by p.currency`.execute(world.db);
  return rows;
}

export type LeftRow = {
  stage_id: string;
  onward: number;
  won: number;
  lost: number;
  median_days: number | null;
  average_days: number | null;
};

/** Where one may go from a stage, and what that counts as. */
type Ways = { from_stage: string; onward: string[]; won: string[]; lost: string[] };

/** How deals left each stage within the window, and how long they had been there. */
export async function left(world: World, fence: Fence, w: Window): Promise<LeftRow[]> {
  // Looked up before: joined to every move they cost more than all else.
  const to = (what: 'onward' | 'won' | 'lost') =>
    sql`coalesce(array_agg(t.id) filter (where ${countsAs[what]}), '{}') as ${sql.ref(what)}`;
  const { rows: ways } =
    await sql<Ways>`select f.id as from_stage, ${to('onward')}, ${to('won')}, ${to('lost')}
    from deal_stages f join deal_stages t on t.workspace_id = f.workspace_id
    where f.workspace_id = ${world.workspaceId} and f.pipeline_id = ${w.pipelineId} group by f.id`.execute(
      world.db,
    );
  if (ways.length === 0) return [];
  const ever = (what: 'onward' | 'won' | 'lost') => {
    const cases = ways.map(way => sql`when ${way.from_stage} then ${way[what]}::uuid[]`);
    return sql`bool_or(to_stage = any(case from_stage ${sql.join(cases, sql` `)} end)) as ${sql.ref(what)}`;
  };
  // Of all deals only those in the bin are looked up, as they are few. Others are read by themselves: moves are so many more
  // that the planner, which takes them for few, would look up the deal of each.
  const all = fence.kind === 'all' && w.ownerId === undefined && !w.teamId;
  const mine = all ? sql`` : sql`mine as materialized (${seen(world, fence, w, sql`d.id`)}),`;
  const whose = all
    ? sql`where m.deal_id not in (
        select id from deals where workspace_id = ${world.workspaceId} and deleted_at is not null)`
    : sql`join mine d on d.id = m.deal_id where true`;
  const { rows } = await sql<LeftRow>`with ${mine} gone as materialized (
      select m.from_stage, m.deal_id, m.to_stage, extract(epoch from m.at - m.since)::float8 as stayed
      from deal_moves m ${whose} and ${movedIn(world, w)} and m.from_stage = any(${ways.map(way => way.from_stage)}::uuid[])
    ), each_deal as (
      select from_stage, ${ever('onward')}, ${ever('won')}, ${ever('lost')}
      from gone group by from_stage, deal_id
    )
    select * from (
      select from_stage as stage_id, count(*) filter (where onward)::int as onward,
        count(*) filter (where won)::int as won, count(*) filter (where lost)::int as lost
      from each_deal group by from_stage
    ) counts join (
      select from_stage as stage_id, percentile_cont(0.5) within group (order by stayed) / 86400 as median_days,
        avg(stayed) / 86400 as average_days
      from gone group by from_stage
    ) times using (stage_id)`.execute(world.db);
  return rows;
}
