// The SQL with which the demo fills quotes, orders and payments in bulk.
import { sql } from 'kysely';
import { insertEntries, type NewEntry } from '../db/journal.ts';
import type { OrderKind, OrderStatus } from '../db/orders-tables.ts';
import type { World } from '../world.ts';

export type Document = {
  row: {
    id: string;
    kind: OrderKind;
    number: string;
    title: string;
    customer_id: string;
    contact_id: string | null;
    deal_id: string;
    quote_id: string | null;
    status: OrderStatus;
    status_since: string;
    currency: string;
    tax_included: boolean;
    issued_on: string;
    valid_until: string | null;
    delivery_on: string | null;
    terms: string;
    net: number;
    tax: number;
    total: number;
    paid: number;
    owner_id: string | null;
    team_id: string | null;
    created_at: string;
    created_by: string;
    updated_at: string;
    version: number;
  };
  lines: {
    product_id: string;
    code: string;
    name: string;
    unit: string;
    quantity: string;
    unit_price: number;
    discount: number;
    tax_rate: number;
    net: number;
    tax: number;
    total: number;
  }[];
  instalments: { id: string; due_on: string; amount: number; open: number; reminded: 'overdue' }[];
  payments: { id: string; received_on: string; amount: number; at: string; by: string }[];
};

type Count = { kind: string; year: number; last: number };

/** Documents with lines, instalments, payments and journal entries, one statement each. */
export async function insertOrders(
  world: World,
  documents: Document[],
  numbers: Count[],
  entries: NewEntry[],
): Promise<void> {
  const own = world.workspaceId;
  const json = (rows: object[]) => sql`${JSON.stringify(rows)}::json`;
  await sql`with given as (
      select * from json_to_recordset(${json(documents.map(({ row }) => row))}) as r (id uuid, kind text, number text,
        title text, customer_id uuid, contact_id uuid, deal_id uuid, quote_id uuid, status text,
        status_since timestamptz, currency text, tax_included boolean, issued_on date, valid_until date,
        delivery_on date, terms text, net bigint, tax bigint, total bigint, paid bigint, owner_id uuid, team_id uuid,
        created_at timestamptz, created_by uuid, updated_at timestamptz, version integer)
    ), added as (
      insert into orders (workspace_id, id, kind, number, title, customer_id, contact_id, deal_id, quote_id, status,
        status_since, currency, tax_included, issued_on, valid_until, delivery_on, terms, net, tax, total, paid,
        owner_id, team_id, created_at, created_by, updated_at, updated_by, version)
      select ${own}, id, kind, number, title, customer_id, contact_id, deal_id, quote_id, status, status_since, currency,
        tax_included, issued_on, valid_until, delivery_on, terms, net, tax, total, paid, owner_id, team_id, created_at,
        created_by, updated_at, created_by, version from given
    )
    ${insertEntries(entries)}`.execute(world.db);
  const lines = documents.flatMap(({ row, lines: own }) =>
    own.map((line, position) => ({ ...line, order_id: row.id, position })),
  );
  await sql`insert into order_lines (workspace_id, order_id, position, product_id, code, name, unit, quantity,
      unit_price, discount, tax_rate, net, tax, total)
    select ${own}, order_id, position, product_id, code, name, unit, quantity, unit_price, discount, tax_rate, net, tax,
      total
    from json_to_recordset(${json(lines)}) as r (order_id uuid, position integer, product_id uuid, code text,
      name text, unit text, quantity numeric, unit_price bigint, discount integer, tax_rate integer, net bigint,
      tax bigint, total bigint)`.execute(world.db);
  const parts = <K extends 'instalments' | 'payments'>(kind: K) =>
    documents.flatMap(one => one[kind].map(part => ({ ...part, order_id: one.row.id })));
  await sql`insert into order_instalments (workspace_id, id, order_id, due_on, amount, open, reminded)
    select ${own}, id, order_id, due_on, amount, open, reminded
    from json_to_recordset(${json(parts('instalments'))}) as r (id uuid, order_id uuid, due_on date, amount bigint,
      open bigint, reminded text)`.execute(world.db);
  await sql`insert into order_payments (workspace_id, id, order_id, received_on, amount, created_at, created_by)
    select ${own}, id, order_id, received_on, amount, at, by
    from json_to_recordset(${json(parts('payments'))}) as r (id uuid, order_id uuid, received_on date, amount bigint,
      at timestamptz, by uuid)`.execute(world.db);
  await sql`insert into order_numbers (workspace_id, kind, year, last)
    select ${own}, kind, year, last from json_to_recordset(${json(numbers)}) as r (kind text, year integer,
      last integer)`.execute(world.db);
}
