// The SQL that adds deals up: board, funnel, forecast.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';
import { type Conditions, conditions, countsAs } from './store.ts';

export type SumRow = {
  key: string | null;
  currency: string;
  count: number;
  amount: number;
  weighted: number;
};

const sums = sql`count(*)::int as count, sum(d.amount)::float8 as amount,
  sum(d.amount * coalesce(d.probability, s.probability) / 100.0)::float8 as weighted`;
const source = sql`deals d join deal_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id`;

/** Count and sums of the deals at each stage now, by currency. */
export async function atStages(world: World, fence: Fence, f: Conditions): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`select d.stage_id as key, d.currency, ${sums} from ${source}
    where ${sql.join(conditions(world, fence, f), sql` and `)} group by d.stage_id, d.currency
    order by d.currency`.execute(world.db);
  return rows;
}

/** The same by the month in which they are expected to close; null: no date. */
export async function byMonth(world: World, fence: Fence, f: Conditions): Promise<SumRow[]> {
  const { rows } =
    await sql<SumRow>`select to_char(d.expected_on, 'YYYY-MM') as key, d.currency, ${sums} from ${source}
    where ${sql.join(conditions(world, fence, f), sql` and `)} group by 1, d.currency
    order by 1 nulls last, d.currency`.execute(world.db);
  return rows;
}

export type Window = { pipelineId: string; ownerId?: string | null | undefined; from: string; to: string };

function moved(world: World, fence: Fence, w: Window) {
  const owner =
    w.ownerId === undefined
      ? sql`true`
      : w.ownerId === null
        ? sql`d.owner_id is null`
        : sql`d.owner_id = ${w.ownerId}`;
  return sql`d.workspace_id = ${world.workspaceId} and d.deleted_at is null and ${within(fence, sql`d`)} and ${owner}
    and m.workspace_id = ${world.workspaceId} and m.at >= ${w.from}::timestamptz and m.at < ${w.to}::timestamptz`;
}

/** Count and sums of the deals that came to each stage within the window, each once a stage. */
export async function entered(world: World, fence: Fence, w: Window): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`with came as (
      select m.to_stage, m.deal_id, min(d.currency) as currency, min(d.amount) as amount,
        min(coalesce(d.probability, s.probability)) as probability
      from deal_moves m
      join deal_stages t on t.workspace_id = m.workspace_id and t.id = m.to_stage
      join deals d on d.workspace_id = m.workspace_id and d.id = m.deal_id
      join deal_stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
      where ${moved(world, fence, w)} and t.pipeline_id = ${w.pipelineId}
      group by m.to_stage, m.deal_id
    )
    select to_stage as key, currency, count(*)::int as count, sum(amount)::float8 as amount,
      sum(amount * probability / 100.0)::float8 as weighted
    from came group by to_stage, currency order by currency`.execute(world.db);
  return rows;
}

export type LeftRow = {
  stage_id: string;
  onward: number;
  won: number;
  lost: number;
  median_days: number | null;
};

/** How deals left each stage within the window, and how long they had been there. */
export async function left(world: World, fence: Fence, w: Window): Promise<LeftRow[]> {
  const { rows } = await sql<LeftRow>`with gone as materialized (
      select m.from_stage, m.deal_id, extract(epoch from m.at - m.since)::float8 as stayed,
        ${countsAs.onward} as onward, ${countsAs.won} as won, ${countsAs.lost} as lost
      from deal_moves m
      join deal_stages f on f.workspace_id = m.workspace_id and f.id = m.from_stage
      join deal_stages t on t.workspace_id = m.workspace_id and t.id = m.to_stage
      join deals d on d.workspace_id = m.workspace_id and d.id = m.deal_id
      where ${moved(world, fence, w)} and f.pipeline_id = ${w.pipelineId}
    ), each_deal as (
      select from_stage, bool_or(onward) as onward, bool_or(won) as won, bool_or(lost) as lost
      from gone group by from_stage, deal_id
    ), times as (
      select from_stage, percentile_cont(0.5) within group (order by stayed) / 86400 as median_days
      from gone group by from_stage
    )
    select from_stage as stage_id, count(*) filter (where onward)::int as onward,
      count(*) filter (where won)::int as won, count(*) filter (where lost)::int as lost, max(median_days) as median_days
    from each_deal join times using (from_stage) group by from_stage`.execute(world.db);
  return rows;
}
