// Quotes and orders as imports write them: a row each, or a row and further ones below it for further lines.
import { customColumns, toldOf } from '../custom-fields/custom-fields.ts';
import { type Fence, fenceOf } from '../db/fence.ts';
import type { OrderKind } from '../db/orders-tables.ts';
import { minorUnits } from '../money.ts';
import { hiddenFields, may } from '../permissions.ts';
import { type Sold, soldBy } from '../products/imported.ts';
import * as imported from '../records/imported.ts';
import type { By } from '../records/records.ts';
import * as records from '../records/records.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { moment, type World } from '../world.ts';
import { sumOf } from './amounts.ts';
import { keysOf } from './finding.ts';
import {
  faultsOf,
  linesOf,
  objectionTo,
  productWords,
  standingIn,
  statusFor,
  textOf,
} from './imported-rules.ts';
import * as store from './imported-store.ts';
import * as rules from './rules.ts';
import { type LineRow, nextNumber, writeLines } from './store.ts';

const told = { ...rules.columnOf, status: 'status', total: 'total' } as const;

const target: imported.Target = {
  object: 'order',
  table: 'orders',
  keys: 'order_keys',
  keysOf: (world, row) => keysOf(world.workspaceId, row as Parameters<typeof keysOf>[1]),
  name: 'number',
  inUse: store.inUse,
  told,
  days: ['issued_on', 'valid_until', 'delivery_on'],
  columns: [
    ...Object.values(told),
    'number',
    'status_since',
    'net',
    'tax',
    'contact_id',
    'owner_id',
    'team_id',
    'foreign_id',
    'custom',
    'custom_sort',
  ],
  attached: {
    field: 'lines',
    read: store.linesBy,
    write: (world, id, value) => writeLines(world, id, value as LineRow[]),
    told: value => ((value ?? []) as LineRow[]).map(rules.toldLine),
  },
};

/** The products that lines may be of, as far as the importer sees them. */
async function productsFor(world: World, { hand }: imported.Asked, rows: imported.Values[], by: By) {
  const fence: Fence = fenceOf(by.me, may(hand, 'read', 'product'));
  const sold = await soldBy(world, fence, productWords(rows));
  return { sold, seesPrices: !hiddenFields(hand, 'product').includes('price') };
}

