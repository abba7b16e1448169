// The SQL that all tables of records have in common: reading one or a page within a fence, writing with a journal entry.
import { type RawBuilder, sql } from 'kysely';
import type { World } from '../world.ts';
import { type Fence, type Shared, within } from './fence.ts';
import { insertEntries, insertEntry, type NewEntry } from './journal.ts';
import { kept } from './kept-plans.ts';
import { behind, type Order, ordered, type Place } from './keyset.ts';

/** What every record has. */
export type RecordRow = {
  id: string;
  version: number;
  owner_id: string | null;
  updated_at: string;
  deleted_at: string | null;
};

/** How one object is read: its table under the alias `t`, joined with what its rows show of others. */
export type Shape<Row extends RecordRow> = {
  readonly table: string;
  readonly t: RawBuilder<unknown>;
  readonly columns: RawBuilder<unknown>;
  readonly source: RawBuilder<unknown>;
  readonly orders: Record<string, Order<Row>>;
  /** The same with no more joins than a mere glance needs, where they are many: each is planned and locked for itself. */
  readonly brief?: { columns: RawBuilder<unknown>; source: RawBuilder<unknown> };
  /** The column that names the customer such a record belongs to: it opens with a customer that is shared. */
  readonly customer?: RawBuilder<unknown>;
  /** A table with the search keys of this one's rows. */
  readonly keys?: string;
};

/** Which side of the bin. */
export type Bin = 'no' | 'only' | 'either';

/** Who writes and when. */
export type Stamp = { at: string; by: string | null };

const sides = (t: RawBuilder<unknown>, deleted: Bin): RawBuilder<boolean>[] =>
  deleted === 'either'
    ? []
    : [deleted === 'no' ? sql`${t}.deleted_at is null` : sql`${t}.deleted_at is not null`];

const sharedOf = (fence: Fence): Shared | undefined => ('shared' in fence ? fence.shared : undefined);

/** The condition that a record is one of those shared. */
function among<Row extends RecordRow>(shape: Shape<Row>, shared: Shared): RawBuilder<boolean> {
  const itself = sql<boolean>`${shape.t}.id = any(${shared.ids}::uuid[])`;
  return shape.customer && shared.customers.length > 0
    ? sql`(${itself} or ${shape.customer} = any(${shared.customers}::uuid[]))`
    : itself;
}

/** The condition that a record is within the fence or shared. */
export function reached<Row extends RecordRow>(shape: Shape<Row>, fence: Fence): RawBuilder<boolean> {
  const shared = sharedOf(fence);
  return shared ? sql`(${within(fence, shape.t)} or ${among(shape, shared)})` : within(fence, shape.t);
}

/** The ids of what is shared beyond the fence, as a list; null where nothing is. */
export function sharedBeyond<Row extends RecordRow>(
  world: World,
  shape: Shape<Row>,
  fence: Fence,
): RawBuilder<unknown> | null {
  const shared = sharedOf(fence);
  if (!shared) return null;
  const { t, customer } = shape;
  if (!customer || shared.customers.length === 0) return sql`${shared.ids}::uuid[]`;
  return sql`(${shared.ids}::uuid[] || array(select ${t}.id from ${sql.table(shape.table)} ${t}
    where ${t}.workspace_id = ${world.workspaceId} and ${customer} = any(${shared.customers}::uuid[])))`;
}

/** The condition that a record is shared and beyond the fence; null where nothing is shared. */
export function beyond<Row extends RecordRow>(shape: Shape<Row>, fence: Fence): RawBuilder<boolean> | null {
  const shared = sharedOf(fence);
  return shared ? sql`(${among(shape, shared)} and (${within(fence, shape.t)}) is not true)` : null;
}

/** One record within the fence; undefined for none. With `lock` nobody else changes it until the transaction ends. */
export async function findRecord<Row extends RecordRow>(
  world: World,
  shape: Shape<Row>,
  fence: Fence,
  id: string,
  how: { deleted: Bin; lock?: boolean },
): Promise<Row | undefined> {
  const { t } = shape;
  const those = sql.join(
    [
      sql`${t}.workspace_id = ${world.workspaceId}`,
      sql`${t}.id = ${id}`,
      reached(shape, fence),
      ...sides(t, how.deleted),
    ],
    sql` and `,
  );
  // Locked by itself first: a statement that waited would join the record as it now is to what it saw before.
  if (how.lock)
    await sql`${kept}select 1 from ${sql.table(shape.table)} ${t} where ${those} for update`.execute(
      world.db,
    );
  const { rows } = await sql<Row>`${kept}select ${shape.columns} from ${shape.source} where ${those}`.execute(
    world.db,
  );
  return rows[0];
}

export type PageInput<Row extends RecordRow> = {
  conditions: RawBuilder<boolean>[];
  deleted: boolean;
  order: Order<Row>;
  place: Place | null;
  limit: number;
  /** The best plan depends on the values looked for, so that none is kept. */
  particular: boolean;
  /** Reads what a mere glance shows. */
  brief?: boolean;
};

