// All SQL of customers and of their search keys.
import { CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Custom } from '../db/custom-fields-tables.ts';
import { type Fence, within } from '../db/fence.ts';
import { entryColumns, entryValues, insertEntries, insertEntry, type NewEntry } from '../db/journal.ts';
import { keptMark, places } from '../db/kept-plans.ts';
import { byKeys, type Texts, textConditions } from '../db/key-search.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import type { Shape, Stamp } from '../db/records.ts';
import type { CustomerStage } from '../db/tables.ts';
import { keyNumber, markOf } from '../folding.ts';
import type { World } from '../world.ts';

/** A customer's own columns. */
export type CustomerFields = {
  name: string;
  name_key: string;
  name_sort: string;
  phone: string | null;
  phone_digits: string | null;
  email: string | null;
  website: string | null;
  industry: string | null;
  source: string | null;
  level: string | null;
  stage: CustomerStage;
  address: string | null;
  city: string | null;
  remark: string | null;
  tags: string[];
  owner_id: string | null;
  team_id: string | null;
  next_follow_up_at: string | null;
  custom: Custom;
  custom_sort: Record<string, string>;
};

export type CustomerRow = CustomerFields & {
  id: string;
  owner_name: string | null;
  last_activity_at: string | null;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  /** The customer that this one was merged into; only while it lies in the bin. */
  merged_into: string | null;
  version: number;
};

export type NewRow = CustomerFields & {
  id: string;
  keys: number[];
  foreign_id: string | null;
  import_id: string | null;
  created_at: string;
  created_by: string | null;
  updated_at: string;
};

export type Conditions = Texts & {
  /** Rows that have all keys of any of these ways, as far as that helps to find them. */
  ways: string[][];
  ownerId?: string | null | undefined;
  stage?: CustomerStage[] | undefined;
  source?: string | undefined;
  level?: string | undefined;
  industry?: string | undefined;
  city?: string | undefined;
  tag?: string | undefined;
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
  updatedFrom?: string | undefined;
  updatedTo?: string | undefined;
  followUpFrom?: string | undefined;
  followUpTo?: string | undefined;
  deleted: boolean;
};

const c = sql`c`;
const columns = sql`c.id, c.name, c.name_key, c.name_sort, c.phone, c.phone_digits, c.email, c.website, c.industry,
  c.source, c.level, c.stage, c.address, c.city, c.remark, c.tags, c.owner_id, c.team_id, c.next_follow_up_at,
  c.custom, c.custom_sort, c.last_activity_at, c.created_at, c.updated_at, c.deleted_at, c.merged_into,
  c.version, p.name as owner_name`;
const source = sql`customers c left join people p on p.workspace_id = c.workspace_id and p.id = c.owner_id`;

const orders: Record<string, Order<CustomerRow>> = {
  ...bothWays<CustomerRow>('updatedAt', sql`c.updated_at`, 'time', row => row.updated_at),
  ...bothWays<CustomerRow>('createdAt', sql`c.created_at`, 'time', row => row.created_at),
  ...bothWays<CustomerRow>('name', sql`c.name_sort`, 'text', row => row.name_sort),
  ...bothWays<CustomerRow>(
    'nextFollowUpAt',
    sql`c.due_at`,
    'time',
    row => row.next_follow_up_at ?? 'infinity',
  ),
  ...bothWays<CustomerRow>('deletedAt', sql`c.deleted_at`, 'time', row => row.deleted_at ?? ''),
};

export const shape: Shape<CustomerRow> = {
  table: 'customers',
  keys: 'customer_keys',
  t: c,
  columns,
  source,
  orders,
};

/** What filters ask of `customers c`, without a look at the keys. */
export function conditions(f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  if (f.deleted) all.push(sql`c.merged_into is null`);
  if (f.ownerId !== undefined)
    all.push(f.ownerId === null ? sql`c.owner_id is null` : sql`c.owner_id = ${f.ownerId}`);
  if (f.stage)
    all.push(f.stage.length === 1 ? sql`c.stage = ${f.stage[0]}` : sql`c.stage = any(${f.stage}::text[])`);
  if (f.source !== undefined) all.push(sql`c.source = ${f.source}`);
  if (f.level !== undefined) all.push(sql`c.level = ${f.level}`);
  if (f.industry !== undefined) all.push(sql`c.industry = ${f.industry}`);
  if (f.city !== undefined) all.push(sql`c.city = ${f.city}`);
  if (f.tag !== undefined) all.push(sql`${f.tag} = any(c.tags)`);
  if (f.createdFrom) all.push(sql`c.created_at >= ${f.createdFrom}::timestamptz`);
  if (f.createdTo) all.push(sql`c.created_at < ${f.createdTo}::timestamptz`);
  if (f.updatedFrom) all.push(sql`c.updated_at >= ${f.updatedFrom}::timestamptz`);
  if (f.updatedTo) all.push(sql`c.updated_at < ${f.updatedTo}::timestamptz`);
  if (f.followUpFrom) all.push(sql`c.due_at >= ${f.followUpFrom}::timestamptz`);
  if (f.followUpTo) all.push(sql`c.due_at < ${f.followUpTo}::timestamptz`);
  all.push(...textConditions(c, 'customer_keys', f));
  return all;
}

/** What filters ask of `customers c`, by the keys as far as that helps to find them. */
export async function filtered(world: World, f: Conditions): Promise<RawBuilder<boolean>[]> {
  const keyed = await byKeys(world, { table: 'customer_keys', ways: f.ways }, sql`c.id`);
  return [...conditions(f), ...(keyed ? [keyed] : [])];
}

