// All SQL of instalments, of payments, and of what is due.
import { sql } from 'kysely';
import type { Fence } from '../db/fence.ts';
import { kept } from '../db/kept-plans.ts';
import { behind, bothWays, ordered, type Place } from '../db/keyset.ts';
import { reached } from '../db/records.ts';
import type { World } from '../world.ts';
import { type InstalmentRow, shape, stands } from './store.ts';

/** Sets the instalments of a locked order. */
export async function writePlan(world: World, orderId: string, rows: InstalmentRow[]): Promise<void> {
  await sql`delete from order_instalments where workspace_id = ${world.workspaceId} and order_id = ${orderId}`.execute(
    world.db,
  );
  if (rows.length === 0) return;
  await sql`insert into order_instalments (workspace_id, id, order_id, due_on, amount, open, note, reminded)
    select ${world.workspaceId}, id, ${orderId}, due_on, amount, open, note, reminded
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, due_on date, amount bigint, open bigint,
      note text, reminded text)`.execute(world.db);
}

/** Sets what is open of each instalment of a locked order. */
export async function writeOpen(
  world: World,
  orderId: string,
  rows: { id: string; open: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`update order_instalments i set open = r.open
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, open bigint)
    where i.workspace_id = ${world.workspaceId} and i.order_id = ${orderId} and i.id = r.id
      and i.open <> r.open`.execute(world.db);
}

export async function insertPayment(
  world: World,
  orderId: string,
  row: { id: string; receivedOn: string; amount: number; note: string | null; at: string; by: string },
): Promise<void> {
  await sql`insert into order_payments (workspace_id, id, order_id, received_on, amount, note, created_at, created_by)
    values (${world.workspaceId}, ${row.id}, ${orderId}, ${row.receivedOn}, ${row.amount}, ${row.note}, ${row.at},
      ${row.by})`.execute(world.db);
}

/** Marks a payment of a locked order as taken back. */
export async function reversePayment(
  world: World,
  orderId: string,
  row: { id: string; reason: string; at: string; by: string },
): Promise<void> {
  await sql`update order_payments set reversed_at = ${row.at}, reversed_by = ${row.by}, reversal = ${row.reason}
    where workspace_id = ${world.workspaceId} and order_id = ${orderId} and id = ${row.id}
      and reversed_at is null`.execute(world.db);
}

export type DueRow = {
  id: string;
  order_id: string;
  number: string;
  title: string;
  customer_id: string;
  customer_name: string;
  owner_id: string | null;
  owner_name: string | null;
  due_on: string;
  amount: number;
  open: number;
  currency: string;
  note: string | null;
};

export const dueOrder = bothWays<DueRow>(
  'dueOn',
  sql`i.due_at`,
  'time',
  row => `${row.due_on}T00:00:00.000Z`,
).dueOn;

type DueConditions = {
  from?: string | undefined;
  to?: string | undefined;
  customerId?: string | undefined;
  ownerId?: string | null | undefined;
};

function whose(f: Pick<DueConditions, 'customerId' | 'ownerId'>) {
  const customer = f.customerId ? sql`and o.customer_id = ${f.customerId}` : sql``;
  if (f.ownerId === undefined) return customer;
  return f.ownerId === null
    ? sql`${customer} and o.owner_id is null`
    : sql`${customer} and o.owner_id = ${f.ownerId}`;
}

/** Instalments of standing orders within the fence that are not paid, the earliest due first. */
export async function dues(
  world: World,
  fence: Fence,
  f: DueConditions & { place: Place | null; limit: number },
): Promise<DueRow[]> {
  if (!dueOrder) return [];
  const from = f.from ? sql`and i.due_at >= ${`${f.from}T00:00:00Z`}::timestamptz` : sql``;
  const to = f.to ? sql`and i.due_at <= ${`${f.to}T00:00:00Z`}::timestamptz` : sql``;
  const place = f.place ? sql`and ${behind(dueOrder, sql`i.id`, f.place)}` : sql``;
  const { rows } = await sql<DueRow>`${kept}select i.id, i.order_id, o.number, o.title, o.customer_id,
      c.name as customer_name, o.owner_id, p.name as owner_name, i.due_on::text as due_on, i.amount, i.open, o.currency,
      i.note
    from order_instalments i
    join orders o on o.workspace_id = i.workspace_id and o.id = i.order_id
    join customers c on c.workspace_id = o.workspace_id and c.id = o.customer_id
    left join people p on p.workspace_id = o.workspace_id and p.id = o.owner_id
    where i.workspace_id = ${world.workspaceId} and i.open > 0 and o.deleted_at is null and ${stands}
      and ${reached(shape, fence)} ${whose(f)} ${from} ${to} ${place}
    order by ${ordered(dueOrder, sql`i.id`)} limit ${sql.raw(String(f.limit))}`.execute(world.db);
  return rows;
}

export type SumRow = { currency: string; total: number; paid: number; overdue: number; soon: number };

/** What standing orders within the fence come to, by currency. */
export async function outstanding(
  world: World,
  fence: Fence,
  f: Pick<DueConditions, 'customerId' | 'ownerId'> & { day: string },
): Promise<SumRow[]> {
  const day = sql`${f.day}::date`;
  const { rows } =
    await sql<SumRow>`select o.currency, sum(o.total)::bigint as total, sum(o.paid)::bigint as paid,
      coalesce(sum(i.overdue), 0)::bigint as overdue, coalesce(sum(i.soon), 0)::bigint as soon
    from orders o left join lateral (
      select sum(open) filter (where due_on < ${day}) as overdue,
        sum(open) filter (where due_on between ${day} and ${day} + 6) as soon
      from order_instalments i where i.workspace_id = o.workspace_id and i.order_id = o.id and i.open > 0
    ) i on o.paid < o.total
    where o.workspace_id = ${world.workspaceId} and o.deleted_at is null and ${stands}
      and ${reached(shape, fence)} ${whose(f)}
    group by o.currency order by o.currency`.execute(world.db);
  return rows;
}

export type Reminder = DueRow & { owner_id: string; overdue: boolean };

/**
 * Instalments whose owner is to be reminded: those due within `ahead` days, once, and those overdue, once more. They
 * are marked as told; another process passes them by.
 */
export async function takeReminders(
  world: World,
  of: { day: string; ahead: number; limit: number },
): Promise<Reminder[]> {
  const day = sql`${of.day}::date`;
  const midnight = sql`${`${of.day}T00:00:00Z`}::timestamptz`;
  // Two reaches into indexes of what is not told yet: those told twice and still not paid stay out of it.
  const untold = sql`select u.id from order_instalments u where u.workspace_id = ${world.workspaceId} and u.open > 0`;
  const { rows } = await sql<Reminder>`with due as (
      select i.id, i.due_on < ${day} as overdue from order_instalments i
      join orders o on o.workspace_id = i.workspace_id and o.id = i.order_id
      where i.workspace_id = ${world.workspaceId} and i.id in (
          ${untold} and u.reminded is null and u.due_at <= ${midnight} + make_interval(days => ${of.ahead})
          union all ${untold} and u.reminded = 'soon' and u.due_at < ${midnight})
        and i.open > 0 and o.deleted_at is null and ${stands} and o.owner_id is not null
      order by o.owner_id, i.due_at, i.id limit ${of.limit} for update of i skip locked
    ), told as (
      update order_instalments i set reminded = case when due.overdue then 'overdue' else 'soon' end
      from due where i.workspace_id = ${world.workspaceId} and i.id = due.id
      returning i.id, i.order_id, i.due_on, i.amount, i.open, i.note, due.overdue
    )
    select t.id, t.order_id, o.number, o.title, o.customer_id, c.name as customer_name, o.owner_id,
      null as owner_name, t.due_on::text as due_on, t.amount, t.open, o.currency, t.note, t.overdue
    from told t join orders o on o.workspace_id = ${world.workspaceId} and o.id = t.order_id
    join customers c on c.workspace_id = o.workspace_id and c.id = o.customer_id
    order by o.owner_id, t.due_on, t.id`.execute(world.db);
  return rows;
}
