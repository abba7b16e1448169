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
  // The jsonb columns travel as text; within a recordset they are objects.
  const object = (text: string | null | undefined) => (text ? JSON.parse(text) : null);
  const recordset = entries.map(e => ({
    ...e,
    before: object(e.before),
    after: object(e.after),
    details: object(e.details),
  }));
  return sql`insert into audit_entries (${columns})
    select ${columns} from jsonb_populate_recordset(null::audit_entries, ${JSON.stringify(recordset)}::jsonb)`;
}
