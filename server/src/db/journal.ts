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

/** The same of many entries, as one parameter. */
export function insertEntries(entries: NewEntry[]): RawBuilder<unknown> {
  return sql`insert into audit_entries (${columns})
    select ${columns} from json_populate_recordset(null::audit_entries, ${`[${entries.map(asJson).join(',')}]`}::json)`;
}

/** The jsonb columns are JSON already: they go in as they are, not as texts. */
function asJson({ before, after, details, ...plain }: NewEntry): string {
  return `${JSON.stringify(plain).slice(0, -1)},"before":${before ?? 'null'},"after":${after ?? 'null'},"details":${details ?? 'null'}}`;
}
