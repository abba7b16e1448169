// How quotes and orders are found: by title, by number or its end, and by their customer's name.
import { type RawBuilder, sql } from 'kysely';
import * as customFields from '../custom-fields/custom-fields.ts';
import { type Keyed, textConditions } from '../db/key-search.ts';
import { rekey as again } from '../db/rekeying.ts';
import { askedTitle, folded, markOf, titleKeys } from '../folding.ts';
import type { World } from '../world.ts';
import type { OrderFilters } from './rules.ts';
import type { OrderFields, OrderRow } from './store.ts';

/** A number without what parts it: `O-2026-00012` is `o202600012`. */
const tightened = (text: string) => folded(text).replace(/[-_/.#]/g, '');

/** The last digits of a number, without noughts before them. */
const endOf = (number: string) => /(\d+)\D*$/.exec(number)?.[1]?.replace(/^0+/, '') ?? '';

function runs(text: string, size: number): string[] {
  const found: string[] = [];
  for (let i = 0; i + size <= text.length; i++) found.push(text.slice(i, i + size));
  return found;
}

/** The search keys of a quote or an order. */
export function keysOf(
  workspaceId: string,
  row: Pick<OrderFields, 'number' | 'title'> & { custom?: customFields.Custom | undefined },
): number[] {
  const number = tightened(row.number);
  const values = runs(number, 4).map((four): [string, string] => ['d', four]);
  for (const size of [2, 3]) if (number.length >= size) values.push(['w', number.slice(0, size)]);
  if (/\d/.test(row.number)) values.push(['s', endOf(row.number)]);
  const own = customFields.valueKeys(row.custom ?? {});
  return titleKeys(markOf(workspaceId), row.title, [...values, ...own]);
}

/** Whether such a change alters the search keys. */
export const altersKeys = (columns: object): boolean => 'title' in columns || 'custom' in columns;

/** What a search text and values of own fields ask of `orders o` joined with its customer `c`, and the keys that such have. */
export function asks(
  world: World,
  asked: Pick<OrderFilters, 'q' | 'custom'>,
): { conditions: RawBuilder<boolean>[]; keyed: Keyed } {
  const mark = markOf(world.workspaceId);
  const values = customFields.askedKeys(asked.custom).map(([letter, value]) => `${mark}${letter}${value}`);
  const wanted = askedTitle(mark, asked.q);
  if (wanted.name === null)
    return { conditions: [], keyed: { table: 'order_keys', ways: values.length > 0 ? [values] : [] } };
  // A customer's name is looked for as a title is.
  const any = [
    ...textConditions(sql`o`, 'order_keys', wanted, sql`o.title`),
    ...textConditions(sql`c`, 'customer_keys', wanted),
  ];
  const ways = [...wanted.ways];
  const number = tightened(wanted.name);
  const there = sql`regexp_replace(lower(normalize(o.number, NFKC)), '[-_/.#\\s]', '', 'g')`;
  if (number.length >= 4) {
    ways.push(runs(number, 4).map(four => `${mark}d${four}`));
    any.push(sql`position(${number} in ${there}) > 0`);
  } else if (number.length >= 2) {
    ways.push([`${mark}w${number}`]);
    any.push(sql`position(${number} in ${there}) = 1`);
  }
  if (/^\d{1,5}$/.test(number)) {
    ways.push([`${mark}s${endOf(number)}`]);
    any.push(sql`ltrim(substring(o.number from '(\\d+)\\D*$'), '0') = ${endOf(number)}`);
  }
  const keyed: Keyed = {
    table: 'order_keys',
    ways: ways.map(way => [...way, ...values]),
    those: { table: 'customer_keys', ways: wanted.ways, column: 'customer_id' },
  };
  return { conditions: [sql`(${sql.join(any, sql` or `)})`], keyed };
}

/** Makes the search keys of at most `limit` quotes and orders after `after` anew; the last of them, null for no more. */
export async function rekey(world: World, after: string | null, limit: number): Promise<string | null> {
  const what = { table: 'orders', keys: 'order_keys', columns: ['number', 'title', 'custom'], after, limit };
  return again<OrderRow>(world, what, row => keysOf(world.workspaceId, row));
}
