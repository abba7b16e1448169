// The SQL with which the demo fills deals and their moves in bulk.
import { sql } from 'kysely';
import type { StageKind } from '../db/deals-tables.ts';
import { insertEntries, type NewEntry } from '../db/journal.ts';
import { keepKeys } from '../db/records.ts';
import { markOf, titleKeys } from '../folding.ts';
import type { World } from '../world.ts';

export type DealRow = {
  id: string;
  title: string;
  customer_id: string;
  contact_id: string | null;
  amount: number;
  currency: string;
  pipeline_id: string;
  stage_id: string;
  kind: StageKind;
  stage_since: string;
  expected_on: string | null;
  source: string;
  lost_reason: string | null;
  won_reason: string | null;
  next_step: string | null;
  owner_id: string | null;
  team_id: string | null;
  created_at: string;
  created_by: string;
  updated_at: string;
  version: number;
};

export type MoveRow = {
  id: string;
  deal_id: string;
  from_stage: string | null;
  to_stage: string;
  since: string | null;
  at: string;
  by_id: string;
};

/** Deals, moves and journal entries, one statement each kind of record. */
export async function insertDeals(
  world: World,
  rows: DealRow[],
  moves: MoveRow[],
  entries: NewEntry[],
): Promise<void> {
  const mark = markOf(world.workspaceId);
  const keys = rows.map(({ id, title }) => ({ id, keys: titleKeys(mark, title) }));
  await sql`with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, title text, customer_id uuid,
        contact_id uuid, amount bigint, currency text, pipeline_id uuid, stage_id uuid, kind text,
        stage_since timestamptz, expected_on date, source text, lost_reason text, won_reason text, next_step text,
        owner_id uuid,
        team_id uuid, created_at timestamptz, created_by uuid, updated_at timestamptz, version integer)
    ), added as (
      insert into deals (workspace_id, id, title, customer_id, contact_id, amount, currency, pipeline_id, stage_id, kind,
        stage_since, expected_on, source, lost_reason, won_reason, next_step, owner_id, team_id, created_at, created_by,
        updated_at, version)
      select ${world.workspaceId}, id, title, customer_id, contact_id, amount, currency, pipeline_id, stage_id, kind,
        stage_since, expected_on, source, lost_reason, won_reason, next_step, owner_id, team_id, created_at, created_by,
        updated_at, version from given
    )
    , keyed as (${keepKeys(world, 'deal_keys', keys)})
    ${insertEntries(entries)}`.execute(world.db);
  await sql`insert into deal_moves (workspace_id, id, deal_id, from_stage, to_stage, since, at, by_id)
    select ${world.workspaceId}, id, deal_id, from_stage, to_stage, since, at, by_id
    from json_to_recordset(${JSON.stringify(moves)}::json) as r (id uuid, deal_id uuid, from_stage uuid, to_stage uuid,
      since timestamptz, at timestamptz, by_id uuid)`.execute(world.db);
}
