// All SQL of quotes and orders, their lines and their numbers.
import { type RawBuilder, sql } from 'kysely';
import type { Custom } from '../db/custom-fields-tables.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import type { OrderKind, OrderStatus } from '../db/orders-tables.ts';
import type { Shape } from '../db/records.ts';
import type { World } from '../world.ts';

/** An order's own columns. */
export type OrderFields = {
  kind: OrderKind;
  number: string;
  title: string;
  customer_id: string;
  contact_id: string | null;
  deal_id: string | null;
  quote_id: string | null;
  status: OrderStatus;
  status_since: string;
  currency: string;
  tax_included: boolean;
  issued_on: string;
  valid_until: string | null;
  delivery_on: string | null;
  terms: string | null;
  remark: string | null;
  net: number;
  tax: number;
  total: number;
  paid: number;
  owner_id: string | null;
  team_id: string | null;
  custom: Custom;
  custom_sort: Record<string, string>;
};

export type LineRow = {
  product_id: string | null;
  code: string | null;
  name: string;
  description: string | null;
  unit: string | null;
  quantity: string;
  unit_price: number;
  discount: number;
  tax_rate: number;
  net: number;
  tax: number;
  total: number;
};

export type InstalmentRow = {
  id: string;
  due_on: string;
  amount: number;
  open: number;
  note: string | null;
  reminded: 'soon' | 'overdue' | null;
};

export type PaymentRow = {
  id: string;
  received_on: string;
  amount: number;
  note: string | null;
  by_name: string | null;
  created_at: string;
  reversed_at: string | null;
  reversal: string | null;
};

export type OrderRow = OrderFields & {
  id: string;
  customer_name: string;
  customer_deleted: boolean;
  contact_name: string | null;
  deal_title: string | null;
  owner_name: string | null;
  quote_number: string | null;
  order_id: string | null;
  order_number: string | null;
  lines: LineRow[];
  instalments: InstalmentRow[];
  payments: PaymentRow[];
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  version: number;
};

export type Conditions = {
  kind?: OrderKind | undefined;
  status?: OrderStatus | undefined;
  customerId?: string | undefined;
  dealId?: string | undefined;
  ownerId?: string | null | undefined;
  unpaid?: boolean;
};

const o = sql`o`;
const isoTime = (column: RawBuilder<unknown>) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const lines = sql`coalesce((select json_agg(json_build_object('product_id', l.product_id, 'code', l.code,
    'name', l.name, 'description', l.description, 'unit', l.unit, 'quantity', trim_scale(l.quantity)::text,
    'unit_price', l.unit_price, 'discount', l.discount, 'tax_rate', l.tax_rate, 'net', l.net, 'tax', l.tax,
    'total', l.total) order by l.position)
  from order_lines l where l.workspace_id = o.workspace_id and l.order_id = o.id), '[]'::json)`;
const instalments = sql`coalesce((select json_agg(json_build_object('id', i.id, 'due_on', i.due_on,
    'amount', i.amount, 'open', i.open, 'note', i.note, 'reminded', i.reminded) order by i.due_on, i.id)
  from order_instalments i where i.workspace_id = o.workspace_id and i.order_id = o.id), '[]'::json)`;
const payments = sql`coalesce((select json_agg(json_build_object('id', y.id, 'received_on', y.received_on,
    'amount', y.amount, 'note', y.note, 'by_name', b.name, 'created_at', ${isoTime(sql`y.created_at`)},
    'reversed_at', ${isoTime(sql`y.reversed_at`)}, 'reversal', y.reversal) order by y.received_on, y.id)
  from order_payments y left join people b on b.workspace_id = y.workspace_id and b.id = y.created_by
  where y.workspace_id = o.workspace_id and y.order_id = o.id), '[]'::json)`;
const columns = sql`o.id, o.kind, o.number, o.title, o.customer_id, o.contact_id, o.deal_id, o.quote_id, o.status,
  o.status_since, o.currency, o.tax_included, o.issued_on::text as issued_on, o.valid_until::text as valid_until,
  o.delivery_on::text as delivery_on, o.terms, o.remark, o.net, o.tax, o.total, o.paid, o.owner_id, o.team_id,
  o.custom, o.custom_sort,
  o.created_at, o.updated_at, o.deleted_at, o.version, c.name as customer_name,
  c.deleted_at is not null as customer_deleted, k.name as contact_name, d.title as deal_title, p.name as owner_name,
  q.number as quote_number, m.id as order_id, m.number as order_number, ${lines} as lines,
  ${instalments} as instalments, ${payments} as payments`;
const source = sql`orders o
  join customers c on c.workspace_id = o.workspace_id and c.id = o.customer_id
  left join contacts k on k.workspace_id = o.workspace_id and k.id = o.contact_id
  left join deals d on d.workspace_id = o.workspace_id and d.id = o.deal_id
  left join people p on p.workspace_id = o.workspace_id and p.id = o.owner_id
  left join orders q on q.workspace_id = o.workspace_id and q.id = o.quote_id
  left join orders m on m.workspace_id = o.workspace_id and m.quote_id = o.id and m.deleted_at is null`;

