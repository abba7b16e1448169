// Quotes and orders, what they come to, and what is paid of them, over HTTP.
import { z } from 'zod';
import * as own from '../custom-fields/contract.ts';
import * as f from '../fields.ts';
import { currency, day, money, percent, quantity } from '../products/fields.ts';
import * as records from '../records/contract.ts';

export const Kind = z.enum(['quote', 'order']);
export const Status = z.enum([
  'draft',
  'sent',
  'accepted',
  'declined',
  'expired',
  'confirmed',
  'delivered',
  'closed',
  'cancelled',
]);

const Line = z
  .object({
    productId: z.uuid().nullable(),
    code: z.string().nullable(),
    name: z.string(),
    description: z.string().nullable(),
    unit: z.string().nullable(),
    quantity: z.string(),
    unitPrice: z.int(),
    discount: z.int(),
    taxRate: z.int(),
    net: z.int(),
    tax: z.int(),
    total: z.int(),
  })
  .meta({ id: 'OrderLine' });

const Instalment = z
  .object({
    id: z.uuid(),
    dueOn: z.string(),
    amount: z.int(),
    open: z.int().describe('What payments have not covered; the earliest due is covered first'),
    note: z.string().nullable(),
  })
  .meta({ id: 'Instalment' });

const Payment = z
  .object({
    id: z.uuid(),
    receivedOn: z.string(),
    amount: z.int(),
    note: z.string().nullable(),
    by: z.string().nullable(),
    at: z.string(),
    reversedAt: z.string().nullable(),
    reversal: z.string().nullable().describe('Why it was taken back'),
  })
  .meta({ id: 'Payment' });

