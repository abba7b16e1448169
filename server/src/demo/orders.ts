// The demo's quotes, orders and payments: what came of its deals, the same for the same seed.
import * as audit from '../audit/audit.ts';
import type { NewEntry } from '../db/journal.ts';
import type { OrderStatus } from '../db/orders-tables.ts';
import { keepKeys } from '../db/records.ts';
import type { Me } from '../http.ts';
import * as orders from '../orders/orders.ts';
import { iso, type World } from '../world.ts';
import type { ToldDeal } from './deals.ts';
import * as store from './orders-store.ts';
import { fillProducts, type Ware } from './products.ts';
import { type Seeded, seeded } from './seed.ts';

const day = 86_400_000;
const terms = {
  zh: '付款方式：合同签订后付 30% 定金，发货前付清余款。\n交货期：收到定金后 30 天。',
  en: '30% deposit with the order, balance before shipment.\nDelivery within 30 days of the deposit.',
};
const dayOf = (at: number) => iso(at).slice(0, 10);

/** Writes products, and the quotes, orders and payments of the deals; how many of each. */
export async function fillOrders(
  world: World,
  seed: number,
  deals: ToldDeal[],
  me: Me,
): Promise<{ products: number; orders: number }> {
  const dice = seeded(seed);
  const opened = Math.min(...deals.map(deal => Date.parse(deal.row.created_at)), world.now()) - day;
  const wares = await fillProducts(at(world, dice, opened), dice, me);
  const made: Made[] = [];
  const firsts = new Set<string>();
  for (const deal of deals) made.push(...documentsOf(world, dice, wares, deal, firsts));
  made.sort((a, b) => a.begun - b.begun);
  const last = new Map<string, number>();
  for (const one of made) {
    const [letter, year] = [one.row.kind === 'quote' ? 'Q' : 'O', one.row.issued_on.slice(0, 4)];
    const place = (last.get(`${letter}-${year}`) ?? 0) + 1;
    last.set(`${letter}-${year}`, place);
    one.row.number = `${letter}-${year}-${String(place).padStart(5, '0')}`;
  }
  const numbers = [...last].map(([key, count]) => ({
    kind: key.startsWith('Q') ? 'quote' : 'order',
    year: Number(key.slice(2)),
    last: count,
  }));
  await store.insertOrders(world, made, numbers, entriesOf(world, dice, made));
  const keys = made.map(({ row }) => ({ id: row.id, keys: orders.keysOf(world.workspaceId, row) }));
  await keepKeys(world, 'order_keys', keys).execute(world.db);
  return { products: wares.length, orders: made.length };
}

type Made = store.Document & { begun: number; deal: ToldDeal; steps: { status: OrderStatus; at: number }[] };

/** The world as it was then; ids fall from the demo's own dice. */
const at = (world: World, dice: Seeded, then: number): World => ({
  ...world,
  now: () => then,
  random: { ...world.random, id: () => dice.id(then) },
});

/** A quote for what is being offered; a quote and its order for what was won. `firsts` notes who has something overdue. */
function documentsOf(world: World, dice: Seeded, wares: Ware[], deal: ToldDeal, firsts: Set<string>): Made[] {
  const { row } = deal;
  const [since, now] = [Date.parse(row.stage_since), world.now()];
  if (row.kind === 'won') {
    const begun = Math.max(Date.parse(row.created_at), since - dice.whole(6, 20) * day);
    const quote = draft(world, dice, wares, deal, 'quote', begun);
    quote.steps.push({ status: 'sent', at: begun + 3_600_000 }, { status: 'accepted', at: since });
    return [quote, orderOf(now, dice, deal, quote, since, firsts)];
  }
  if (row.kind === 'lost' || !dice.chance(0.5)) return [];
  const begun = since + Math.min(day, (now - since) * (0.2 + 0.5 * dice.share()));
  const quote = draft(world, dice, wares, deal, 'quote', Math.floor(begun));
  if (dice.chance(0.75)) quote.steps.push({ status: 'sent', at: quote.begun + 3_600_000 });
  const until = quote.begun + 30 * day;
  quote.row.valid_until = dayOf(until);
  if (quote.steps.length > 0 && until + 2 * day < now)
    quote.steps.push({ status: 'expired', at: until + 2 * day });
  return [quote];
}

function draft(
  world: World,
  dice: Seeded,
  wares: Ware[],
  deal: ToldDeal,
  kind: 'quote' | 'order',
  begun: number,
): Made {
  const { row, account, by } = deal;
  const tongue = account.company.region === 'cn' ? 'zh' : 'en';
  const offered = wares.filter(w => w.trade === account.company.trade.slug && w.tongue === tongue);
  const chosen = dice.some(offered, dice.whole(1, 3));
  const lines = chosen.map(ware => {
    const share = row.amount / Math.max(1, chosen.length) / ware.price;
    const quantity = String(Math.max(1, Math.round(share / 10) * 10));
    const line = {
      quantity,
      unitPrice: ware.price,
      discount: dice.chance(0.3) ? 500 : 0,
      taxRate: ware.taxRate,
    };
    const { quantity: _same, unitPrice, discount, taxRate } = line;
    const said = { product_id: ware.id, code: ware.code, name: ware.name, unit: ware.unit, quantity };
    const priced = { unit_price: unitPrice, discount, tax_rate: taxRate };
    return { ...said, ...priced, ...orders.amountsOf(line, tongue === 'zh') };
  });
  return {
    begun,
    deal,
    steps: [],
    lines,
    instalments: [],
    payments: [],
    row: {
      id: dice.id(begun),
      kind,
      number: '',
      title: row.title,
      customer_id: row.customer_id,
      contact_id: row.contact_id,
      deal_id: row.id,
      quote_id: null,
      status: 'draft',
      currency: row.currency,
      tax_included: tongue === 'zh',
      issued_on: dayOf(begun),
      valid_until: kind === 'quote' ? dayOf(begun + 30 * day) : null,
      delivery_on: null,
      terms: terms[tongue],
      ...orders.sumOf(lines),
      paid: 0,
      owner_id: by.id,
      team_id: by.teamId,
      created_by: by.id,
      created_at: iso(Math.min(begun, world.now())),
      status_since: '',
      updated_at: '',
      version: 1,
    },
  };
}

