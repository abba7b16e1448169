// From what was sent to columns, and from two states of a record to what the journal tells. Pure.
import type { z } from 'zod';
import { type Settled, valueKeys, withCustom } from '../custom-fields/custom-fields.ts';
import { type Difference, differenceIn, filledIn } from '../difference.ts';
import { phoneDigits, searchKeys, sortKey } from '../folding.ts';
import type { NewCustomer as NewSchema, CustomerPatch as PatchSchema } from './contract.ts';
import { nameKey } from './rules.ts';
import type { CustomerFields, CustomerRow } from './store.ts';

export type NewCustomer = z.output<typeof NewSchema>;
export type CustomerPatch = z.output<typeof PatchSchema>;

/** Fields as they travel, and their columns; the owner is settled elsewhere. */
export const columnOf = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  website: 'website',
  industry: 'industry',
  source: 'source',
  level: 'level',
  stage: 'stage',
  address: 'address',
  city: 'city',
  remark: 'remark',
  tags: 'tags',
  nextFollowUpAt: 'next_follow_up_at',
} as const;

type Field = keyof typeof columnOf;
const fields = Object.keys(columnOf) as Field[];

/** The columns that a patch sets, those included that are folded from others. */
export function columnsIn(patch: CustomerPatch): Partial<CustomerFields> {
  const columns: Record<string, unknown> = {};
  for (const field of fields) {
    const value = patch[field];
    if (value === undefined) continue;
    if (Array.isArray(value)) columns.tags = [...new Set(value)];
    else if (field === 'nextFollowUpAt') columns[columnOf[field]] = value === null ? null : asTime(value);
    else columns[columnOf[field]] = value === '' ? null : value;
  }
  if (patch.name !== undefined) {
    columns.name_key = nameKey(patch.name);
    columns.name_sort = sortKey(patch.name);
  }
  if (patch.phone !== undefined) columns.phone_digits = phoneDigits(patch.phone);
  return columns;
}

const nothing: CustomerFields = {
  name: '',
  name_key: '',
  name_sort: '',
  phone: null,
  phone_digits: null,
  email: null,
  website: null,
  industry: null,
  source: null,
  level: null,
  stage: 'new',
  address: null,
  city: null,
  remark: null,
  tags: [],
  owner_id: null,
  team_id: null,
  next_follow_up_at: null,
  custom: {},
  custom_sort: {},
};

/** All columns of a new record without its owner. */
export function columnsOf(input: NewCustomer): CustomerFields {
  return { ...nothing, ...columnsIn(input) };
}

export type Owner =
  | { id: string; name: string; teamId: string | null }
  | { id: null; name: null; teamId: string | null };

/** What the journal tells of a new record: all that is filled in. */
export function told(row: CustomerFields, owner: Owner): Record<string, unknown> {
  const after = filledIn(columnOf, row);
  return owner.id === null ? after : { ...after, owner: { id: owner.id, name: owner.name } };
}

/** What really changes in `row`, for the database and for the journal; null for nothing. */
export function difference(
  row: CustomerRow,
  patch: CustomerPatch,
  owner: Owner | undefined,
  own: Settled,
): (Difference & { columns: Partial<CustomerFields> }) | null {
  const wanted = columnsIn(patch);
  const found = differenceIn(columnOf, row, wanted);
  const { columns, before, after } = found;
  if ('name' in columns) Object.assign(columns, { name_key: wanted.name_key, name_sort: wanted.name_sort });
  if ('phone' in columns) columns.phone_digits = wanted.phone_digits;
  if (owner && owner.id !== row.owner_id) {
    Object.assign(columns, { owner_id: owner.id, team_id: owner.teamId });
    before.owner = row.owner_id ? { id: row.owner_id, name: row.owner_name } : null;
    after.owner = owner.id ? { id: owner.id, name: owner.name } : null;
  }
  return withCustom(Object.keys(columns).length === 0 ? null : found, own);
}

function asTime(text: string): string {
  return new Date(text).toISOString();
}

const keyed = [
  'name',
  'phone_digits',
  'email',
  'city',
  'source',
  'level',
  'industry',
  'tags',
  'custom',
] as const;

/** Whether such a change alters the search keys. */
export function altersKeys(columns: Partial<CustomerFields>): boolean {
  return keyed.some(column => column in columns);
}

/** The values one filters by, each with its letter, as search keys tell them. */
export function filterValues(
  values: Partial<Pick<CustomerFields, 'city' | 'source' | 'level' | 'industry' | 'tags'>>,
): [string, string][] {
  const pairs: [string, string | null | undefined][] = [
    ['c', values.city],
    ['s', values.source],
    ['l', values.level],
    ['i', values.industry],
    ...(values.tags ?? []).map((tag): [string, string] => ['t', tag]),
  ];
  return pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
}

/** The search keys of a record. */
export function keysOf(mark: string, row: CustomerFields): number[] {
  return searchKeys(mark, row, [...filterValues(row), ...valueKeys(row.custom)]);
}
