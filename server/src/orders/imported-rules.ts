// What other systems call the states of quotes and orders, and what rows of a file come to as lines. Pure.
import type { OrderKind, OrderStatus } from '../db/orders-tables.ts';
import { folded } from '../folding.ts';
import { minorUnits } from '../money.ts';
import type { Sold } from '../products/imported.ts';
import type { Objection, Value, Values } from '../records/imported.ts';
import { mostMoney, sumOf } from './amounts.ts';
import { reckoned, tidyQuantity } from './lines.ts';
import { nextOf, standing } from './rules.ts';
import type { LineRow, OrderRow } from './store.ts';

export const textOf = (value: Value | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

const plain = (word: string) => folded(word).replace(/[-_/]/g, '');

const states: [kind: OrderKind, status: OrderStatus, names: string][] = [
  ['order', 'draft', 'draft|new|open|pending|unconfirmed|草稿|待提交|待确认|未确认|待审核|审核中|新建'],
  [
    'order',
    'confirmed',
    'confirmed|activated|active|sale|salesorder|processing|inprogress|approved|booked|已确认|执行中|进行中|审批通过|已审核|审核通过|生效|已生效|已签约|待发货|待交付',
  ],
  ['order', 'delivered', 'delivered|shipped|fulfilled|已发货|已交付|已收货|已交货'],
  [
    'order',
    'closed',
    'closed|completed|done|locked|paid|fullyinvoiced|已完成|已结案|完成|已关闭|执行完毕|已结束',
  ],
  [
    'order',
    'cancelled',
    'cancelled|canceled|cancel|void|voided|terminated|已取消|已作废|取消|作废|终止|意外终止',
  ],
  ['quote', 'draft', 'quotation|draftquotation|draft|new|报价草稿|草稿|报价中'],
  ['quote', 'sent', 'quotationsent|sent|presented|inreview|needsreview|已发送|已报价|待客户确认'],
  ['quote', 'accepted', 'accepted|approved|confirmed|已接受|客户已确认|已成交'],
  ['quote', 'declined', 'declined|denied|rejected|lost|已拒绝|未成交|已谢绝'],
  ['quote', 'expired', 'expired|已过期|已失效'],
];
const quotes = 'quote|quotation|报价|报价单';

/** Whether a row is a quote or an order, and how it stands; a status that nobody knows is undefined. */
export function standingIn(values: Values): { kind: OrderKind; status: OrderStatus | undefined } {
  const said = textOf(values.kind);
  const word = textOf(values.status);
  const kind = said ? (quotes.split('|').includes(plain(said)) ? 'quote' : 'order') : undefined;
  if (!word) return { kind: kind ?? 'order', status: 'draft' };
  const found = states.find(([of, , names]) => (kind ?? of) === of && names.split('|').includes(plain(word)));
  return { kind: kind ?? found?.[0] ?? 'order', status: found?.[1] };
}

const mostLines = 200;
const isLine = (row: Values) =>
  ['product', 'productCode', 'quantity', 'unitPrice', 'lineAmount'].some(field => row[field] !== undefined);

/** The words by which lines of these rows may name products. */
export function productWords(rows: readonly Values[]): string[] {
  return rows.flatMap(row => {
    const { code, name } = namedIn(row);
    return [code, name, textOf(row.product)].filter(word => word !== undefined);
  });
}

/** `[CODE] Name`, as some systems write products, says both. */
function namedIn(row: Values): { code: string | undefined; name: string | undefined } {
  const both = /^\[([^\]]{1,60})\]\s*(.+)$/s.exec(textOf(row.product) ?? '');
  return {
    code: textOf(row.productCode) ?? both?.[1]?.trim(),
    name: both?.[2]?.trim() ?? textOf(row.product),
  };
}

export type Terms = { currency: string; taxIncluded: boolean; seesPrices: boolean };

/** What the rows of one order come to as lines; an amount alone is one line. */
export function linesOf(rows: readonly Values[], sold: ReadonlyMap<string, Sold>, terms: Terms): LineRow[] {
  const [head = {}] = rows;
  const lines = rows.filter(isLine).map(row => lineOf(row, sold, terms));
  const amount = textOf(head.amount);
  if (lines.length === 0 && amount) {
    const name = textOf(head.name) ?? textOf(head.number) ?? '—';
    lines.push({ ...blank, name, unit_price: minorUnits(amount, terms.currency) });
  }
  return reckoned(lines, terms.taxIncluded);
}

const blank: LineRow = {
  product_id: null,
  code: null,
  name: '',
  description: null,
  unit: null,
  quantity: '1',
  unit_price: 0,
  discount: 0,
  tax_rate: 0,
  net: 0,
  tax: 0,
  total: 0,
};

