// The SQL of an import on customers: whom its rows meet, and taking back what it made.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';

export type Met = { key: string; id: string; foreignId: string | null; withinReach: boolean };

const c = sql`c`;

/** For every name key one customer that goes by it, rather one within the fence; none from the bin. */
export async function customersByName(world: World, fence: Fence, keys: string[]): Promise<Met[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<Met>`
    select distinct on (c.name_key) c.name_key as key, c.id, c.foreign_id as "foreignId",
      coalesce(${within(fence, c)}, false) as "withinReach"
    from customers c
    where c.workspace_id = ${world.workspaceId} and c.name_key = any(${keys}::text[]) and c.deleted_at is null
    order by c.name_key, "withinReach" desc, c.id`.execute(world.db);
  return rows;
}

/** The same for the ids that records had elsewhere. */
export async function byForeignId(world: World, fence: Fence, ids: string[]): Promise<Met[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Met>`
    select distinct on (c.foreign_id) '' as key, c.id, c.foreign_id as "foreignId",
      coalesce(${within(fence, c)}, false) as "withinReach"
    from customers c
    where c.workspace_id = ${world.workspaceId} and c.foreign_id = any(${ids}::text[]) and c.deleted_at is null
    order by c.foreign_id, "withinReach" desc, c.id`.execute(world.db);
  return rows;
}

export type Untouched = { importId: string; byId: string; until: string; limit: number };

/** As the import left it: nobody has written to it since. */
const untouched = (input: Untouched) =>
  sql`(c.version = 1 or (c.updated_by = ${input.byId} and c.updated_at <= ${input.until}))`;

/** Puts customers of an import into the bin that nobody has changed or used since; their names by id. */
export async function binCustomers(
  world: World,
  input: Untouched,
  stamp: { at: string; by: string },
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    update customers set deleted_at = ${stamp.at}, deleted_by = ${stamp.by}, updated_at = ${stamp.at},
      updated_by = ${stamp.by}, version = version + 1
    where workspace_id = ${world.workspaceId} and id in (
      select c.id from customers c
      where c.workspace_id = ${world.workspaceId} and c.import_id = ${input.importId} and c.deleted_at is null
        and ${untouched(input)} and c.last_activity_at is null
        and not exists (select from contacts k where k.workspace_id = c.workspace_id and k.customer_id = c.id
          and k.deleted_at is null and (k.import_id is distinct from c.import_id
            or (k.version > 1 and (k.updated_by is distinct from ${input.byId} or k.updated_at > ${input.until}))))
      order by c.id limit ${input.limit} for update of c)
    returning id, name`.execute(world.db);
  return rows;
}

/** Records of an import that are not in the bin, by id. */
export async function remaining(
  world: World,
  input: { importId: string; limit: number; after?: string | undefined },
): Promise<{ id: string; name: string }[]> {
  const after = input.after ? sql`and id > ${input.after}` : sql``;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from customers
    where workspace_id = ${world.workspaceId} and import_id = ${input.importId} and deleted_at is null ${after}
    order by id limit ${input.limit}`.execute(world.db);
  return rows;
}

export async function countRemaining(world: World, importId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from customers
    where workspace_id = ${world.workspaceId} and import_id = ${importId} and deleted_at is null`.execute(
    world.db,
  );
  return rows[0]?.count ?? 0;
}
