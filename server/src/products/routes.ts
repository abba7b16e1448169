// The addresses of products and price lists.
import { bind, etag, refuse } from '../http.ts';
import { hiddenFields } from '../permissions.ts';
import type { By } from '../records/records.ts';
import { answersOf, wrong, wrongCustom } from '../records/routes.ts';
import { productsContract } from './contract.ts';
import * as products from './products.ts';

/** A product as it travels. */
export function productView(row: products.Product) {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    unit: row.unit,
    category: row.category,
    description: row.description,
    taxRate: row.tax_rate,
    price: row.price,
    currency: row.currency,
    active: row.active,
    custom: row.custom,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

const answers = answersOf(products.products, productView);
const { priceLists } = products;

const headView = (row: Omit<products.PriceList, 'items'>) => ({
  id: row.id,
  name: row.name,
  currency: row.currency,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  customerLevel: row.customer_level,
  active: row.active,
  version: row.version,
});

const listView = (list: products.PriceList) => ({
  ...headView(list),
  items: list.items.map(item => ({
    product: { id: item.product_id, code: item.code, name: item.name, unit: item.unit },
    fromQuantity: item.from_quantity,
    unitPrice: item.unit_price,
  })),
});

const tagged = (list: products.PriceList) => ({
  body: listView(list),
  headers: { etag: etag(list.version) },
});

const codeTaken = () => wrong('code', 'is the code of another product');
const outcomes = {
  'not-found': () => refuse('not-found'),
  'code-taken': codeTaken,
};

const listConflict = (current: products.PriceList, yours: unknown) =>
  refuse(
    'changed-meanwhile',
    { members: { current: listView(current), yours } },
    { headers: { etag: etag(current.version) } },
  );

/** Whoever may not see prices sees no price list either. */
const seesPrices = ({ me }: Pick<By, 'me'>) => !hiddenFields(me, 'product').includes('price');

export const productsRoutes = bind(productsContract)({
  'GET /products': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    return answers.listed(await products.list(world, { filters, sort, after, limit }, by), by);
  },
  'POST /products': async ({ world, body, ...by }) => {
    const outcome = await products.add(world, { ...body, custom: body.custom ?? {} }, by);
    if (outcome.kind === 'wrong-custom') return wrongCustom(outcome);
    return outcome.kind === 'added' ? answers.created('/products', outcome.product, by) : codeTaken();
  },
  'GET /products/categories': async ({ world, ...by }) => ({
    status: 200,
    body: { items: await products.categories(world, by), next: null },
  }),
  'GET /products/{id}': answers.one,
  'PATCH /products/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await products.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind === 'wrong-custom') return wrongCustom(outcome);
    if (outcome.kind !== 'changed') return outcomes[outcome.kind]();
    return { status: 200, ...answers.tagged(outcome.product, by) };
  },
  'DELETE /products/{id}': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await products.bin(world, { ...params, version, deleted: true }, by);
    return outcome.kind === 'code-taken' ? codeTaken() : answers.binned(outcome, by);
  },
  'POST /products/{id}/restore': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await products.bin(world, { ...params, version, deleted: false }, by);
    return outcome.kind === 'code-taken' ? codeTaken() : answers.back(outcome, by);
  },
  'GET /products/{id}/history': answers.history,
  'GET /products/{id}/price': async ({ world, params, query, ...by }) => {
    const outcome = await products.priceOf(world, { id: params.id, query }, by);
    if (outcome.kind === 'no-such-customer')
      return wrong('query.customer', 'is no customer within your reach');
    if (outcome.kind !== 'price') return refuse(outcome.kind);
    const { product, currency, unitPrice, offer } = outcome;
    return {
      status: 200,
      body: {
        unitPrice,
        currency,
        taxRate: product.tax_rate,
        priceList: offer && { id: offer.listId, name: offer.listName },
        fromQuantity: offer?.fromQuantity ?? null,
      },
    };
  },
  'GET /price-lists': async ({ world, query, me }) => ({
    status: 200,
    body: {
      items: seesPrices({ me })
        ? (await priceLists.all(world, query.product)).map(row => ({
            ...headView(row),
            products: row.products,
          }))
        : [],
      next: null,
    },
  }),
  'POST /price-lists': async ({ world, body, ...by }) => {
    const outcome = await priceLists.save(world, { id: null, list: body, version: null }, by);
    if (outcome.kind === 'saved') return { status: 201, ...tagged(outcome.list) };
    return outcome.kind === 'wrong'
      ? refuse('invalid', { members: { faults: outcome.faults } })
      : refuse('not-found');
  },
  'GET /price-lists/{id}': async ({ world, params, me }) => {
    const list = seesPrices({ me }) ? await priceLists.byId(world, params.id) : undefined;
    return list ? { status: 200, ...tagged(list) } : refuse('not-found');
  },
  'PUT /price-lists/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await priceLists.save(world, { id: params.id, list: body, version: ifMatch }, by);
    if (outcome.kind === 'saved') return { status: 200, ...tagged(outcome.list) };
    if (outcome.kind === 'changed-meanwhile') return listConflict(outcome.current, body);
    return outcome.kind === 'wrong'
      ? refuse('invalid', { members: { faults: outcome.faults } })
      : refuse('not-found');
  },
  'DELETE /price-lists/{id}': async ({ world, params, ifMatch, ...by }) => {
    const outcome = await priceLists.remove(world, { id: params.id, version: ifMatch }, by);
    if (outcome.kind === 'removed') return { status: 204 };
    return outcome.kind === 'changed-meanwhile' ? listConflict(outcome.current, null) : refuse('not-found');
  },
});
