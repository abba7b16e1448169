// All SQL of tasks.
import { type RawBuilder, sql } from 'kysely';
import type { Custom } from '../db/custom-fields-tables.ts';
import { type Fence, within } from '../db/fence.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import type { Shape } from '../db/records.ts';
import type { Repeat, TaskKind, TaskPriority } from '../db/tasks-tables.ts';
import type { World } from '../world.ts';

export type AboutType = 'customer' | 'contact' | 'deal' | 'lead' | 'order';

/** A task's own columns. */
export type TaskFields = {
  title: string;
  note: string | null;
  kind: TaskKind;
  priority: TaskPriority;
  due_on: string | null;
  due_at: string | null;
  about_type: AboutType | null;
  about_id: string | null;
  customer_id: string | null;
  zone: string | null;
  repeat: Repeat | null;
  remind_minutes: number | null;
  owner_id: string | null;
  team_id: string | null;
  custom: Custom;
  custom_sort: Record<string, string>;
};

export type TaskRow = TaskFields & {
  id: string;
  due_sort: string;
  previous_id: string | null;
  remind_at: string | null;
  reminded_at: string | null;
  done_at: string | null;
  done_by: string | null;
  done_name: string | null;
  about_name: string | null;
  customer_name: string | null;
  owner_name: string | null;
  created_at: string;
  created_by: string | null;
  creator_name: string | null;
  updated_at: string;
  deleted_at: string | null;
  version: number;
};

export type Conditions = {
  ownerId?: string | null | undefined;
  status: 'open' | 'done' | 'all';
  kind?: TaskKind | undefined;
  priority?: TaskPriority | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  aboutId?: string | undefined;
  customerId?: string | undefined;
};

const t = sql`t`;
// Looked up instead of joined: five joins more would be planned for every list and every search.
const called = (table: string, column: string) =>
  sql`(select x.${sql.ref(column)} from ${sql.table(table)} x where x.workspace_id = t.workspace_id and x.id = t.about_id)`;
const aboutName = sql`case t.about_type when 'customer' then c.name when 'contact' then ${called('contacts', 'name')}
  when 'deal' then ${called('deals', 'title')} when 'lead' then ${called('leads', 'name')}
  when 'order' then ${called('orders', 'number')} end`;
const columns = sql`t.id, t.title, t.note, t.kind, t.priority, t.due_on::text as due_on, t.due_at,
  case when t.due_sort = 'infinity' then null else t.due_sort end as due_sort, t.about_type, t.about_id, t.customer_id,
  t.zone, t.repeat, t.previous_id, t.remind_minutes, t.remind_at, t.reminded_at, t.done_at, t.done_by, t.owner_id,
  t.team_id, t.custom, t.custom_sort, t.created_at, t.created_by, t.updated_at, t.deleted_at, t.version,
  ${aboutName} as about_name, c.name as customer_name, p.name as owner_name, b.name as creator_name, e.name as done_name`;
const place = sql`tasks t left join customers c on c.workspace_id = t.workspace_id and c.id = t.customer_id
  left join people p on p.workspace_id = t.workspace_id and p.id = t.owner_id`;
const source = sql`${place}
  left join people b on b.workspace_id = t.workspace_id and b.id = t.created_by
  left join people e on e.workspace_id = t.workspace_id and e.id = t.done_by`;

const orders: Record<string, Order<TaskRow>> = {
  ...bothWays<TaskRow>('due', sql`t.due_sort`, 'time', row => row.due_sort ?? 'infinity'),
  ...bothWays<TaskRow>('doneAt', sql`t.done_at`, 'time', row => row.done_at ?? ''),
  ...bothWays<TaskRow>('updatedAt', sql`t.updated_at`, 'time', row => row.updated_at),
  ...bothWays<TaskRow>('createdAt', sql`t.created_at`, 'time', row => row.created_at),
  ...bothWays<TaskRow>('deletedAt', sql`t.deleted_at`, 'time', row => row.deleted_at ?? ''),
};

const brief = {
  columns: sql`t.id, t.title, t.owner_id, t.customer_id, t.updated_at, ${aboutName} as about_name, c.name as customer_name,
    p.name as owner_name`,
  source: place,
};

export const shape: Shape<TaskRow> = {
  table: 'tasks',
  keys: 'task_keys',
  t,
  columns,
  source,
  brief,
  orders,
};

/** What filters ask of `tasks t`. */
export function filtered(f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  if (f.status !== 'all') all.push(f.status === 'open' ? sql`t.done_at is null` : sql`t.done_at is not null`);
  if (f.ownerId !== undefined)
    all.push(f.ownerId === null ? sql`t.owner_id is null` : sql`t.owner_id = ${f.ownerId}`);
  if (f.kind) all.push(sql`t.kind = ${f.kind}`);
  if (f.priority) all.push(sql`t.priority = ${f.priority}`);
  if (f.dueFrom) all.push(sql`t.due_sort >= ${f.dueFrom}::timestamptz`);
  if (f.dueTo) all.push(sql`t.due_sort < ${f.dueTo}::timestamptz`);
  if (f.aboutId) all.push(sql`t.about_id = ${f.aboutId}`);
  if (f.customerId) all.push(sql`t.customer_id = ${f.customerId}`);
  return all;
}

/** Those of the ids within the fence that are open, locked in the order of their ids. */
export async function lockOpen(world: World, fence: Fence, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select t.id from tasks t
    where t.workspace_id = ${world.workspaceId} and t.id = any(${ids}::uuid[]) and ${within(fence, t)}
      and t.deleted_at is null and t.done_at is null order by t.id for update`.execute(world.db);
  return rows.map(row => row.id);
}

/** The open tasks of somebody that came due since he went: before `today`, or earlier than now. */
export async function cameDue(
  world: World,
  of: { ownerId: string; at: string; from: string; now: string; today: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select t.id from tasks t
    where t.workspace_id = ${world.workspaceId} and t.owner_id = ${of.ownerId} and t.deleted_at is null
      and t.done_at is null and ((t.due_on >= ${of.from}::date and t.due_on < ${of.today}::date)
        or (t.due_at >= ${of.at}::timestamptz and t.due_at < ${of.now}::timestamptz))
    order by t.id limit 2000`.execute(world.db);
  return rows.map(row => row.id);
}

/** The next one that a task of a series has made; undefined for none. */
export async function nextOf(world: World, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from tasks
    where workspace_id = ${world.workspaceId} and previous_id = ${id}`.execute(world.db);
  return rows[0]?.id;
}

export type Reminder = Pick<TaskRow, 'id' | 'title' | 'owner_id' | 'about_type' | 'about_id'>;

/** Takes reminders that are due, of owners who may be told now, so that nobody else tells of them. */
export async function takeReminders(
  world: World,
  input: { at: string; limit: number; only: string[] | null; but: string[] },
): Promise<Reminder[]> {
  const { rows } = await sql<Reminder>`
    update tasks t set reminded_at = ${input.at} from (
      select id from tasks
      where workspace_id = ${world.workspaceId} and remind_at <= ${input.at}::timestamptz and reminded_at is null
        and done_at is null and deleted_at is null and owner_id is not null and owner_id <> all(${input.but}::uuid[])
        and (${input.only}::uuid[] is null or owner_id = any(${input.only}::uuid[]))
      order by remind_at limit ${input.limit} for update skip locked) due
    where t.workspace_id = ${world.workspaceId} and t.id = due.id
    returning t.id, t.title, t.owner_id, t.about_type, t.about_id`.execute(world.db);
  return rows;
}
