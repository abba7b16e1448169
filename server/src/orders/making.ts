// One click from a quote to its order, and from a deal to its quote or order.

import * as customFields from '../custom-fields/custom-fields.ts';
import * as customers from '../customers/customers.ts';
import type { OrderKind } from '../db/orders-tables.ts';
import * as deals from '../deals/deals.ts';
import { hiddenFields, may } from '../permissions.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, type World } from '../world.ts';
import { sumOf } from './amounts.ts';
import { reckoned } from './lines.ts';
import { type Order, orders, write } from './orders.ts';
import { moveTo } from './progress.ts';
import type { LineRow } from './store.ts';
import * as store from './store.ts';

export type MakeOutcome =
  | { kind: 'made'; order: Order }
  | { kind: 'not-found' | 'no-such-deal' | 'not-ready' }
  | { kind: 'made-already'; number: string };

/** Makes an order of a quote that the customer has; the quote is accepted by that. */
export async function orderOf(world: World, quoteId: string, by: By): Promise<MakeOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, orders, { id: quoteId, version: null }, by);
    if (held.kind !== 'held' || held.row.kind !== 'quote') return { kind: 'not-found' };
    const quote = held.row;
    if (quote.order_number) return { kind: 'made-already', number: quote.order_number };
    if (!['sent', 'accepted', 'expired'].includes(quote.status)) return { kind: 'not-ready' };
    if (quote.status !== 'accepted') await moveTo(tx, quote, 'accepted', by);
    return { kind: 'made', order: await copied(tx, quote, 'order', by) };
  });
}

/** A new draft with what another document says. */
async function copied(tx: World, row: Order, kind: OrderKind, by: By): Promise<Order> {
  const { title, customer_id, contact_id, deal_id, currency, tax_included, delivery_on, terms } = row;
  const { owner_id, team_id } = row;
  const issued_on = await workspaces.today(tx);
  const kept = { title, customer_id, contact_id, deal_id, currency, tax_included, delivery_on, terms };
  const own = await customFields.of(tx, 'order');
  const columns = customFields.customColumns(customFields.carriedOver(own, row.custom, own, {}));
  const quote_id = kind === 'order' ? row.id : null;
  const fields = { ...kept, ...columns, owner_id, team_id, issued_on, kind, quote_id };
  const lines = reckoned(row.lines, tax_included);
  const named = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null);
  const links = {
    customer: named(customer_id, row.customer_name),
    contact: named(contact_id, row.contact_name),
    deal: named(deal_id, row.deal_title),
    owner: named(owner_id, row.owner_name),
  };
  return write(tx, fields, { lines, sums: sumOf(lines) }, links, by);
}

/**
 * Makes a quote or an order of a deal. An order of a deal with a quote has the quote's lines, and is the quote's order
 * where the quote has none yet; else there is one line with the deal's title and amount.
 */
export async function fromDeal(
  world: World,
  input: { dealId: string; kind: OrderKind },
  by: By,
): Promise<MakeOutcome> {
  return atomically(world, async tx => {
    const deal = await deals.byId(tx, input.dealId, { ...by, reach: may(by.me, 'read', 'deal') });
    if (!deal || deal.kind === 'lost') return { kind: 'no-such-deal' };
    const customer = await customers.lock(tx, deal.customer_id, { ...by, reach: 'all' });
    if (!customer) return { kind: 'no-such-deal' };
    const quoteId = input.kind === 'order' ? await store.quoteOfDeal(tx, deal.id) : undefined;
    const held = quoteId ? await records.hold(tx, orders, { id: quoteId, version: null }, by) : null;
    if (held?.kind === 'held' && held.row.lines.length > 0) {
      const quote = held.row;
      if (quote.order_number) return { kind: 'made-already', number: quote.order_number };
      if (quote.status !== 'accepted') await moveTo(tx, quote, 'accepted', by);
      return { kind: 'made', order: await copied(tx, quote, 'order', by) };
    }
    // A price of nothing says nothing to whom amounts of deals are hidden.
    const amount = hiddenFields(by.me, 'deal').includes('amount') ? 0 : deal.amount;
    const lines = lineOf(deal, amount);
    const fields = await fieldsOf(tx, deal, input.kind, by);
    const links = {
      customer: { id: deal.customer_id, name: deal.customer_name },
      deal: { id: deal.id, name: deal.title },
    };
    return { kind: 'made', order: await write(tx, fields, { lines, sums: sumOf(lines) }, links, by) };
  });
}

function lineOf(deal: deals.Deal, amount: number): LineRow[] {
  const line = {
    product_id: null,
    code: null,
    name: deal.title,
    description: null,
    unit: null,
    quantity: '1',
    unit_price: amount,
    discount: 0,
    tax_rate: 0,
    net: 0,
    tax: 0,
    total: 0,
  };
  return reckoned([line], false);
}

/** It belongs to whom the deal belongs, where one may give it to him; else to whoever makes it. */
async function fieldsOf(tx: World, deal: deals.Deal, kind: OrderKind, by: By) {
  const settled = await customers.settleOwner(tx, deal.owner_id ?? undefined, by);
  const owner =
    settled.kind === 'owner' ? settled.owner : { id: by.me.id, name: by.me.name, teamId: by.me.teamId };
  return {
    kind,
    title: deal.title,
    customer_id: deal.customer_id,
    contact_id: deal.contact_id,
    deal_id: deal.id,
    currency: deal.currency,
    tax_included: false,
    issued_on: await workspaces.today(tx),
    owner_id: owner.id,
    team_id: owner.teamId,
  };
}
