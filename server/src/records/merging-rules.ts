// What one record made of two looks like, and what is left of that when they are two again. Pure.
import { customColumns } from '../custom-fields/custom-fields.ts';
import type { Custom } from '../db/custom-fields-tables.ts';
import type { RecordRow } from '../db/records.ts';

export type Side = 'survivor' | 'other' | 'both';

/** By field as it travels, `custom.<key>` for the workspace's own, `ownerId` and the like for what it belongs to. */
export type Choices = Readonly<Record<string, Side>>;

/** Columns of the survivor: what each was and what the merge made of it. */
export type Kept = Record<string, { was: unknown; now: unknown }>;

/** What a record of a kind that can be merged has besides. */
export type MergeRow = RecordRow & {
  name: string;
  team_id: string | null;
  owner_name: string | null;
  merged_into: string | null;
  custom?: Custom;
};

/** Something a record belongs to: its field, the word of the journal, and the columns of its id and its name. */
export type Link = { field: string; told: string; id: string; name: string };

export const ownerLink: Link = { field: 'ownerId', told: 'owner', id: 'owner_id', name: 'owner_name' };

/** How two of one kind become one. */
export type Blend<Row extends MergeRow> = {
  /** Fields as they travel, and their columns. */
  readonly fields: Readonly<Record<string, string>>;
  /** Columns that go with another, being made from it or meaningless without it. */
  readonly along: Readonly<Record<string, readonly string[]>>;
  /** Fields that nobody chooses: they follow from others. */
  readonly settled?: readonly string[];
  /** What one of two such records is chosen to belong to. */
  readonly links: (survivor: Row, other: Row) => readonly Link[];
  /** Columns of which the later one stays. */
  readonly latest?: readonly string[];
  /** Columns that follow from those chosen. */
  readonly further?: (survivor: Row, other: Row, columns: Record<string, unknown>) => Record<string, unknown>;
};

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const longest = 5_000;
const mayBeBoth = (field: string) => field === 'tags' || field === 'remark';

function together(mine: unknown, theirs: unknown): unknown {
  if (Array.isArray(mine) && Array.isArray(theirs)) return [...new Set([...mine, ...theirs])].slice(0, 50);
  const text = `${mine}\n\n${theirs}`;
  return text.length > longest ? mine : text;
}

const usual = (field: string, mine: unknown, theirs: unknown): Side =>
  isEmpty(mine) && !isEmpty(theirs)
    ? 'other'
    : mayBeBoth(field) && !isEmpty(theirs) && !same(mine, theirs)
      ? 'both'
      : 'survivor';

const columnsOf = (row: object) => row as Readonly<Record<string, unknown>>;

/** For each field in which the two differ, what becomes of it unless somebody chooses otherwise. */
export function defaultChoices<Row extends MergeRow>(
  blend: Blend<Row>,
  survivor: Row,
  other: Row,
): Record<string, Side> {
  const found: Record<string, Side> = {};
  const [mine, theirs] = [columnsOf(survivor), columnsOf(other)];
  const note = (field: string, one: unknown, two: unknown) => {
    if (!same(one, two) && !(isEmpty(one) && isEmpty(two))) found[field] = usual(field, one, two);
  };
  for (const [field, column] of Object.entries(blend.fields))
    if (!blend.settled?.includes(field)) note(field, mine[column], theirs[column]);
  const [own, foreign] = [survivor.custom ?? {}, other.custom ?? {}];
  for (const key of new Set([...Object.keys(own), ...Object.keys(foreign)]))
    note(`custom.${key}`, own[key], foreign[key]);
  for (const { field, id } of blend.links(survivor, other))
    if (mine[id] !== theirs[id])
      found[field] = field !== ownerLink.field && isEmpty(mine[id]) ? 'other' : 'survivor';
  return found;
}

export type Told = { before: Record<string, unknown>; after: Record<string, unknown> };
export type Blended = Told & { columns: Record<string, unknown>; kept: Kept };

