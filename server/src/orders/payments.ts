// What is to be paid when, what has been paid, and telling owners of what is due.
import type { Fence } from '../db/fence.ts';
import { paged, placeOf } from '../db/keyset.ts';
import { updateRecord } from '../db/records.ts';
import * as deals from '../deals/deals.ts';
import * as messages from '../messages/messages.ts';
import { type Hand, hiddenFields, may } from '../permissions.ts';
import type { Language } from '../problems.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as subjects from '../subjects/subjects.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import { openOf } from './amounts.ts';
import { type Order, orders } from './orders.ts';
import * as paying from './payments-store.ts';
import { type DueFilters, standing } from './rules.ts';
import * as store from './store.ts';

type Instalment = { dueOn: string; amount: number; note?: string | null | undefined };
type Named = 'order.plan' | 'order.pay' | 'order.reverse';

export type PayOutcome =
  | { kind: 'changed'; order: Order }
  | { kind: 'changed-meanwhile'; current: Order }
  | { kind: 'not-found' | 'not-payable' | 'plan-exceeds' | 'paid-exceeds' | 'reversed-already' };

const sum = (rows: readonly { amount: number }[]) => rows.reduce((total, row) => total + row.amount, 0);

/** Sets what is to be paid when; what has been paid already covers the earliest. */
export async function plan(
  world: World,
  input: { id: string; instalments: Instalment[]; version: number | null },
  by: By,
): Promise<PayOutcome> {
  return atomically(world, async tx => {
    const held = await holdOrder(tx, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    if (sum(input.instalments) > row.total) return { kind: 'plan-exceeds' };
    const open = openOf(input.instalments, row.paid);
    const rows = input.instalments.map((one, i) => ({
      id: tx.random.id(),
      due_on: one.dueOn,
      amount: one.amount,
      open: open[i] ?? one.amount,
      note: one.note || null,
      // Who was told of that day already is not told again because a note was mended.
      reminded: row.instalments.find(before => before.due_on === one.dueOn)?.reminded ?? null,
    }));
    await journal(tx, row, 'order.plan', { before: planOf(row.instalments), after: planOf(rows) }, {}, by);
    await paying.writePlan(tx, row.id, rows);
    return { kind: 'changed', order: await records.reread(tx, orders, row.id) };
  });
}

const planOf = (rows: readonly store.InstalmentRow[]) => ({
  instalments: rows.map(row => ({
    dueOn: row.due_on,
    amount: row.amount,
    ...(row.note ? { note: row.note } : {}),
  })),
});

/** Only an order that is not cancelled is paid. */
async function holdOrder(tx: World, input: { id: string; version: number | null }, by: By) {
  const held = await records.hold(tx, orders, input, by);
  if (held.kind !== 'held') return held;
  const payable = held.row.kind === 'order' && held.row.status !== 'cancelled';
  return payable ? held : { kind: 'not-payable' as const };
}

async function journal(
  tx: World,
  row: Order,
  action: Named,
  states: { before?: Record<string, unknown>; after?: Record<string, unknown> },
  columns: Record<string, unknown>,
  by: By,
): Promise<void> {
  const details = { name: row.number, currency: row.currency };
  const entry = records.entryOf(tx, orders, action.slice('order.'.length), row.id, by, {
    ...states,
    details,
  });
  await updateRecord(tx, store.shape, { id: row.id, columns, entry }, { at: moment(tx), by: by.me.id });
}

async function settle(tx: World, row: Order, paid: number): Promise<Order> {
  const open = openOf(
    row.instalments.map(one => ({ dueOn: one.due_on, amount: one.amount })),
    paid,
  );
  await paying.writeOpen(
    tx,
    row.id,
    row.instalments.map((one, i) => ({ id: one.id, open: open[i] ?? one.amount })),
  );
  return records.reread(tx, orders, row.id);
}

/** Writes a payment down; not more than is outstanding. */
export async function pay(
  world: World,
  input: { id: string; receivedOn?: string | undefined; amount: number; note?: string | null | undefined },
  by: By,
): Promise<PayOutcome> {
  return atomically(world, async tx => {
    const held = await holdOrder(tx, { id: input.id, version: null }, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    const paid = row.paid + input.amount;
    if (paid > row.total) return { kind: 'paid-exceeds' };
    const at = moment(tx);
    const receivedOn = input.receivedOn ?? (await workspaces.today(tx));
    const note = input.note || null;
    const after = { amount: input.amount, receivedOn, paid, ...(note ? { note } : {}) };
    await journal(tx, row, 'order.pay', { before: { paid: row.paid }, after }, { paid }, by);
    const payment = { id: tx.random.id(), receivedOn, amount: input.amount, note, at, by: by.me.id };
    await paying.insertPayment(tx, row.id, payment);
    return { kind: 'changed', order: await settle(tx, row, paid) };
  });
}

/** Takes a payment back; it stays on record with the reason. */
export async function reverse(
  world: World,
  input: { id: string; payment: string; reason: string },
  by: By,
): Promise<PayOutcome> {
  return atomically(world, async tx => {
    const held = await records.hold(tx, orders, { id: input.id, version: null }, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    const payment = row.payments.find(one => one.id === input.payment);
    if (!payment) return { kind: 'not-found' };
    if (payment.reversed_at) return { kind: 'reversed-already' };
    const paid = row.paid - payment.amount;
    const before = { paid: row.paid, amount: payment.amount, receivedOn: payment.received_on };
    const after = { paid, reason: input.reason };
    await journal(tx, row, 'order.reverse', { before, after }, { paid }, by);
    const { reason } = input;
    await paying.reversePayment(tx, row.id, { id: payment.id, reason, at: moment(tx), by: by.me.id });
    return { kind: 'changed', order: await settle(tx, row, paid) };
  });
}

const amounts = ['total', 'paid', 'outstanding', 'instalments'];

function seesMoney(person: Hand): boolean {
  const hidden = hiddenFields(person, 'order');
  return may(person, 'read', 'order') !== 'none' && !amounts.some(field => hidden.includes(field));
}

/** The fence of somebody who may see amounts, with what is shared with him; nothing for others. */
const fenceOfMoney = (by: By): Fence => (seesMoney(by.me) ? records.fenceFor(orders, by) : { kind: 'none' });

/** A page of what is to be paid to orders within reach, the earliest due first. */
export async function dues(
  world: World,
  input: { filters: DueFilters; after?: string | undefined; limit: number },
  by: By,
): Promise<{ kind: 'page'; items: paying.DueRow[]; next: string | null } | { kind: 'bad-cursor' }> {
  const order = paying.dueOrder;
  if (!order) return { kind: 'bad-cursor' };
  const place = input.after === undefined ? null : placeOf(order, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  const { from, to, customer: customerId, owner } = input.filters;
  const asked = { from, to, customerId, ownerId: deals.ownerIn(owner, by) };
  const rows = await paying.dues(world, fenceOfMoney(by), { ...asked, place, limit: input.limit + 1 });
  const found = paged(order, rows, input.limit);
  return { kind: 'page', items: found.rows, next: found.next };
}

/** What standing orders within reach come to and what is outstanding of it, by currency. */
export async function outstanding(
  world: World,
  input: { customer?: string | undefined; owner?: string | undefined; day?: string | undefined },
  by: By,
): Promise<paying.SumRow[]> {
  return paying.outstanding(world, fenceOfMoney(by), {
    customerId: input.customer,
    ownerId: deals.ownerIn(input.owner, by),
    day: input.day ?? (await workspaces.today(world)),
  });
}

const ahead = 3;
const batch = 500;
const mostTold = 20;

/** Tells owners by mail what is due within three days, and once more what has not come; each thing once. */
export async function remind(world: World): Promise<void> {
  for (let count = batch; count === batch; )
    count = await atomically(world, async tx => {
      const today = await workspaces.today(tx);
      const rows = await paying.takeReminders(tx, { day: today, ahead, limit: batch });
      for (const [ownerId, own] of Map.groupBy(rows, row => row.owner_id)) await tell(tx, ownerId, own);
      return rows.length;
    });
}

async function tell(tx: World, ownerId: string, rows: paying.Reminder[]): Promise<void> {
  const [person] = await subjects.colleagues(tx, [ownerId]);
  // What is open is told to nobody from whom amounts are hidden, by letter as little as on a page.
  if (!person?.verified || !seesMoney(person)) return;
  const { language } = person;
  const lines = rows.slice(0, mostTold).map(row => lineOf(row, language));
  if (rows.length > mostTold) lines.push('…');
  await messages.post(tx, {
    to: person.email,
    personId: person.id,
    channel: 'email',
    template: 'payments-due',
    language,
    data: {
      name: person.name,
      count: String(rows.length),
      lines: lines.join('\n'),
      link: messages.link(tx, '/orders/due'),
    },
  });
}

function lineOf(row: paying.Reminder, language: Language): string {
  const form = new Intl.NumberFormat(language, { style: 'currency', currency: row.currency });
  const amount = form.format(row.open / 10 ** (form.resolvedOptions().maximumFractionDigits ?? 2));
  const chinese = language === 'zh-CN';
  const [mark, gap] = chinese
    ? [row.overdue ? '（已逾期）' : '', '，']
    : [row.overdue ? ' (overdue)' : '', ', '];
  return `${row.due_on}${mark}${chinese ? '：' : ': '}${[row.customer_name, row.number, amount].join(gap)}`;
}

/** Whether an order binds both sides, so that what is outstanding counts. */
export const isStanding = (row: Pick<Order, 'kind' | 'status'>) =>
  row.kind === 'order' && standing.includes(row.status);
