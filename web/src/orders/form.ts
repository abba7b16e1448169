// A quote or an order as a form holds it: texts as typed, and what of it goes to the server.
import type { Calls } from '../calls.ts';
import type { WithCustom } from '../custom-fields/values.ts';
import { amountText, minorIn } from '../deals/form.ts';
import { percentIn, percentText, quantityIn } from './amounts.ts';

export type Order = Calls['GET /orders/{id}']['reply'];
export type Kind = Order['kind'];
export type Status = Order['status'];
export type Due = Calls['GET /orders/due']['reply']['items'][number];
type NewOrder = Calls['POST /orders']['body'];
type Patch = Calls['PATCH /orders/{id}']['body'];
type LineBody = NonNullable<NewOrder['lines']>[number];

export type LineForm = {
  /** Names the line on the page, wherever it is moved to. */
  key: string;
  productId: string;
  name: string;
  description: string;
  unit: string;
  quantity: string;
  unitPrice: string;
  discount: string;
  taxRate: string;
};

export type OrderForm = {
  title: string;
  customerId: string;
  customerName: string;
  contactId: string;
  dealId: string;
  currency: string;
  taxIncluded: string;
  issuedOn: string;
  validUntil: string;
  deliveryOn: string;
  terms: string;
  remark: string;
  ownerId: string;
  lines: LineForm[];
};

export const newKey = () => Math.random().toString(36).slice(2, 10);

export const blankLine = (taxRate = ''): LineForm => ({
  key: newKey(),
  productId: '',
  name: '',
  description: '',
  unit: '',
  quantity: '1',
  unitPrice: '',
  discount: '',
  taxRate,
});

/** The day that it is here, which is not always that of the server. */
export function today(shift = 0, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + shift);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** A new one: a quote holds for thirty days unless said otherwise. */
export const blank = (kind: Kind, customer?: { id: string; name: string }): OrderForm => ({
  title: '',
  customerId: customer?.id ?? '',
  customerName: customer?.name ?? '',
  contactId: '',
  dealId: '',
  currency: 'CNY',
  taxIncluded: 'yes',
  issuedOn: today(),
  validUntil: kind === 'quote' ? today(30) : '',
  deliveryOn: '',
  terms: '',
  remark: '',
  ownerId: '',
  lines: [],
});

/** A record as its form shows it. */
export function formOf(order: Order): OrderForm {
  return {
    title: order.title,
    customerId: order.customer.id,
    customerName: order.customer.name,
    contactId: order.contact?.id ?? '',
    dealId: order.deal?.id ?? '',
    currency: order.currency,
    taxIncluded: order.taxIncluded ? 'yes' : 'no',
    issuedOn: order.issuedOn,
    validUntil: order.validUntil ?? '',
    deliveryOn: order.deliveryOn ?? '',
    terms: order.terms ?? '',
    remark: order.remark ?? '',
    ownerId: order.owner?.id ?? '',
    lines: order.lines.map((line, place) => ({
      key: `line-${place}`,
      productId: line.productId ?? '',
      name: line.name,
      description: line.description ?? '',
      unit: line.unit ?? '',
      quantity: line.quantity,
      unitPrice: amountText(line.unitPrice, order.currency) || '0',
      discount: percentText(line.discount),
      taxRate: percentText(line.taxRate),
    })),
  };
}

function lineBody(line: LineForm, currency: string): LineBody {
  return {
    productId: line.productId || null,
    name: line.name.trim(),
    description: line.description.trim() || null,
    unit: line.unit.trim() || null,
    quantity: quantityIn(line.quantity) ?? '1',
    unitPrice: minorIn(line.unitPrice, currency) ?? 0,
    discount: percentIn(line.discount) ?? 0,
    taxRate: percentIn(line.taxRate) ?? 0,
  };
}

const bodies = (form: OrderForm) => form.lines.map(line => lineBody(line, form.currency));

/** What a new one is made of; an owner left empty is whoever is signed in. */
export function bodyOf(form: OrderForm, kind: Kind): NewOrder {
  const filled = (
    field: 'contactId' | 'dealId' | 'validUntil' | 'deliveryOn' | 'terms' | 'remark' | 'ownerId',
  ) => (form[field].trim() ? { [field]: form[field].trim() } : {});
  return {
    kind,
    title: form.title.trim(),
    customerId: form.customerId,
    currency: form.currency,
    taxIncluded: form.taxIncluded === 'yes',
    issuedOn: form.issuedOn || today(),
    lines: bodies(form),
    ...filled('contactId'),
    ...filled('dealId'),
    ...filled('validUntil'),
    ...filled('deliveryOn'),
    ...filled('terms'),
    ...filled('remark'),
    ...filled('ownerId'),
  };
}

