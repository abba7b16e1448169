// All SQL of products.
import { type RawBuilder, sql } from 'kysely';
import type { Custom } from '../db/custom-fields-tables.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import type { Shape } from '../db/records.ts';
import type { World } from '../world.ts';

export type ProductFields = {
  code: string;
  name: string;
  name_sort: string;
  unit: string | null;
  category: string | null;
  description: string | null;
  tax_rate: number;
  price: number;
  currency: string;
  active: boolean;
  owner_id: string | null;
  team_id: string | null;
  custom: Custom;
  custom_sort: Record<string, string>;
};

export type ProductRow = ProductFields & {
  id: string;
  owner_name: string | null;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
  version: number;
};

export type Conditions = {
  text?: string | undefined;
  category?: string | undefined;
  active?: boolean | undefined;
};

const t = sql`t`;
const columns = sql`t.id, t.code, t.name, t.name_sort, t.unit, t.category, t.description, t.tax_rate, t.price, t.currency,
  t.active, t.owner_id, t.team_id, t.custom, t.custom_sort, t.created_at, t.updated_at, t.deleted_at, t.version, p.name as owner_name`;
const source = sql`products t left join people p on p.workspace_id = t.workspace_id and p.id = t.owner_id`;

const orders: Record<string, Order<ProductRow>> = {
  ...bothWays<ProductRow>('name', sql`t.name_sort`, 'text', row => row.name_sort),
  ...bothWays<ProductRow>('code', sql`t.code`, 'text', row => row.code),
  ...bothWays<ProductRow>('updatedAt', sql`t.updated_at`, 'time', row => row.updated_at),
  ...bothWays<ProductRow>('createdAt', sql`t.created_at`, 'time', row => row.created_at),
  ...bothWays<ProductRow>('deletedAt', sql`t.deleted_at`, 'time', row => row.deleted_at ?? ''),
};

export const shape: Shape<ProductRow> = { table: 'products', t, columns, source, orders };

/** What filters ask of `products t`. */
export function filtered(f: Conditions): RawBuilder<boolean>[] {
  const all: RawBuilder<boolean>[] = [];
  if (f.category) all.push(sql`t.category = ${f.category}`);
  if (f.active !== undefined) all.push(sql`t.active = ${f.active}`);
  if (f.text) all.push(sql`position(lower(${f.text}::text) in lower(t.code || ' ' || t.name)) > 0`);
  return all;
}

/** The product, other than that one, which has the code already. */
export async function idByCode(world: World, code: string, except: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from products
    where workspace_id = ${world.workspaceId} and lower(code) = lower(${code}) and deleted_at is null
      and id <> ${except}`.execute(world.db);
  return rows[0]?.id;
}

/** Keeps others from taking the same code until the transaction ends. */
export async function takeCode(world: World, code: string): Promise<void> {
  const what = `product ${world.workspaceId} ${code.toLowerCase()}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(world.db);
}

/** The categories in use, in their order. */
export async function categories(world: World, condition: RawBuilder<boolean>): Promise<string[]> {
  const { rows } = await sql<{ category: string }>`select distinct category from products t
    where t.workspace_id = ${world.workspaceId} and t.deleted_at is null and t.category is not null and ${condition}
    order by category limit 500`.execute(world.db);
  return rows.map(row => row.category);
}
