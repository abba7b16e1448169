// What the self-check reads: tables against the journal. It reads other rooms' tables on purpose, past their faces, and never writes.
import { sql } from 'kysely';
import type { World } from '../world.ts';

export const kinds = ['customer', 'contact', 'activity', 'deal', 'order'] as const;
export type Kind = (typeof kinds)[number];

const tables: Record<Kind, string> = {
  customer: 'customers',
  contact: 'contacts',
  activity: 'activities',
  deal: 'deals',
  order: 'orders',
};

export type Counted = { now: number; before: number; added: number; removed: number };

/** How many records there are, of one owner or of all, and what became of them since a moment. */
export async function counted(
  world: World,
  kind: Kind,
  of: { ownerId: string | null; since: string },
): Promise<Counted> {
  const mine = of.ownerId ? sql`and owner_id = ${of.ownerId}` : sql``;
  const since = sql`${of.since}::timestamptz`;
  const { rows } = await sql<Counted>`select
      count(*) filter (where deleted_at is null)::int as now,
      count(*) filter (where created_at < ${since} and deleted_at is null)::int as before,
      count(*) filter (where created_at >= ${since} and deleted_at is null)::int as added,
      count(*) filter (where deleted_at >= ${since})::int as removed
    from ${sql.table(tables[kind])} where workspace_id = ${world.workspaceId} ${mine}`.execute(world.db);
  return rows[0] ?? { now: 0, before: 0, added: 0, removed: 0 };
}

/**
 * Of the newest records that the journal says were added or changed (by one person, or by anybody): how many were
 * looked at, how many are in no table, and how many are older there than their last change.
 */
export async function heldAgainst(
  world: World,
  kind: Kind,
  of: { actorId: string | null; limit: number },
): Promise<{ looked: number; missing: number; stale: number }> {
  const whose = of.actorId ? sql`and actor_id = ${of.actorId}` : sql``;
  const { rows } = await sql<{ looked: number; missing: number; stale: number }>`
    with written as (
      select object_id, max(at) as at from (
        select object_id, at from audit_entries
        where workspace_id = ${world.workspaceId} and action in (${`${kind}.add`}, ${`${kind}.change`}) ${whose}
          and object_id is not null
        order by id desc limit ${of.limit}
      ) newest group by object_id
    )
    select count(*)::int as looked,
      count(*) filter (where r.id is null)::int as missing,
      count(*) filter (where r.updated_at < w.at - interval '1 second')::int as stale
    from written w left join ${sql.table(tables[kind])} r
      on r.workspace_id = ${world.workspaceId} and r.id = w.object_id`.execute(world.db);
  return rows[0] ?? { looked: 0, missing: 0, stale: 0 };
}

/** Jobs that have given up within a day, and those waiting for longer than ten minutes; null where there is no queue. */
export async function jobs(world: World): Promise<{ failed: number; late: number } | null> {
  const { rows: found } = await sql<{ there: boolean }>`
    select to_regclass('pgboss.job') is not null as there`.execute(world.db);
  if (!found[0]?.there) return null;
  const { rows } = await sql<{ failed: number; late: number }>`select
      count(*) filter (where state = 'failed' and completed_on > now() - interval '1 day')::int as failed,
      count(*) filter (where state in ('created', 'retry') and start_after < now() - interval '10 minutes')::int as late
    from pgboss.job where data ->> 'workspaceId' = ${world.workspaceId}`.execute(world.db);
  return rows[0] ?? { failed: 0, late: 0 };
}
