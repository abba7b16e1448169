// All SQL of leads and of their search keys.
import { type RawBuilder, sql } from 'kysely';
import type { Custom } from '../db/custom-fields-tables.ts';
import { type Fence, within } from '../db/fence.ts';
import { insertEntries, type NewEntry } from '../db/journal.ts';
import { byKeys, type Texts, textConditions } from '../db/key-search.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import type { LeadStatus } from '../db/leads-tables.ts';
import type { Shape, Stamp } from '../db/records.ts';
import type { World } from '../world.ts';

/** A lead's own columns that are written by hand. */
export type LeadFields = {
  name: string;
  name_sort: string;
  company: string | null;
  company_key: string | null;
  title: string | null;
  phone: string | null;
  phone_digits: string | null;
  email: string | null;
  wechat: string | null;
  source: string | null;
  city: string | null;
  address: string | null;
  remark: string | null;
  tags: string[];
  status: LeadStatus;
  unqualified_reason: string | null;
  unqualified_remark: string | null;
  score: number | null;
  owner_id: string | null;
  team_id: string | null;
  next_follow_up_at: string | null;
  custom: Custom;
  custom_sort: Record<string, string>;
};

export type LeadRow = LeadFields & {
  id: string;
  owner_name: string | null;
  last_activity_at: string | null;
  converted_at: string | null;
  converted_by: string | null;
  converter_name: string | null;
  customer_id: string | null;
  customer_name: string | null;
  contact_id: string | null;
  deal_id: string | null;
  deal_title: string | null;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  /** The lead that this one was merged into; only while it lies in the bin. */
  merged_into: string | null;
  version: number;
};

export type NewRow = LeadFields & {
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
  /** A text is looked for in the company's name as well. */
  seesCompany: boolean;
  ownerId?: string | null | undefined;
  status?: LeadStatus[] | undefined;
  source?: string | undefined;
  city?: string | undefined;
  tag?: string | undefined;
  customerId?: string | undefined;
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
  updatedFrom?: string | undefined;
  updatedTo?: string | undefined;
  followUpFrom?: string | undefined;
  followUpTo?: string | undefined;
  deleted: boolean;
};

const l = sql`l`;
const columns = sql`l.id, l.name, l.name_sort, l.company, l.company_key, l.title, l.phone, l.phone_digits, l.email,
  l.wechat, l.source, l.city, l.address, l.remark, l.tags, l.status, l.unqualified_reason, l.unqualified_remark, l.score,
  l.owner_id, l.team_id, l.next_follow_up_at, l.last_activity_at, l.converted_at, l.converted_by, l.customer_id,
  l.contact_id, l.deal_id, l.custom, l.custom_sort, l.created_at, l.updated_at, l.deleted_at, l.merged_into, l.version, p.name as owner_name,
  b.name as converter_name, u.name as customer_name, d.title as deal_title`;
const source = sql`leads l
  left join people p on p.workspace_id = l.workspace_id and p.id = l.owner_id
  left join people b on b.workspace_id = l.workspace_id and b.id = l.converted_by
  left join customers u on u.workspace_id = l.workspace_id and u.id = l.customer_id
  left join deals d on d.workspace_id = l.workspace_id and d.id = l.deal_id`;

const orders: Record<string, Order<LeadRow>> = {
  ...bothWays<LeadRow>('updatedAt', sql`l.updated_at`, 'time', row => row.updated_at),
  ...bothWays<LeadRow>('createdAt', sql`l.created_at`, 'time', row => row.created_at),
  ...bothWays<LeadRow>('name', sql`l.name_sort`, 'text', row => row.name_sort),
  ...bothWays<LeadRow>('nextFollowUpAt', sql`l.due_at`, 'time', row => row.next_follow_up_at ?? 'infinity'),
  ...bothWays<LeadRow>('deletedAt', sql`l.deleted_at`, 'time', row => row.deleted_at ?? ''),
};

const brief = {
  columns: sql`l.id, l.name, l.company, l.city, l.owner_id, l.customer_id, l.updated_at, p.name as owner_name,
    u.name as customer_name`,
  source: sql`leads l left join people p on p.workspace_id = l.workspace_id and p.id = l.owner_id
    left join customers u on u.workspace_id = l.workspace_id and u.id = l.customer_id`,
};

export const shape: Shape<LeadRow> = {
  table: 'leads',
  keys: 'lead_keys',
  t: l,
  columns,
  source,
  brief,
  orders,
};

