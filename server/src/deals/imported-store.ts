// The SQL of an import on deals: which are at these customers, and moves by the hundred.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';
import type { NewMove } from './store.ts';

/** Somebody has offered something for the deal `t`, or has something to do about it. */
export const inUse = sql<boolean>`(exists (select from orders o where o.workspace_id = t.workspace_id
  and o.deal_id = t.id and o.deleted_at is null) or exists (select from tasks k where k.workspace_id = t.workspace_id and k.about_id = t.id
  and k.deleted_at is null and k.import_id is distinct from t.import_id))`;

export type Move = NewMove;

export type DealAt = {
  id: string;
  title: string;
  customerId: string;
  foreignId: string | null;
  withinReach: boolean;
};

/** The deals of these customers that are not in the bin, at most 5,000. */
export async function dealsOf(world: World, fence: Fence, customerIds: string[]): Promise<DealAt[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<DealAt>`
    select d.id, d.title, d.customer_id as "customerId", d.foreign_id as "foreignId",
      coalesce(${within(fence, sql`d`)}, false) as "withinReach"
    from deals d where d.workspace_id = ${world.workspaceId} and d.customer_id = any(${customerIds}::uuid[])
      and d.deleted_at is null limit 5000`.execute(world.db);
  return rows;
}

/** Those of the deals that were lost for a reason already. */
export async function lostAmong(world: World, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from deals where workspace_id = ${world.workspaceId}
    and id = any(${ids}::uuid[]) and kind = 'lost' and lost_reason is not null`.execute(world.db);
  return new Set(rows.map(row => row.id));
}

export async function addMoves(world: World, moves: Move[]): Promise<void> {
  if (moves.length === 0) return;
  const given = JSON.stringify(moves.map(move => ({ workspace_id: world.workspaceId, ...move })));
  await sql`insert into deal_moves
    select * from jsonb_populate_recordset(null::deal_moves, ${given}::jsonb)`.execute(world.db);
}
