// The SQL of an import on tasks: which are there already, what rows point to, and reminders that move.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';

export type TaskAt = {
  id: string;
  title: string;
  due: string | null;
  customerId: string | null;
  foreignId: string | null;
  withinReach: boolean;
};

/** Tasks of these titles at these customers, and such as belong to nobody; at most 5,000. */
export async function tasksOf(
  world: World,
  fence: Fence,
  customerIds: string[],
  titles: string[],
): Promise<TaskAt[]> {
  if (titles.length === 0) return [];
  const { rows } = await sql<TaskAt>`
    select t.id, t.title, t.customer_id as "customerId", t.foreign_id as "foreignId",
      coalesce(t.due_on::text, to_char(t.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as due,
      coalesce(${within(fence, sql`t`)}, false) as "withinReach"
    from tasks t where t.workspace_id = ${world.workspaceId} and t.deleted_at is null
      and (t.customer_id = any(${customerIds}::uuid[]) or t.customer_id is null)
      and t.title = any(${titles}::text[]) order by t.done_at is null desc, t.id limit 5000`.execute(
    world.db,
  );
  return rows;
}

export type Related = {
  type: 'deal' | 'lead';
  id: string;
  name: string;
  foreignId: string;
  customerId: string | null;
};

/** Deals and leads by the ids that they had elsewhere. */
export async function relatedBy(
  world: World,
  fences: { deal: Fence; lead: Fence },
  ids: string[],
): Promise<Related[]> {
  const { rows } = await sql<Related>`
    select 'lead' as type, l.id, l.name, l.foreign_id as "foreignId", l.customer_id as "customerId" from leads l
    where l.workspace_id = ${world.workspaceId} and l.foreign_id = any(${ids}::text[]) and l.deleted_at is null
      and ${within(fences.lead, sql`l`)}
    union all
    select 'deal', d.id, d.title, d.foreign_id, d.customer_id from deals d
    where d.workspace_id = ${world.workspaceId} and d.foreign_id = any(${ids}::text[]) and d.deleted_at is null
      and ${within(fences.deal, sql`d`)}`.execute(world.db);
  return rows;
}

/** Those of the ids that are done. */
export async function doneAmong(world: World, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from tasks
    where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[]) and done_at is not null`.execute(
    world.db,
  );
  return new Set(rows.map(row => row.id));
}

/** Sets when tasks are reminded of, which they have not been yet. */
export async function setReminders(
  world: World,
  rows: { id: string; remind_at: string | null }[],
): Promise<void> {
  await sql`update tasks t set remind_at = g.remind_at, reminded_at = null
    from json_to_recordset(${JSON.stringify(rows)}::json) as g (id uuid, remind_at timestamptz)
    where t.workspace_id = ${world.workspaceId} and t.id = g.id`.execute(world.db);
}
