// Statements whose plan a connection keeps: parsed and planned once, afterwards only run.
import { type RawBuilder, sql } from 'kysely';
import type pg from 'pg';

/** What a statement whose plan is to be kept begins with. */
export const keptMark = '/* kept */ ';
/** So many at most, so that no client can fill a server's memory with shapes of statements. */
const most = 400;
/** A statement is given one of them once it has been asked so often: lists have more shapes than there are names. */
const often = 5;
const names = new Map<string, string>();
const asked = new Map<string, number>();

/**
 * Opens a statement that is asked often and always in the same words: its values must all be parameters, but a LIMIT
 * belongs into the text, or else the plan is made for a tenth of the table.
 */
export const kept: RawBuilder<unknown> = sql.raw(keptMark);

type Query = (text: unknown, values?: unknown, ...rest: unknown[]) => unknown;

/** Makes a fresh connection send marked statements by name, and lists of numbers as they are. */
export function keepPlans(client: pg.PoolClient): void {
  const plain = client.query.bind(client) as Query;
  const query: Query = (text, given, ...rest) => {
    const values = Array.isArray(given) && given.some(isNumbers) ? given.map(written) : given;
    const name = typeof text === 'string' && text.startsWith(keptMark) ? nameOf(text) : undefined;
    return name ? plain({ name, text, values }, ...rest) : plain(text, values, ...rest);
  };
  client.query = query as pg.PoolClient['query'];
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every(one => typeof one === 'number');

// The driver looks into each element for quotes: of a record's search keys that is a tenth of what sending it takes.
const written = (value: unknown): unknown => (isNumbers(value) ? `{${value.join(',')}}` : value);

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= most) return known;
  const times = (asked.get(text) ?? 0) + 1;
  if (asked.size >= most) asked.clear();
  asked.set(text, times);
  if (times < often) return undefined;
  asked.delete(text);
  const name = `kept-${names.size}`;
  names.set(text, name);
  return name;
}

/** `count` places for values, from `$first` on. */
export function places(first: number, count: number): string {
  return Array.from({ length: count }, (_, i) => `$${first + i}`).join(', ');
}