function lineOf(row: Values, sold: ReadonlyMap<string, Sold>, terms: Terms): LineRow {
  const { code, name } = namedIn(row);
  const product =
    sold.get((code ?? '').toLowerCase()) ??
    sold.get((name ?? '').toLowerCase()) ??
    sold.get((textOf(row.product) ?? '').toLowerCase());
  const quantity = tidyQuantity(textOf(row.quantity) ?? '1');
  const discount = Number(textOf(row.discount) ?? 0);
  return {
    ...blank,
    product_id: product?.id ?? null,
    code: product?.code ?? code ?? null,
    name: name ?? product?.name ?? code ?? '—',
    unit: textOf(row.unit) ?? product?.unit ?? null,
    quantity,
    unit_price: priceOf(row, { quantity: Number(quantity), discount }, product, terms),
    discount,
    tax_rate: Number(textOf(row.taxRate) ?? product?.taxRate ?? 0),
  };
}

/** Its own price, else what its amount comes to for one, else the product's; nothing where none of them is told. */
function priceOf(
  row: Values,
  line: { quantity: number; discount: number },
  product: Sold | undefined,
  terms: Terms,
): number {
  const price = textOf(row.unitPrice);
  if (price) return minorUnits(price, terms.currency);
  const amount = textOf(row.lineAmount);
  const share = 1 - line.discount / 10_000;
  if (amount && share > 0) return Math.round(minorUnits(amount, terms.currency) / line.quantity / share);
  return terms.seesPrices && product?.currency === terms.currency ? product.price : 0;
}

/** What speaks against rows as an order, whatever there is already. */
export function faultsOf(values: Values, parts: Values[] = [values]): Objection[] {
  const { kind, status } = standingIn(values);
  const faults: Objection[] = [];
  if (!status) faults.push({ field: 'status', code: 'choice' });
  if (parts.length > mostLines) faults.push({ field: 'product', code: 'too-many-lines' });
  const isBare = !parts.some(isLine) && !textOf(values.amount);
  const binds = status !== undefined && !['draft', 'cancelled', 'declined', 'expired'].includes(status);
  if (isBare && binds && (kind === 'order' || status !== 'draft'))
    faults.push({ field: 'amount', code: 'no-lines' });
  // Prices of products are far below what would carry a sum of this beyond its bounds.
  const lines = linesOf(parts, new Map(), { currency: 'CNY', taxIncluded: false, seesPrices: false });
  if (sumOf(lines).total > mostMoney / 10) faults.push({ field: 'unitPrice', code: 'amount' });
  return faults;
}

/** Whether one gets from one state to another by steps that may be taken, without going back to a draft. */
function leadsTo(kind: OrderKind, from: OrderStatus, to: OrderStatus): boolean {
  const seen = new Set<OrderStatus>([from]);
  let edge: OrderStatus[] = [from];
  while (edge.length > 0) {
    edge = edge
      .flatMap(status => nextOf({ kind, status }))
      .filter(
        status => !seen.has(status) && (status === to || (status !== 'draft' && status !== 'cancelled')),
      );
    for (const status of edge) seen.add(status);
  }
  return seen.has(to);
}

/** What speaks against writing rows over an order that is there. */
export function objectionTo(row: OrderRow, values: Values, lines: LineRow[] | null): Objection | null {
  const differ = lines !== null && JSON.stringify(lines) !== JSON.stringify(row.lines);
  const planned = row.instalments.reduce((sum, one) => sum + one.amount, 0);
  const bound = row.status !== 'draft' || row.order_id !== null;
  if (differ && (bound || Math.max(row.paid, planned) > sumOf(lines).total))
    return { field: 'product', code: 'lines-fixed' };
  const status = statusFor(row, values);
  if (!status || status === row.status) return null;
  const wrong = { field: 'status', code: 'choice' } as const;
  if (!leadsTo(row.kind, row.status, status) || (row.kind === 'quote' && row.order_id)) return wrong;
  if (status === 'cancelled' && row.paid > 0) return wrong;
  const stands = standing.includes(status) || status === 'sent' || status === 'accepted';
  return stands && (lines ?? row.lines).length === 0 ? { field: 'product', code: 'no-lines' } : null;
}

/** The state that a row gives an order that is there; undefined where it gives none. */
export function statusFor(row: Pick<OrderRow, 'kind'>, values: Values): OrderStatus | undefined {
  return textOf(values.status) ? standingIn({ ...values, kind: row.kind }).status : undefined;
}
