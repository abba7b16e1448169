// All SQL of what records have in common: marks made from them in batches, groups of equal marks, pairs kept apart.
import { type RawBuilder, sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';
import type { Mark, Marked, MarkKind } from './rules.ts';

export type Alike = 'customer' | 'contact' | 'lead';

const tables: Record<Alike, { table: string; name: RawBuilder<unknown>; detail: RawBuilder<unknown> }> = {
  customer: { table: 'customers', name: sql`r.name_key`, detail: sql`r.city` },
  contact: {
    table: 'contacts',
    name: sql`null::text`,
    detail: sql`(select c.name from customers c where c.workspace_id = r.workspace_id and c.id = r.customer_id)`,
  },
  lead: { table: 'leads', name: sql`null::text`, detail: sql`r.company` },
};

export type Changed = Marked & { id: string; updated_at: string };

/** Behind the place that was reached. */
const behind = (world: World, object: Alike) => sql`(r.updated_at, r.id) > (
        coalesce((select h.at from duplicate_heads h where h.workspace_id = ${world.workspaceId} and h.object = ${object}),
          '-infinity'),
        coalesce((select h.record_id from duplicate_heads h where h.workspace_id = ${world.workspaceId}
          and h.object = ${object}), '00000000-0000-0000-0000-000000000000'))`;

/** When the first of those that wait was changed and the last of all, in milliseconds; null where fewer than `many` wait. */
export async function waiting(
  world: World,
  object: Alike,
  many: number,
): Promise<{ first: number; last: number } | null> {
  const those = sql`from ${sql.table(tables[object].table)} r where r.workspace_id = ${world.workspaceId} and r.deleted_at is null`;
  const { rows } = await sql<{ count: number; first: string | null; last: string | null }>`
    select count(*)::int as count, min(w.updated_at) as first, (select max(r.updated_at) ${those}) as last
    from (select r.updated_at ${those} and ${behind(world, object)} order by r.updated_at, r.id limit ${many}) w`.execute(
    world.db,
  );
  const [row] = rows;
  if (!row?.first || !row.last || row.count < many) return null;
  return { first: Date.parse(row.first), last: Date.parse(row.last) };
}

/** Records changed after the place that was reached and before `until`, in the order of their changes. */
export async function changed(world: World, object: Alike, until: string, limit: number): Promise<Changed[]> {
  const { table, name } = tables[object];
  const { rows } = await sql<Changed>`
    select r.id, r.updated_at, ${name} as name_key, r.phone_digits, r.email from ${sql.table(table)} r
    where r.workspace_id = ${world.workspaceId} and r.deleted_at is null and r.updated_at < ${until}
      and ${behind(world, object)}
    order by r.updated_at, r.id limit ${limit}`.execute(world.db);
  return rows;
}

/** Writes the marks of those records anew; tells all values that they had or have. */
export async function remark(
  world: World,
  object: Alike,
  marks: (Mark & { record_id: string })[],
  ids: string[],
): Promise<Mark[]> {
  const gone = await world.db
    .deleteFrom('duplicate_marks')
    .where('workspace_id', '=', world.workspaceId)
    .where('object', '=', object)
    .where('record_id', 'in', ids)
    .returning(['kind', 'value'])
    .execute();
  await sql`insert into duplicate_marks (workspace_id, object, record_id, kind, value)
    select ${world.workspaceId}, ${object}, g.record_id, g.kind, g.value
    from json_to_recordset(${JSON.stringify(marks)}::json) as g (record_id uuid, kind text, value text)`.execute(
    world.db,
  );
  const all = [...gone, ...marks].map(({ kind, value }) => ({ kind: kind as MarkKind, value }));
  return [...new Map(all.map(mark => [`${mark.kind} ${mark.value}`, mark])).values()];
}

/** Counts anew who has those values: a group where several do, none where not. */
export async function regroup(world: World, object: Alike, touched: Mark[], at: string): Promise<void> {
  const given = JSON.stringify(touched.map(mark => ({ ...mark, id: world.random.id() })));
  const { table } = tables[object];
  await sql`with touched as (
      select * from json_to_recordset(${given}::json) as g (id uuid, kind text, value text)
    ), counted as (
      select t.id, t.kind, t.value, count(*)::int as members,
        case when count(distinct coalesce(r.owner_id::text, '')) = 1 then min(r.owner_id::text)::uuid end as owner_id,
        case when count(distinct coalesce(r.team_id::text, '')) = 1 then min(r.team_id::text)::uuid end as team_id
      from touched t
      join duplicate_marks m on m.workspace_id = ${world.workspaceId} and m.object = ${object}
        and m.kind = t.kind and m.value = t.value
      join ${sql.table(table)} r on r.workspace_id = m.workspace_id and r.id = m.record_id and r.deleted_at is null
      group by t.id, t.kind, t.value having count(*) > 1
    ), gone as (
      delete from duplicate_groups g using touched t
      where g.workspace_id = ${world.workspaceId} and g.object = ${object} and g.kind = t.kind and g.value = t.value
        and not exists (select from counted c where c.kind = t.kind and c.value = t.value)
    )
    insert into duplicate_groups (workspace_id, id, object, kind, value, members, owner_id, team_id, found_at)
    select ${world.workspaceId}, id, ${object}, kind, value, members, owner_id, team_id, ${at}::timestamptz from counted
    on conflict (workspace_id, object, kind, value) do update
      set members = excluded.members, owner_id = excluded.owner_id, team_id = excluded.team_id`.execute(
    world.db,
  );
}

/** Remembers up to where the marks have been made. */
export async function settle(world: World, object: Alike, last: Changed): Promise<void> {
  await sql`insert into duplicate_heads (workspace_id, object, at, record_id)
    values (${world.workspaceId}, ${object}, ${last.updated_at}, ${last.id})
    on conflict (workspace_id, object) do update set at = excluded.at, record_id = excluded.record_id`.execute(
    world.db,
  );
}

/** Lets one process at a time make the marks of a workspace; ends with the transaction. */
export async function only(world: World): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`duplicates ${world.workspaceId}`}, 0)) as mine`.execute(
    world.db,
  );
  return rows[0]?.mine ?? false;
}

export type GroupRow = { id: string; object: Alike; kind: MarkKind; value: string };

/** Groups that may lie within the fence, newest first. */
export async function groups(
  world: World,
  input: { object: Alike; fence: Fence; kinds: MarkKind[]; before: string | null; limit: number },
): Promise<GroupRow[]> {
  const { rows } = await sql<GroupRow>`
    select g.id, g.object, g.kind, g.value from duplicate_groups g
    where g.workspace_id = ${world.workspaceId} and g.object = ${input.object} and ${within(input.fence, sql`g`)}
      and g.kind = any(${input.kinds}::text[]) ${input.before ? sql`and g.id < ${input.before}` : sql``}
    order by g.id desc limit ${input.limit}`.execute(world.db);
  return rows;
}

export type MemberRow = {
  group_id: string;
  id: string;
  name: string;
  detail: string | null;
  phone: string | null;
  email: string | null;
  owner_id: string | null;
  owner_name: string | null;
  team_id: string | null;
  created_at: string;
  mergeable: boolean;
};

/** The records of groups that are not in the bin, the oldest first; at most `most` of each. */
export async function members(
  world: World,
  object: Alike,
  groupIds: string[],
  most: number,
): Promise<MemberRow[]> {
  const { table, detail } = tables[object];
  const mergeable = object === 'lead' ? sql`r.status <> 'converted'` : sql`true`;
  const { rows } = await sql<MemberRow>`
    select g.id as group_id, m.* from duplicate_groups g cross join lateral (
      select r.id, r.name, ${detail} as detail, r.phone, r.email, r.owner_id, p.name as owner_name, r.team_id,
        r.created_at, ${mergeable} as mergeable
      from duplicate_marks k
      join ${sql.table(table)} r on r.workspace_id = k.workspace_id and r.id = k.record_id and r.deleted_at is null
      left join people p on p.workspace_id = r.workspace_id and p.id = r.owner_id
      where k.workspace_id = g.workspace_id and k.object = g.object and k.kind = g.kind and k.value = g.value
      order by r.created_at, r.id limit ${most}
    ) m where g.workspace_id = ${world.workspaceId} and g.id = any(${groupIds}::uuid[])`.execute(world.db);
  return rows;
}

/** Pairs among these records that somebody has called two. */
export async function apart(world: World, object: Alike, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await world.db
    .selectFrom('duplicate_apart')
    .select(['a', 'b'])
    .where('workspace_id', '=', world.workspaceId)
    .where('object', '=', object)
    .where('a', 'in', ids)
    .where('b', 'in', ids)
    .execute();
  return new Set(rows.map(row => `${row.a} ${row.b}`));
}

/** Those of the ids that are within the fence and not in the bin, with their names. */
export async function reachable(
  world: World,
  object: Alike,
  fence: Fence,
  ids: string[],
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select r.id, r.name from ${sql.table(tables[object].table)} r
    where r.workspace_id = ${world.workspaceId} and r.id = any(${ids}::uuid[]) and r.deleted_at is null
      and ${within(fence, sql`r`)} order by r.id`.execute(world.db);
  return rows;
}

export async function keepApart(
  world: World,
  object: Alike,
  pairs: [string, string][],
  stamp: { at: string; by: string },
): Promise<void> {
  await world.db
    .insertInto('duplicate_apart')
    .values(
      pairs.map(([a, b]) => ({
        workspace_id: world.workspaceId,
        object,
        a,
        b,
        by_id: stamp.by,
        at: stamp.at,
      })),
    )
    .onConflict(conflict => conflict.doNothing())
    .execute();
}
