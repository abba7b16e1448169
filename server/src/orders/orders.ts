// Quotes and orders (报价与订单): what is offered to whom and what was agreed, with lines and sums.
import * as contacts from '../contacts/contacts.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import * as customers from '../customers/customers.ts';
import { insertRecord, updateRecord } from '../db/records.ts';
import * as deals from '../deals/deals.ts';
import { may, type ObjectType } from '../permissions.ts';
import type { By, Kind, PageOutcome } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import { sumOf } from './amounts.ts';
import { altersKeys, asks, keysOf } from './finding.ts';
import { type Decided, decide, type LineFault, reckoned } from './lines.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export { amountsOf, openOf, sumOf } from './amounts.ts';
export { keysOf, rekey } from './finding.ts';
export { fromDeal, orderOf } from './making.ts';
export { dues, outstanding, pay, plan, remind, reverse } from './payments.ts';
export { expire, move } from './progress.ts';
export { nextOf } from './rules.ts';
export type Order = store.OrderRow;

/** Quotes and orders, as the kind of record that they are. */
export const orders: Kind<Order> = {
  object: 'order',
  shape: store.shape,
  nameOf: row => row.number,
};

/** One page within reach; `after` is the cursor of the page before. */
export async function list(
  world: World,
  input: { filters: rules.OrderFilters } & records.Paging,
  by: By,
): Promise<PageOutcome<Order>> {
  const filters = await customFields.meant(world, 'order', input.filters);
  const { q, owner, customer, deal, unpaid, deleted, custom, ...rest } = filters;
  const { filters: _, ...page } = input;
  const conditions = store.filtered({
    ...rest,
    customerId: customer,
    dealId: deal,
    ownerId: deals.ownerIn(owner, by),
    unpaid: unpaid !== undefined,
  });
  const sought = asks(world, { q, custom });
  conditions.push(...sought.conditions);
  const asked = { ...page, keyed: sought.keyed, deleted: deleted === 'true' };
  return records.page(world, orders, { ...asked, conditions, custom, particular: false }, by);
}

/** One within reach that is not in the bin. */
export async function byId(world: World, id: string, by: By): Promise<Order | undefined> {
  return records.find(world, orders, id, by);
}

export type Wrong =
  | { kind: 'no-such-customer' | 'no-such-contact' | 'no-such-deal' | 'no-such-owner' | 'not-allowed' }
  | { kind: 'wrong-lines'; faults: LineFault[] }
  | customFields.WrongCustom;

type Linked = { columns: Partial<store.OrderFields>; links: rules.Links };

const reading = (by: By, object: ObjectType): By => ({ ...by, reach: may(by.me, 'read', object) });

/** The customer, contact, deal and owner that an input names, as far as it names any; `row` is what there is. */
async function linksIn(
  world: World,
  input: rules.OrderPatch,
  row: Order | null,
  by: By,
): Promise<({ kind: 'linked' } & Linked) | Wrong> {
  const linked: Linked = { columns: {}, links: {} };
  const { columns, links } = linked;
  const customerId = input.customerId ?? row?.customer_id ?? '';
  const moves = customerId !== row?.customer_id;
  if (moves) {
    // Held: it cannot go into the bin before what is new with it is there to go along.
    const customer = await customers.lock(world, customerId, reading(by, 'customer'));
    if (!customer) return { kind: 'no-such-customer' };
    columns.customer_id = customer.id;
    links.customer = { id: customer.id, name: customer.name };
  }
  // Contact and deal belong to one customer: they do not follow to another.
  const contactId = input.contactId === undefined && moves ? null : input.contactId;
  if (contactId && (moves || contactId !== row?.contact_id)) {
    const contact = await contacts.byId(world, contactId, reading(by, 'contact'));
    if (contact?.customer_id !== customerId) return { kind: 'no-such-contact' };
    links.contact = { id: contact.id, name: contact.name };
  } else if (contactId === null) links.contact = null;
  if (links.contact !== undefined) columns.contact_id = links.contact?.id ?? null;
  const dealId = input.dealId === undefined && moves ? null : input.dealId;
  if (dealId && (moves || dealId !== row?.deal_id)) {
    const deal = await deals.byId(world, dealId, reading(by, 'deal'));
    if (deal?.customer_id !== customerId) return { kind: 'no-such-deal' };
    links.deal = { id: deal.id, name: deal.title };
  } else if (dealId === null) links.deal = null;
  if (links.deal !== undefined) columns.deal_id = links.deal?.id ?? null;
  if (row && (input.ownerId === undefined || input.ownerId === row.owner_id))
    return { kind: 'linked', ...linked };
  const settled = await customers.settleOwner(world, input.ownerId, by);
  if (settled.kind !== 'owner') return settled;
  const { id, name, teamId } = settled.owner;
  Object.assign(columns, { owner_id: id, team_id: teamId });
  links.owner = id === null ? null : { id, name };
  return { kind: 'linked', ...linked };
}

const none = { net: 0, tax: 0, total: 0 };

/** Adds a quote or an order as a draft. */
export async function add(
  world: World,
  input: rules.NewOrder,
  by: By,
): Promise<{ kind: 'added'; order: Order } | Wrong> {
  return atomically(world, async tx => {
    const linked = await linksIn(tx, input, null, by);
    if (linked.kind !== 'linked') return linked;
    const own = await customFields.settle(tx, 'order', input.custom, null, by.me);
    if (own.kind !== 'settled') return own;
    const columns = rules.columnsIn(input);
    const fields = {
      title: '',
      currency: 'CNY',
      tax_included: false,
      issued_on: await workspaces.today(tx),
      ...columns,
      ...linked.columns,
      ...customFields.customColumns(own.custom),
      kind: input.kind,
      customer_id: input.customerId,
    };
    const decided = await decide(tx, input.lines ?? [], settingOf(fields), new Map(), by);
    if (decided.kind !== 'decided') return decided;
    return { kind: 'added', order: await write(tx, fields, decided, linked.links, by) };
  });
}

