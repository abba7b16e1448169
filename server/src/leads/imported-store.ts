// The SQL of an import on leads: which are there already.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';

/** Somebody has followed the lead `t` up, or has something to do about it. */
export const inUse = sql<boolean>`(t.last_activity_at is not null or exists (select from tasks k where k.workspace_id = t.workspace_id and k.about_id = t.id
  and k.deleted_at is null and k.import_id is distinct from t.import_id))`;

export type LeadAt = {
  id: string;
  name: string;
  company: string | null;
  phone: string | null;
  email: string | null;
  foreignId: string | null;
  withinReach: boolean;
};

/** Leads that are not in the bin with one of these in common, at most 5,000. */
export async function leadsLike(
  world: World,
  fence: Fence,
  of: { emails: string[]; digits: string[]; companies: string[] },
): Promise<LeadAt[]> {
  const columns = sql`l.id, l.name, l.company, l.phone, l.email, l.foreign_id as "foreignId",
    coalesce(${within(fence, sql`l`)}, false) as "withinReach"`;
  const those = sql`from leads l where l.workspace_id = ${world.workspaceId} and l.deleted_at is null`;
  const { rows } = await sql<LeadAt>`
    select ${columns} ${those} and l.email = any(${of.emails}::text[])
    union select ${columns} ${those} and l.phone_digits = any(${of.digits}::text[])
    union select ${columns} ${those} and l.company_key = any(${of.companies}::text[])
    limit 5000`.execute(world.db);
  return rows;
}

/** Those of the ids that have become customers. */
export async function convertedOf(world: World, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`select id from leads
    where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[]) and status = 'converted'`.execute(
    world.db,
  );
  return rows.map(row => row.id);
}
