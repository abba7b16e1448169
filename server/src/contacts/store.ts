// All SQL of contacts and of their search keys.
import { type RawBuilder, sql } from 'kysely';
import type { Custom } from '../db/custom-fields-tables.ts';
import { insertEntries, type NewEntry } from '../db/journal.ts';
import { byKeys, type Texts, textConditions } from '../db/key-search.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import type { Shape } from '../db/records.ts';
import type { World } from '../world.ts';

export type ContactFields = {
  name: string;
  name_sort: string;
  customer_id: string | null;
  title: string | null;
  phone: string | null;
  phone_digits: string | null;
  email: string | null;
  wechat: string | null;
  is_primary: boolean;
  remark: string | null;
  owner_id: string | null;
  team_id: string | null;
  custom: Custom;
  custom_sort: Record<string, string>;
};

export type ContactRow = ContactFields & {
  id: string;
  customer_name: string | null;
  customer_deleted: boolean;
  owner_name: string | null;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  /** The contact that this one was merged into; only while it lies in the bin. */
  merged_into: string | null;
  version: number;
};

export type NewRow = ContactFields & {
  id: string;
  keys: number[];
  foreign_id: string | null;
  import_id: string | null;
  created_at: string;
  created_by: string | null;
  updated_at: string;
};

export type Conditions = Texts & {
  ways: string[][];
  customerId?: string | undefined;
  ownerId?: string | null | undefined;
  updatedFrom?: string | undefined;
  updatedTo?: string | undefined;
  deleted: boolean;
};

const c = sql`c`;
const columns = sql`c.id, c.name, c.name_sort, c.customer_id, c.title, c.phone, c.phone_digits, c.email, c.wechat,
  c.is_primary, c.remark, c.owner_id, c.team_id, c.custom, c.custom_sort, c.created_at, c.updated_at, c.deleted_at,
  c.merged_into, c.version, p.name as owner_name, u.name as customer_name, u.deleted_at is not null as customer_deleted`;
const source = sql`contacts c left join people p on p.workspace_id = c.workspace_id and p.id = c.owner_id
  left join customers u on u.workspace_id = c.workspace_id and u.id = c.customer_id`;

const orders: Record<string, Order<ContactRow>> = {
  ...bothWays<ContactRow>('updatedAt', sql`c.updated_at`, 'time', row => row.updated_at),
  ...bothWays<ContactRow>('createdAt', sql`c.created_at`, 'time', row => row.created_at),
  ...bothWays<ContactRow>('name', sql`c.name_sort`, 'text', row => row.name_sort),
  ...bothWays<ContactRow>('deletedAt', sql`c.deleted_at`, 'time', row => row.deleted_at ?? ''),
};

export const shape: Shape<ContactRow> = {
  table: 'contacts',
  keys: 'contact_keys',
  t: c,
  customer: sql`c.customer_id`,
  columns,
  source,
  orders,
};

/** What filters ask of `contacts c`, without a look at the keys. */
export function conditions(f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  if (f.deleted) all.push(sql`c.merged_into is null`);
  if (f.customerId) all.push(sql`c.customer_id = ${f.customerId}`);
  if (f.ownerId !== undefined)
    all.push(f.ownerId === null ? sql`c.owner_id is null` : sql`c.owner_id = ${f.ownerId}`);
  if (f.updatedFrom) all.push(sql`c.updated_at >= ${f.updatedFrom}::timestamptz`);
  if (f.updatedTo) all.push(sql`c.updated_at < ${f.updatedTo}::timestamptz`);
  all.push(...textConditions(c, 'contact_keys', f));
  return all;
}

/** What filters ask of `contacts c`, by the keys as far as that helps to find them. */
export async function filtered(world: World, f: Conditions): Promise<RawBuilder<boolean>[]> {
  const keyed = await byKeys(world, { table: 'contact_keys', ways: f.ways }, sql`c.id`);
  return [...conditions(f), ...(keyed ? [keyed] : [])];
}

const insertColumns = sql`workspace_id, id, name, name_sort, customer_id, title, phone, phone_digits, email, wechat,
  is_primary, remark, owner_id, team_id, foreign_id, created_at, created_by, updated_at, updated_by, import_id,
  custom, custom_sort`;

/** Many in one statement; where a contact has a customer, owner and team are that one's. */
export async function insertMany(world: World, rows: NewRow[], entries: NewEntry[]): Promise<void> {
  await sql`with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, name text, name_sort text,
        customer_id uuid, title text, phone text, phone_digits text, email text, wechat text, is_primary boolean,
        remark text, owner_id uuid, team_id uuid, foreign_id text, created_at timestamptz, created_by uuid,
        updated_at timestamptz, import_id uuid, custom jsonb, custom_sort jsonb, keys integer[])
    ), added as (
      insert into contacts (${insertColumns})
      select ${world.workspaceId}, g.id, g.name, g.name_sort, g.customer_id, g.title, g.phone, g.phone_digits, g.email,
        g.wechat, g.is_primary, g.remark, case when u.id is null then g.owner_id else u.owner_id end,
        case when u.id is null then g.team_id else u.team_id end, g.foreign_id, g.created_at, g.created_by,
        g.updated_at, g.created_by, g.import_id, g.custom, g.custom_sort
      from given g left join customers u on u.workspace_id = ${world.workspaceId} and u.id = g.customer_id
    ), keyed as (
      insert into contact_keys (workspace_id, id, keys, owner_id, team_id, at)
      select ${world.workspaceId}, g.id, g.keys,
        case when u.id is null then g.owner_id else u.owner_id end, case when u.id is null then g.team_id else u.team_id end,
        g.updated_at
      from given g left join customers u on u.workspace_id = ${world.workspaceId} and u.id = g.customer_id
    )
    ${insertEntries(entries)}`.execute(world.db);
}

/** The other contact of that customer who is to be called first, locked; undefined for none. */
export async function otherPrimary(
  world: World,
  customerId: string,
  contactId: string,
): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`select id from contacts
    where workspace_id = ${world.workspaceId} and customer_id = ${customerId} and id <> ${contactId} and is_primary
      and deleted_at is null order by id for update`.execute(world.db);
  return rows;
}
