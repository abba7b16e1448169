// From what was sent to columns, search keys and conditions. Pure.
import type { z } from 'zod';
import { askedKeys, type Settled, valueKeys, withCustom } from '../custom-fields/custom-fields.ts';
import { type Difference, differenceIn, filledIn } from '../difference.ts';
import { markOf, phoneDigits, searchKeys, sortKey, soundKeysIn, wantedIn, wantedKeys } from '../folding.ts';
import { type Hand, hiddenFields } from '../permissions.ts';
import type {
  ContactFilters as FilterSchema,
  NewContact as NewSchema,
  ContactPatch as PatchSchema,
} from './contract.ts';
import type { Conditions, ContactFields, ContactRow } from './store.ts';

export type NewContact = z.output<typeof NewSchema>;
export type ContactPatch = z.output<typeof PatchSchema>;
export type ContactFilters = z.output<typeof FilterSchema>;

/** The customer that a contact is at, and through it whose it is. */
export type Place = { id: string; name: string; owner_id: string | null; team_id: string | null };

/** Fields as they travel, and their columns. */
export const columnOf = {
  name: 'name',
  title: 'title',
  phone: 'phone',
  email: 'email',
  wechat: 'wechat',
  isPrimary: 'is_primary',
  remark: 'remark',
} as const;

/** The columns that a patch sets, those included that are folded from others. */
export function columnsIn(patch: ContactPatch): Partial<ContactFields> {
  const columns: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(columnOf)) {
    const value = patch[field as keyof typeof columnOf];
    if (value !== undefined) columns[column] = value === '' ? null : value;
  }
  if (patch.name !== undefined) columns.name_sort = sortKey(patch.name);
  if (patch.phone !== undefined) columns.phone_digits = phoneDigits(patch.phone);
  return columns;
}

const nothing: ContactFields = {
  name: '',
  name_sort: '',
  customer_id: null,
  title: null,
  phone: null,
  phone_digits: null,
  email: null,
  wechat: null,
  is_primary: false,
  remark: null,
  owner_id: null,
  team_id: null,
  custom: {},
  custom_sort: {},
};

/** All columns of a new contact without its customer and owner. */
export function columnsOf(input: NewContact): ContactFields {
  return { ...nothing, ...columnsIn(input) };
}

/** What the journal tells of a new contact. */
export function told(row: ContactFields, place: Pick<Place, 'id' | 'name'> | null): Record<string, unknown> {
  const { isPrimary, ...filled } = filledIn(columnOf, row);
  const after = isPrimary ? { ...filled, isPrimary } : filled;
  return place ? { ...after, customer: { id: place.id, name: place.name } } : after;
}

/** What really changes in `row`; `place` is the new customer, null for none, undefined where it stays. */
export function difference(
  row: ContactRow,
  patch: ContactPatch,
  place: Place | null | undefined,
  own: Settled,
): (Difference & { columns: Partial<ContactFields> }) | null {
  const wanted = columnsIn(patch);
  const found = differenceIn(columnOf, row, wanted);
  const { columns, before, after } = found;
  if ('name' in columns) columns.name_sort = wanted.name_sort;
  if ('phone' in columns) columns.phone_digits = wanted.phone_digits;
  if (place !== undefined && (place?.id ?? null) !== row.customer_id) {
    columns.customer_id = place?.id ?? null;
    if (place) Object.assign(columns, { owner_id: place.owner_id, team_id: place.team_id });
    before.customer = row.customer_id ? { id: row.customer_id, name: row.customer_name } : null;
    after.customer = place ? { id: place.id, name: place.name } : null;
  }
  return withCustom(Object.keys(columns).length === 0 ? null : found, own);
}

/** Whether such a change alters the search keys. */
export function altersKeys(columns: Partial<ContactFields>): boolean {
  return ['name', 'phone_digits', 'email', 'custom'].some(column => column in columns);
}

/** The search keys of a contact. */
export function keysOf(workspaceId: string, row: ContactFields): number[] {
  return searchKeys(markOf(workspaceId), row, valueKeys(row.custom));
}

/** The conditions that filters mean for a person of that workspace. */
export function conditionsOf(
  workspaceId: string,
  filters: ContactFilters,
  me: Hand & { id: string },
): Conditions {
  const { q, owner, deleted, customer, custom, ...times } = filters;
  const mark = markOf(workspaceId);
  const values = askedKeys(custom).map(([letter, value]) => `${mark}${letter}${value}`);
  const wanted = wantedIn(q, hiddenFields(me, 'contact'));
  const single = wanted?.name && [...wanted.name].length === 1 ? wanted.name : null;
  return {
    ...times,
    customerId: customer,
    ways: wanted
      ? (single ? [] : wantedKeys(mark, wanted)).map(way => [...way, ...values])
      : values.length > 0
        ? [values]
        : [],
    name: single ? null : (wanted?.name ?? null),
    namePrefix: single ? sortKey(single) : null,
    digits: wanted?.digits ?? null,
    emailPart: single ? null : (wanted?.email ?? null),
    sounds: wanted && !single ? soundKeysIn(mark, wanted) : [],
    ownerId: owner === 'me' ? me.id : owner === 'none' ? null : owner,
    deleted: deleted === 'true',
  };
}
