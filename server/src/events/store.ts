// All SQL of events: how far people have been told, and what activities belong to.
import { sql } from 'kysely';
import type { World } from '../world.ts';

/** Takes the place up to which people have been told; null while another process tells them, or at the first time. */
export async function takeHead(world: World, newest: () => Promise<number>): Promise<number | null> {
  const { rows } = await sql<{ seq: number }>`select seq from told_heads
    where workspace_id = ${world.workspaceId} for update skip locked`.execute(world.db);
  if (rows[0]) return rows[0].seq;
  await sql`insert into told_heads (workspace_id, seq) values (${world.workspaceId}, ${await newest()})
    on conflict do nothing`.execute(world.db);
  return null;
}

export async function moveHead(world: World, seq: number): Promise<void> {
  await world.db
    .updateTable('told_heads')
    .set({ seq })
    .where('workspace_id', '=', world.workspaceId)
    .execute();
}

export type Acted = { of: { type: 'customer' | 'lead'; id: string }; body: string | null };

/** With whom activities were, and what is written in those that are not in the bin. */
export async function activities(world: World, ids: string[]): Promise<Map<string, Acted>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    customer_id: string | null;
    lead_id: string | null;
    body: string | null;
  }>`select id, customer_id, lead_id, case when deleted_at is null then body end as body from activities
    where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[])`.execute(world.db);
  return new Map(
    rows.map(row => {
      const of = row.customer_id
        ? ({ type: 'customer', id: row.customer_id } as const)
        : ({ type: 'lead', id: row.lead_id ?? '' } as const);
      return [row.id, { of, body: row.body }];
    }),
  );
}
