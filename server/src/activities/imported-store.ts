// The SQL of an import on activities: which took place at those moments, and which is a customer's last.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';

export type ActivityAt = {
  id: string;
  customerId: string;
  at: string;
  body: string;
  foreignId: string | null;
  withinReach: boolean;
};

/** The activities of these customers at one of these moments, at most 5,000. */
export async function activitiesOf(
  world: World,
  fence: Fence,
  customerIds: string[],
  times: string[],
): Promise<ActivityAt[]> {
  if (customerIds.length === 0 || times.length === 0) return [];
  const { rows } = await sql<ActivityAt>`
    select a.id, a.customer_id as "customerId", a.at, left(a.body, 60) as body, a.foreign_id as "foreignId",
      coalesce(${within(fence, sql`a`)}, false) as "withinReach"
    from activities a where a.workspace_id = ${world.workspaceId} and a.customer_id = any(${customerIds}::uuid[])
      and a.at = any(${times}::timestamptz[]) and a.deleted_at is null limit 5000`.execute(world.db);
  return rows;
}

/** When the last activity took place with each customer that one of these was with; null for none any more. */
export async function latestOf(world: World, ids: string[]): Promise<{ id: string; at: string | null }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; at: string | null }>`
    select w.customer_id as id, (select max(a.at) from activities a where a.workspace_id = ${world.workspaceId}
      and a.customer_id = w.customer_id and a.deleted_at is null) as at
    from (select distinct customer_id from activities
      where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[])) w`.execute(world.db);
  return rows;
}
