// All SQL of events: what activities belong to.
import { sql } from 'kysely';
import type { World } from '../world.ts';

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