const orders: Record<string, Order<OrderRow>> = {
  ...bothWays<OrderRow>('updatedAt', sql`o.updated_at`, 'time', row => row.updated_at),
  ...bothWays<OrderRow>('createdAt', sql`o.created_at`, 'time', row => row.created_at),
  ...bothWays<OrderRow>('total', sql`o.total`, 'number', row => String(row.total)),
  ...bothWays<OrderRow>('deletedAt', sql`o.deleted_at`, 'time', row => row.deleted_at ?? ''),
};

const brief = {
  columns: sql`o.id, o.number, o.title, o.owner_id, o.customer_id, o.updated_at, c.name as customer_name, p.name as owner_name`,
  source: sql`orders o join customers c on c.workspace_id = o.workspace_id and c.id = o.customer_id
    left join people p on p.workspace_id = o.workspace_id and p.id = o.owner_id`,
};

export const shape: Shape<OrderRow> = {
  table: 'orders',
  keys: 'order_keys',
  t: o,
  columns,
  source,
  brief,
  orders,
};

/** Orders that bind both sides, as a condition on `orders o`. */
export const stands = sql<boolean>`(o.kind = 'order' and o.status in ('confirmed', 'delivered', 'closed'))`;

/** What filters ask of `orders o`. */
export function filtered(f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  if (f.ownerId !== undefined)
    all.push(f.ownerId === null ? sql`o.owner_id is null` : sql`o.owner_id = ${f.ownerId}`);
  if (f.kind) all.push(sql`o.kind = ${f.kind}`);
  if (f.status) all.push(sql`o.status = ${f.status}`);
  if (f.customerId) all.push(sql`o.customer_id = ${f.customerId}`);
  if (f.dealId) all.push(sql`o.deal_id = ${f.dealId}`);
  if (f.unpaid) all.push(sql`(${stands} and o.paid < o.total)`);
  return all;
}

/** The next number of that kind and year; it is given once, and lost where the transaction fails. */
export async function nextNumber(world: World, kind: OrderKind, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`insert into order_numbers (workspace_id, kind, year, last)
    values (${world.workspaceId}, ${kind}, ${year}, 1)
    on conflict (workspace_id, kind, year) do update set last = order_numbers.last + 1 returning last`.execute(
    world.db,
  );
  return rows[0]?.last ?? 1;
}

/** Sets the lines of a locked order. */
export async function writeLines(world: World, orderId: string, rows: LineRow[]): Promise<void> {
  await sql`delete from order_lines where workspace_id = ${world.workspaceId} and order_id = ${orderId}`.execute(
    world.db,
  );
  if (rows.length === 0) return;
  const placed = rows.map((row, position) => ({ ...row, position }));
  await sql`insert into order_lines (workspace_id, order_id, position, product_id, code, name, description, unit,
      quantity, unit_price, discount, tax_rate, net, tax, total)
    select ${world.workspaceId}, ${orderId}, position, product_id, code, name, description, unit, quantity, unit_price,
      discount, tax_rate, net, tax, total
    from json_to_recordset(${JSON.stringify(placed)}::json) as r (position integer, product_id uuid, code text,
      name text, description text, unit text, quantity numeric, unit_price bigint, discount integer, tax_rate integer,
      net bigint, tax bigint, total bigint)`.execute(world.db);
}

/** The latest quote of a deal that was not declined; an accepted one goes before the others. */
export async function quoteOfDeal(world: World, dealId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from orders
    where workspace_id = ${world.workspaceId} and deal_id = ${dealId} and kind = 'quote' and deleted_at is null
      and status <> 'declined' order by status = 'accepted' desc, id desc limit 1`.execute(world.db);
  return rows[0]?.id;
}

/** The number of another order in use of the quote that this one came of; the quote gets none while one looks. */
export async function otherOrder(world: World, id: string): Promise<string | undefined> {
  const { rows: quotes } = await sql<{ id: string }>`select q.id from orders o
    join orders q on q.workspace_id = o.workspace_id and q.id = o.quote_id
    where o.workspace_id = ${world.workspaceId} and o.id = ${id} for update of q`.execute(world.db);
  if (!quotes[0]) return undefined;
  const { rows } = await sql<{
    number: string;
  }>`select number from orders where workspace_id = ${world.workspaceId}
    and quote_id = ${quotes[0].id} and id <> ${id} and deleted_at is null`.execute(world.db);
  return rows[0]?.number;
}

export type Expired = { id: string; number: string };

/** Quotes that were sent and hold no longer, since before that day; at most `limit`, now expired. */
export async function expireQuotes(world: World, day: string, at: string, limit: number): Promise<Expired[]> {
  const { rows } =
    await sql<Expired>`update orders set status = 'expired', status_since = ${at}, updated_at = ${at},
      updated_by = null, version = version + 1
    where workspace_id = ${world.workspaceId} and status = 'sent' and id in (
      select id from orders where workspace_id = ${world.workspaceId} and status = 'sent' and kind = 'quote'
        and deleted_at is null and valid_until < ${day}::date order by id limit ${limit} for update skip locked)
    returning id, number`.execute(world.db);
  return rows;
}
