// Rows as the rooms of customers and contacts take them.
import type { ImportedContact } from '../contacts/contacts.ts';
import type { ImportedCustomer } from '../customers/customers.ts';
import type { Values } from '../mapping/mapping.ts';
import { ownIn } from '../mapping/mapping.ts';
import type { Prepared } from './decide.ts';
import type { Setting } from './prepare.ts';

/** How the cells of a row are read. */
type Reading = Pick<Setting, 'plan' | 'style'>;

/** A value that is one text; empty for anything else. */
export const text = (value: Values[keyof Values]) => (typeof value === 'string' ? value : '');

/** A row as the customers room takes it. */
export function asCustomer(row: Prepared, { plan, style }: Reading): ImportedCustomer {
  const { createdAt, foreignId } = row.values;
  return {
    fields: customerFields(row.values),
    owner: row.owner,
    createdAt: text(createdAt) || undefined,
    foreignId: text(foreignId) || undefined,
    own: ownIn(row.values, plan.own, style),
  };
}

const fields = [
  'name',
  'phone',
  'email',
  'website',
  'industry',
  'source',
  'level',
  'stage',
  'city',
  'address',
  'remark',
  'tags',
  'nextFollowUpAt',
] as const;

/** The fields that a row gives a customer. */
export function customerFields(values: Values): ImportedCustomer['fields'] {
  const given = fields.flatMap(field => (values[field] === undefined ? [] : [[field, values[field]]]));
  return Object.fromEntries(given) as ImportedCustomer['fields'];
}

/** The contact that a customer's row names beside it. */
export function contactBeside(row: Prepared, customerId: string, isPrimary: boolean): ImportedContact {
  const { contactName, contactTitle, contactPhone, contactEmail, contactWechat, createdAt } = row.values;
  return {
    fields: {
      name: text(contactName),
      customerId,
      title: text(contactTitle) || null,
      phone: text(contactPhone) || null,
      email: text(contactEmail) || null,
      wechat: text(contactWechat) || null,
      isPrimary,
    },
    customerName: text(row.values.name),
    createdAt: text(createdAt) || undefined,
  };
}

/** A contact's row with the customer that it was found or made for. */
export function asContact(
  row: Prepared,
  customerId: string | null,
  isPrimary: boolean,
  { plan, style }: Reading,
): ImportedContact {
  const { createdAt, foreignId, customer } = row.values;
  return {
    fields: { ...contactFields(row.values), name: text(row.values.name), customerId, isPrimary },
    customerName: text(customer) || undefined,
    createdAt: text(createdAt) || undefined,
    foreignId: text(foreignId) || undefined,
    own: ownIn(row.values, plan.own, style),
  };
}

/** The fields that a row gives a contact, its customer and its standing aside. */
export function contactFields(values: Values) {
  const given = (['name', 'title', 'phone', 'email', 'wechat', 'remark'] as const).flatMap(field =>
    typeof values[field] === 'string' ? [[field, values[field]]] : [],
  );
  return Object.fromEntries(given) as { name?: string };
}

/** What a customer's row says of a deal, as a row of deals would. */
export function dealValues(values: Values): Values {
  const { dealName, dealAmount, dealCurrency, dealStage, dealExpectedOn, createdAt, source } = values;
  const given = {
    name: dealName,
    amount: dealAmount,
    currency: dealCurrency,
    stage: dealStage,
    expectedOn: dealExpectedOn,
    createdAt,
    source,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Values;
}