const settingOf = (row: {
  customer_id: string;
  currency: string;
  tax_included: boolean;
  issued_on: string;
}) => ({
  customerId: row.customer_id,
  currency: row.currency,
  taxIncluded: row.tax_included,
  day: row.issued_on,
});

type Drafted = Partial<store.OrderFields> & Pick<store.OrderFields, 'kind' | 'issued_on' | 'customer_id'>;

/** Gives a draft its number and writes it with its lines and its journal entry. */
export async function write(
  tx: World,
  fields: Drafted,
  decided: Pick<Extract<Decided, { kind: 'decided' }>, 'lines' | 'sums'>,
  links: rules.Links,
  by: By,
): Promise<Order> {
  const at = moment(tx);
  const year = Number(fields.issued_on.slice(0, 4));
  const letter = fields.kind === 'quote' ? 'Q' : 'O';
  const place = String(await store.nextNumber(tx, fields.kind, year)).padStart(5, '0');
  const row = {
    ...fields,
    ...decided.sums,
    id: tx.random.id(),
    number: `${letter}-${year}-${place}`,
    status: 'draft' as const,
    status_since: at,
  };
  const after = { ...rules.told(row, links, decided.lines), ...customFields.toldOf(fields.custom ?? {}) };
  const details = { name: row.number, kind: row.kind };
  const entry = records.entryOf(tx, orders, 'add', row.id, by, { after, details });
  await insertRecord(
    tx,
    store.shape,
    row,
    { at, by: by.me.id },
    entry,
    keysOf(tx.workspaceId, { title: '', ...row }),
  );
  await store.writeLines(tx, row.id, decided.lines);
  return records.reread(tx, orders, row.id);
}

export type ChangeOutcome =
  | { kind: 'changed'; order: Order }
  | { kind: 'changed-meanwhile'; current: Order }
  | { kind: 'not-found' | 'frozen' }
  | Wrong;

/** Changes a quote or an order; where a version is named, only that one. Lines change in a draft alone. */
export async function change(
  world: World,
  input: { id: string; patch: rules.OrderPatch; version: number | null },
  by: By,
): Promise<ChangeOutcome> {
  const { patch } = input;
  return atomically(world, async tx => {
    const held = await records.hold(tx, orders, input, by);
    if (held.kind !== 'held') return held;
    const { row } = held;
    const linked = await linksIn(tx, patch, row, by);
    if (linked.kind !== 'linked') return linked;
    const wanted = { ...rules.columnsIn(patch), ...linked.columns };
    const decided = await linesFor(tx, patch, row, wanted, by);
    if (decided?.kind === 'wrong-lines') return decided;
    const lines = decided?.lines ?? null;
    if (rules.frozenIn(row, wanted, lines)) return { kind: 'frozen' };
    const sums = decided?.sums ?? none;
    const own = await customFields.settle(tx, 'order', patch.custom, row, by.me);
    if (own.kind !== 'settled') return own;
    const found = rules.difference(row, decided ? { ...wanted, ...sums } : wanted, linked.links, lines);
    const differing = customFields.withCustom(found, own);
    if (!differing) return { kind: 'changed', order: row };
    const team = 'owner_id' in differing.columns ? { team_id: linked.columns.team_id ?? null } : {};
    const { before, after } = differing;
    const details = { name: row.number, kind: row.kind };
    const entry = records.entryOf(tx, orders, 'change', row.id, by, { before, after, details });
    const columns = { ...differing.columns, ...team };
    const keys = altersKeys(columns) ? keysOf(tx.workspaceId, { ...row, ...columns }) : null;
    await updateRecord(
      tx,
      store.shape,
      { id: row.id, columns, keys, entry },
      { at: moment(tx), by: by.me.id },
    );
    if (found?.lines) await store.writeLines(tx, row.id, found.lines);
    return { kind: 'changed', order: await records.reread(tx, orders, row.id) };
  });
}

/** The lines that a change leads to; null where they stay as they are. */
async function linesFor(
  tx: World,
  patch: rules.OrderPatch,
  row: Order,
  wanted: Partial<store.OrderFields>,
  by: By,
): Promise<Decided | null> {
  const next = { ...row, ...wanted };
  if (patch.lines) {
    const known = new Map(
      row.lines.flatMap(line => (line.product_id ? [[line.product_id, line.code] as const] : [])),
    );
    return decide(tx, patch.lines, settingOf(next), known, by);
  }
  if (next.tax_included === row.tax_included) return null;
  const lines = reckoned(row.lines, next.tax_included);
  return { kind: 'decided', lines, sums: sumOf(lines) };
}

/**
 * Puts a quote or an order into the bin, or takes it out: not while its customer lies there, nor where its quote has
 * another order by now.
 */
export async function bin(
  world: World,
  input: records.Versioned & { deleted: boolean },
  by: By,
): Promise<records.BinOutcome<Order> | { kind: 'made-already'; number: string }> {
  let other: string | undefined;
  const outcome = await records.bin<Order, 'not-found' | 'made-already'>(world, orders, input, by, {
    before: async (tx, id) => {
      if (!input.deleted) other = await store.otherOrder(tx, id);
    },
    against: row => (row.customer_deleted ? 'not-found' : other === undefined ? null : 'made-already'),
  });
  if (outcome.kind === 'made-already') return { kind: outcome.kind, number: other ?? '' };
  return outcome as records.BinOutcome<Order>;
}
