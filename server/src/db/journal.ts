// Journal entries within another room's statement, so that record and entry take one round trip.
import { type Insertable, type RawBuilder, sql } from 'kysely';
import type { Database } from './tables.ts';

/** The row of an entry, as `audit.row` makes it. */
export type NewEntry = Insertable<Database['audit_entries']>;

const columns = sql`workspace_id, id, at, actor_id, actor_name, action, object_type, object_id, address, device,
  correlation_id, before, after, details`;

/** `insert into audit_entries …` of one entry; the last part of a `with`. */
export function insertEntry(e: NewEntry): RawBuilder<unknown> {
  return sql`insert into audit_entries (${columns}) values (${e.workspace_id}, ${e.id}, ${e.at}, ${e.actor_id},
    ${e.actor_name}, ${e.action}, ${e.object_type}, ${e.object_id}, ${e.address}, ${e.device}, ${e.correlation_id},
    ${e.before}, ${e.after}, ${e.details})`;
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
