// Products, price lists and what a customer pays, over HTTP.
import { z } from 'zod';
import * as own from '../custom-fields/contract.ts';
import * as f from '../fields.ts';
import * as records from '../records/contract.ts';
import { currency, day, money, percent, quantity } from './fields.ts';

const ProductView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    unit: z.string().nullable(),
    category: z.string().nullable(),
    description: z.string().nullable(),
    taxRate: z.int().nullable(),
    price: z.int().nullable().describe('In minor units, for whom no price list says otherwise'),
    currency: z.string(),
    active: z.boolean(),
    custom: own.CustomShown,
    owner: f.Person.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Product' });

const writable = {
  code: f.line(60).min(1),
  name: f.line(200).min(1),
  unit: f.line(30).nullish(),
  category: f.line(100).nullish(),
  description: f.lines(5_000).nullish(),
  taxRate: percent.optional(),
  price: money.optional(),
  currency: currency.optional().describe('ISO 4217; left out: CNY'),
  active: z.boolean().optional(),
  custom: own.CustomValues.optional(),
};

export const NewProduct = z.strictObject(writable).meta({ id: 'NewProduct' });
export const ProductPatch = z
  .strictObject({ ...writable, code: writable.code.optional(), name: writable.name.optional() })
  .meta({ id: 'ProductPatch' });

export const ProductFilters = z.strictObject({
  q: f.line(200).optional().describe('Anywhere in code or name'),
  category: f.line(100).optional(),
  active: z.enum(['true', 'false']).optional(),
  custom: own.CustomFilter,
  deleted: z.enum(['true', 'false']).optional(),
});

const sorts = ['name', '-name', 'code', '-code', '-updatedAt', 'updatedAt'] as const;

const ListItem = z.object({
  product: z.object({ id: z.uuid(), code: z.string(), name: z.string(), unit: z.string().nullable() }),
  fromQuantity: z.string(),
  unitPrice: z.int(),
});

const listFields = {
  id: z.uuid(),
  name: z.string(),
  currency: z.string(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable().describe('This day included'),
  customerLevel: z.string().nullable().describe('For customers of this level alone; null: for all'),
  active: z.boolean(),
  version: z.int(),
};

const PriceListSummary = z
  .object({ ...listFields, products: z.int().describe('How many products it prices') })
  .meta({ id: 'PriceListSummary' });
const PriceList = z.object({ ...listFields, items: z.array(ListItem) }).meta({ id: 'PriceList' });

export const PriceListInput = z
  .strictObject({
    name: f.line(100).min(1),
    currency: currency.default('CNY'),
    validFrom: day.nullable().default(null),
    validTo: day.nullable().default(null),
    customerLevel: f.line(100).nullable().default(null),
    active: z.boolean().default(true),
    items: z
      .array(
        z.strictObject({
          productId: z.uuid(),
          fromQuantity: quantity.default('1').describe('From so many on'),
          unitPrice: money,
        }),
      )
      .max(5_000)
      .default([]),
  })
  .meta({ id: 'PriceListInput' });

export const PriceQuery = z.strictObject({
  customer: z.uuid().optional(),
  currency: currency.optional().describe('Left out: that of the product'),
  quantity: quantity.default('1'),
  date: day.optional().describe('Left out: today in UTC'),
});

const Price = z
  .object({
    unitPrice: z.int().nullable().describe('Null: no price in that currency'),
    currency: z.string(),
    taxRate: z.int(),
    priceList: f.Person.nullable().describe('Null: the price of the product itself'),
    fromQuantity: z.string().nullable(),
  })
  .meta({ id: 'Price' });

const put = { body: PriceListInput, replies: { 200: PriceList } };

export const productsContract = {
  'GET /products': {
    summary: 'The products',
    access: ['read', 'product'],
    query: ProductFilters.extend({ ...f.page, sort: own.sortOf(sorts) }),
    replies: { 200: records.listOf(ProductView) },
  },
  'POST /products': {
    summary: 'Adds a product; its code is in use once only',
    access: ['create', 'product'],
    body: NewProduct,
    replies: { 201: ProductView },
  },
  'GET /products/categories': {
    summary: 'The categories that products are in',
    access: ['read', 'product'],
    replies: { 200: z.object({ items: z.array(z.string()), next: z.null() }) },
  },
  'GET /products/{id}': records.one('product', ProductView, 'One product'),
  'PATCH /products/{id}': {
    summary: 'Changes a product; with If-Match only the version named. Quotes and orders keep what they say.',
    access: ['update', 'product'],
    params: f.ById,
    body: ProductPatch,
    replies: { 200: ProductView },
  },
  'DELETE /products/{id}': records.removed('product', 'Puts a product into the bin'),
  'POST /products/{id}/restore': records.restored('product', ProductView, 'Takes a product out of the bin'),
  'GET /products/{id}/history': records.history('product', 'Every change to a product, newest first'),
  'GET /products/{id}/price': {
    summary:
      'What a customer pays for one: of the lists that are valid that day, one for the customer’s level before one for all, then the one that began last; in it the price of the largest quantity reached; else the product’s own',
    access: ['read', 'product'],
    params: f.ById,
    query: PriceQuery,
    replies: { 200: Price },
  },
  'GET /price-lists': {
    summary: 'The price lists, without their prices',
    access: ['read', 'product'],
    query: z.strictObject({ product: z.uuid().optional().describe('Those that price this product') }),
    replies: { 200: z.object({ items: z.array(PriceListSummary), next: z.null() }) },
  },
  'POST /price-lists': {
    summary: 'Adds a price list',
    access: ['create', 'product'],
    body: PriceListInput,
    replies: { 201: PriceList },
  },
  'GET /price-lists/{id}': {
    summary: 'One price list with its prices',
    access: ['read', 'product'],
    params: f.ById,
    replies: { 200: PriceList },
  },
  'PUT /price-lists/{id}': {
    summary: 'Sets a price list and its prices; with If-Match only the version named',
    access: ['update', 'product'],
    params: f.ById,
    ...put,
  },
  'DELETE /price-lists/{id}': {
    summary: 'Removes a price list; quotes and orders keep their prices',
    access: ['delete', 'product'],
    params: f.ById,
    replies: { 204: null },
  },
} as const;
