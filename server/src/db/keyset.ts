// Pages by keyset: a cursor names the last row seen, so that the next page starts there by index, however far in.
import { type RawBuilder, sql } from 'kysely';

/** One order of a list: a column and then the id, both in the same direction, as its index has them. */
export type Order<Row> = {
  name: string;
  column: RawBuilder<unknown>;
  type: 'time' | 'text' | 'number';
  descending: boolean;
  /** The column's value in a row that was read. */
  valueIn: (row: Row) => string;
  /** Rows without a value come last in both directions, though what stands for none is greater than all values. */
  empty?: Empty;
};

/** What stands for no value, and the condition that there is one, as a partial index in that order has it. */
export type Empty = { value: string; not: RawBuilder<boolean> };

export type Place = { value: string; id: string };

/** `name` and `-name`, both directions of an order. */
export function bothWays<Row>(
  name: string,
  column: RawBuilder<unknown>,
  type: Order<Row>['type'],
  valueIn: Order<Row>['valueIn'],
  empty?: Empty,
): Record<string, Order<Row>> {
  const order = { column, type, valueIn, ...(empty === undefined ? {} : { empty }) };
  return {
    [name]: { ...order, name, descending: false },
    [`-${name}`]: { ...order, name: `-${name}`, descending: true },
  };
}

/** What of an order its cursors are made of. */
type Marks<Row> = Pick<Order<Row>, 'name' | 'type' | 'valueIn'>;

/** The cursor behind `row`; it holds nothing that the list does not show. */
export function cursorAt<Row extends { id: string }>(order: Marks<Row>, row: Row): string {
  return Buffer.from(JSON.stringify([order.name, order.valueIn(row), row.id])).toString('base64url');
}

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;
const values = {
  time: /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|infinity)$/,
  text: /^[^\0]{0,200}$/su,
  number: /^-?\d{1,15}$/,
};

/** Reads a cursor of that order; null for anything else. */
export function placeOf<Row>(order: Marks<Row>, cursor: string): Place | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  if (!Array.isArray(parsed) || parsed.length !== 3) return null;
  const [name, value, id] = parsed as unknown[];
  if (name !== order.name || typeof value !== 'string' || typeof id !== 'string') return null;
  if (!uuid.test(id) || !values[order.type].test(value) || !value.isWellFormed()) return null;
  if (order.type === 'time' && value !== 'infinity' && Number.isNaN(Date.parse(value))) return null;
  return { value, id };
}

const casts = { time: sql`::timestamptz`, text: sql`::text collate "C"`, number: sql`::bigint` };

/** Rows behind the place; `id` is the id's column. */
export function behind<Row>(order: Order<Row>, id: RawBuilder<unknown>, place: Place): RawBuilder<boolean> {
  const sign = order.descending ? sql`<` : sql`>`;
  return sql`(${order.column}, ${id}) ${sign} (${place.value}${casts[order.type]}, ${place.id}::uuid)`;
}

/** The ORDER BY list. */
export function ordered<Row>(order: Order<Row>, id: RawBuilder<unknown>): RawBuilder<unknown> {
  return order.descending ? sql`${order.column} desc, ${id} desc` : sql`${order.column}, ${id}`;
}

/** Cuts the row too many that was asked for off a page and makes the cursor to the next. */
export function paged<Row extends { id: string }>(
  order: Marks<Row>,
  rows: Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last ? cursorAt(order, last) : null };
}

/** The ends of the ranges that lists are asked for, by the field that they are of. */
const ranges = {
  createdAt: ['createdFrom', 'createdTo'],
  updatedAt: ['updatedFrom', 'updatedTo'],
  nextFollowUpAt: ['followUpFrom', 'followUpTo'],
} as const;
type End = (typeof ranges)[keyof typeof ranges][number];
type Asked = { readonly [name in End | 'namePrefix']?: string | null | undefined };

/**
 * Whether the best plan depends on the values looked for: such a statement is planned anew. It does where a name begins so, and
 * with any range of a field that the list does not go by; along its order one end only says where to begin or to end, but of
 * both ends a plan that is kept expects next to nothing in between. One by keys does not: what is looked up in them is behind a
 * function, and where they do not help the statement is another.
 */
export function isParticular(asked: Asked, sort = '-updatedAt'): boolean {
  const isGiven = (name: keyof Asked) => (asked[name] ?? null) !== null;
  const along = sort.replace(/^-/, '');
  return (
    isGiven('namePrefix') ||
    Object.entries(ranges).some(([field, ends]) => ends.filter(isGiven).length > (field === along ? 1 : 0))
  );
}
