// All SQL of price lists and their prices.
import { sql } from 'kysely';
import type { World } from '../world.ts';
import type { Offer, PriceListInput } from './rules.ts';

export type PriceListRow = {
  id: string;
  name: string;
  currency: string;
  valid_from: string | null;
  valid_to: string | null;
  customer_level: string | null;
  active: boolean;
  version: number;
  products: number;
};

export type ItemRow = {
  product_id: string;
  code: string;
  name: string;
  unit: string | null;
  from_quantity: string;
  unit_price: number;
};

/** All lists, the newest first; with `id` that one, with `lock` kept as it is until the transaction ends. */
export async function lists(
  world: World,
  of: { id?: string; productId?: string | undefined; lock?: boolean } = {},
): Promise<PriceListRow[]> {
  const one = of.id ? sql`and l.id = ${of.id}` : sql``;
  const pricing = of.productId
    ? sql`and exists (select 1 from price_list_items i where i.workspace_id = l.workspace_id
        and i.price_list_id = l.id and i.product_id = ${of.productId})`
    : sql``;
  const { rows } = await sql<PriceListRow>`select l.id, l.name, l.currency, l.valid_from::text as valid_from,
      l.valid_to::text as valid_to, l.customer_level, l.active, l.version,
      (select count(distinct i.product_id)::int from price_list_items i
        where i.workspace_id = l.workspace_id and i.price_list_id = l.id) as products
    from price_lists l where l.workspace_id = ${world.workspaceId} and l.deleted_at is null ${one} ${pricing}
    order by l.id desc ${of.lock ? sql`for update` : sql``}`.execute(world.db);
  return rows;
}

/** The prices of a list, by product and quantity. */
export async function items(world: World, listId: string): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select i.product_id, p.code, p.name, p.unit,
      trim_scale(i.from_quantity)::text as from_quantity, i.unit_price
    from price_list_items i join products p on p.workspace_id = i.workspace_id and p.id = i.product_id
    where i.workspace_id = ${world.workspaceId} and i.price_list_id = ${listId}
    order by p.name_sort, p.id, i.from_quantity`.execute(world.db);
  return rows;
}

/** Adds a list or sets the one that is there, with all its prices. */
export async function write(world: World, id: string, input: PriceListInput, at: string): Promise<void> {
  await sql`insert into price_lists (workspace_id, id, name, currency, valid_from, valid_to, customer_level, active,
      created_at, updated_at)
    values (${world.workspaceId}, ${id}, ${input.name}, ${input.currency}, ${input.validFrom}, ${input.validTo},
      ${input.customerLevel || null}, ${input.active}, ${at}, ${at})
    on conflict (workspace_id, id) do update set name = excluded.name, currency = excluded.currency,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, customer_level = excluded.customer_level,
      active = excluded.active, updated_at = excluded.updated_at, version = price_lists.version + 1`.execute(
    world.db,
  );
  await sql`delete from price_list_items where workspace_id = ${world.workspaceId} and price_list_id = ${id}`.execute(
    world.db,
  );
  await sql`insert into price_list_items (workspace_id, price_list_id, product_id, from_quantity, unit_price)
    select ${world.workspaceId}, ${id}, "productId", "fromQuantity", "unitPrice"
    from json_to_recordset(${JSON.stringify(input.items)}::json)
      as r ("productId" uuid, "fromQuantity" numeric, "unitPrice" bigint)`.execute(world.db);
}

/** Those of the ids that are no products of this workspace. */
export async function unknownProducts(world: World, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id::text from unnest(${ids}::uuid[]) as g (id)
    where not exists (select 1 from products p where p.workspace_id = ${world.workspaceId} and p.id = g.id
      and p.deleted_at is null)`.execute(world.db);
  return rows.map(row => row.id);
}

/** Takes a list out of use. */
export async function remove(world: World, id: string, at: string): Promise<void> {
  await sql`update price_lists set deleted_at = ${at}, version = version + 1
    where workspace_id = ${world.workspaceId} and id = ${id}`.execute(world.db);
}

/** The prices of products in lists that are valid that day, for customers of that level and for all. */
export async function offers(
  world: World,
  of: { productIds: string[]; currency: string; day: string; level: string | null },
): Promise<(Offer & { productId: string })[]> {
  const { rows } = await sql<
    Offer & { productId: string }
  >`select i.product_id as "productId", l.id as "listId",
      l.name as "listName", l.customer_level as level, l.valid_from::text as "validFrom",
      trim_scale(i.from_quantity)::text as "fromQuantity", i.unit_price as "unitPrice"
    from price_list_items i join price_lists l on l.workspace_id = i.workspace_id and l.id = i.price_list_id
    where i.workspace_id = ${world.workspaceId} and i.product_id = any(${of.productIds}::uuid[]) and l.active
      and l.deleted_at is null and l.currency = ${of.currency}
      and (l.valid_from is null or l.valid_from <= ${of.day}::date)
      and (l.valid_to is null or l.valid_to >= ${of.day}::date)
      and (l.customer_level is null or l.customer_level = ${of.level})`.execute(world.db);
  return rows;
}
