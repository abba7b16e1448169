// The SQL of first steps: who has put them away, which records are the sample, and what hangs on those. It reads the
// tables of the rooms below.
import { type RawBuilder, sql } from 'kysely';
import type { World } from '../world.ts';

export type Sampled = {
  object: 'customer' | 'contact' | 'lead' | 'deal' | 'order' | 'product' | 'activity' | 'task';
  id: string;
  name: string;
};

/** A record of the sample as it stands: what it belongs to, whether it was changed, whether others need it. */
export type Standing = Sampled & { changed: boolean; used: boolean; belongsTo: string[] };

type Place = { object: Sampled['object']; table: string; name: string; belongs: string };

const places: Place[] = [
  { object: 'customer', table: 'customers', name: 'name', belongs: '{}' },
  { object: 'contact', table: 'contacts', name: 'name', belongs: '{customer_id}' },
  { object: 'lead', table: 'leads', name: 'name', belongs: '{}' },
  { object: 'deal', table: 'deals', name: 'title', belongs: '{customer_id,contact_id}' },
  { object: 'order', table: 'orders', name: 'number', belongs: '{customer_id,deal_id}' },
  { object: 'product', table: 'products', name: 'name', belongs: '{}' },
  { object: 'activity', table: 'activities', name: 'body', belongs: '{customer_id,lead_id}' },
  { object: 'task', table: 'tasks', name: 'title', belongs: '{customer_id,about_id}' },
];

/** Columns of other tables that name a record of the sample. */
const hangers: [table: string, column: string][] = [
  ['contacts', 'customer_id'],
  ['deals', 'customer_id'],
  ['deals', 'contact_id'],
  ['orders', 'customer_id'],
  ['orders', 'deal_id'],
  ['activities', 'customer_id'],
  ['activities', 'lead_id'],
  ['tasks', 'customer_id'],
  ['tasks', 'about_id'],
  ['leads', 'customer_id'],
  ['comments', 'object_id'],
  ['files', 'object_id'],
];

const columnsIn = (belongs: string) => belongs.slice(1, -1).split(',').filter(Boolean);

/** Something that is not of the sample names the record `r`. */
function isUsed(world: World): RawBuilder<boolean> {
  const each = hangers.map(
    ([
      table,
      column,
    ]) => sql`exists (select from ${sql.table(table)} h where h.workspace_id = ${world.workspaceId}
      and h.${sql.ref(column)} = r.id and h.id <> r.id and h.deleted_at is null
      and not exists (select from sample_records x where x.workspace_id = h.workspace_id and x.record_id = h.id))`,
  );
  return sql<boolean>`(${sql.join(each, sql` or `)})`;
}

/** The records of the sample that are not in the bin. */
export async function sampled(world: World): Promise<Standing[]> {
  const used = isUsed(world);
  const each = places.map(({ object, table, name, belongs }) => {
    const ids = columnsIn(belongs).map(column => sql`r.${sql.ref(column)}`);
    const to = ids.length > 0 ? sql`array_remove(array[${sql.join(ids)}], null)` : sql`'{}'::uuid[]`;
    return sql`select s.object, r.id, left(r.${sql.ref(name)}, 100) as name, r.version <> s.version as changed,
        ${used} as used, array(select unnest(${to})::text) as "belongsTo"
      from sample_records s join ${sql.table(table)} r on r.workspace_id = s.workspace_id and r.id = s.record_id
      where s.workspace_id = ${world.workspaceId} and s.object = ${object} and r.deleted_at is null`;
  });
  const { rows } = await sql<Standing>`${sql.join(each, sql` union all `)} order by object, name`.execute(
    world.db,
  );
  return rows;
}

/** What there is beside the sample. */
export async function entered(
  world: World,
): Promise<{ anything: boolean; customers: boolean; deals: boolean }> {
  const some = (object: string, table: string) => sql<boolean>`exists (select from ${sql.table(table)} r
    where r.workspace_id = ${world.workspaceId} and r.deleted_at is null and not exists (select from sample_records s
      where s.workspace_id = r.workspace_id and s.object = ${object} and s.record_id = r.id))`;
  const each = places.map(({ object, table }) => some(object, table));
  const { rows } = await sql<{ anything: boolean; customers: boolean; deals: boolean }>`
    select ${sql.join(each, sql` or `)} as anything, ${some('customer', 'customers')} as customers,
      ${some('deal', 'deals')} as deals`.execute(world.db);
  return rows[0] ?? { anything: false, customers: false, deals: false };
}

/** Keeps which records are the sample, each with the version that it has by then. */
export async function keep(world: World, made: { object: string; id: string }[]): Promise<void> {
  for (const { object, table } of places) {
    const ids = made.filter(one => one.object === object).map(one => one.id);
    await sql`insert into sample_records (workspace_id, object, record_id, version)
      select workspace_id, ${object}, id, version from ${sql.table(table)}
      where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[])
      on conflict do nothing`.execute(world.db);
  }
}

/** No record is of the sample any more. */
export async function forget(world: World): Promise<void> {
  await sql`delete from sample_records where workspace_id = ${world.workspaceId}`.execute(world.db);
}

/** One at a time adds or removes the sample of a workspace. */
export async function takeTurn(world: World): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sample ${world.workspaceId}`}, 0))`.execute(
    world.db,
  );
}

export async function isClosed(world: World, personId: string): Promise<boolean> {
  const { rows } = await sql`select from first_steps
    where workspace_id = ${world.workspaceId} and person_id = ${personId}`.execute(world.db);
  return rows.length > 0;
}

export async function setClosed(world: World, personId: string, at: string | null): Promise<void> {
  if (at === null)
    await sql`delete from first_steps where workspace_id = ${world.workspaceId} and person_id = ${personId}`.execute(
      world.db,
    );
  else
    await sql`insert into first_steps (workspace_id, person_id, closed_at)
      values (${world.workspaceId}, ${personId}, ${at}) on conflict do nothing`.execute(world.db);
}
