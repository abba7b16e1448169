// Journal entries within another room's statement, so that record and entry take one round trip.
import { type Insertable, type RawBuilder, sql } from 'kysely';
import type { Database } from './tables.ts';

/** The row of an entry, as `audit.row` makes it. */
export type NewEntry = Insertable<Database['audit_entries']>;

/** The columns of a new entry. */
export const entryColumns = [
  'workspace_id',
  'id',
  'at',
  'actor_id',
  'actor_name',
  'action',
  'object_type',
  'object_id',
  'address',
  'device',
  'correlation_id',
  'before',
  'after',
  'details',
] as const satisfies (keyof NewEntry)[];

const columns = sql.raw(entryColumns.join(', '));

/** An entry's values, in the order of the columns. */
export function entryValues(entry: NewEntry): unknown[] {
  return entryColumns.map(column => entry[column]);
}

/** `insert into audit_entries …` of one entry; the last part of a `with`. */
export function insertEntry(entry: NewEntry): RawBuilder<unknown> {
  return sql`insert into audit_entries (${columns}) values (${sql.join(entryValues(entry))})`;
}

/** The same, once for each row of `source`, which is another part of the same `with`. */
export function insertEntryFrom(e: NewEntry, source: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`insert into audit_entries (${columns}) select ${e.workspace_id}::uuid, ${e.id}::uuid,
    ${e.at}::timestamptz, ${e.actor_id}::uuid, ${e.actor_name}::text, ${e.action}::text, ${e.object_type}::text,
    ${e.object_id}::uuid, ${e.address}::text, ${e.device}::text, ${e.correlation_id}::text, ${e.before}::jsonb,
    ${e.after}::jsonb, ${e.details}::jsonb from ${source}`;
}

/** What most entries of one statement have in common goes along once; with the type that it has there. */
const common = {
  workspace_id: 'uuid',
  actor_id: 'uuid',
  actor_name: 'text',
  action: 'text',
  object_type: 'text',
  address: 'text',
  device: 'text',
  correlation_id: 'text',
  before: 'jsonb',
  details: 'jsonb',
} as const satisfies Partial<Record<keyof NewEntry, string>>;

const isCommon = (column: string): column is keyof typeof common => column in common;

/** The same of many entries, as one parameter besides what they have in common. */
export function insertEntries(entries: NewEntry[]): RawBuilder<unknown> {
  const [first] = entries;
  const own = entryColumns.filter(
    column => !(first && isCommon(column) && entries.every(entry => entry[column] === first[column])),
  );
  const values = entryColumns.map(column =>
    first && isCommon(column) && !own.includes(column)
      ? sql`${first[column] ?? null}::${sql.raw(common[column])}`
      : sql.ref(column),
  );
  const told = entries.map(entry => asJson(Object.fromEntries(own.map(column => [column, entry[column]]))));
  return sql`insert into audit_entries (${columns})
    select ${sql.join(values)} from json_populate_recordset(null::audit_entries, ${`[${told.join(',')}]`}::json)`;
}

/** The jsonb columns are JSON already: they go in as they are, not as texts. */
function asJson({ before, after, details, ...plain }: Partial<NewEntry>): string {
  const made = Object.entries({ before, after, details }).filter(([, json]) => typeof json === 'string');
  const parts = made.map(([column, json]) => `,"${column}":${json}`);
  return `${JSON.stringify(plain).slice(0, -1)}${parts.join('')}}`;
}
