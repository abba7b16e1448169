// What one customer made of two looks like, and what is left of that when they are two again. Pure.
import { customColumns } from '../custom-fields/custom-fields.ts';
import { columnOf } from './changes.ts';
import type { CustomerRow } from './store.ts';

export type Side = 'survivor' | 'other' | 'both';

/** By field as it travels, `custom.<key>` for the workspace's own, `ownerId` for the owner. */
export type Choices = Readonly<Record<string, Side>>;

/** Columns of the survivor: what each was and what the merge made of it. */
export type Kept = Record<string, { was: unknown; now: unknown }>;

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const longest = 5_000;

function together(field: string, mine: unknown, theirs: unknown): unknown {
  if (Array.isArray(mine) && Array.isArray(theirs)) return [...new Set([...mine, ...theirs])].slice(0, 50);
  if (field !== 'remark') return mine;
  const text = `${mine}\n\n${theirs}`;
  return text.length > longest ? mine : text;
}

const usual = (field: string, mine: unknown, theirs: unknown): Side =>
  isEmpty(mine) && !isEmpty(theirs)
    ? 'other'
    : (field === 'tags' || field === 'remark') && !isEmpty(theirs) && !same(mine, theirs)
      ? 'both'
      : 'survivor';

/** For each field in which the two differ, what becomes of it unless somebody chooses otherwise. */
export function defaultChoices(survivor: CustomerRow, other: CustomerRow): Record<string, Side> {
  const found: Record<string, Side> = {};
  const note = (field: string, mine: unknown, theirs: unknown) => {
    if (!same(mine, theirs) && !(isEmpty(mine) && isEmpty(theirs))) found[field] = usual(field, mine, theirs);
  };
  for (const [field, column] of Object.entries(columnOf)) note(field, survivor[column], other[column]);
  for (const key of new Set([...Object.keys(survivor.custom), ...Object.keys(other.custom)]))
    note(`custom.${key}`, survivor.custom[key], other.custom[key]);
  if (survivor.owner_id !== other.owner_id) found.ownerId = 'survivor';
  return found;
}

/** The survivor's columns that change, as the database and as the journal tell it. */
export function combined(survivor: CustomerRow, other: CustomerRow, choices: Choices) {
  const columns: Record<string, unknown> = {};
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const sides = { ...defaultChoices(survivor, other), ...choices };
  const custom = { ...survivor.custom };
  for (const [field, side] of Object.entries(sides)) {
    if (side === 'survivor' || field === 'ownerId') continue;
    const key = /^custom\.(.+)$/.exec(field)?.[1];
    if (!key && !Object.hasOwn(columnOf, field)) continue;
    const column = columnOf[field as keyof typeof columnOf];
    const [mine, theirs] = key
      ? [survivor.custom[key], other.custom[key]]
      : [survivor[column] as unknown, other[column] as unknown];
    const value = side === 'both' && !isEmpty(mine) ? together(field, mine, theirs) : theirs;
    if (same(value ?? null, mine ?? null) || (field === 'name' && isEmpty(value))) continue;
    before[field] = mine ?? null;
    after[field] = value ?? null;
    if (!key) columns[column] = value;
    else if (isEmpty(value)) delete custom[key];
    else custom[key] = value as (typeof custom)[string];
  }
  if ('name' in columns) Object.assign(columns, { name_key: other.name_key, name_sort: other.name_sort });
  if ('phone' in columns) columns.phone_digits = other.phone_digits;
  if (!same(custom, survivor.custom)) Object.assign(columns, customColumns(custom));
  if (sides.ownerId === 'other' && survivor.owner_id !== other.owner_id) {
    Object.assign(columns, { owner_id: other.owner_id, team_id: other.team_id });
    before.owner = survivor.owner_id ? { id: survivor.owner_id, name: survivor.owner_name } : null;
    after.owner = other.owner_id ? { id: other.owner_id, name: other.owner_name } : null;
  }
  if ((other.last_activity_at ?? '') > (survivor.last_activity_at ?? ''))
    columns.last_activity_at = other.last_activity_at;
  const was = { ...survivor } as Record<string, unknown>;
  const kept: Kept = Object.fromEntries(
    Object.entries(columns).map(([column, now]) => [column, { was: was[column] ?? null, now }]),
  );
  return { columns, before, after, kept };
}

// What is made from another column goes back with it only.
const foldedFrom = {
  name: ['name_key', 'name_sort'],
  phone: ['phone_digits'],
  custom: ['custom_sort'],
  owner_id: ['team_id'],
};

/** The columns that go back to what they were: those that nobody has changed since. */
export function undoing(survivor: CustomerRow, kept: Kept) {
  const now = { ...survivor } as Record<string, unknown>;
  const columns: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(kept))
    if (same(now[column] ?? null, value.now ?? null)) columns[column] = value.was;
  for (const [column, folded] of Object.entries(foldedFrom))
    if (!(column in columns)) for (const one of folded) delete columns[one];
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(columnOf))
    if (column in columns) [before[field], after[field]] = [now[column] ?? null, columns[column] ?? null];
  return { columns, before, after };
}
