// The SQL with which the demo fills comments, followers and inboxes; nobody gets a letter about what was said long ago.
import { sql } from 'kysely';
import { insertEntries, type NewEntry } from '../db/journal.ts';
import type { Me } from '../http.ts';
import type { World } from '../world.ts';

export type Said = {
  id: string;
  noticeId: string;
  dealId: string;
  title: string;
  body: string;
  excerpt: string;
  from: Me;
  to: Me;
  at: string;
  readAt: string | null;
};

/** Comments on deals that name a colleague, each with its notice and its journal entry. */
export async function insertComments(world: World, said: Said[], entries: NewEntry[]): Promise<void> {
  if (said.length === 0) return;
  const rows = said.map(one => ({
    id: one.id,
    notice_id: one.noticeId,
    deal_id: one.dealId,
    body: one.body,
    excerpt: one.excerpt,
    from_id: one.from.id,
    from_name: one.from.name,
    to_id: one.to.id,
    at: one.at,
    read_at: one.readAt,
  }));
  const given = sql`given as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid,
    notice_id uuid, deal_id uuid, body text, excerpt text, from_id uuid, from_name text, to_id uuid, at timestamptz,
    read_at timestamptz))`;
  await sql`with ${given}, said as (
      insert into comments (workspace_id, id, object_type, object_id, author_id, body, mentions, created_at)
      select ${world.workspaceId}, id, 'deal', deal_id, from_id, body, array[to_id], at from given
    ), told as (
      insert into inbox_notices (workspace_id, id, person_id, kind, at, by_id, by_name, object_type, object_id,
        source_id, excerpt, in_app, digest, read_at)
      select ${world.workspaceId}, notice_id, to_id, 'mention', at, from_id, from_name, 'deal', deal_id, id, excerpt,
        true, false, read_at from given
    ), following as (
      insert into follows (workspace_id, object_type, object_id, person_id, following, at)
      select ${world.workspaceId}, 'deal', deal_id, person_id, true, min(at)
      from given, unnest(array[from_id, to_id]) as person_id group by deal_id, person_id
      on conflict do nothing
    )
    ${insertEntries(entries)}`.execute(world.db);
}
