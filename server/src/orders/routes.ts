// The addresses of quotes, orders and payments.
import { bind, refuse, type Visitor, versionIn } from '../http.ts';
import type { By } from '../records/records.ts';
import { answersOf, listRefusals, wrong } from '../records/routes.ts';
import { ordersContract } from './contract.ts';
import * as orders from './orders.ts';
import { isStanding } from './payments.ts';
import { objectionWords, stateWords } from './words.ts';

const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);

/** A quote or an order as it travels. */
export function orderView(row: orders.Order) {
  return {
    id: row.id,
    kind: row.kind,
    number: row.number,
    title: row.title,
    customer: { id: row.customer_id, name: row.customer_name },
    contact: named(row.contact_id, row.contact_name),
    deal: named(row.deal_id, row.deal_title),
    quote: named(row.quote_id, row.quote_number),
    order: named(row.order_id, row.order_number),
    status: row.status,
    statusSince: row.status_since,
    currency: row.currency,
    taxIncluded: row.tax_included,
    issuedOn: row.issued_on,
    validUntil: row.valid_until,
    deliveryOn: row.delivery_on,
    terms: row.terms,
    remark: row.remark,
    lines: row.lines.map(({ product_id, unit_price, tax_rate, ...line }) => ({
      ...line,
      productId: product_id,
      unitPrice: unit_price,
      taxRate: tax_rate,
    })),
    net: row.net,
    tax: row.tax,
    total: row.total,
    paid: row.paid,
    outstanding: isStanding(row) ? row.total - row.paid : 0,
    instalments: row.instalments.map(({ id, due_on, amount, open, note }) => ({
      id,
      dueOn: due_on,
      amount,
      open,
      note,
    })),
    payments: row.payments.map(one => ({
      id: one.id,
      receivedOn: one.received_on,
      amount: one.amount,
      note: one.note,
      by: one.by_name,
      at: one.created_at,
      reversedAt: one.reversed_at,
      reversal: one.reversal,
    })),
    custom: row.custom,
    owner: named(row.owner_id, row.owner_name),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}

const answers = answersOf(orders.orders, orderView);

const refusals = {
  'not-found': () => refuse('not-found'),
  'not-allowed': () => refuse('not-allowed'),
  'no-such-owner': () => wrong('ownerId', 'is nobody who may own an order'),
  'no-such-customer': () => wrong('customerId', 'is no customer within your reach'),
  'no-such-contact': () => wrong('contactId', 'is no contact of this customer'),
  'no-such-deal': () => wrong('dealId', 'is no deal with this customer that could be ordered'),
  'plan-exceeds': () => wrong('instalments', 'come to more than the order'),
  'paid-exceeds': () => wrong('amount', 'is more than is outstanding'),
};
type State = keyof typeof stateWords;
const inState = (state: State, { language }: Visitor, number = '') =>
  refuse('wrong-state', { words: { state: stateWords[state][language].replace('{number}', number) } });

function paid(
  outcome: Awaited<ReturnType<typeof orders.pay>>,
  yours: unknown,
  by: By & { visitor: Visitor },
) {
  switch (outcome.kind) {
    case 'changed-meanwhile':
      return answers.conflict(outcome.current, yours, by);
    case 'not-payable':
    case 'reversed-already':
      return inState(outcome.kind, by.visitor);
    case 'changed':
      return { order: outcome.order };
    default:
      return refusals[outcome.kind]();
  }
}

export const ordersRoutes = bind(ordersContract)({
  'GET /orders': async ({ world, query, ...by }) => {
    const { limit, after, sort, ...filters } = query;
    return answers.listed(await orders.list(world, { filters, sort, after, limit }, by), by);
  },
  'POST /orders': async ({ world, body, ...by }) => {
    const outcome = await orders.add(world, { ...body, custom: body.custom ?? {} }, by);
    if (outcome.kind === 'wrong-lines' || outcome.kind === 'wrong-custom')
      return refuse('invalid', { members: { faults: outcome.faults } });
    if (outcome.kind !== 'added') return refusals[outcome.kind]();
    return answers.created('/orders', outcome.order, by);
  },
  'POST /orders/from-deal': async ({ world, body, ...by }) => {
    const outcome = await orders.fromDeal(world, body, by);
    if (outcome.kind === 'made') return answers.created('/orders', outcome.order, by);
    if (outcome.kind === 'made-already') return inState(outcome.kind, by.visitor, outcome.number);
    return outcome.kind === 'not-ready' ? inState(outcome.kind, by.visitor) : refusals[outcome.kind]();
  },
  'GET /orders/due': async ({ world, query, ...by }) => {
    const { limit, after, ...filters } = query;
    const found = await orders.dues(world, { filters, after, limit }, by);
    if (found.kind !== 'page') return listRefusals[found.kind]();
    const items = found.items.map(row => ({
      id: row.id,
      order: { id: row.order_id, number: row.number, title: row.title },
      customer: { id: row.customer_id, name: row.customer_name },
      owner: named(row.owner_id, row.owner_name),
      dueOn: row.due_on,
      amount: row.amount,
      open: row.open,
      currency: row.currency,
      note: row.note,
    }));
    return { status: 200, body: { items, next: found.next } };
  },
  'GET /orders/outstanding': async ({ world, query, ...by }) => {
    const rows = await orders.outstanding(world, query, by);
    const items = rows.map(row => ({ ...row, outstanding: row.total - row.paid }));
    return { status: 200, body: { items, next: null } };
  },
  'GET /orders/{id}': answers.one,
  'PATCH /orders/{id}': async ({ world, params, body, ifMatch, ...by }) => {
    const outcome = await orders.change(world, { id: params.id, patch: body, version: ifMatch }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind === 'wrong-lines' || outcome.kind === 'wrong-custom')
      return refuse('invalid', { members: { faults: outcome.faults } });
    if (outcome.kind === 'frozen') return inState(outcome.kind, by.visitor);
    if (outcome.kind !== 'changed') return refusals[outcome.kind]();
    return { status: 200, ...answers.tagged(outcome.order, by) };
  },
  'DELETE /orders/{id}': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await orders.bin(world, { ...params, version, deleted: true }, by);
    return outcome.kind === 'made-already' ? refuse('not-found') : answers.binned(outcome, by);
  },
  'POST /orders/{id}/restore': async ({ world, params, ifMatch: version, ...by }) => {
    const outcome = await orders.bin(world, { ...params, version, deleted: false }, by);
    return outcome.kind === 'made-already'
      ? inState(outcome.kind, by.visitor, outcome.number)
      : answers.back(outcome, by);
  },
  'GET /orders/{id}/history': answers.history,
  'POST /orders/{id}/status': async ({ world, params, body, ifMatch, ...by }) => {
    const version = ifMatch ?? versionIn(body.ifMatch);
    const outcome = await orders.move(world, { id: params.id, status: body.status, version }, by);
    if (outcome.kind === 'changed-meanwhile') return answers.conflict(outcome.current, body, by);
    if (outcome.kind === 'against')
      return refuse('wrong-state', { words: { state: objectionWords[outcome.why][by.visitor.language] } });
    if (outcome.kind !== 'changed') return refuse('not-found');
    return { status: 200, ...answers.tagged(outcome.order, by) };
  },
  'POST /orders/{id}/order': async ({ world, params, ...by }) => {
    const outcome = await orders.orderOf(world, params.id, by);
    if (outcome.kind === 'made') return answers.created('/orders', outcome.order, by);
    if (outcome.kind === 'made-already') return inState(outcome.kind, by.visitor, outcome.number);
    return outcome.kind === 'not-ready' ? inState(outcome.kind, by.visitor) : refusals[outcome.kind]();
  },
  'PUT /orders/{id}/instalments': async ({ world, params, body, ifMatch, ...by }) => {
    const version = ifMatch ?? versionIn(body.ifMatch);
    const { instalments } = body;
    const done = paid(await orders.plan(world, { id: params.id, instalments, version }, by), body, by);
    return 'order' in done ? { status: 200, ...answers.tagged(done.order, by) } : done;
  },
  'POST /orders/{id}/payments': async ({ world, params, body, ...by }) => {
    const done = paid(await orders.pay(world, { id: params.id, ...body }, by), body, by);
    return 'order' in done ? { status: 201, ...answers.tagged(done.order, by) } : done;
  },
  'POST /orders/{id}/payments/{payment}/reverse': async ({ world, params, body, ...by }) => {
    const done = paid(await orders.reverse(world, { ...params, reason: body.reason }, by), body, by);
    return 'order' in done ? { status: 200, ...answers.tagged(done.order, by) } : done;
  },
});
