// Products: what is sold, in which unit, at which price and tax.
import { sql } from 'kysely';
import * as customFields from '../custom-fields/custom-fields.ts';
import * as customers from '../customers/customers.ts';
import { within } from '../db/fence.ts';
import { insertRecord, updateRecord } from '../db/records.ts';
import { hiddenFields, may } from '../permissions.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import * as prices from './price-store.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export type { PriceList } from './price-lists.ts';
export * as priceLists from './price-lists.ts';
export type Product = store.ProductRow;
export type { NewProduct, PriceListInput } from './rules.ts';

/** Products, as the kind of record that they are. */
export const products: Kind<Product> = {
  object: 'product',
  shape: store.shape,
  nameOf: row => row.name,
  sort: 'name',
};

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: {
    filters: rules.ProductFilters;
    sort?: string | undefined;
    after?: string | undefined;
    limit: number;
    only?: readonly string[] | undefined;
  },
  by: By,
): Promise<PageOutcome<Product>> {
  const { q, category, active, deleted, custom } = input.filters;
  const { sort, after, limit, only } = input;
  const asked = { text: q, category, active: active === undefined ? undefined : active === 'true' };
  return records.page(
    world,
    products,
    {
      conditions: store.filtered(asked),
      custom,
      particular: false,
      deleted: deleted === 'true',
      sort,
      after,
      limit,
      only,
    },
    by,
  );
}

/** The categories of the products within reach. */
export async function categories(world: World, by: By): Promise<string[]> {
  if (hiddenFields(by.me, 'product').includes('category')) return [];
  return store.categories(world, within(records.fenceFor(products, by), store.shape.t));
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Product | undefined> {
  return records.find(world, products, id, by);
}

const blank = { unit: null, category: null, description: null, tax_rate: 0, price: 0, currency: 'CNY' };

/** Adds a product; its owner is whoever adds it. */
export async function add(
  world: World,
  input: rules.NewProduct,
  by: By,
): Promise<{ kind: 'added'; product: Product } | { kind: 'code-taken' } | customFields.WrongCustom> {
  return atomically(world, async tx => {
    const id = tx.random.id();
    if (await isTaken(tx, input.code, id)) return { kind: 'code-taken' };
    const own = await customFields.settle(tx, 'product', input.custom, null, by.me);
    if (own.kind !== 'settled') return own;
    const row = {
      ...blank,
      active: true,
      ...rules.columnsIn(input),
      ...customFields.customColumns(own.custom),
      id,
      owner_id: by.me.id,
      team_id: by.me.teamId,
    };
    const entry = records.entryOf(tx, products, 'add', id, by, {
      after: { ...rules.told(row), ...own.after },
    });
    await insertRecord(tx, store.shape, row, { at: moment(tx), by: by.me.id }, entry);
    return { kind: 'added', product: await records.reread(tx, products, id) };
  });
}

async function isTaken(tx: World, code: string, id: string): Promise<boolean> {
  await store.takeCode(tx, code);
  return (await store.idByCode(tx, code, id)) !== undefined;
}

/** Changes a product; where a version is named, only that one. Nothing is written when nothing differs. */
export async function change(
  world: World,
  input: { id: string; patch: rules.ProductPatch; version: number | null },
  by: By,
): Promise<
  | { kind: 'changed'; product: Product }
  | { kind: 'changed-meanwhile'; current: Product }
  | { kind: 'not-found' | 'code-taken' }
  | customFields.WrongCustom
> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, products, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    const own = await customFields.settle(tx, 'product', input.patch.custom, row, by.me);
    if (own.kind !== 'settled') return own;
    const differing = customFields.withCustom(rules.difference(row, rules.columnsIn(input.patch)), own);
    if (!differing) return { kind: 'changed', product: row };
    const { columns, before, after } = differing;
    if (columns.code !== undefined && (await isTaken(tx, String(columns.code), row.id)))
      return { kind: 'code-taken' };
    const details = { name: row.name };
    const entry = records.entryOf(tx, products, 'change', row.id, by, { before, after, details });
    await updateRecord(tx, store.shape, { id: row.id, columns, entry }, { at: moment(tx), by: by.me.id });
    return { kind: 'changed', product: await records.reread(tx, products, row.id) };
  });
}

/** Puts a product into the bin, or takes it out: not while another has its code. */
export async function bin(
  world: World,
  input: records.Versioned & { deleted: boolean },
  by: By,
): Promise<records.BinOutcome<Product, 'code-taken'>> {
  return atomically(world, async tx => {
    if (!input.deleted) {
      const row = await records.find(tx, products, input.id, by, { deleted: 'only' });
      if (row && (await isTaken(tx, row.code, row.id))) return { kind: 'code-taken' };
    }
    return records.bin<Product, 'code-taken'>(tx, products, input, by);
  });
}

export type PriceOutcome =
  | { kind: 'price'; product: Product; currency: string; unitPrice: number | null; offer: rules.Offer | null }
  | { kind: 'not-found' | 'no-such-customer' | 'not-allowed' };

/** What somebody pays for one of a product within reach; the rule stands at {@link rules.chosenOffer}. */
export async function priceOf(
  world: World,
  input: { id: string; query: rules.PriceQuery },
  by: By,
): Promise<PriceOutcome> {
  if (hiddenFields(by.me, 'product').includes('price')) return { kind: 'not-allowed' };
  const product = await byId(world, input.id, by);
  if (!product) return { kind: 'not-found' };
  const { customer: customerId, quantity, date } = input.query;
  const reading = { ...by, reach: may(by.me, 'read', 'customer') };
  const customer = customerId ? await customers.byId(world, customerId, reading) : undefined;
  if (customerId && !customer) return { kind: 'no-such-customer' };
  const currency = input.query.currency ?? product.currency;
  const day = date ?? (await workspaces.today(world));
  const level = customer?.level ?? null;
  const offers = await prices.offers(world, { productIds: [product.id], currency, day, level });
  const offer = rules.chosenOffer(offers, quantity);
  const own = currency === product.currency ? product.price : null;
  return { kind: 'price', product, currency, unitPrice: offer?.unitPrice ?? own, offer };
}

/** Those of the ids that are products within reach and not in the bin, by id; in one question. */
export async function byIds(world: World, ids: readonly string[], by: By): Promise<Map<string, Product>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  const conditions = [sql<boolean>`${store.shape.t}.id = any(${wanted}::uuid[])`];
  const asked = { conditions, deleted: false, limit: wanted.length, particular: false };
  const page = await records.page(world, products, asked, by);
  return new Map(page.kind === 'page' ? page.items.map(row => [row.id, row]) : []);
}

/** What one of these products costs that customer in such a quantity; undefined where it has no price, or none to tell. */
export async function pricesFor(
  world: World,
  input: { products: readonly Product[]; customerId: string; currency: string; day: string },
  by: By,
): Promise<(product: Product, quantity: string) => number | undefined> {
  const { products: wanted, customerId, currency, day } = input;
  const reading = { ...by, reach: may(by.me, 'read', 'customer') };
  if (wanted.length === 0 || hiddenFields(by.me, 'product').includes('price')) return () => undefined;
  const customer = await customers.byId(world, customerId, reading);
  if (!customer) return () => undefined;
  const productIds = wanted.map(product => product.id);
  const offers = await prices.offers(world, { productIds, currency, day, level: customer.level });
  const offersOf = Map.groupBy(offers, offer => offer.productId);
  return (product, quantity) => {
    const offer = rules.chosenOffer(offersOf.get(product.id) ?? [], quantity);
    return offer?.unitPrice ?? (currency === product.currency ? product.price : undefined);
  };
}
