// The SQL of an import on customers: whom its rows meet, and taking back what it made.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import { ledOn } from '../db/merged.ts';
import type { World } from '../world.ts';

export type Met = {
  key: string;
  id: string;
  foreignId: string | null;
  name: string;
  ownerId: string | null;
  teamId: string | null;
  withinReach: boolean;
};

const c = sql`c`;

/** For every name key one customer that goes by it, rather one within the fence; none from the bin. */
export async function customersByName(world: World, fence: Fence, keys: string[]): Promise<Met[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<Met>`
    select distinct on (c.name_key) c.name_key as key, c.id, c.foreign_id as "foreignId", c.name,
      c.owner_id as "ownerId", c.team_id as "teamId", coalesce(${within(fence, c)}, false) as "withinReach"
    from customers c
    where c.workspace_id = ${world.workspaceId} and c.name_key = any(${keys}::text[]) and c.deleted_at is null
    order by c.name_key, "withinReach" desc, c.id`.execute(world.db);
  return rows;
}

/** The same for the ids that records had elsewhere, or that are their own; what was merged away is found where it went. */
export async function byForeignId(world: World, fence: Fence, ids: string[]): Promise<Met[]> {
  if (ids.length === 0) return [];
  const own = ids.filter(id => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id));
  const reached = sql`coalesce(${within(fence, c)}, false) as "withinReach"`;
  const columns = sql`c.name, c.owner_id as "ownerId", c.team_id as "teamId", ${reached}`;
  const alive = sql`c.workspace_id = ${world.workspaceId} and c.deleted_at is null`;
  const those = sql`${columns} from customers c where ${alive}`;
  const { rows } = await sql<Met>`
    (select distinct on (c.foreign_id) c.name_key as key, c.id, c.foreign_id as "foreignId", ${those}
      and c.foreign_id = any(${ids}::text[]) order by c.foreign_id, "withinReach" desc, c.id)
    union all
    select c.name_key, c.id, c.id::text, ${those} and c.id = any(${own}::uuid[])
    union all
    select c.name_key, c.id, led.asked, ${columns} from ${ledOn(world, 'customers', ids, own)} led
    join customers c on ${alive} and c.id = led.id`.execute(world.db);
  return rows;
}

/** Sets when the last activity took place with each of these customers. */
export async function setLastActivity(
  world: World,
  last: { id: string; at: string | null }[],
): Promise<void> {
  await sql`update customers c set last_activity_at = g.at
    from json_to_recordset(${JSON.stringify(last)}::json) as g (id uuid, at timestamptz)
    where c.workspace_id = ${world.workspaceId} and c.id = g.id and c.last_activity_at is distinct from g.at`.execute(
    world.db,
  );
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
        and not exists (select from deals d where d.workspace_id = c.workspace_id and d.customer_id = c.id
          and d.deleted_at is null and (d.import_id is distinct from c.import_id or d.version > 1))
        and not exists (select from orders o where o.workspace_id = c.workspace_id and o.customer_id = c.id
          and o.deleted_at is null and (o.import_id is distinct from c.import_id or o.version > 1))
        and not exists (select from tasks k where k.workspace_id = c.workspace_id and k.customer_id = c.id
          and k.deleted_at is null and (k.import_id is distinct from c.import_id or k.version > 1))
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
