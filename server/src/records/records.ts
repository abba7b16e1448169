// What all records have in common: pages within reach, versions, the bin, the journal. An object says what is its own.
import { type RawBuilder, sql } from 'kysely';
import * as audit from '../audit/audit.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import { forRows } from '../db/asked-together.ts';
import { type Fence, fenceOf, type Shared } from '../db/fence.ts';
import type { NewEntry } from '../db/journal.ts';
import { byKeys, type Keyed, newestBy } from '../db/key-search.ts';
import { type Order, paged, placeOf } from '../db/keyset.ts';
import {
  type Bin,
  findRecord,
  type PageInput,
  pageOf,
  pageStatement,
  type RecordRow,
  type Shape,
  setRecordDeleted,
  sharedBeyond,
} from '../db/records.ts';
import type { Me, Visitor } from '../http.ts';
import { type Action, hiddenFields, type ObjectType, type Reach } from '../permissions.ts';
import { atomically, moment, type World } from '../world.ts';

/** Whose hand it is, what it is at and how far it reaches, and from where; without the action it finds nothing shared. */
export type By = { me: Me; reach: Reach; visitor: Visitor | null; action?: Action | null };

/** One kind of record: how it is called, read and named. */
export type Kind<Row extends RecordRow> = {
  readonly object: ObjectType;
  readonly shape: Shape<Row>;
  readonly nameOf: (row: Row) => string;
  /** The order of its list where none is asked for; `-updatedAt` where this says nothing. */
  readonly sort?: string;
  /** What the journal names such a record by, where it is not its own name. */
  readonly naming?: (row: Row) => Record<string, unknown>;
};

/** The fence around what a hand reaches among such records. */
export function fenceFor(kind: { object: ObjectType; shape?: { customer?: unknown } }, by: By): Fence {
  const fence = fenceOf(by.me, by.reach);
  const shared = by.me.shares && sharedFor(kind, by);
  return shared && (fence.kind === 'owner' || fence.kind === 'team') ? { ...fence, shared } : fence;
}

const noIds: readonly string[] = [];

// What is shared may be seen, and where the share says so be changed or added to; it is never exported or binned by it.
function sharedFor(
  kind: { object: ObjectType; shape?: { customer?: unknown } },
  { me, action }: By,
): Shared | undefined {
  if (action !== 'read' && action !== 'update' && action !== 'create') return undefined;
  const ids = me.shares?.[kind.object]?.[action === 'read' ? 'read' : 'update'] ?? noIds;
  const customers = action === 'read' && kind.shape?.customer ? (me.shares?.customer?.read ?? noIds) : noIds;
  return ids.length + customers.length > 0 ? { ids, customers } : undefined;
}

/** A record as this person may see it: fields that the policy hides from him are empty. */
export function shown<View extends object>(kind: { object: ObjectType }, view: View, by: By): View {
  const hidden = hiddenFields(by.me, kind.object);
  if (hidden.length === 0) return view;
  const seen = { ...view } as Record<string, unknown>;
  for (const field of hidden) {
    const own = /^custom\.(.+)$/.exec(field)?.[1];
    if (own && seen.custom) seen.custom = without(seen.custom as object, own);
    else if (field in seen) seen[field] = Array.isArray(seen[field]) ? [] : null;
  }
  return seen as View;
}

const without = (values: object, key: string) =>
  Object.fromEntries(Object.entries(values).filter(([one]) => one !== key));

/** An entry of the journal as this person may see it: without the fields that the policy hides from him. */
export function shownChange<Entry extends { changes: { field: string }[] }>(
  kind: { object: ObjectType },
  entry: Entry,
  by: By,
): Entry {
  const hidden = hiddenFields(by.me, kind.object);
  if (hidden.length === 0) return entry;
  return { ...entry, changes: entry.changes.filter(change => !hidden.includes(change.field)) };
}

