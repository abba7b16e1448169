// The SQL with which the demo fills tables in bulk: follow-ups, and what they leave on their customers.
import { sql } from 'kysely';
import { insertEntries, type NewEntry } from '../db/journal.ts';
import type { ActivityKind } from '../db/tables.ts';
import { markOf, noteKeys } from '../folding.ts';
import type { World } from '../world.ts';
import type { PersonKey } from './cast.ts';

type Named = { id: string; name: string };

export type ToldActivity = {
  id: string;
  kind: ActivityKind;
  body: string;
  at: string;
  next_step: string | null;
  next_at: string | null;
  customer: Named;
  contact: Named;
  author: PersonKey;
  author_id: string;
  owner_id: string | null;
  team_id: string | null;
};

export type ToldAccount = { id: string; activities: ToldActivity[] };

/** All follow-ups with their journal entries in one statement. */
export async function insertActivities(
  world: World,
  rows: ToldActivity[],
  entries: NewEntry[],
): Promise<void> {
  const flat = rows.map(({ customer, contact, ...row }) => ({
    ...row,
    keys: noteKeys(markOf(world.workspaceId), row.body),
    customer_id: customer.id,
    contact_id: contact.id,
  }));
  await sql`with given as (
      select * from json_to_recordset(${JSON.stringify(flat)}::json) as r (id uuid, customer_id uuid, contact_id uuid,
        kind text, body text, at timestamptz, next_step text, next_at timestamptz, author_id uuid, owner_id uuid,
        team_id uuid, keys jsonb)
    ), keyed as (
      insert into activity_keys (workspace_id, id, keys)
      select ${world.workspaceId}, id, array(select jsonb_array_elements_text(keys))::integer[] from given
    ), added as (
      insert into activities (workspace_id, id, customer_id, contact_id, kind, body, at, author_id, next_step, next_at,
        owner_id, team_id, created_at, updated_at)
      select ${world.workspaceId}, id, customer_id, contact_id, kind, body, at, author_id, next_step, next_at, owner_id,
        team_id, at, at from given
    )
    ${insertEntries(entries)}`.execute(world.db);
}

/** A customer that was followed up has changed last then. */
export async function moveLastActivity(world: World, accounts: ToldAccount[]): Promise<void> {
  const last = accounts.flatMap(({ id, activities }) => {
    const at = activities.at(-1)?.at;
    return at === undefined ? [] : [{ id, at }];
  });
  await sql`update customers c set last_activity_at = l.at, updated_at = l.at
    from json_to_recordset(${JSON.stringify(last)}::json) as l (id uuid, at timestamptz)
    where c.workspace_id = ${world.workspaceId} and c.id = l.id`.execute(world.db);
}
