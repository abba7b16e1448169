// The SQL of what changed since a moment: each deal as it was then, by its first move and first change afterwards.
import { type RawBuilder, sql } from 'kysely';
import { behind, type Order, ordered, type Place } from '../db/keyset.ts';
import type { World } from '../world.ts';
import { type Narrow, seenDeals } from './narrow.ts';

/** How a deal moved, as a condition on the touched deal `d`, its stage `s` and the stage `f` it was at. */
const kinds = {
  new: sql`d.fresh`,
  won: sql`d.kind = 'won' and (d.fresh or f.kind <> 'won')`,
  lost: sql`d.kind = 'lost' and (d.fresh or f.kind <> 'lost')`,
  advanced: sql`not d.fresh and d.kind = 'open' and f.kind = 'open' and f.pipeline_id = s.pipeline_id and f.position < s.position`,
  back: sql`not d.fresh and d.kind = 'open' and (f.kind <> 'open' or (f.pipeline_id = s.pipeline_id and f.position > s.position))`,
  up: sql`not d.fresh and d.was_currency = d.currency and d.was_amount < d.amount`,
  down: sql`not d.fresh and d.was_currency = d.currency and d.was_amount > d.amount`,
  later: sql`not d.fresh and d.kind = 'open' and d.changed and d.was_expected < d.expected_on`,
  sooner: sql`not d.fresh and d.kind = 'open' and d.changed and d.was_expected > d.expected_on`,
} as const;

export type Kind = keyof typeof kinds;

/** All of them, in the order in which they are told. */
export const kindNames = Object.keys(kinds) as Kind[];

const touched = (world: World, narrow: Narrow, since: string): RawBuilder<unknown> => sql`
  with first_move as materialized (
    select distinct on (deal_id) deal_id, from_stage from deal_moves
    where workspace_id = ${world.workspaceId} and at >= ${since}::timestamptz order by deal_id, at, id
  ), first_change as materialized (
    select distinct on (deal_id) deal_id, amount_before, currency_before, expected_before from deal_changes
    where workspace_id = ${world.workspaceId} and at >= ${since}::timestamptz order by deal_id, at, id
  ), stage as materialized (
    select id, name, kind, pipeline_id, position from deal_stages where workspace_id = ${world.workspaceId}
  ), touched as materialized (
    select d.id, d.title, d.customer_id, d.owner_id, d.kind, d.stage_id, d.amount, d.currency, d.expected_on,
      m.deal_id is not null and m.from_stage is null as fresh, coalesce(m.from_stage, d.stage_id) as was_stage,
      c.deal_id is not null as changed, coalesce(c.amount_before, d.amount) as was_amount,
      coalesce(c.currency_before, d.currency) as was_currency,
      case when c.deal_id is null then d.expected_on else c.expected_before end as was_expected
    from first_move m full join first_change c using (deal_id)
    join deals d on d.workspace_id = ${world.workspaceId} and d.id = deal_id
    where ${seenDeals(world, narrow)} and d.deleted_at is null
  )`;

// Everything asked of a deal is in `touched` already: joined once, however the planner guesses.
const joined = sql`touched d join stage s on s.id = d.stage_id join stage f on f.id = d.was_stage`;

export type SumRow = { kind: Kind | 'was-open' | 'is-open'; currency: string; count: number; amount: number };

/** Count and sum of each kind of movement, and what of it was open then and is open now. */
export async function sums(world: World, narrow: Narrow, since: string): Promise<SumRow[]> {
  const each = Object.entries(kinds).map(([kind, holds]) => {
    const amount =
      kind === 'up'
        ? sql`d.amount - d.was_amount`
        : kind === 'down'
          ? sql`d.was_amount - d.amount`
          : sql`d.amount`;
    return sql`(${sql.lit(kind)}, ${holds}, d.currency, ${amount})`;
  });
  const { rows } = await sql<SumRow>`${touched(world, narrow, since)}
    select k.kind, k.currency, count(*)::int as count, sum(k.amount)::float8 as amount from ${joined}
    cross join lateral (values ${sql.join(each)},
      ('was-open', not d.fresh and f.kind = 'open', d.was_currency, d.was_amount),
      ('is-open', d.kind = 'open', d.currency, d.amount)) as k (kind, holds, currency, amount)
    where k.holds group by 1, 2 order by 2`.execute(world.db);
  return rows;
}

export type MovedRow = {
  id: string;
  title: string;
  customer_id: string;
  customer_name: string;
  owner_id: string | null;
  owner_name: string | null;
  currency: string;
  amount: number | null;
  amount_before: number | null;
  stage: string;
  stage_before: string | null;
  expected_on: string | null;
  expected_before: string | null;
};

/** Largest first, as a list page reads them. */
export const largest: Order<MovedRow> = {
  name: '-amount',
  column: sql`d.amount`,
  type: 'number',
  descending: true,
  valueIn: row => String(row.amount),
};

/** For whom amounts are hidden: neither the order nor a cursor may tell them. */
export const byTitle: Order<MovedRow> = {
  name: 'title',
  column: sql`d.title collate "C"`,
  type: 'text',
  descending: false,
  valueIn: row => row.title,
};

/** Deals that moved so, in that order. */
export async function deals(
  world: World,
  narrow: Narrow,
  input: { since: string; kind: Kind; order: Order<MovedRow>; place: Place | null; limit: number },
): Promise<MovedRow[]> {
  const { order } = input;
  const after = input.place ? sql`and ${behind(order, sql`d.id`, input.place)}` : sql``;
  const { rows } = await sql<MovedRow>`${touched(world, narrow, input.since)}
    select d.id, d.title, d.customer_id, c.name as customer_name, d.owner_id, p.name as owner_name, d.currency, d.amount,
      case when d.was_currency = d.currency and d.was_amount <> d.amount then d.was_amount end as amount_before,
      s.name as stage, case when not d.fresh and f.id <> s.id then f.name end as stage_before,
      d.expected_on::text as expected_on, d.was_expected::text as expected_before
    from ${joined}
    join customers c on c.workspace_id = ${world.workspaceId} and c.id = d.customer_id
    left join people p on p.workspace_id = ${world.workspaceId} and p.id = d.owner_id
    where (${kinds[input.kind]}) ${after}
    order by ${ordered(order, sql`d.id`)} limit ${sql.raw(String(input.limit))}`.execute(world.db);
  return rows;
}
