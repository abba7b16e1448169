// The SQL of an import on orders: which are there already, which numbers are taken, lines and payments by the hundred.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';
import { type LineRow, type OrderRow, shape } from './store.ts';

/** Somebody has something to do about the order `t`. */
export const inUse = sql<boolean>`exists (select from tasks k where k.workspace_id = t.workspace_id and k.about_id = t.id
  and k.deleted_at is null and k.import_id is distinct from t.import_id)`;

export type OrderAt = OrderRow & { foreignId: string | null; withinReach: boolean };

/** Orders that are not in the bin with one of these numbers, or ids from elsewhere or their own. */
export async function ordersLike(
  world: World,
  fence: Fence,
  of: { numbers: string[]; foreignIds: string[]; ids?: string[] },
): Promise<OrderAt[]> {
  const own = of.foreignIds.filter(id => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id));
  const { rows } = await sql<OrderAt>`
    select ${shape.columns}, o.foreign_id as "foreignId", coalesce(${within(fence, sql`o`)}, false) as "withinReach"
    from ${shape.source}
    where o.workspace_id = ${world.workspaceId} and o.deleted_at is null
      and (o.number = any(${of.numbers}::text[]) or o.foreign_id = any(${of.foreignIds}::text[])
        or o.id = any(${[...own, ...(of.ids ?? [])]}::uuid[]))
    order by o.id limit 5000`.execute(world.db);
  return rows;
}

/** Those of the numbers that some order has, in the bin or not. */
export async function numbersTaken(world: World, numbers: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ number: string }>`select number from orders
    where workspace_id = ${world.workspaceId} and number = any(${numbers}::text[])`.execute(world.db);
  return new Set(rows.map(row => row.number));
}

/** Numbers of our own making up to this one are given, so that none is given twice. */
export async function passNumber(world: World, kind: string, year: number, last: number): Promise<void> {
  await sql`insert into order_numbers (workspace_id, kind, year, last)
    values (${world.workspaceId}, ${kind}, ${year}, ${last})
    on conflict (workspace_id, kind, year) do update set last = greatest(order_numbers.last, excluded.last)`.execute(
    world.db,
  );
}

/** The lines of new orders. */
export async function addLines(
  world: World,
  rows: (LineRow & { order_id: string; position: number })[],
): Promise<void> {
  if (rows.length === 0) return;
  const given = JSON.stringify(rows.map(row => ({ workspace_id: world.workspaceId, ...row })));
  await sql`insert into order_lines
    select * from jsonb_populate_recordset(null::order_lines, ${given}::jsonb)`.execute(world.db);
}

export type PaymentOf = {
  id: string;
  order_id: string;
  received_on: string;
  amount: number;
  note: string | null;
  created_at: string;
  created_by: string;
};

/** What had been paid of new orders. */
export async function addPayments(world: World, rows: PaymentOf[]): Promise<void> {
  if (rows.length === 0) return;
  const given = JSON.stringify(rows.map(row => ({ workspace_id: world.workspaceId, ...row })));
  await sql`insert into order_payments
    select * from jsonb_populate_recordset(null::order_payments, ${given}::jsonb)`.execute(world.db);
}

/** The lines of these orders, each as the order tells them. */
export async function linesBy(world: World, ids: string[]): Promise<Map<string, LineRow[]>> {
  const { rows } = await sql<{ id: string; lines: LineRow[] }>`select l.order_id as id,
      json_agg(json_build_object('product_id', l.product_id, 'code', l.code, 'name', l.name,
        'description', l.description, 'unit', l.unit, 'quantity', trim_scale(l.quantity)::text,
        'unit_price', l.unit_price, 'discount', l.discount, 'tax_rate', l.tax_rate, 'net', l.net, 'tax', l.tax,
        'total', l.total) order by l.position) as lines
    from order_lines l where l.workspace_id = ${world.workspaceId} and l.order_id = any(${ids}::uuid[])
    group by l.order_id`.execute(world.db);
  return new Map(rows.map(row => [row.id, row.lines]));
}