/** The statement of one page in the order given, from the place on. */
export function pageStatement<Row extends RecordRow>(
  world: World,
  shape: Shape<Row>,
  fence: Fence,
  input: PageInput<Row>,
): RawBuilder<Row> {
  const { t } = shape;
  const id = sql`${t}.id`;
  const here = sql<boolean>`${t}.workspace_id = ${world.workspaceId}`;
  const all = [here, ...sides(t, input.deleted ? 'only' : 'no'), ...input.conditions];
  if (input.place) all.push(behind(input.order, id, input.place));
  const mark = input.particular ? sql`` : kept;
  const { columns, source } = (input.brief && shape.brief) || shape;
  const part = (what: RawBuilder<unknown>, those: RawBuilder<boolean>[]) =>
    sql<Row>`select ${what} from ${source} where ${sql.join(those, sql` and `)}
      order by ${ordered(input.order, id)} limit ${sql.raw(String(input.limit))}`;
  const shared = sharedOf(fence);
  if (!shared) return sql<Row>`${mark}${part(columns, [...all, within(fence, t)])}`;
  // Two pages, each along an index of its own, and of them the first rows: one condition for both would sort all.
  const near = sql`(${part(id, [...all, within(fence, t)])}) union (${part(id, [...all, among(shape, shared)])})`;
  return sql<Row>`${mark}with near as (${near}) ${part(columns, [here, sql`${id} in (select near.id from near)`])}`;
}

/** One page. */
export async function pageOf<Row extends RecordRow>(
  world: World,
  shape: Shape<Row>,
  fence: Fence,
  input: PageInput<Row>,
): Promise<Row[]> {
  const read = async (given: PageInput<Row>) =>
    (await pageStatement(world, shape, fence, given).execute(world.db)).rows;
  const { order, place, conditions, limit } = input;
  const { empty, valueIn } = order;
  if (!order.descending || !empty) return read(input);
  const isInEmpty = place?.value === empty.value;
  const filled = isInEmpty ? [] : await read({ ...input, conditions: [...conditions, empty.not] });
  if (filled.length >= limit) return filled;
  // Backwards the index begins with what is empty: it is read until there is a value, which needs no condition.
  const left = { place: isInEmpty ? place : null, limit: limit - filled.length };
  const rest = await read({ ...input, ...left });
  return [...filled, ...rest.filter(row => valueIn(row) === empty.value)];
}

type Keys = readonly number[];

/** The statement that keeps these records' search keys, whatever they were before. */
export function keepKeys(
  world: World,
  table: string,
  made: { id: string; keys: Keys }[],
): RawBuilder<unknown> {
  const given = JSON.stringify(made.map(one => ({ workspace_id: world.workspaceId, ...one })));
  return sql`insert into ${sql.table(table)} as k (workspace_id, id, keys)
    select workspace_id, id, keys from jsonb_populate_recordset(null::${sql.table(table)}, ${given}::jsonb)
    on conflict (workspace_id, id) do update set keys = excluded.keys where k.keys <> excluded.keys`;
}

// Where they are new, a trigger looks up whose the record is and when it was touched.
const keyed = (world: World, shape: { keys?: string }, id: string, keys: Keys | null | undefined) =>
  shape.keys && keys
    ? sql`, keyed as (
        insert into ${sql.table(shape.keys)} (workspace_id, id, keys) values (${world.workspaceId}, ${id}, ${keys})
        on conflict (workspace_id, id) do update set keys = excluded.keys)`
    : sql``;

/** Record, search keys where it has any, and journal entry, in one statement; `row` holds the table's own columns. */
export async function insertRecord(
  world: World,
  shape: { table: string; keys?: string },
  row: { readonly id: string; readonly [column: string]: unknown },
  stamp: Stamp,
  entry: NewEntry,
  keys?: Keys | null,
): Promise<void> {
  const values = { created_at: stamp.at, updated_at: stamp.at, created_by: stamp.by, ...row };
  const names = Object.keys(values).map(name => sql.ref(name));
  await sql`with added as (
      insert into ${sql.table(shape.table)} (workspace_id, ${sql.join(names)})
      values (${world.workspaceId}, ${sql.join(Object.values(values))})
    ) ${keyed(world, shape, row.id, keys)}
    ${insertEntry(entry)}`.execute(world.db);
}

/** Changes a locked record, with its keys where they are given and its journal entry, in one statement. */
export async function updateRecord(
  world: World,
  shape: { table: string; keys?: string },
  change: { id: string; columns: Readonly<Record<string, unknown>>; keys?: Keys | null; entry: NewEntry },
  stamp: Stamp,
): Promise<void> {
  const sets = Object.entries(change.columns).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  await sql`with changed as (
      update ${sql.table(shape.table)} set ${sql.join([...sets, sql`updated_at = ${stamp.at}`])},
        updated_by = ${stamp.by}, version = version + 1
      where workspace_id = ${world.workspaceId} and id = ${change.id}
    ) ${keyed(world, shape, change.id, change.keys)}
    ${insertEntry(change.entry)}`.execute(world.db);
}

/** Gives locked records to others, with their journal entries, in one statement. */
export async function reownRecords(
  world: World,
  shape: { table: string },
  rows: { id: string; owner_id: string | null; team_id: string | null }[],
  stamp: Stamp,
  entries: NewEntry[],
): Promise<void> {
  await sql`with changed as (
      update ${sql.table(shape.table)} t set owner_id = g.owner_id, team_id = g.team_id, updated_at = ${stamp.at},
        updated_by = ${stamp.by}, version = t.version + 1
      from json_to_recordset(${JSON.stringify(rows)}::json) as g (id uuid, owner_id uuid, team_id uuid)
      where t.workspace_id = ${world.workspaceId} and t.id = g.id
    ) ${insertEntries(entries)}`.execute(world.db);
}

/** Puts a locked record into the bin or takes it out, with its journal entry. */
export async function setRecordDeleted(
  world: World,
  shape: { table: string },
  id: string,
  deleted: boolean,
  stamp: Stamp,
  entry: NewEntry,
): Promise<void> {
  const columns = { deleted_at: deleted ? stamp.at : null, deleted_by: deleted ? stamp.by : null };
  await updateRecord(world, { table: shape.table }, { id, columns, entry }, stamp);
}
