// The SQL of an import on price lists: what stands, what is written, lists that it makes and takes away again.
import { sql } from 'kysely';
import type { World } from '../world.ts';
import { inOrder, type List, type Priced } from './imported-prices.ts';

/** The lists that there are, the oldest first. */
export async function listsOf(world: World): Promise<List[]> {
  const { rows } = await sql<List>`select id, name, currency from price_lists
    where workspace_id = ${world.workspaceId} and deleted_at is null order by id`.execute(world.db);
  return rows;
}

/** Lets one import after the other make lists, until the transaction ends. */
export async function oneAtATime(world: World): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`price-lists ${world.workspaceId}`}, 0))`.execute(
    world.db,
  );
}

export async function addList(world: World, list: List, importId: string, at: string): Promise<void> {
  await sql`insert into price_lists (workspace_id, id, name, currency, active, created_at, updated_at, import_id)
    values (${world.workspaceId}, ${list.id}, ${list.name}, ${list.currency}, true, ${at}, ${at}, ${importId})`.execute(
    world.db,
  );
}

/** The prices of these products; each is told of, also with none. */
export async function pricesOf(world: World, productIds: string[]): Promise<Map<string, Priced[]>> {
  const { rows } = await sql<Priced & { product: string }>`
    select i.product_id as product, l.id as list, l.name, l.currency, trim_scale(i.from_quantity)::text as from,
      i.unit_price::float8 as price
    from price_list_items i join price_lists l on l.workspace_id = i.workspace_id and l.id = i.price_list_id
    where i.workspace_id = ${world.workspaceId} and i.product_id = any(${productIds}::uuid[])
      and l.deleted_at is null`.execute(world.db);
  const found = Map.groupBy(rows, row => row.product);
  return new Map(
    productIds.map(id => [id, inOrder((found.get(id) ?? []).map(({ product: _product, ...one }) => one))]),
  );
}

/** Sets the prices of one product in all lists; those of lists that are gone fall away. */
export async function setPrices(
  world: World,
  productId: string,
  prices: Priced[],
  at: string,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`with gone as (
      delete from price_list_items i using price_lists l
      where i.workspace_id = ${world.workspaceId} and i.product_id = ${productId}
        and l.workspace_id = i.workspace_id and l.id = i.price_list_id and l.deleted_at is null
      returning i.price_list_id as id)
    select distinct id from gone`.execute(world.db);
  const given = JSON.stringify(prices.map(({ list, from, price }) => ({ list, from, price })));
  await sql`insert into price_list_items (workspace_id, price_list_id, product_id, from_quantity, unit_price)
    select l.workspace_id, l.id, ${productId}, g.from, g.price
    from json_to_recordset(${given}::json) as g (list uuid, "from" numeric, price bigint)
    join price_lists l on l.workspace_id = ${world.workspaceId} and l.id = g.list and l.deleted_at is null`.execute(
    world.db,
  );
  // Whoever has a list open learns that it has changed.
  const touched = [...rows.map(row => row.id), ...prices.flatMap(one => one.list ?? [])];
  await sql`update price_lists set version = version + 1, updated_at = ${at}
    where workspace_id = ${world.workspaceId} and id = any(${touched}::uuid[]) and updated_at < ${at}`.execute(
    world.db,
  );
}

/** Takes products in the bin out of all lists. */
export async function dropBinned(world: World, productIds: string[]): Promise<void> {
  await sql`delete from price_list_items i using products p
    where i.workspace_id = ${world.workspaceId} and i.product_id = any(${productIds}::uuid[])
      and p.workspace_id = i.workspace_id and p.id = i.product_id and p.deleted_at is not null`.execute(
    world.db,
  );
}

/** Takes the lists of an import out of use that have no prices; which those were. */
export async function dropEmpty(world: World, importId: string, at: string): Promise<List[]> {
  const { rows } = await sql<List>`update price_lists l set deleted_at = ${at}, version = version + 1
    where l.workspace_id = ${world.workspaceId} and l.import_id = ${importId} and l.deleted_at is null
      and not exists (select from price_list_items i where i.workspace_id = l.workspace_id and i.price_list_id = l.id)
    returning l.id, l.name, l.currency`.execute(world.db);
  return rows;
}
