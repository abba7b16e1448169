// All SQL of the bin: what lies in the tables of records, and its removal for good.
import { type RawBuilder, sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import { insertEntries, type NewEntry } from '../db/journal.ts';
import type { World } from '../world.ts';

export type Binned = 'customer' | 'contact' | 'lead' | 'deal' | 'order' | 'product' | 'activity' | 'task';

/** What lies in the bin and is listed there: records, and files that were taken off records. */
export type Lying = Binned | 'file';
/** Kinds of record that files are attached to, in the tables they lie in. */
export type Bearing = Exclude<Binned, 'activity'>;
export type Within = { object: Binned; fence: Fence } | { object: 'file'; of: Bearing; fence: Fence };

type Table = { table: string; name: RawBuilder<unknown>; customer: boolean };

const tables: Record<Binned, Table> = {
  customer: { table: 'customers', name: sql`t.name`, customer: false },
  contact: { table: 'contacts', name: sql`t.name`, customer: true },
  lead: { table: 'leads', name: sql`t.name`, customer: false },
  deal: { table: 'deals', name: sql`t.title`, customer: true },
  order: { table: 'orders', name: sql`t.number || ' ' || t.title`, customer: true },
  product: { table: 'products', name: sql`t.name`, customer: false },
  activity: { table: 'activities', name: sql`left(t.body, 120)`, customer: true },
  task: { table: 'tasks', name: sql`t.title`, customer: true },
};

export type Place = { at: string; id: string };

export type ItemRow = {
  object: Lying;
  /** Of a file: the kind of record that it was taken off. */
  of: Bearing | null;
  id: string;
  name: string;
  customer_id: string | null;
  customer_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  team_id: string | null;
  deleted_at: string;
  deleted_by: string | null;
  deleted_by_name: string | null;
};

// What went into the bin with its customer comes back with it and is not told by itself.
const alone = (of: Table) =>
  of.customer
    ? sql`and not exists (select from customers c where c.workspace_id = t.workspace_id and c.id = t.customer_id
        and c.deleted_at = t.deleted_at)`
    : sql``;
// What was merged away comes back by undoing that alone.
const merged: readonly Binned[] = ['customer', 'contact', 'lead'];
const unmerged = (object: Binned) => (merged.includes(object) ? sql`and t.merged_into is null` : sql``);

/** The newest of what lies in the bin within a fence for each kind. */
export async function items(
  world: World,
  input: { parts: Within[]; q: string | null; after: Place | null; limit: number },
): Promise<ItemRow[]> {
  const page = (name: RawBuilder<unknown>) => sql`
    ${input.q ? sql`and position(lower(${input.q}) in lower(${name})) > 0` : sql``}
    ${input.after ? sql`and (t.deleted_at, t.id) < (${input.after.at}::timestamptz, ${input.after.id}::uuid)` : sql``}
    order by t.deleted_at desc, t.id desc limit ${input.limit}`;
  const parts = input.parts.map(part => {
    if (part.object === 'file') {
      const of = tables[part.of];
      // Those of a record that is in the bin itself come back with it.
      return sql`(select 'file' as object, ${sql.lit(part.of)} as of, t.id, t.name,
          ${part.of === 'customer' ? sql`r.id` : of.customer ? sql`r.customer_id` : sql`null::uuid`} as customer_id,
          r.owner_id, r.team_id, t.deleted_at, t.deleted_by
        from files t join ${sql.table(of.table)} r on r.workspace_id = t.workspace_id and r.id = t.object_id
          and r.deleted_at is null
        where t.workspace_id = ${world.workspaceId} and t.deleted_at is not null and t.object_type = ${part.of}
          and ${within(part.fence, sql`r`)} ${page(sql`t.name`)})`;
    }
    const { object, fence } = part;
    const of = tables[object];
    return sql`(select ${sql.lit(object)} as object, null as of, t.id, ${of.name} as name,
        ${of.customer ? sql`t.customer_id` : sql`null::uuid`} as customer_id, t.owner_id, t.team_id, t.deleted_at,
        t.deleted_by
      from ${sql.table(of.table)} t
      where t.workspace_id = ${world.workspaceId} and t.deleted_at is not null and ${within(fence, sql`t`)}
        ${alone(of)} ${unmerged(object)} ${page(of.name)})`;
  });
  if (parts.length === 0) return [];
  const { rows } = await sql<ItemRow>`
    select b.*, c.name as customer_name, o.name as owner_name, d.name as deleted_by_name
    from (${sql.join(parts, sql` union all `)}) b
    left join customers c on c.workspace_id = ${world.workspaceId} and c.id = b.customer_id
    left join people o on o.workspace_id = ${world.workspaceId} and o.id = b.owner_id
    left join people d on d.workspace_id = ${world.workspaceId} and d.id = b.deleted_by
    order by b.deleted_at desc, b.id desc limit ${input.limit}`.execute(world.db);
  return rows;
}

export async function settings(world: World): Promise<{ days: number; version: number } | undefined> {
  return world.db
    .selectFrom('bin_settings')
    .select(['days', 'version'])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

/** Keeps the number of days; with a version only over that one. False where it was another. */
export async function keep(
  world: World,
  days: number,
  version: number | null,
  stamp: { at: string; by: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into bin_settings (workspace_id, days, updated_at, updated_by)
    values (${world.workspaceId}, ${days}, ${stamp.at}, ${stamp.by})
    on conflict (workspace_id) do update set days = excluded.days, updated_at = excluded.updated_at,
      updated_by = excluded.updated_by, version = bin_settings.version + 1
      where ${version}::integer is null or bin_settings.version = ${version}
    returning version`.execute(world.db);
  return rows.length > 0;
}

/** Records that went into the bin before `before`, the oldest first, locked; none that another process has in hand. */
export async function over(
  world: World,
  object: Binned,
  before: string,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  const of = tables[object];
  const { rows } = await sql<{ id: string; name: string }>`
    select t.id, ${of.name} as name from ${sql.table(of.table)} t
    where t.workspace_id = ${world.workspaceId} and t.deleted_at < ${before} ${unmerged(object)}
    order by t.deleted_at, t.id limit ${limit} for update of t skip locked`.execute(world.db);
  return rows;
}

/** Removes locked records for good with what was said about them; their journal stays and tells of it. */
export async function purge(world: World, object: Binned, ids: string[], entries: NewEntry[]): Promise<void> {
  for (const table of ['comments', 'follows'])
    await sql`delete from ${sql.table(table)} where workspace_id = ${world.workspaceId} and object_type = ${object}
      and object_id = any(${ids}::uuid[])`.execute(world.db);
  await sql`delete from ${sql.table(tables[object].table)}
    where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[])`.execute(world.db);
  await insertEntries(entries).execute(world.db);
}