/** The columns that a row sets in an order, its lines, customer and state aside. */
function columnsOf(row: imported.PlacedRow): Record<string, unknown> {
  const { values } = row;
  const given = {
    title: textOf(values.name)?.slice(0, 200),
    issued_on: textOf(values.issuedOn),
    valid_until: textOf(values.validUntil),
    delivery_on: textOf(values.deliveryOn),
    terms: textOf(values.terms),
    remark: textOf(values.remark),
    contact_id: row.contact?.id,
    foreign_id: textOf(values.foreignId),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** A number for every row: its own where that is free, else that with a figure behind; else the next one of ours. */
async function numbersFor(
  world: World,
  rows: { number: string | undefined; kind: OrderKind; year: number }[],
) {
  const wanted = rows.flatMap(row => row.number ?? []);
  const taken = wanted.length > 0 ? await store.numbersTaken(world, wanted) : new Set<string>();
  const numbers: string[] = [];
  for (const { number, kind, year } of rows) {
    let free = number ?? '';
    for (let at = 2; free !== '' && taken.has(free); at++) {
      free = `${number}-${at}`;
      for (const one of await store.numbersTaken(world, [free])) taken.add(one);
    }
    if (free === '') {
      const letter = kind === 'quote' ? 'Q' : 'O';
      free = `${letter}-${year}-${String(await nextNumber(world, kind, year)).padStart(5, '0')}`;
    }
    taken.add(free);
    const ours = /^([QO])-(\d{4})-(\d{5,9})$/.exec(free);
    if (number && ours)
      await store.passNumber(world, ours[1] === 'Q' ? 'quote' : 'order', Number(ours[2]), Number(ours[3]));
    numbers.push(free);
  }
  return numbers;
}

async function add(
  world: World,
  asked: imported.Asked,
  input: { rows: imported.PlacedRow[]; importId: string },
  by: By,
): Promise<string[]> {
  const at = moment(world);
  const today = await workspaces.today(world);
  const given = input.rows.filter(row => row.customer !== null);
  const partsOf = (row: imported.PlacedRow) => row.parts ?? [row.values];
  const catalogue = await productsFor(world, asked, given.flatMap(partsOf), by);
  const dayOf = (row: imported.PlacedRow) =>
    textOf(row.values.issuedOn) ?? textOf(row.values.createdAt)?.slice(0, 10) ?? today;
  const numbers = await numbersFor(
    world,
    given.map(row => ({
      number: textOf(row.values.number),
      kind: standingIn(row.values).kind,
      year: Number(dayOf(row).slice(0, 4)),
    })),
  );
  const lines: Parameters<typeof store.addLines>[1] = [];
  const payments: store.PaymentOf[] = [];
  const entries: Parameters<typeof imported.addRows>[3] = [];
  const rows = given.map((row, place) => {
    const { values } = row;
    const { kind, status = 'draft' } = standingIn(values);
    const currency = textOf(values.currency) ?? 'CNY';
    const taxIncluded = values.taxIncluded === true;
    const own = linesOf(partsOf(row), catalogue.sold, { ...catalogue, currency, taxIncluded });
    const sums = sumOf(own);
    const id = world.random.id();
    const createdAt = textOf(values.createdAt) ?? at;
    lines.push(...own.map((line, position) => ({ ...line, order_id: id, position })));
    const paid = paidOf(values, currency, sums.total, rules.standing.includes(status));
    if (paid)
      payments.push({
        ...paid,
        id: world.random.id(),
        order_id: id,
        received_on: textOf(values.paidOn) ?? dayOf(row),
        created_at: at,
        created_by: by.me.id,
      });
    const order = {
      contact_id: null,
      deal_id: null,
      quote_id: null,
      valid_until: null,
      delivery_on: null,
      terms: null,
      remark: null,
      foreign_id: null,
      title: '',
      ...columnsOf(row),
      ...customColumns(row.own ?? {}),
      ...sums,
      id,
      kind,
      number: numbers[place] ?? '',
      status,
      status_since: createdAt,
      currency,
      tax_included: taxIncluded,
      issued_on: dayOf(row),
      customer_id: row.customer?.id ?? '',
      paid: paid?.amount ?? 0,
      owner_id: row.owner.id,
      team_id: row.owner.teamId,
      import_id: input.importId,
      created_at: createdAt,
      created_by: by.me.id,
      updated_at: at,
      updated_by: by.me.id,
      version: 1,
    };
    const links = {
      customer: row.customer && { id: row.customer.id, name: row.customer.name },
      contact: row.contact,
      owner: { id: row.owner.id, name: row.owner.name },
    };
    const after = { ...rules.told(order, links, own), status, ...toldOf(row.own ?? {}) };
    const details = { name: order.number, kind, import: input.importId };
    entries.push(records.entryOf(world, target, 'add', id, by, { after, details }));
    return order;
  });
  await imported.addRows(world, target, rows, entries);
  await store.addLines(world, lines);
  await store.addPayments(world, payments);
  return rows.map(row => row.id);
}

/** What has been paid, up to the total; null for nothing. What is beyond it stays in the note. */
function paidOf(values: imported.Values, currency: string, total: number, stands: boolean) {
  const paid = textOf(values.paid);
  const amount = paid && stands ? minorUnits(paid, currency) : 0;
  if (amount <= 0 || total <= 0) return null;
  return { amount: Math.min(amount, total), note: amount > total ? (paid ?? null) : null };
}

async function met(
  world: World,
  asked: imported.Asked,
  wanted: { foreignIds: string[]; rows: imported.Values[] },
  by: By,
): Promise<imported.Met[]> {
  const numbers = wanted.rows.flatMap(row => textOf(row.number) ?? []);
  if (numbers.length + wanted.foreignIds.length === 0) return [];
  const fence = fenceOf(by.me, by.reach);
  const there = await store.ordersLike(world, fence, { numbers, foreignIds: wanted.foreignIds });
  if (there.length === 0) return [];
  const catalogue = await productsFor(world, asked, wanted.rows, by);
  return there.flatMap(row => {
    const objection = ({ values, parts }: Pick<imported.PlacedRow, 'values' | 'parts'>) =>
      objectionTo(row, values, changedLines(row, parts ?? [values], catalogue));
    const one = { id: row.id, withinReach: row.withinReach, objection };
    return [
      { ...one, key: keyOf(row.number), foreignId: row.foreignId },
      { ...one, key: '', foreignId: row.id },
    ];
  });
}

/** The lines that rows give an order that is there; null where they say nothing of lines. */
function changedLines(
  row: store.OrderAt,
  parts: imported.Values[],
  catalogue: { sold: Map<string, Sold>; seesPrices: boolean },
): LineRow[] | null {
  const terms = { ...catalogue, currency: row.currency, taxIncluded: row.tax_included };
  const lines = linesOf(parts, catalogue.sold, terms);
  return lines.length === 0 ? null : lines;
}

const keyOf = (number: string) => `number ${number}`;

type Change = { id: string; row: imported.PlacedRow; namesOwner: boolean };

async function overwrite(
  world: World,
  asked: imported.Asked,
  input: { changes: Change[]; importId: string; dry?: boolean },
  by: By,
): Promise<imported.Before[]> {
  const { changes, ...rest } = input;
  const ids = changes.map(one => one.id);
  const there = new Map(
    (await store.ordersLike(world, { kind: 'all' }, { numbers: [], foreignIds: [], ids })).map(row => [
      row.id,
      row,
    ]),
  );
  const partsOf = (row: imported.PlacedRow) => row.parts ?? [row.values];
  const catalogue = await productsFor(
    world,
    asked,
    changes.flatMap(one => partsOf(one.row)),
    by,
  );
  const at = moment(world);
  const wanted = changes.flatMap(({ id, row, namesOwner }) => {
    const current = there.get(id);
    if (!current) return [];
    const lines = changedLines(current, partsOf(row), catalogue);
    const status = statusFor(current, row.values);
    // A contact stands with one customer, and the order stays with the one that it has.
    const { contact_id, ...columns } = columnsOf(row);
    return {
      id,
      own: row.own,
      columns: {
        ...columns,
        ...(row.customer?.id === current.customer_id && contact_id ? { contact_id } : {}),
        ...(lines ? sumOf(lines) : {}),
        ...(status && status !== current.status ? { status, status_since: at } : {}),
        ...(namesOwner ? { owner_id: row.owner.id, team_id: row.owner.teamId } : {}),
      },
      attached: lines ?? undefined,
      owner: row.owner,
    };
  });
  return imported.overwrite(world, target, { ...rest, changes: wanted }, by);
}

/** Quotes and orders, for imports. */
export const importedOrders: imported.ImportedObject = {
  target,
  placed: 'always',
  lined: true,
  async open(_world, asked) {
    return {
      faults: faultsOf,
      keyOf: values => {
        const number = textOf(values.number);
        return number ? keyOf(number) : null;
      },
      met: (tx, wanted, by) => met(tx, asked, wanted, by),
      add: (tx, input, by) => add(tx, asked, input, by),
      overwrite: (tx, input, by) => overwrite(tx, asked, input, by),
    };
  },
};
