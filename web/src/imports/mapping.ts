// Which column becomes which field: what is offered, what is missing, what is taken twice.
import type { Calls } from '../calls.ts';
import { type CustomField, keyOf } from '../custom-fields/values.ts';

export type ImportDraft = Calls['GET /imports/{id}/preview']['reply'];
export type ImportView = Calls['GET /imports/{id}']['reply'];
export type ImportObject = ImportView['object'];
export type Mapping = ImportDraft['mapping'];
export type Field = NonNullable<Mapping[string]>;
export type Options = ImportView['options'];

/** The fields on offer, in the order people look for them; the server states the same list. */
export const importFields: Record<ImportObject, readonly Field[]> = {
  customer: [
    'name',
    'phone',
    'email',
    'stage',
    'level',
    'source',
    'industry',
    'city',
    'address',
    'website',
    'tags',
    'remark',
    'owner',
    'nextFollowUpAt',
    'createdAt',
    'foreignId',
    'contactName',
    'contactTitle',
    'contactPhone',
    'contactEmail',
    'contactWechat',
    'dealName',
    'dealAmount',
    'dealCurrency',
    'dealStage',
    'dealExpectedOn',
  ],
  contact: [
    'name',
    'givenName',
    'familyName',
    'customer',
    'customerForeignId',
    'title',
    'phone',
    'email',
    'wechat',
    'isPrimary',
    'remark',
    'owner',
    'createdAt',
    'foreignId',
  ],
  deal: [
    'name',
    'customer',
    'customerForeignId',
    'contact',
    'amount',
    'currency',
    'pipeline',
    'stage',
    'probability',
    'expectedOn',
    'source',
    'nextStep',
    'lostReason',
    'wonReason',
    'owner',
    'createdAt',
    'closedAt',
    'foreignId',
  ],
  activity: [
    'body',
    'kind',
    'customer',
    'customerForeignId',
    'contact',
    'at',
    'author',
    'nextStep',
    'nextAt',
    'createdAt',
    'foreignId',
  ],
  lead: [
    'name',
    'givenName',
    'familyName',
    'company',
    'title',
    'phone',
    'email',
    'wechat',
    'source',
    'city',
    'address',
    'tags',
    'remark',
    'status',
    'unqualifiedReason',
    'score',
    'owner',
    'nextFollowUpAt',
    'createdAt',
    'foreignId',
  ],
  product: [
    'name',
    'code',
    'price',
    'currency',
    'taxRate',
    'unit',
    'category',
    'description',
    'active',
    'createdAt',
    'foreignId',
  ],
  task: [
    'name',
    'remark',
    'kind',
    'priority',
    'dueAt',
    'status',
    'doneAt',
    'customer',
    'customerForeignId',
    'contact',
    'owner',
    'author',
    'createdAt',
    'foreignId',
  ],
  order: [
    'number',
    'name',
    'kind',
    'status',
    'customer',
    'customerForeignId',
    'contact',
    'issuedOn',
    'validUntil',
    'deliveryOn',
    'currency',
    'taxIncluded',
    'amount',
    'paid',
    'paidOn',
    'terms',
    'remark',
    'owner',
    'createdAt',
    'foreignId',
    'product',
    'productCode',
    'quantity',
    'unit',
    'unitPrice',
    'discount',
    'taxRate',
    'lineAmount',
  ],
};

/** The field without which no row becomes such a record. */
export const requiredField: Record<ImportObject, Field> = {
  customer: 'name',
  contact: 'name',
  deal: 'name',
  activity: 'body',
  lead: 'name',
  product: 'name',
  task: 'name',
  order: 'customer',
};

/** What stands in for it, where a file has it. */
const standIns: Partial<Record<ImportObject, readonly Field[]>> = {
  contact: ['givenName', 'familyName'],
  lead: ['givenName', 'familyName', 'company'],
  order: ['customerForeignId'],
};

const calledOtherwise: Record<string, string> = {
  'task kind': 'taskKind',
  'task author': 'taskAuthor',
  'order kind': 'orderKind',
  'order name': 'orderName',
};

/** Under which word a field of such records stands. */
export const wordOf = (object: ImportObject, field: string): string =>
  calledOtherwise[`${object} ${field}`] ?? field;

/** Kinds of records whose rows may name a customer that is not there yet. */
export const placed: ReadonlySet<ImportObject> = new Set(['contact', 'deal', 'activity', 'task', 'order']);

/** Fields that several columns may feed. */
const joined: readonly Field[] = ['address', 'remark', 'tags', 'body', 'description'];

/** What keeps a mapping from being used. */
export function mappingFaults(
  object: ImportObject,
  mapping: Mapping,
): { nameMissing: boolean; doubled: Field[] } {
  const used = Object.values(mapping).filter(field => field !== null);
  const nameMissing = ![requiredField[object], ...(standIns[object] ?? [])].some(field =>
    used.includes(field),
  );
  const doubled = used.filter((field, place) => !joined.includes(field) && used.indexOf(field) !== place);
  return { nameMissing, doubled: [...new Set(doubled)] };
}

/** The mapping with one column changed; a field that only one column may feed leaves the one it came from. */
export function remapped(mapping: Mapping, column: string, field: Field | null): Mapping {
  const next: Mapping = {};
  for (const [name, value] of Object.entries(mapping))
    next[name] =
      name !== column && value === field && field !== null && !joined.includes(field) ? null : value;
  next[column] = field;
  return next;
}

/** The fields in use, in the order they are offered: the columns of the preview. */
export function fieldsInUse(object: ImportObject, mapping: Mapping, own: CustomField[] = []): Field[] {
  const used = new Set(Object.values(mapping));
  return [...importFields[object], ...own.map(keyOf)].filter(field => used.has(field));
}

/** Whether the server is at work on an import, so that its progress is worth asking for. */
export function isBusy(state: ImportView['state']): boolean {
  return state === 'running' || state === 'undoing';
}

/** Progress in whole percent; a file without rows is done at once. */
export function percent(done: number, total: number): number {
  return total <= 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
}
