// Which fields a role may be kept from, and what of a request asks about a hidden one or writes a fixed one. Pure.
import { type FieldRule, fixedFields, type Hand, hiddenFields, type ObjectType } from './permissions.ts';

/** The fields that a policy may hide or fix, by their names as they travel: those that may be empty. */
export const governable: Partial<Record<ObjectType, readonly string[]>> = {
  customer: [
    'phone',
    'email',
    'website',
    'industry',
    'source',
    'level',
    'city',
    'address',
    'tags',
    'remark',
    'nextFollowUpAt',
    'lastActivityAt',
  ],
  contact: ['title', 'phone', 'email', 'wechat', 'remark'],
  deal: ['amount', 'expectedOn', 'contact', 'source', 'nextStep', 'lostReason', 'lostRemark', 'wonReason'],
  activity: ['nextStep', 'nextAt'],
  lead: [
    'company',
    'title',
    'phone',
    'email',
    'wechat',
    'source',
    'city',
    'address',
    'tags',
    'score',
    'remark',
    'nextFollowUpAt',
    'lastActivityAt',
  ],
  product: ['price', 'category', 'description'],
  order: ['total', 'contact', 'deal', 'validUntil', 'deliveryOn', 'terms', 'remark'],
  task: [],
};

/** Whether a policy may name this field; a workspace's own fields are named `custom.<key>`. */
export function isGovernable(object: string, field: string): boolean {
  const fields = governable[object as ObjectType];
  return fields !== undefined && (fields.includes(field) || /^custom\.[\w-]{1,60}$/.test(field));
}

/** What a filter or an input is about, where it goes by another name than the field. */
const aliases: Partial<Record<ObjectType, Readonly<Record<string, string>>>> = {
  customer: { tag: 'tags', followUpFrom: 'nextFollowUpAt', followUpTo: 'nextFollowUpAt' },
  deal: { expectedFrom: 'expectedOn', expectedTo: 'expectedOn', contactId: 'contact' },
  order: { deal: 'deal', dealId: 'deal', contactId: 'contact', unpaid: 'total' },
  lead: { tag: 'tags', followUpFrom: 'nextFollowUpAt', followUpTo: 'nextFollowUpAt' },
};

type Fault = { path: string; message: string };
const none: Fault[] = [];

/** What is wrong with a question: filters and orders by fields that are hidden from this person (L43). */
export function hiddenAsked(
  person: Hand,
  object: ObjectType,
  query: Readonly<Record<string, unknown>>,
): Fault[] {
  const hidden = hiddenFields(person, object);
  if (hidden.length === 0) return none;
  const about = (key: string) => hidden.includes(aliases[object]?.[key] ?? key);
  const faults = Object.keys(query)
    .filter(key => query[key] !== undefined && about(key))
    .map(key => `query.${key}`);
  const { sort } = query;
  if (typeof sort === 'string' && about(sort.replace(/^-/, ''))) faults.push('query.sort');
  return faults.map(path => ({ path, message: 'is hidden from your role' }));
}

/** Parts of bodies that hold fields themselves. */
const nested = ['patch', 'set'];

/** What is wrong with an input: fields that this person may not change. */
export function fixedWritten(person: Hand, object: ObjectType, body: unknown): Fault[] {
  const fixed = fixedFields(person, object);
  if (fixed.length === 0 || typeof body !== 'object' || body === null) return none;
  const faults: Fault[] = [];
  const look = (fields: object, within: string, named: string) => {
    for (const [key, value] of Object.entries(fields)) {
      if (value === undefined) continue;
      if (fixed.includes(`${named}${aliases[object]?.[key] ?? key}`))
        faults.push({ path: `${within}${key}`, message: 'may not be changed by your role' });
      else if (key === 'custom' && typeof value === 'object' && value)
        look(value, `${within}custom.`, 'custom.');
      else if (within === '' && nested.includes(key) && typeof value === 'object' && value)
        look(value, `${key}.`, '');
    }
  };
  look(body, '', '');
  return faults;
}

/** Whether an input says whose a record is to be. */
export function namesOwner(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  return (
    ('ownerId' in body && body.ownerId !== undefined) ||
    ('patch' in body && namesOwner(body.patch)) ||
    ('set' in body && namesOwner(body.set))
  );
}

/** The rules of fields as the pages are told them. */
export function fieldsTold(person: Hand): Partial<Record<ObjectType, Record<string, FieldRule>>> {
  return (person.policy?.fields as Partial<Record<ObjectType, Record<string, FieldRule>>>) ?? {};
}

/** A state of a record as the journal keeps it, without what is hidden from this person. */
export function withoutHidden<T extends Readonly<Record<string, unknown>> | null>(
  person: Hand,
  object: string | null,
  state: T,
): T {
  const hidden = state && object ? hiddenFields(person, object as ObjectType) : [];
  if (!state || hidden.length === 0) return state;
  return Object.fromEntries(Object.entries(state).filter(([field]) => !hidden.includes(field))) as T;
}