/** One within reach. */
export async function find<Row extends RecordRow>(
  world: World,
  kind: Kind<Row>,
  id: string,
  by: By,
  how: { deleted: Bin; lock?: boolean } = { deleted: 'no' },
): Promise<Row | undefined> {
  return findRecord(world, kind.shape, fenceFor(kind, by), id, how);
}

/** One that was just written; whosever it is now. */
export async function reread<Row extends RecordRow>(world: World, kind: Kind<Row>, id: string): Promise<Row> {
  const row = await findRecord(world, kind.shape, { kind: 'all' }, id, { deleted: 'either' });
  if (!row) throw new Error(`the ${kind.object} just written is gone`);
  return row;
}

/** Which page of a list, and in which order. */
export type Paging = {
  sort?: string | undefined;
  after?: string | undefined;
  limit: number;
  /** Whose come first, by `-updatedAt` and on the first page alone. */
  first?: string | undefined;
  /** The columns that a mere glance needs: where they are read together with other kinds', rows have these alone. */
  only?: readonly string[] | undefined;
  /** They are read once something is found: what seldom is should not be made ready to be read each time. */
  seldom?: boolean | undefined;
};

export type Listing<Row extends RecordRow> = Paging & {
  conditions: PageInput<Row>['conditions'];
  /** Keys that whatever meets the conditions has. */
  keyed?: Keyed | undefined;
  particular: boolean;
  deleted: boolean;
  /** Asked of the workspace's own fields. */
  custom?: customFields.Asked | undefined;
};

export type PageOutcome<Row> =
  | { kind: 'page'; items: Row[]; next: string | null }
  | { kind: 'bad-cursor' | 'bad-sort' | 'bad-custom' };