/**
 * The order of a quote: 30% within a week, the rest after six; what is long due has mostly been paid. The first of each
 * team and currency that fell due lately has not, or on some days the dice would leave nothing overdue.
 */
function orderOf(
  now: number,
  dice: Seeded,
  deal: ToldDeal,
  quote: Made,
  won: number,
  firsts: Set<string>,
): Made {
  const begun = won + 60_000;
  const steps: Made['steps'] = [{ status: 'confirmed', at: begun + 3_600_000 }];
  const age = now - begun;
  if (age > 35 * day) steps.push({ status: 'delivered', at: begun + 32 * day });
  const { total } = quote.row;
  const deposit = Math.round(total * 0.3);
  const plan = [
    { dueOn: dayOf(won + 7 * day), amount: deposit },
    { dueOn: dayOf(won + 45 * day), amount: total - deposit },
  ].filter(one => one.amount > 0);
  const payments = plan.flatMap((one, i) => {
    const paidAt = Date.parse(one.dueOn) + dice.whole(-4, 6) * day;
    const isPaid = dice.chance(i === 0 ? 0.95 : 0.9) || paidAt < now - 75 * day;
    const due = Date.parse(one.dueOn);
    const whose = `${quote.row.team_id} ${quote.row.currency}`;
    const isFirst = due < now - 2 * day && due > now - 60 * day && !firsts.has(whose);
    if (isFirst) firsts.add(whose);
    const come = isPaid && paidAt < now - day && !isFirst;
    return come ? [{ id: dice.id(paidAt), received_on: dayOf(paidAt), amount: one.amount, at: paidAt }] : [];
  });
  const paid = payments.reduce((sum, one) => sum + one.amount, 0);
  if (steps.length === 2 && paid === total)
    steps.push({
      status: 'closed',
      at: Math.max(begun + 33 * day, ...payments.map(one => one.at)) + 3_600_000,
    });
  const open = orders.openOf(plan, paid);
  return {
    begun,
    deal,
    steps: steps.filter(step => step.at < now),
    lines: quote.lines,
    payments: payments.map(one => ({ ...one, at: iso(one.at), by: deal.by.id })),
    instalments: plan.map((one, i) => ({
      id: dice.id(begun),
      due_on: one.dueOn,
      amount: one.amount,
      open: open[i] ?? 0,
      // Nobody is told by mail of what was due before the demo began.
      reminded: 'overdue' as const,
    })),
    row: {
      ...quote.row,
      id: dice.id(begun),
      kind: 'order',
      quote_id: quote.row.id,
      issued_on: dayOf(begun),
      valid_until: null,
      delivery_on: dayOf(begun + 30 * day),
      created_at: iso(begun),
      paid,
    },
  };
}

/** What the journal tells of them; each document learns by it when it changed last. */
function entriesOf(world: World, dice: Seeded, made: Made[]): NewEntry[] {
  return made.flatMap(({ row, lines, steps, payments, deal, begun }) => {
    const by = { id: deal.by.id, name: deal.by.name };
    const object = { type: 'order', id: row.id };
    const details = { name: row.number, kind: row.kind };
    let status: OrderStatus = 'draft';
    let paid = 0;
    const told = [
      {
        at: begun,
        action: 'order.add',
        after: {
          number: row.number,
          title: row.title,
          currency: row.currency,
          customer: { id: row.customer_id, name: deal.account.company.name },
          lines: lines.map(line => ({
            name: line.name,
            quantity: line.quantity,
            unitPrice: line.unit_price,
          })),
          total: row.total,
        },
      },
      ...steps.map(step => {
        const before = { status };
        status = step.status;
        row.status_since = iso(step.at);
        return { at: step.at, action: 'order.status', before, after: { status } };
      }),
      ...payments.map(one => {
        const before = { paid };
        paid += one.amount;
        const after = { amount: one.amount, receivedOn: one.received_on, paid };
        return { at: Date.parse(one.at), action: 'order.pay', before, after };
      }),
    ].sort((a, b) => a.at - b.at);
    row.status = status;
    row.status_since ||= iso(begun);
    row.updated_at = iso(told.at(-1)?.at ?? begun);
    row.version = told.length;
    return told.map(({ at: then, ...entry }) =>
      audit.row(at(world, dice, then), { ...entry, by, object, details }),
    );
  });
}
