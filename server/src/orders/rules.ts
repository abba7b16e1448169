// From what was sent to columns, which way a quote or an order may go, and what really changes. Pure.
import type { z } from 'zod';
import type { OrderKind, OrderStatus } from '../db/orders-tables.ts';
import { type Difference, differenceIn, filledIn } from '../difference.ts';
import type {
  DueFilters as DueSchema,
  OrderFilters as FilterSchema,
  LineInput as LineSchema,
  NewOrder as NewSchema,
  OrderPatch as PatchSchema,
} from './contract.ts';
import type { LineRow, OrderFields, OrderRow } from './store.ts';

export type NewOrder = z.output<typeof NewSchema>;
export type OrderPatch = z.output<typeof PatchSchema>;
export type OrderFilters = z.output<typeof FilterSchema>;
export type DueFilters = z.output<typeof DueSchema>;
export type LineInput = z.output<typeof LineSchema>;

const ways: Record<OrderKind, Partial<Record<OrderStatus, OrderStatus[]>>> = {
  quote: {
    draft: ['sent'],
    sent: ['accepted', 'declined', 'expired', 'draft'],
    accepted: ['sent', 'draft'],
    declined: ['sent', 'draft'],
    expired: ['accepted', 'sent', 'draft'],
  },
  order: {
    draft: ['confirmed', 'cancelled'],
    confirmed: ['delivered', 'cancelled', 'draft'],
    delivered: ['closed', 'confirmed', 'draft'],
    closed: ['delivered'],
    cancelled: ['draft'],
  },
};

/** Where it may go from where it stands. */
export function nextOf(row: Pick<OrderRow, 'kind' | 'status'>): OrderStatus[] {
  return ways[row.kind][row.status] ?? [];
}

/** Orders that bind both sides: what is outstanding is counted of these alone. */
export const standing: readonly OrderStatus[] = ['confirmed', 'delivered', 'closed'];

export type Objection =
  | 'no-way'
  | 'no-lines'
  | 'has-order'
  | 'has-payments'
  | 'plan-exceeds'
  | 'paid-exceeds';

/** What speaks against such a move; null for nothing. */
export function objectionTo(row: OrderRow, status: OrderStatus): Objection | null {
  if (!nextOf(row).includes(status)) return 'no-way';
  if (row.kind === 'quote' && row.order_id) return 'has-order';
  const leavesDraft = status === 'sent' || status === 'confirmed';
  if (leavesDraft && row.lines.length === 0) return 'no-lines';
  if (status === 'cancelled' && row.paid > 0) return 'has-payments';
  if (status !== 'confirmed') return null;
  if (row.paid > row.total) return 'paid-exceeds';
  return row.instalments.reduce((sum, one) => sum + one.amount, 0) > row.total ? 'plan-exceeds' : null;
}

export const columnOf = {
  title: 'title',
  currency: 'currency',
  taxIncluded: 'tax_included',
  issuedOn: 'issued_on',
  validUntil: 'valid_until',
  deliveryOn: 'delivery_on',
  terms: 'terms',
  remark: 'remark',
} as const;

/** The columns that a patch sets; links and lines are settled elsewhere. */
export function columnsIn(patch: OrderPatch): Partial<OrderFields> {
  const columns: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(columnOf)) {
    const value = patch[field as keyof typeof columnOf];
    if (value !== undefined) columns[column] = value === '' && field !== 'title' ? null : value;
  }
  return columns;
}

type Named = { id: string; name: string } | null;
/** The records that an order points to, as the journal names them; undefined: it stays. */
export type Links = {
  customer?: Named | undefined;
  contact?: Named | undefined;
  deal?: Named | undefined;
  owner?: Named | undefined;
};

/** A line as the journal keeps it: what was decided, not what it comes to. */
export const toldLine = (line: LineRow) => ({
  ...(line.product_id ? { productId: line.product_id } : {}),
  name: line.name,
  quantity: line.quantity,
  ...(line.unit ? { unit: line.unit } : {}),
  unitPrice: line.unit_price,
  ...(line.discount ? { discount: line.discount } : {}),
  ...(line.tax_rate ? { taxRate: line.tax_rate } : {}),
  ...(line.description ? { description: line.description } : {}),
});

/** What the journal tells of a new one. */
export function told(
  row: Partial<OrderFields> & { number: string },
  links: Links,
  lines: LineRow[],
): Record<string, unknown> {
  const named = Object.entries(links).filter(([, link]) => link);
  return {
    number: row.number,
    ...filledIn(columnOf, row),
    ...Object.fromEntries(named),
    lines: lines.map(toldLine),
    total: row.total,
  };
}

const linkColumns = {
  customer: ['customer_id', 'customer_name'],
  contact: ['contact_id', 'contact_name'],
  deal: ['deal_id', 'deal_title'],
  owner: ['owner_id', 'owner_name'],
} as const;

export type Sums = Pick<OrderFields, 'net' | 'tax' | 'total'>;

/** What really changes in `row`; `lines` are the new ones, null where they stay; null for nothing. */
export function difference(
  row: OrderRow,
  wanted: Partial<OrderFields>,
  links: Links,
  lines: LineRow[] | null,
): (Difference & { lines: LineRow[] | null }) | null {
  const found = differenceIn(columnOf, row, wanted);
  for (const [field, [id, name]] of Object.entries(linkColumns)) {
    const link = links[field as keyof Links];
    if (link === undefined || (link?.id ?? null) === row[id]) continue;
    found.columns[id] = link?.id ?? null;
    found.before[field] = row[id] ? { id: row[id], name: row[name] } : null;
    found.after[field] = link;
  }
  const changed = lines !== null && JSON.stringify(lines) !== JSON.stringify(row.lines) ? lines : null;
  if (changed) {
    const [before, after] = [row.lines.map(toldLine), changed.map(toldLine)];
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      found.before.lines = before;
      found.after.lines = after;
    }
    if (wanted.total !== row.total) {
      found.before.total = row.total;
      found.after.total = wanted.total;
    }
    Object.assign(found.columns, { net: wanted.net, tax: wanted.tax, total: wanted.total });
  }
  return Object.keys(found.columns).length === 0 ? null : { ...found, lines: changed };
}

/** The fields that are fixed once a document has left its drafting. */
export function frozenIn(row: OrderRow, wanted: Partial<OrderFields>, lines: LineRow[] | null): boolean {
  if (row.status === 'draft') return false;
  const fixed = ['customer_id', 'currency', 'tax_included'] as const;
  if (fixed.some(column => wanted[column] !== undefined && wanted[column] !== row[column])) return true;
  return lines !== null && JSON.stringify(lines) !== JSON.stringify(row.lines);
}