const named = (row: Readonly<Record<string, unknown>>, link: Link) =>
  row[link.id] ? { id: row[link.id], name: row[link.name] } : null;

/** The survivor's columns that change, as the database and as the journal tell it. */
export function combined<Row extends MergeRow>(
  blend: Blend<Row>,
  survivor: Row,
  other: Row,
  choices: Choices,
): Blended {
  const usually = defaultChoices(blend, survivor, other);
  const [mine, theirs] = [columnsOf(survivor), columnsOf(other)];
  const columns: Record<string, unknown> = {};
  const told: Told = { before: {}, after: {} };
  const take = (column: string, value: unknown) => {
    columns[column] = value;
    for (const one of blend.along[column] ?? []) columns[one] = theirs[one] ?? null;
  };
  const custom: Custom = { ...survivor.custom };
  for (const field of Object.keys(usually)) {
    const side = choices[field] ?? usually[field];
    const key = /^custom\.(.+)$/.exec(field)?.[1];
    const column = blend.fields[field];
    if (side === 'survivor' || !(key || column)) continue;
    const [one, two] = key
      ? [survivor.custom?.[key], other.custom?.[key]]
      : [mine[column ?? ''], theirs[column ?? '']];
    const value = side === 'both' && mayBeBoth(field) && !isEmpty(one) ? together(one, two) : two;
    if (same(value ?? null, one ?? null) || (field === 'name' && isEmpty(value))) continue;
    if (column) take(column, value ?? null);
    else if (key) {
      Object.assign(told.before, { [field]: one ?? null });
      Object.assign(told.after, { [field]: value ?? null });
      if (isEmpty(value)) delete custom[key];
      else custom[key] = value as Custom[string];
    }
  }
  if (!same(custom, survivor.custom ?? {})) Object.assign(columns, customColumns(custom));
  for (const link of blend.links(survivor, other))
    if (link.field in usually && (choices[link.field] ?? usually[link.field]) === 'other') {
      take(link.id, theirs[link.id] ?? null);
      told.before[link.told] = named(mine, link);
      told.after[link.told] = named(theirs, link);
    }
  for (const column of blend.latest ?? [])
    if (String(theirs[column] ?? '') > String(mine[column] ?? '')) columns[column] = theirs[column];
  Object.assign(columns, blend.further?.(survivor, other, columns));
  tellFields(blend, mine, columns, told);
  const kept: Kept = Object.fromEntries(
    Object.entries(columns).map(([column, now]) => [column, { was: mine[column] ?? null, now }]),
  );
  return { columns, ...told, kept };
}

function tellFields<Row extends MergeRow>(
  blend: Blend<Row>,
  was: Readonly<Record<string, unknown>>,
  columns: Record<string, unknown>,
  told: Told,
): void {
  for (const [field, column] of Object.entries(blend.fields)) {
    if (!(column in columns) || same(was[column] ?? null, columns[column] ?? null)) continue;
    told.before[field] = was[column] ?? null;
    told.after[field] = columns[column] ?? null;
  }
}

/**
 * The columns that go back to what they were: those that nobody has changed since, each with what goes along with it.
 */
export function undoing<Row extends MergeRow>(
  blend: Blend<Row>,
  survivor: Row,
  kept: Kept,
): Told & { columns: Record<string, unknown> } {
  const now = columnsOf(survivor);
  const columns: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(kept))
    if (same(now[column] ?? null, value.now ?? null)) columns[column] = value.was;
  for (const [column, others] of Object.entries({ ...blend.along, custom: ['custom_sort'] }))
    for (const one of others)
      if (!(column in columns)) delete columns[one];
      else if (kept[one]) columns[one] = kept[one].was;
  const told: Told = { before: {}, after: {} };
  tellFields(blend, now, columns, told);
  return { columns, ...told };
}
