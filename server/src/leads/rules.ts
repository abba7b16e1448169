// From what was sent to columns, search keys and conditions, and what a status asks for. Pure.
import type { z } from 'zod';
import { askedKeys, valueKeys } from '../custom-fields/custom-fields.ts';
import { nameKey } from '../customers/imported.ts';
import { type Difference, differenceIn, filledIn } from '../difference.ts';
import { markOf, phoneDigits, searchKeys, sortKey, soundKeysIn, wantedIn, wantedKeys } from '../folding.ts';
import { type Hand, hiddenFields } from '../permissions.ts';
import type {
  LeadFilters as FilterSchema,
  NewLead as NewSchema,
  LeadPatch as PatchSchema,
} from './contract.ts';
import type { Conditions, LeadFields, LeadRow } from './store.ts';

export type NewLead = z.output<typeof NewSchema>;
export type LeadPatch = z.output<typeof PatchSchema>;
export type LeadFilters = z.output<typeof FilterSchema>;

export type Owner =
  | { id: string; name: string; teamId: string | null }
  | { id: null; name: null; teamId: string | null };

/** Fields as they travel, and their columns; the owner is settled elsewhere. */
export const columnOf = {
  name: 'name',
  company: 'company',
  title: 'title',
  phone: 'phone',
  email: 'email',
  wechat: 'wechat',
  source: 'source',
  city: 'city',
  address: 'address',
  remark: 'remark',
  tags: 'tags',
  status: 'status',
  unqualifiedReason: 'unqualified_reason',
  unqualifiedRemark: 'unqualified_remark',
  score: 'score',
  nextFollowUpAt: 'next_follow_up_at',
} as const;

type Field = keyof typeof columnOf;
const fields = Object.keys(columnOf) as Field[];

const asTime = (text: string) => new Date(text).toISOString();

/** The columns that a patch sets, those included that are folded from others. */
export function columnsIn(patch: LeadPatch): Partial<LeadFields> {
  const columns: Record<string, unknown> = {};
  for (const field of fields) {
    const value = patch[field];
    if (value === undefined) continue;
    if (Array.isArray(value)) columns.tags = [...new Set(value)];
    else if (field === 'nextFollowUpAt')
      columns[columnOf[field]] = value === null ? null : asTime(String(value));
    else columns[columnOf[field]] = value === '' ? null : value;
  }
  if (patch.name !== undefined) columns.name_sort = sortKey(patch.name);
  if (patch.company !== undefined) columns.company_key = companyKey(patch.company);
  if (patch.phone !== undefined) columns.phone_digits = phoneDigits(patch.phone);
  return columns;
}

/** A company's name folded for duplicates; null for none. */
export const companyKey = (name: string | null | undefined) => (name ? nameKey(name) || null : null);

/** What is missing or too much for the status that a lead is to have; a status other than that drops its reason. */
export function settleStatus(
  row: Pick<LeadFields, 'status' | 'unqualified_reason'> | null,
  columns: Partial<LeadFields>,
): 'settled' | 'reason-missing' | 'reason-surplus' {
  const status = columns.status ?? row?.status ?? 'new';
  const reason =
    columns.unqualified_reason === undefined ? row?.unqualified_reason : columns.unqualified_reason;
  if (status === 'unqualified') return reason ? 'settled' : 'reason-missing';
  if (columns.unqualified_reason || columns.unqualified_remark) return 'reason-surplus';
  if (reason) Object.assign(columns, { unqualified_reason: null, unqualified_remark: null });
  return 'settled';
}

const nothing: LeadFields = {
  name: '',
  name_sort: '',
  company: null,
  company_key: null,
  title: null,
  phone: null,
  phone_digits: null,
  email: null,
  wechat: null,
  source: null,
  city: null,
  address: null,
  remark: null,
  tags: [],
  status: 'new',
  unqualified_reason: null,
  unqualified_remark: null,
  score: null,
  owner_id: null,
  team_id: null,
  next_follow_up_at: null,
  custom: {},
  custom_sort: {},
};

/** All columns of a new lead of that owner. */
export function columnsOf(columns: Partial<LeadFields>, owner: Owner): LeadFields {
  return { ...nothing, ...columns, owner_id: owner.id, team_id: owner.teamId };
}

/** What the journal tells of a new lead: all that is filled in. */
export function told(row: LeadFields, owner: Owner): Record<string, unknown> {
  const after = filledIn(columnOf, row);
  return owner.id === null ? after : { ...after, owner: { id: owner.id, name: owner.name } };
}

/** What really changes in `row`, for the database and for the journal; null for nothing. */
export function difference(
  row: LeadRow,
  wanted: Partial<LeadFields>,
  owner: Owner | undefined,
): (Difference & { columns: Partial<LeadFields> }) | null {
  const found = differenceIn(columnOf, row, wanted);
  const { columns, before, after } = found;
  if ('name' in columns) columns.name_sort = wanted.name_sort;
  if ('company' in columns) columns.company_key = wanted.company_key;
  if ('phone' in columns) columns.phone_digits = wanted.phone_digits;
  if (owner && owner.id !== row.owner_id) {
    Object.assign(columns, { owner_id: owner.id, team_id: owner.teamId });
    before.owner = row.owner_id ? { id: row.owner_id, name: row.owner_name } : null;
    after.owner = owner.id ? { id: owner.id, name: owner.name } : null;
  }
  return Object.keys(columns).length === 0 ? null : found;
}

const keyed = ['name', 'company', 'phone_digits', 'email', 'custom'];

/** Whether such a change alters the search keys. */
export function altersKeys(columns: object): boolean {
  return keyed.some(column => column in columns);
}

/** The search keys of a lead: by the person's name, by the company's, by the values of own fields. */
export function keysOf(workspaceId: string, row: LeadFields): number[] {
  const mark = markOf(workspaceId);
  const ofCompany = searchKeys(mark, { name: row.company ?? '', phone_digits: null, email: null });
  return [...new Set([...searchKeys(mark, row, valueKeys(row.custom)), ...ofCompany])];
}

/** The conditions that filters mean for a person of that workspace. */
export function conditionsOf(
  workspaceId: string,
  filters: LeadFilters,
  me: Hand & { id: string },
): Conditions {
  const { q, owner, deleted, customer, custom, ...rest } = filters;
  const mark = markOf(workspaceId);
  const values = askedKeys(custom).map(([letter, value]) => `${mark}${letter}${value}`);
  const hidden = hiddenFields(me, 'lead');
  const wanted = wantedIn(q, hidden);
  const single = wanted?.name && [...wanted.name].length === 1 ? wanted.name : null;
  return {
    ...rest,
    customerId: customer,
    ways: wanted
      ? (single ? [] : wantedKeys(mark, wanted)).map(way => [...way, ...values])
      : values.length > 0
        ? [values]
        : [],
    name: single ? null : (wanted?.name ?? null),
    namePrefix: single ? sortKey(single) : null,
    seesCompany: !hidden.includes('company'),
    digits: wanted?.digits ?? null,
    emailPart: single ? null : (wanted?.email ?? null),
    sounds: wanted && !single ? soundKeysIn(mark, wanted) : [],
    ownerId: owner === 'me' ? me.id : owner === 'none' ? null : owner,
    deleted: deleted === 'true',
  };
}
