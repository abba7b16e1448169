// All SQL about records of every kind alike, and about who reads them.
import { sql } from 'kysely';
import type { Role } from '../db/tables.ts';
import type { World } from '../world.ts';

/**
 * A table of records with owner_id, team_id, version and deleted_at; `customer` where its customer_id opens it too,
 * `sorted` where names are found by name_sort, `code` where there is a code beside the name.
 */
export type Table = { table: string; title: string; customer?: true; sorted?: true; code?: true };

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

/** Records not in the bin that may be called so; `sortKeys` are those of the texts. */
export async function called(
  world: World,
  of: Table,
  texts: string[],
  sortKeys: string[],
): Promise<(PlaceRow & { code: string | null })[]> {
  const named = of.sorted
    ? sql`name_sort = any(${sortKeys}::text[])`
    : sql`${sql.ref(of.title)} = any(${texts}::text[])`;
  const coded = of.code ? sql`or lower(code) = any(${texts.map(one => one.toLowerCase())}::text[])` : sql``;
  const { rows } = await sql<PlaceRow & { code: string | null }>`
    select id, ${sql.ref(of.title)} as name, owner_id, team_id, version, deleted_at,
      ${of.customer ? sql`customer_id` : sql`null::uuid`} as customer_id, ${of.code ? sql`code` : sql`null`} as code
    from ${sql.table(of.table)}
    where workspace_id = ${world.workspaceId} and deleted_at is null and (${named} ${coded})`.execute(
    world.db,
  );
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

const person = sql`p.id, p.name, p.email, p.email_verified_at, p.language, p.role, p.team_id, p.state, p.ends_at, p.role_id,
  exists (select from grants g where g.workspace_id = p.workspace_id and g.person_id = p.id
    and g.ended_at is null) as granted,
  exists (select from record_shares s where s.workspace_id = p.workspace_id and s.ended_at is null
    and (s.person_id = p.id or s.team_id = p.team_id)) as shared`;

/** People who were active when last written, with whether anything is given to them or shared with them. */
export async function people(world: World, ids: string[]): Promise<Person[]> {
  const { rows } = await sql<Person>`select ${person} from people p
    where p.workspace_id = ${world.workspaceId} and p.state = 'active' and p.id = any(${ids}::uuid[])`.execute(
    world.db,
  );
  return rows;
}

/** The same of a few whose names hold a text; those that begin with it come first. */
export async function peopleCalled(world: World, f: { q: string; limit: number }): Promise<Person[]> {
  const place = sql`position(lower(${f.q}::text) in lower(p.name))`;
  const { rows } = await sql<Person>`select ${person} from people p
    where p.workspace_id = ${world.workspaceId} and p.state = 'active' and ${place} > 0
    order by ${place} > 1, p.name, p.id limit ${f.limit}`.execute(world.db);
  return rows;
}