/** What filters ask of `leads l`, without a look at the keys; a text may be found in the company's name as well. */
export function conditions(f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  if (f.deleted) all.push(sql`l.merged_into is null`);
  if (f.ownerId !== undefined)
    all.push(f.ownerId === null ? sql`l.owner_id is null` : sql`l.owner_id = ${f.ownerId}`);
  if (f.status) all.push(sql`l.status = any(${f.status}::text[])`);
  if (f.source !== undefined) all.push(sql`l.source = ${f.source}`);
  if (f.city !== undefined) all.push(sql`l.city = ${f.city}`);
  if (f.tag !== undefined) all.push(sql`${f.tag} = any(l.tags)`);
  if (f.customerId) all.push(sql`l.customer_id = ${f.customerId}`);
  if (f.createdFrom) all.push(sql`l.created_at >= ${f.createdFrom}::timestamptz`);
  if (f.createdTo) all.push(sql`l.created_at < ${f.createdTo}::timestamptz`);
  if (f.updatedFrom) all.push(sql`l.updated_at >= ${f.updatedFrom}::timestamptz`);
  if (f.updatedTo) all.push(sql`l.updated_at < ${f.updatedTo}::timestamptz`);
  if (f.followUpFrom) all.push(sql`l.due_at >= ${f.followUpFrom}::timestamptz`);
  if (f.followUpTo) all.push(sql`l.due_at < ${f.followUpTo}::timestamptz`);
  const [texts] = textConditions(l, 'lead_keys', f);
  if (texts && f.name && f.seesCompany)
    all.push(
      sql`(${texts} or position(${f.name} in replace(lower(normalize(coalesce(l.company, ''), NFKC)), ' ', '')) > 0)`,
    );
  else if (texts) all.push(texts);
  return all;
}

/** What filters ask of `leads l`, by the keys as far as that helps to find them. */
export async function filtered(world: World, f: Conditions): Promise<RawBuilder<boolean>[]> {
  const keyed = await byKeys(world, { table: 'lead_keys', ways: f.ways }, sql`l.id`);
  return [...conditions(f), ...(keyed ? [keyed] : [])];
}

/** Those of the ids within the fence that are neither in the bin nor converted, locked in the order of their ids. */
export async function lockMany(world: World, fence: Fence, ids: string[]): Promise<LeadRow[]> {
  const { rows } = await sql<LeadRow>`select ${columns} from ${source}
    where l.workspace_id = ${world.workspaceId} and l.id = any(${ids}::uuid[]) and ${within(fence, l)}
      and l.deleted_at is null and l.status <> 'converted' order by l.id for update of l`.execute(world.db);
  return rows;
}

/** Many leads with keys and journal entries in one statement; `rows` and `entries` match one to one. */
export async function insertMany(world: World, rows: NewRow[], entries: NewEntry[]): Promise<void> {
  const names = sql`id, name, name_sort, company, company_key, title, phone, phone_digits, email, wechat, source, city,
    address, remark, status, unqualified_reason, unqualified_remark, score, owner_id, team_id, next_follow_up_at,
    foreign_id, created_at, created_by, updated_at, import_id, custom, custom_sort`;
  await sql`with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, name text, name_sort text,
        company text, company_key text, title text, phone text, phone_digits text, email text, wechat text, source text,
        city text, address text, remark text, tags json, status text, unqualified_reason text, unqualified_remark text,
        score smallint, owner_id uuid, team_id uuid, next_follow_up_at timestamptz, foreign_id text,
        created_at timestamptz, created_by uuid, updated_at timestamptz, import_id uuid, custom jsonb,
        custom_sort jsonb, keys integer[])
    ), added as (
      insert into leads (workspace_id, tags, ${names})
      select ${world.workspaceId}, array(select json_array_elements_text(tags)), ${names} from given
    ), keyed as (
      insert into lead_keys (workspace_id, id, keys, owner_id, team_id, at)
      select ${world.workspaceId}, id, keys, owner_id, team_id, updated_at
      from given
    )
    ${insertEntries(entries)}`.execute(world.db);
}

/** Any open lead of the workspace, whosever, with one of these in common; undefined for none. */
export async function alike(
  world: World,
  match: { company_key: string | null; phone_digits: string | null; email: string | null },
): Promise<{ id: string; owner_name: string | null } | undefined> {
  const { rows } = await sql<{ id: string; owner_name: string | null }>`
    select l.id, p.name as owner_name from leads l
      left join people p on p.workspace_id = l.workspace_id and p.id = l.owner_id
    where l.workspace_id = ${world.workspaceId} and l.deleted_at is null
      and l.status not in ('converted', 'unqualified')
      and (l.company_key = ${match.company_key} or l.phone_digits = ${match.phone_digits} or l.email = ${match.email})
    limit 1`.execute(world.db);
  return rows[0];
}

/** What an activity leaves on its locked lead, without a change that the journal tells. */
export async function touch(
  world: World,
  id: string,
  lastActivityAt: string | null,
  stamp: Stamp,
): Promise<void> {
  await sql`update leads set last_activity_at = ${lastActivityAt}, updated_at = ${stamp.at}, updated_by = ${stamp.by}
    where workspace_id = ${world.workspaceId} and id = ${id}`.execute(world.db);
}