const OrderView = z
  .object({
    id: z.uuid(),
    kind: Kind,
    number: z.string(),
    title: z.string(),
    customer: f.Person,
    contact: f.Person.nullable(),
    deal: f.Person.nullable(),
    quote: f.Person.nullable().describe('The quote that an order came of, by its number'),
    order: f.Person.nullable().describe('The order that came of a quote, by its number'),
    status: Status,
    statusSince: z.iso.datetime(),
    currency: z.string(),
    taxIncluded: z.boolean().nullable(),
    issuedOn: z.string(),
    validUntil: z.string().nullable(),
    deliveryOn: z.string().nullable(),
    terms: z.string().nullable(),
    remark: z.string().nullable().describe('For colleagues; not printed'),
    lines: z.array(Line),
    net: z.int().nullable(),
    tax: z.int().nullable(),
    total: z.int().nullable(),
    paid: z.int().nullable(),
    outstanding: z.int().nullable().describe('Total less paid, of an order that stands; else 0'),
    instalments: z.array(Instalment),
    payments: z.array(Payment),
    custom: own.CustomShown,
    owner: f.Person.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Order' });

export const LineInput = z
  .strictObject({
    productId: z.uuid().nullish().describe('Null or left out: a line in free words'),
    name: f.line(300).min(1).optional().describe('Left out: that of the product'),
    description: f.lines(2_000).nullish(),
    unit: f.line(30).nullish(),
    quantity: quantity.default('1'),
    unitPrice: money.optional().describe('Left out: what the customer pays for the product, see its price'),
    discount: percent.default(0),
    taxRate: percent.optional().describe('Left out: that of the product'),
  })
  .meta({ id: 'OrderLineInput' });

const writable = {
  title: f.line(200).optional(),
  customerId: z.uuid(),
  contactId: z.uuid().nullish(),
  dealId: z.uuid().nullish().describe('A deal with this customer'),
  currency: currency.optional().describe('ISO 4217; left out: CNY'),
  taxIncluded: z.boolean().optional().describe('Whether unit prices include the tax'),
  issuedOn: day.optional().describe('Left out: today in UTC'),
  validUntil: day.nullish(),
  deliveryOn: day.nullish(),
  terms: f.lines(5_000).nullish(),
  remark: f.lines(5_000).nullish(),
  lines: z.array(LineInput).max(200).optional(),
  custom: own.CustomValues.optional(),
  ownerId: z.uuid().nullish().describe('Left out: whoever is signed in'),
};

export const NewOrder = z.strictObject({ ...writable, kind: Kind.default('order') }).meta({ id: 'NewOrder' });
export const OrderPatch = z
  .strictObject({ ...writable, customerId: z.uuid().optional() })
  .meta({ id: 'OrderPatch' });

const owner = z
  .union([z.uuid(), z.enum(['me', 'none'])])
  .optional()
  .describe('An id, `me`, or `none`');

export const OrderFilters = z.strictObject({
  q: f.line(200).optional().describe('Anywhere in number, title or the customer’s name'),
  kind: Kind.optional(),
  status: Status.optional(),
  customer: z.uuid().optional(),
  deal: z.uuid().optional(),
  owner,
  unpaid: z.literal('true').optional().describe('Orders that stand and are not paid in full'),
  custom: own.CustomFilter,
  deleted: z.enum(['true', 'false']).optional(),
});

const sorts = ['-updatedAt', 'updatedAt', '-createdAt', 'createdAt', '-total', 'total'] as const;
const ifMatch = z.string().max(20).optional().describe('The version one has seen, as its ETag: `"v3"`');

export const DueFilters = z.strictObject({
  from: day.optional(),
  to: day.optional().describe('This day included'),
  customer: z.uuid().optional(),
  owner,
});

const Due = z
  .object({
    id: z.uuid(),
    order: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
    customer: f.Person,
    owner: f.Person.nullable(),
    dueOn: z.string(),
    amount: z.int(),
    open: z.int(),
    currency: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: 'PaymentDue' });

const Sums = z
  .object({
    currency: z.string(),
    total: z.number(),
    paid: z.number(),
    outstanding: z.number(),
    overdue: z.number().describe('Of what is outstanding, what was due before the day asked for'),
    soon: z.number().describe('Of what is outstanding, what is due that day or in the six days after'),
  })
  .meta({ id: 'Outstanding' });

const changed = { params: f.ById, replies: { 200: OrderView } };

export const ordersContract = {
  'GET /orders': {
    summary: 'The quotes and orders within one’s reach',
    access: ['read', 'order'],
    query: OrderFilters.extend({ ...f.page, sort: own.sortOf(sorts) }),
    replies: { 200: records.listOf(OrderView) },
  },
  'POST /orders': {
    summary:
      'Adds a quote or an order as a draft, with the next number of its kind and year. The server reckons all sums: each line is rounded once to whole minor units, halves upwards, and the document is the sum of its lines.',
    access: ['create', 'order'],
    body: NewOrder,
    replies: { 201: OrderView },
  },
  'POST /orders/from-deal': {
    summary:
      'Makes a quote or an order of a deal: with the lines of the deal’s latest quote where there is one, else with one line of the deal’s title and amount',
    access: ['create', 'order'],
    body: z.strictObject({ dealId: z.uuid(), kind: Kind.default('order') }).meta({ id: 'OrderFromDeal' }),
    replies: { 201: OrderView },
  },
  'GET /orders/due': {
    summary: 'Instalments of standing orders that are not paid yet, the earliest due first',
    access: ['read', 'order'],
    query: DueFilters.extend(f.page),
    replies: { 200: records.listOf(Due) },
  },
  'GET /orders/outstanding': {
    summary: 'What is outstanding, by currency: of everybody within reach or of one customer',
    access: ['read', 'order'],
    query: z.strictObject({
      customer: z.uuid().optional(),
      owner,
      day: day.optional().describe('Left out: today in UTC'),
    }),
    replies: { 200: z.object({ items: z.array(Sums), next: z.null() }) },
  },
  'GET /orders/{id}': records.one('order', OrderView, 'One quote or order'),
  'PATCH /orders/{id}': {
    summary:
      'Changes a quote or an order; with If-Match only the version named. Customer, currency and lines change in a draft alone: re-open it first.',
    access: ['update', 'order'],
    body: OrderPatch,
    ...changed,
  },
  'DELETE /orders/{id}': records.removed('order', 'Puts a quote or an order into the bin'),
  'POST /orders/{id}/restore': records.restored(
    'order',
    OrderView,
    'Takes a quote or an order out of the bin; not while its customer lies there',
  ),
  'GET /orders/{id}/history': records.history(
    'order',
    'Every change to a quote or an order with before and after, newest first',
  ),
  'POST /orders/{id}/status': {
    summary:
      'Moves it on or back: a quote draft → sent → accepted, declined or expired; an order draft → confirmed → delivered → closed, or cancelled; back to draft to change its lines',
    access: ['update', 'order'],
    body: z.strictObject({ status: Status, ifMatch }).meta({ id: 'OrderStatusInput' }),
    ...changed,
  },
  'POST /orders/{id}/order': {
    summary: 'Makes an order of a quote, which is accepted by that; once only',
    access: ['create', 'order'],
    params: f.ById,
    replies: { 201: OrderView },
  },
  'PUT /orders/{id}/instalments': {
    summary: 'Sets what is to be paid when; together not more than the order comes to',
    access: ['update', 'order'],
    body: z
      .strictObject({
        instalments: z
          .array(
            z.strictObject({
              dueOn: day,
              amount: money.min(1),
              note: f.line(200).nullish(),
            }),
          )
          .max(60),
        ifMatch,
      })
      .meta({ id: 'InstalmentsInput' }),
    ...changed,
  },
  'POST /orders/{id}/payments': {
    summary: 'Writes a payment down; not more than is outstanding',
    access: ['update', 'order'],
    params: f.ById,
    body: z
      .strictObject({
        receivedOn: day.optional().describe('Left out: today in UTC'),
        amount: money.min(1),
        note: f.line(300).nullish(),
      })
      .meta({ id: 'NewPayment' }),
    replies: { 201: OrderView },
  },
  'POST /orders/{id}/payments/{payment}/reverse': {
    summary: 'Takes a payment back; it stays on record with the reason',
    access: ['update', 'order'],
    params: f.ById.extend({ payment: z.uuid() }),
    body: z.strictObject({ reason: f.line(300).min(1) }).meta({ id: 'PaymentReversal' }),
    replies: { 200: OrderView },
  },
} as const;