const emptied = ['contactId', 'validUntil', 'deliveryOn', 'terms', 'remark', 'ownerId'] as const;

/** What differs between two states of a form, as the server wants it; an emptied field is null. */
export function patchOf(before: OrderForm, after: OrderForm): Patch {
  const patch: Patch = {};
  for (const field of emptied)
    if (before[field].trim() !== after[field].trim()) patch[field] = after[field].trim() || null;
  if (before.title.trim() !== after.title.trim()) patch.title = after.title.trim();
  if (before.issuedOn !== after.issuedOn && after.issuedOn) patch.issuedOn = after.issuedOn;
  if (before.taxIncluded !== after.taxIncluded) patch.taxIncluded = after.taxIncluded === 'yes';
  if (before.currency !== after.currency) patch.currency = after.currency;
  if (JSON.stringify(bodies(before)) !== JSON.stringify(bodies(after))) patch.lines = bodies(after);
  return patch;
}

export type LineFault = 'name' | 'quantity' | 'unitPrice' | 'discount' | 'taxRate';

/** What is wrong with a line. */
export function lineFaults(line: LineForm, currency: string): LineFault[] {
  const faults: LineFault[] = [];
  if (!line.name.trim()) faults.push('name');
  if (quantityIn(line.quantity) === null) faults.push('quantity');
  // Nothing typed is a price forgotten; what is given away is 0.
  if (!line.unitPrice.trim() || minorIn(line.unitPrice, currency) === null) faults.push('unitPrice');
  if (percentIn(line.discount) === null) faults.push('discount');
  if (percentIn(line.taxRate) === null) faults.push('taxRate');
  return faults;
}

/** Whether a form may be sent. */
export function isWhole(form: OrderForm): boolean {
  return form.customerId !== '' && form.lines.every(line => lineFaults(line, form.currency).length === 0);
}

export const textFields = [
  'title',
  'contactId',
  'currency',
  'taxIncluded',
  'issuedOn',
  'validUntil',
  'deliveryOn',
  'terms',
  'remark',
  'ownerId',
  'lines',
] as const;
export type TextForm = Record<(typeof textFields)[number], string>;

/** A form in texts alone, so that two versions of it can be held against each other. */
export function textsOf(form: WithCustom<OrderForm>): WithCustom<TextForm> {
  const { customerId: _id, customerName: _name, dealId: _deal, lines, ...texts } = form;
  return { ...texts, lines: JSON.stringify(lines.map(({ key: _key, ...line }) => line)) };
}

/** The form that such texts stand for. */
export function formFrom(texts: WithCustom<TextForm>, form: WithCustom<OrderForm>): WithCustom<OrderForm> {
  const lines = (JSON.parse(texts.lines) as Omit<LineForm, 'key'>[]).map((line, place) => ({
    ...line,
    key: `line-${place}`,
  }));
  return { ...form, ...texts, lines };
}

/** Lines in a sentence. */
export function lineWords(text: string): string {
  const lines = JSON.parse(text) as Omit<LineForm, 'key'>[];
  return lines.map(line => `${line.name} × ${line.quantity} × ${line.unitPrice || '0'}`).join('\n');
}

/** The version that a write names. */
export const versionOf = (order: Pick<Order, 'version'>) => `"v${order.version}"`;

/** Where one may go from a state: the step that usually comes next, and the others. */
export const steps: Record<
  Kind,
  Partial<Record<Status, { next: Status | 'order' | null; others: Status[] }>>
> = {
  quote: {
    draft: { next: 'sent', others: [] },
    sent: { next: 'order', others: ['accepted', 'declined', 'draft'] },
    accepted: { next: 'order', others: ['sent', 'draft'] },
    declined: { next: null, others: ['sent', 'draft'] },
    expired: { next: 'order', others: ['sent', 'draft'] },
  },
  order: {
    draft: { next: 'confirmed', others: ['cancelled'] },
    confirmed: { next: 'delivered', others: ['draft', 'cancelled'] },
    delivered: { next: 'closed', others: ['confirmed', 'draft'] },
    closed: { next: null, others: ['delivered'] },
    cancelled: { next: null, others: ['draft'] },
  },
};
