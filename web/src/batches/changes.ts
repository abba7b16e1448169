// What a bulk change is made of: rows of a field and a value as they are typed, and the body the server takes. Pure.
import type { Calls } from '../calls.ts';
import { type CustomField, customPatch } from '../custom-fields/values.ts';

export type Batch = Calls['GET /batches/{id}']['reply'];
export type BatchObject = Batch['object'];
export type Row = { field: string; text: string; reason: string };
export type NewBatch = NonNullable<Calls['POST /batches']['body']>;

/** The fields of each object that are changed in bulk, in their order; the workspace's own follow. */
export const bulkFields: Record<BatchObject, readonly string[]> = {
  customer: [
    'ownerId',
    'stage',
    'level',
    'source',
    'industry',
    'city',
    'addTags',
    'removeTags',
    'nextFollowUpAt',
  ],
  contact: ['title'],
  lead: ['ownerId', 'status', 'source', 'city', 'score', 'addTags', 'removeTags', 'nextFollowUpAt'],
  deal: ['ownerId', 'stageId', 'expectedOn', 'probability', 'source', 'nextStep'],
  order: ['ownerId'],
  task: ['ownerId', 'dueOn', 'priority'],
};

const numbers = new Set(['score', 'probability']);

/** Tags as they are typed, separated by commas of either kind. */
export const tagsIn = (text: string) => [
  ...new Set(
    text
      .split(/[,，、;；\n]/)
      .map(tag => tag.trim())
      .filter(Boolean),
  ),
];

function valueIn(field: string, text: string): unknown {
  if (text === '') return null;
  if (numbers.has(field)) return Number(text);
  // The morning of that day, where one is.
  if (field === 'nextFollowUpAt') return new Date(`${text}T09:00`).toISOString();
  return text;
}

/** What the rows mean to the server; rows without a field fall away. */
export function changeOf(
  rows: Row[],
  own: CustomField[],
): Pick<NewBatch, 'set' | 'addTags' | 'removeTags'> | null {
  const set: Record<string, unknown> = {};
  const tags: { addTags?: string[]; removeTags?: string[] } = {};
  for (const { field, text, reason } of rows) {
    const key = /^custom\.(.+)$/.exec(field)?.[1];
    if (field === '') continue;
    if (field === 'addTags' || field === 'removeTags') {
      if (tagsIn(text).length > 0) tags[field] = tagsIn(text);
    } else if (key) {
      const fields = own.filter(one => one.key === key);
      const { custom = { [key]: null } } = customPatch(fields, {}, { [field]: text });
      set.custom = { ...(set.custom as object), ...custom };
    } else {
      set[field] = field === 'ownerId' && text === 'none' ? null : valueIn(field, text.trim());
      if (reason && field === 'status') set.unqualifiedReason = reason;
      if (reason && field === 'stageId') set.lostReason = reason;
    }
  }
  const change = { ...(Object.keys(set).length > 0 ? { set } : {}), ...tags };
  return Object.keys(change).length > 0 ? change : null;
}

/** What must not be emptied. */
const needed = new Set(['ownerId', 'stage', 'status', 'stageId', 'priority', 'addTags', 'removeTags']);

/** The rows that cannot be sent so, by their place. */
export function faultsOf(
  rows: Row[],
  needsReason: (row: Row) => boolean,
): Record<number, 'missing' | 'wrong' | 'reason'> {
  const faults: Record<number, 'missing' | 'wrong' | 'reason'> = {};
  rows.forEach((row, place) => {
    const text = row.text.trim();
    if (needed.has(row.field) && text === '') faults[place] = 'missing';
    else if (numbers.has(row.field) && text !== '' && !/^(?:100|\d{1,2})$/.test(text))
      faults[place] = 'wrong';
    else if (needsReason(row) && !row.reason) faults[place] = 'reason';
  });
  return faults;
}
