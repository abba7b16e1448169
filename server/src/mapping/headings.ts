// Recognises columns by their headings: our own names, usual words, and the headings that other CRMs export.
import { type ImportField, type ImportObject, isOfList, joinedFields } from './fields.ts';
import { activities } from './names/activities.ts';
import { contacts } from './names/contacts.ts';
import { customers } from './names/customers.ts';
import { deals } from './names/deals.ts';
import { leads } from './names/leads.ts';
import { orders } from './names/orders.ts';
import { products } from './names/products.ts';
import { tasks } from './names/tasks.ts';

/** The form in which headings are compared: no case, space, sign, or mark of a mandatory column. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((?:必填|选填|必填项|required|optional)\)/g, '')
    .replace(/[\s_*.:·•"'’/()-]+/gu, '');
}

type Known = Map<string, { field: ImportField; rank: number }[]>;

function index(words: Record<string, string>): Known {
  const known: Known = new Map();
  for (const [field, headings] of Object.entries(words)) {
    for (const [rank, heading] of [field, ...headings.split('|')].entries()) {
      const key = headingKey(heading);
      const there = known.get(key) ?? [];
      if (!there.some(other => other.field === field))
        known.set(key, [...there, { field: field as ImportField, rank }]);
    }
  }
  return known;
}

const known: Record<ImportObject, Known> = {
  customer: index(customers),
  contact: index(contacts),
  deal: index(deals),
  activity: index(activities),
  lead: index(leads),
  product: index(products),
  task: index(tasks),
  order: index(orders),
};
const joined = new Set<string>(joinedFields);
/** Kinds of records that have remarks for a second telephone or address. */
const keepsRest = new Set<ImportObject>(['customer', 'contact', 'lead']);

/**
 * A field for every column, or null. A field that takes one column goes to the best heading; the next best column takes
 * another field it may stand for (手机 beside 电话 is the contact's), else none.
 */
export function suggest(
  object: ImportObject,
  columns: string[],
  own: (ImportField | null)[] = [],
): (ImportField | null)[] {
  const answers: (ImportField | null)[] = columns.map((_, at) => own[at] ?? null);
  const taken = new Set<string>();
  const offers = columns.flatMap((column, at) =>
    (known[object].get(headingKey(column)) ?? []).map(offer => ({ at, ...offer })),
  );
  const hasContact = offers.some(offer => offer.field === 'contactName');
  const hasDeal = offers.some(offer => offer.field === 'dealName');
  const hasList = offers.some(offer => offer.field === 'priceList');
  const weigh = (offer: (typeof offers)[number]) =>
    (hasContact && offer.field === 'contactPhone') || (hasList && offer.field === 'listPrice')
      ? -1
      : offer.rank;
  offers.sort((a, b) => weigh(a) - weigh(b) || a.at - b.at);
  for (const { at, field } of offers) {
    if (answers[at] !== null || (taken.has(field) && !joined.has(field))) continue;
    if (object === 'customer' && field.startsWith('contact') && !hasContact) continue;
    if (field.startsWith('deal') && !hasDeal) continue;
    if (isOfList(field) && !hasList) continue;
    answers[at] = field;
    taken.add(field);
  }
  if (!keepsRest.has(object)) return answers;
  // A second telephone or address is no reason to lose it.
  for (const { at, field } of offers)
    if (answers[at] === null && (field === 'phone' || field === 'email')) answers[at] = 'remark';
  return answers.map((answer, at) => answer ?? (isTold(object, columns[at] ?? '') ? 'remark' : null));
}

const told = new Set(['birthday', 'website', 'address', 'categories', '生日', '地址', '网址']);

/** Whether a contact's column has no field of its own, and is worth a line in the remarks. */
export function isTold(object: ImportObject, heading: string): boolean {
  return object === 'contact' && told.has(headingKey(heading));
}

/** The fields that a heading is known to stand for. */
export function fieldsOf(object: ImportObject, heading: string): ImportField[] {
  return (known[object].get(headingKey(heading)) ?? []).map(offer => offer.field);
}

/** Names for all columns, each once: an empty heading is called by its number, a second one gets one. */
export function columnNames(cells: string[]): string[] {
  const seen = new Map<string, number>();
  const used = new Set<string>();
  return cells.map((cell, at) => {
    const base =
      cell
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, 100) || `#${at + 1}`;
    let count = seen.get(base) ?? 0;
    let name = base;
    do {
      count++;
      name = count === 1 ? base : `${base} (${count})`;
    } while (used.has(name));
    seen.set(base, count);
    used.add(name);
    return name;
  });
}