/** Those of the ids within the fence that are not in the bin, locked in the order of their ids. */
export async function lockMany(world: World, fence: Fence, ids: string[]): Promise<CustomerRow[]> {
  const { rows } = await sql<CustomerRow>`select ${columns} from ${source}
    where c.workspace_id = ${world.workspaceId} and c.id = any(${ids}::uuid[]) and ${within(fence, c)}
      and c.deleted_at is null order by c.id for update of c`.execute(world.db);
  return rows;
}

const newColumns = [
  'id',
  'name',
  'name_key',
  'name_sort',
  'phone',
  'phone_digits',
  'email',
  'website',
  'industry',
  'source',
  'level',
  'stage',
  'address',
  'city',
  'remark',
  'tags',
  'owner_id',
  'team_id',
  'foreign_id',
  'next_follow_up_at',
  'created_at',
  'created_by',
  'updated_at',
  'import_id',
  'custom',
  'custom_sort',
] as const satisfies (keyof NewRow)[];

const placeOf = (column: (typeof newColumns)[number]) => newColumns.indexOf(column) + 2;

const insertText = `${keptMark}with added as (
    insert into customers (workspace_id, ${newColumns.join(', ')}) values (${places(1, newColumns.length + 1)})
  ), keyed as (
    insert into customer_keys (workspace_id, id, keys, owner_id, team_id, at)
    values ($1, $2, ${places(newColumns.length + 2, 1)}, $${placeOf('owner_id')}, $${placeOf('team_id')}, $${placeOf('updated_at')})
  )
  insert into audit_entries (${entryColumns.join(', ')})
  values (${places(newColumns.length + 3, entryColumns.length)})`;

/** Record, search keys and journal entry in one statement and one round trip. */
export async function insert(world: World, row: NewRow, entry: NewEntry): Promise<void> {
  const values = [
    world.workspaceId,
    ...newColumns.map(column => row[column]),
    row.keys,
    ...entryValues(entry),
  ];
  await world.db.executeQuery(CompiledQuery.raw(insertText, values));
}

/** Many records with keys and journal entries in one statement; `rows` and `entries` match one to one. */
export async function insertMany(world: World, rows: NewRow[], entries: NewEntry[]): Promise<void> {
  await sql`with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, name text, name_key text,
        name_sort text, phone text, phone_digits text, email text, website text, industry text, source text, level text,
        stage text, address text, city text, remark text, tags text[], owner_id uuid, team_id uuid, foreign_id text,
        next_follow_up_at timestamptz, created_at timestamptz, created_by uuid, updated_at timestamptz, import_id uuid,
        custom jsonb, custom_sort jsonb, keys integer[])
    ), added as (
      insert into customers (workspace_id, id, name, name_key, name_sort, phone, phone_digits, email, website, industry,
        source, level, stage, address, city, remark, tags, owner_id, team_id, foreign_id, next_follow_up_at, created_at,
        created_by, updated_at, import_id, custom, custom_sort)
      select ${world.workspaceId}, id, name, name_key, name_sort, phone, phone_digits, email, website, industry, source,
        level, stage, address, city, remark, tags, owner_id, team_id, foreign_id,
        next_follow_up_at, created_at, created_by, updated_at, import_id, custom, custom_sort from given
    ), keyed as (
      insert into customer_keys (workspace_id, id, keys, owner_id, team_id, at)
      select ${world.workspaceId}, id, keys, owner_id, team_id, updated_at from given
    )
    ${insertEntries(entries)}`.execute(world.db);
}

export type Change = {
  id: string;
  columns: Partial<CustomerFields>;
  /** New search keys, where they have changed. */
  keys: number[] | null;
  entry: NewEntry;
};

/** Any customer of the workspace, whosever, with one of these in common; undefined for none. */
export async function alike(
  world: World,
  match: { name_key: string | null; phone_digits: string | null; email: string | null },
): Promise<{ id: string; owner_name: string | null } | undefined> {
  const keys = (letter: string, value: string | null) =>
    value ? [keyNumber(`${markOf(world.workspaceId)}${letter}${value}`)] : null;
  const one = sql`select c.id, p.name as owner_name from ${source}
    where c.workspace_id = ${world.workspaceId} and c.deleted_at is null`;
  const { rows } = await sql<{ id: string; owner_name: string | null }>`
    (${one} and c.name_key = ${match.name_key} limit 1)
    union all
    (${one} and (c.phone_digits = ${match.phone_digits} or c.email = ${match.email}) and c.id in (select customers_with(
      ${keys('p', match.phone_digits)}::integer[], ${keys('e', match.email)}::integer[], null)) limit 1)
    limit 1`.execute(world.db);
  return rows[0];
}

/** What an activity leaves on its locked customer; the next follow-up with its journal entry, where it changes. */
export async function touch(
  world: World,
  customerId: string,
  lastActivityAt: string | null,
  next: { at: string | null; entry: NewEntry } | null,
  stamp: Stamp,
): Promise<void> {
  const planned = next ? sql`next_follow_up_at = ${next.at}, version = version + 1,` : sql``;
  const touched = sql`update customers set ${planned} last_activity_at = ${lastActivityAt}, updated_at = ${stamp.at},
      updated_by = ${stamp.by}
    where workspace_id = ${world.workspaceId} and id = ${customerId}`;
  await (next ? sql`with touched as (${touched}) ${insertEntry(next.entry)}` : touched).execute(world.db);
}