/** One page within reach; `after` is the cursor of the page before. What lies in the bin comes by when it went there. */
export async function page<Row extends RecordRow>(
  world: World,
  kind: Kind<Row>,
  input: Listing<Row>,
  by: By,
): Promise<PageOutcome<Row>> {
  const order = await orderOf(world, kind, input, by);
  if (!order || order.name.endsWith('deletedAt') !== input.deleted) return { kind: 'bad-sort' };
  const place = input.after === undefined ? null : placeOf(order, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  const { deleted } = input;
  const custom = await customFields.conditions(world, kind.object, input.custom, kind.shape.t, by.me);
  if (!custom) return { kind: 'bad-custom' };
  const conditions = [...input.conditions, ...custom];
  const particular = input.particular || custom.length > 0;
  const asked = { conditions, deleted, particular, order, place, limit: input.limit + 1 };
  const fence = fenceFor(kind, by);
  const isOwn = fence.kind === 'owner' && !fence.shared;
  const first = isOwn ? undefined : input.first;
  const rows = await rowsOf(world, kind, asked, {
    keyed: input.keyed,
    first,
    only: input.only,
    seldom: input.seldom,
    fence,
  });
  const found = paged(order, rows, input.limit);
  return { kind: 'page', items: found.rows, next: found.next };
}

type Sought = {
  keyed: Keyed | undefined;
  first: string | undefined;
  only: readonly string[] | undefined;
  seldom: boolean | undefined;
  fence: Fence;
};

/** The rows of a page; where keys lead to them, read by their ids. */
async function rowsOf<Row extends RecordRow>(
  world: World,
  { shape }: Kind<Row>,
  asked: PageInput<Row>,
  { keyed, first, only, seldom, fence }: Sought,
): Promise<Row[]> {
  const pageWith = (more: RawBuilder<boolean>[], limit = asked.limit) => ({
    ...asked,
    limit,
    conditions: [...asked.conditions, ...more],
  });
  const read = (more: RawBuilder<boolean>[], limit?: number) =>
    pageOf(world, shape, fence, pageWith(more, limit));
  const glance = only && world.ask;
  const glanced = (more: RawBuilder<boolean>[], limit?: number) => {
    const statement = pageStatement(world, shape, fence, {
      ...pageWith(more, limit),
      particular: true,
      brief: true,
    });
    return sql`select ${sql.join((only ?? []).map(column => sql.ref(`page.${column}`)))} from (${statement}) page`;
  };
  const isNewest = asked.order.name === '-updatedAt';
  const ways = keyed?.ways.length ? keyed : undefined;
  if (ways && !asked.deleted) {
    const shared = sharedBeyond(world, shape, fence);
    const held = { fence, shared, first: isNewest ? first : undefined, glance: glance !== undefined };
    // As a list whose length the planner does not see: a plan for so and so many would be made each time anew.
    const those = (ids: RawBuilder<unknown>) => [sql<boolean>`${shape.t}.id = any(array(${ids}))`];
    // What has several keys may not have them in a row, so some more than asked for; where those are too few, all.
    const single = ways.ways.every(way => way.length === 1);
    const spare = glance ? (single ? 0 : 4) : single ? 5 : 18;
    // A glance shows no next page.
    const needed = glance ? asked.limit - 1 : asked.limit;
    const few = isNewest && asked.conditions.length === 1 ? asked.limit + spare : undefined;
    for (const want of few ? [few, undefined] : [undefined]) {
      const most = first ? (want ?? 200) : asked.limit;
      const met = await newestBy(world, ways, {
        ...held,
        want,
        place: isNewest ? asked.place : null,
        read: glance && !seldom ? ids => glanced(those(ids), most) : undefined,
      });
      if (met.kind === 'along') break;
      if (met.ids.length === 0) return [];
      const found = those(sql`select unnest(${met.ids}::uuid[])`);
      const answer = glance && seldom ? await glance(forRows(glanced(found, most))) : met;
      const rows = glance ? ((answer?.rows ?? []) as Row[]) : await read(found, most);
      if (met.all || rows.length >= needed) return first ? ownFirst(rows, first).slice(0, asked.limit) : rows;
    }
  }
  const sought = ways && (asked.deleted || ways.those) ? await byKeys(world, ways, sql`${shape.t}.id`) : null;
  const all = sought ? [sought] : [];
  if (!ways && glance && !first) return ((await glance(forRows(glanced([]))))?.rows ?? []) as Row[];
  if (!first) return read(all);
  const found = await Promise.all([read([...all, sql`${shape.t}.owner_id = ${first}`]), read(all)]);
  const rows = new Map(found.flat().map(row => [row.id, row]));
  return ownFirst([...rows.values()], first).slice(0, asked.limit);
}

const ownFirst = <Row extends RecordRow>(rows: Row[], id: string): Row[] => [
  ...rows.filter(row => row.owner_id === id),
  ...rows.filter(row => row.owner_id !== id),
];

async function orderOf<Row extends RecordRow>(
  world: World,
  kind: Kind<Row>,
  input: Listing<Row>,
  by: By,
): Promise<Order<Row> | undefined> {
  const { sort = input.deleted ? '-deletedAt' : (kind.sort ?? '-updatedAt') } = input;
  return /^-?custom\./.test(sort)
    ? customFields.order<Row>(world, kind.object, sort, kind.shape.t, by.me)
    : kind.shape.orders[sort];
}

/** All within reach that meet the conditions, oldest first, read a thousand at a time as they are needed. */
export async function* stream<Row extends RecordRow>(
  world: World,
  kind: Kind<Row>,
  input: Pick<Listing<Row>, 'conditions' | 'deleted' | 'custom'>,
  by: By,
): AsyncGenerator<Row> {
  const order = kind.shape.orders[input.deleted ? 'deletedAt' : 'createdAt'];
  if (!order) throw new Error(`${kind.object} has no order to be streamed in`);
  const custom = await customFields.conditions(world, kind.object, input.custom, kind.shape.t, by.me);
  if (!custom) return;
  const conditions = [...input.conditions, ...custom];
  let place: { value: string; id: string } | null = null;
  for (;;) {
    const asked = { conditions, deleted: input.deleted, order, place, limit: 1_000, particular: true };
    const rows: Row[] = await pageOf(world, kind.shape, fenceFor(kind, by), asked);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 1_000) return;
    place = { value: order.valueIn(last), id: last.id };
  }
}

