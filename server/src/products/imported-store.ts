// The SQL of an import on products: which are there already, by code and by name.
import { sql } from 'kysely';
import { type Fence, within } from '../db/fence.ts';
import type { World } from '../world.ts';

/** Some quote or order is about the product `t`. */
export const inUse = sql<boolean>`exists (select from order_lines l join orders o on o.workspace_id = l.workspace_id
  and o.id = l.order_id where l.workspace_id = t.workspace_id and l.product_id = t.id and o.deleted_at is null)`;

export type ProductAt = {
  id: string;
  code: string;
  name: string;
  foreignId: string | null;
  withinReach: boolean;
};

const lower = (texts: string[]) => [...new Set(texts.map(text => text.toLowerCase()))];

/** Products that are not in the bin with one of these codes or names. */
export async function productsBy(
  world: World,
  fence: Fence,
  of: { codes: string[]; names: string[] },
): Promise<ProductAt[]> {
  const { rows } = await sql<ProductAt>`
    select p.id, p.code, p.name, p.foreign_id as "foreignId", coalesce(${within(fence, sql`p`)}, false) as "withinReach"
    from products p where p.workspace_id = ${world.workspaceId} and p.deleted_at is null
      and (lower(p.code) = any(${lower(of.codes)}::text[]) or lower(p.name) = any(${lower(of.names)}::text[]))
    order by p.id limit 5000`.execute(world.db);
  return rows;
}

/** Whose each of these codes is, in small letters. */
export async function idsByCode(world: World, codes: string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<{ id: string; code: string }>`select id, lower(code) as code from products
    where workspace_id = ${world.workspaceId} and lower(code) = any(${lower(codes)}::text[])
      and deleted_at is null`.execute(world.db);
  return new Map(rows.map(({ id, code }) => [code, id]));
}

/** What a line of an order takes from its product. */
export type Sold = {
  id: string;
  code: string;
  name: string;
  unit: string | null;
  price: number;
  currency: string;
  taxRate: number;
};

/** Products within the fence by their codes and names, in small letters; a code goes before a name. */
export async function soldBy(world: World, fence: Fence, words: string[]): Promise<Map<string, Sold>> {
  if (words.length === 0) return new Map();
  const { rows } = await sql<Sold>`
    select p.id, p.code, p.name, p.unit, p.price::float8 as price, p.currency, p.tax_rate as "taxRate" from products p
    where p.workspace_id = ${world.workspaceId} and p.deleted_at is null and ${within(fence, sql`p`)}
      and (lower(p.code) = any(${lower(words)}::text[]) or lower(p.name) = any(${lower(words)}::text[]))
    order by p.id desc`.execute(world.db);
  return new Map([
    ...rows.map(row => [row.name.toLowerCase(), row] as const),
    ...rows.map(row => [row.code.toLowerCase(), row] as const),
  ]);
}
