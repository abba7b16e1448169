// All SQL about records of every kind alike, and about who reads them.
import { sql } from 'kysely';
import type { Role } from '../db/tables.ts';
import type { World } from '../world.ts';

/** A table of records with owner_id, team_id, version and deleted_at; `customer` where its customer_id opens it too. */
export type Table = { table: string; title: string; customer?: true };

export type PlaceRow = {
  id: string;
  name: string;
  owner_id: string | null;
  team_id: string | null;
  customer_id: string | null;
  version: number;
  deleted_at: string | null;
};

/** Where these records stand, by primary key. */
export async function places(world: World, of: Table, ids: string[]): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select id, ${sql.ref(of.title)} as name, owner_id, team_id, version, deleted_at,
      ${of.customer ? sql`customer_id` : sql`null::uuid`} as customer_id from ${sql.table(of.table)}
    where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[])`.execute(world.db);
  return rows;
}

type Person = {
  id: string;
  name: string;
  email: string;
  email_verified_at: string | null;
  language: string;
  role: Role;
  team_id: string | null;
  state: 'active' | 'invited' | 'suspended' | 'expired';
  ends_at: string | null;
  role_id: string | null;
  granted: boolean;
  shared: boolean;
};

/** People who were active when last written, with whether anything is given to them or shared with them. */
export async function people(world: World, ids: string[] | null): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select p.id, p.name, p.email, p.email_verified_at, p.language, p.role, p.team_id, p.state, p.ends_at, p.role_id,
      exists (select from grants g where g.workspace_id = p.workspace_id and g.person_id = p.id
        and g.ended_at is null) as granted,
      exists (select from record_shares s where s.workspace_id = p.workspace_id and s.ended_at is null
        and (s.person_id = p.id or s.team_id = p.team_id)) as shared
    from people p where p.workspace_id = ${world.workspaceId} and p.state = 'active'
      and (${ids}::uuid[] is null or p.id = any(${ids}::uuid[])) order by p.name, p.id`.execute(world.db);
  return rows;
}