/** The journal entry of something done to a record. */
export function entryOf(
  world: World,
  kind: { object: ObjectType },
  action: string,
  id: string,
  by: By,
  states: Pick<audit.Entry, 'before' | 'after' | 'details'> = {},
): NewEntry {
  return audit.row(world, {
    action: `${kind.object}.${action}`,
    by: by.me,
    visitor: by.visitor,
    object: { type: kind.object, id },
    ...states,
  });
}

export type Versioned = { id: string; version: number | null };

/** What a change finds before it begins. */
export type Held<Row> =
  | { kind: 'held'; row: Row }
  | { kind: 'changed-meanwhile'; current: Row }
  | { kind: 'not-found' };

/** Locks one within reach; where a version is named, only that one. */
export async function hold<Row extends RecordRow>(
  tx: World,
  kind: Kind<Row>,
  input: Versioned,
  by: By,
  deleted: Bin = 'no',
): Promise<Held<Row>> {
  const row = await find(tx, kind, input.id, by, { deleted, lock: true });
  if (!row) return { kind: 'not-found' };
  return input.version !== null && input.version !== row.version
    ? { kind: 'changed-meanwhile', current: row }
    : { kind: 'held', row };
}

/** What came of moving a record into the bin or out of it. */
export type BinOutcome<Row, Why extends string = never> =
  | { kind: 'done'; record: Row }
  | { kind: 'changed-meanwhile'; current: Row }
  | { kind: 'not-found' }
  | { kind: Why };

/** What an object adds to a way into the bin or out of it. */
export type BinRules<Row, Why extends string> = {
  /** Takes further locks, before the record is held, in the order of whoever changes both. */
  before?: (tx: World, id: string) => Promise<void>;
  /** What speaks against taking it out. */
  against?: (row: Row) => Why | null;
  /** What follows in the same transaction. */
  afterwards?: (tx: World, row: Row, deleted: boolean) => Promise<void>;
};

/** Puts a record into the bin, or takes it out. */
export async function bin<Row extends RecordRow, Why extends string = never>(
  world: World,
  kind: Kind<Row>,
  input: Versioned & { deleted: boolean },
  by: By,
  rules: BinRules<Row, Why> = {},
): Promise<BinOutcome<Row, Why>> {
  const { deleted } = input;
  return atomically(world, async tx => {
    await rules.before?.(tx, input.id);
    const held = await hold(tx, kind, input, by, deleted ? 'no' : 'only');
    if (held.kind !== 'held') return held;
    const why = deleted ? null : (rules.against?.(held.row) ?? null);
    if (why) return { kind: why };
    const details = kind.naming?.(held.row) ?? { name: kind.nameOf(held.row) };
    const entry = entryOf(tx, kind, deleted ? 'remove' : 'restore', input.id, by, { details });
    await setRecordDeleted(tx, kind.shape, input.id, deleted, { at: moment(tx), by: by.me.id }, entry);
    await rules.afterwards?.(tx, held.row, deleted);
    return { kind: 'done', record: await reread(tx, kind, input.id) };
  });
}

/** The journal of one record within reach, deleted or not, newest first; undefined for none. */
export async function history<Row extends RecordRow>(
  world: World,
  kind: Kind<Row>,
  input: { id: string; limit: number; after?: string | undefined },
  by: By,
): Promise<Awaited<ReturnType<typeof audit.historyPage>> | undefined> {
  if (!(await find(world, kind, input.id, by, { deleted: 'either' }))) return undefined;
  const { limit, after } = input;
  const found = await audit.historyPage(world, { object: { type: kind.object, id: input.id }, limit, after });
  return { ...found, items: found.items.map(item => shownChange(kind, item, by)) };
}
