// The SQL of imports that all tables of records have in common: many rows written, found again, and taken back.
import { type RawBuilder, sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import { insertEntries, type NewEntry } from '../db/journal.ts';
import { ledOn } from '../db/merged.ts';
import { keepKeys } from '../db/records.ts';
import type { World } from '../world.ts';

/** One table as imports write it. */
export type Target = {
  readonly table: string;
  /** The columns that an import may write over; those in `days` are dates without a time. */
  readonly columns: readonly string[];
  readonly days?: readonly string[];
  /** What a record is called. */
  readonly name: string;
  /** The table with the search keys of its rows. */
  readonly keys?: string;
  /** Whether something else has come to hang on the row `t`, so that undo leaves it. */
  readonly inUse?: RawBuilder<boolean>;
};

const t = sql`t`;
const listed = (columns: readonly string[]) => sql.join(columns.map(column => sql.ref(column)));

/** The search keys of one record. */
export type Keyed = { id: string; keys: number[] };

/** New rows, all with the same columns, with search keys where their table has any, and their journal entries in one statement. */
export async function addRows(
  world: World,
  target: Pick<Target, 'table' | 'keys'>,
  rows: Record<string, unknown>[],
  entries: NewEntry[],
  keys: Keyed[] = [],
): Promise<void> {
  const { table } = target;
  const keyed = target.keys ? sql`, keyed as (${keepKeys(world, target.keys, keys)})` : sql``;
  const [first] = rows;
  if (!first) return;
  const columns = listed(['workspace_id', ...Object.keys(first)]);
  const given = JSON.stringify(rows.map(row => ({ workspace_id: world.workspaceId, ...row })));
  await sql`with added as (
      insert into ${sql.table(table)} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${given}::jsonb)
    ) ${keyed}
    ${insertEntries(entries)}`.execute(world.db);
}

export type Locked = Record<string, unknown> & { id: string; version: number; owner_name: string | null };

/** Those of the ids within the fence that are not in the bin; locked in their order, unless only looked at. */
export async function lockRows(
  world: World,
  target: Target,
  fence: Fence,
  ids: string[],
  how: { lock: boolean } = { lock: true },
): Promise<Locked[]> {
  const columns = target.columns.map(column =>
    target.days?.includes(column)
      ? sql`${sql.ref(`t.${column}`)}::text as ${sql.ref(column)}`
      : sql.ref(`t.${column}`),
  );
  const { rows } = await sql<Locked>`
    select t.id, t.version, p.name as owner_name, ${sql.join(columns)} from ${sql.table(target.table)} t
    left join people p on p.workspace_id = t.workspace_id and p.id = t.owner_id
    where t.workspace_id = ${world.workspaceId} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
      and ${within(fence, t)} order by t.id ${how.lock ? sql`for update of t` : sql``}`.execute(world.db);
  return rows;
}

/** Writes over rows that are locked, with their journal entries and, where given, their search keys. */
export async function writeOver(
  world: World,
  target: Target,
  rows: (Record<string, unknown> & { id: string })[],
  stamp: { at: string; by: string },
  entries: NewEntry[],
  keys: Keyed[],
): Promise<void> {
  const sets = target.columns.map(column => sql`${sql.ref(column)} = ${sql.ref(`g.${column}`)}`);
  const keyed = target.keys ? sql`, keyed as (${keepKeys(world, target.keys, keys)})` : sql``;
  await sql`with changed as (
      update ${sql.table(target.table)} t set ${sql.join(sets)}, updated_at = ${stamp.at}, updated_by = ${stamp.by},
        version = t.version + 1
      from jsonb_populate_recordset(null::${sql.table(target.table)}, ${JSON.stringify(rows)}::jsonb) g
      where t.workspace_id = ${world.workspaceId} and t.id = g.id
    ) ${keyed}
    ${insertEntries(entries)}`.execute(world.db);
}

/**
 * For every id that a record had elsewhere, or that is its own, one such record; none from the bin, but what was merged
 * away is found where it went.
 */
export async function byForeignId(
  world: World,
  table: string,
  fence: Fence,
  ids: string[],
): Promise<{ id: string; foreignId: string; withinReach: boolean }[]> {
  if (ids.length === 0) return [];
  const own = ids.filter(id => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id));
  const reached = sql`coalesce(${within(fence, t)}, false) as "withinReach"`;
  const alive = sql`t.workspace_id = ${world.workspaceId} and t.deleted_at is null`;
  const those = sql`from ${sql.table(table)} t where ${alive}`;
  const led = ledOn(world, table, ids, own);
  const { rows } = await sql<{ id: string; foreignId: string; withinReach: boolean }>`
    select t.id, t.foreign_id as "foreignId", ${reached} ${those} and t.foreign_id = any(${ids}::text[])
    union all
    select t.id, t.id::text, ${reached} ${those} and t.id = any(${own}::uuid[])
    ${
      led
        ? sql`union all select t.id, led.asked, ${reached} from ${led} led
          join ${sql.table(table)} t on ${alive} and t.id = led.id`
        : sql``
    }
    order by "foreignId", "withinReach" desc, id`.execute(world.db);
  return rows;
}

export type Untouched = { importId: string; byId: string; until: string; limit: number };

/** Puts records of an import into the bin that nobody has changed since. */
export async function binRows(
  world: World,
  target: Target,
  input: Untouched,
  stamp: { at: string; by: string },
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    update ${sql.table(target.table)} set deleted_at = ${stamp.at}, deleted_by = ${stamp.by}, updated_at = ${stamp.at},
      updated_by = ${stamp.by}, version = version + 1
    where workspace_id = ${world.workspaceId} and id in (
      select t.id from ${sql.table(target.table)} t
      where t.workspace_id = ${world.workspaceId} and t.import_id = ${input.importId} and t.deleted_at is null
        and (t.version = 1 or (t.updated_by = ${input.byId} and t.updated_at <= ${input.until}))
        and not ${target.inUse ?? sql`false`}
      order by t.id limit ${input.limit} for update)
    returning id, ${sql.ref(target.name)} as name`.execute(world.db);
  return rows;
}

/** Records of an import that are not in the bin, by id. */
export async function remaining(
  world: World,
  target: Pick<Target, 'table' | 'name'>,
  input: { importId: string; limit: number; after?: string | undefined },
): Promise<{ id: string; name: string }[]> {
  const after = input.after ? sql`and id > ${input.after}` : sql``;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, left(${sql.ref(target.name)}, 200) as name from ${sql.table(target.table)}
    where workspace_id = ${world.workspaceId} and import_id = ${input.importId} and deleted_at is null ${after}
    order by id limit ${input.limit}`.execute(world.db);
  return rows;
}

export async function countRemaining(world: World, table: string, importId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table)}
    where workspace_id = ${world.workspaceId} and import_id = ${importId} and deleted_at is null`.execute(
    world.db,
  );
  return rows[0]?.count ?? 0;
}
