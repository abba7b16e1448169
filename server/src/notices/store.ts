// All SQL of notices, how they are wanted, and when digests went out.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type NoticeRow = Selectable<Database['inbox_notices']>;
export type SettingRow = Selectable<Database['inbox_settings']>;

export async function insert(world: World, rows: Insertable<Database['inbox_notices']>[]): Promise<void> {
  if (rows.length > 0) await world.db.insertInto('inbox_notices').values(rows).execute();
}

const own = (world: World, personId: string) =>
  world.db
    .selectFrom('inbox_notices')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId);

/** Newest first; `after` is the id of the last one of the page before. */
export async function list(
  world: World,
  f: { personId: string; unread: boolean; limit: number; after?: string | undefined },
): Promise<NoticeRow[]> {
  let query = own(world, f.personId).where('in_app', '=', true);
  if (f.unread) query = query.where('read_at', 'is', null);
  if (f.after) query = query.where('id', '<', f.after);
  return query.orderBy('id', 'desc').limit(f.limit).execute();
}

/** How many are unread, counted up to `most`. */
export async function countUnread(world: World, personId: string, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
      select 1 from inbox_notices where workspace_id = ${world.workspaceId} and person_id = ${personId}
        and in_app and read_at is null limit ${most}) unread`.execute(world.db);
  return rows[0]?.count ?? 0;
}

/** Marks a person's own notices; what is read needs no digest. */
export async function markRead(
  world: World,
  which: { personId: string; ids?: string[] | undefined; upTo?: string | undefined },
  at: string,
): Promise<number> {
  let query = world.db
    .updateTable('inbox_notices')
    .set({ read_at: at, digest: false })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', which.personId)
    .where('read_at', 'is', null);
  if (which.ids) query = query.where('id', 'in', which.ids);
  if (which.upTo) query = query.where('id', '<=', which.upTo);
  const { numUpdatedRows } = await query.executeTakeFirst();
  return Number(numUpdatedRows);
}

/** The words of a comment have changed, or are gone with it: whose notices quote it. */
export async function requote(world: World, sourceId: string, excerpt: string | null): Promise<string[]> {
  const at = { workspace: world.workspaceId, source: sourceId };
  const statement =
    excerpt === null
      ? sql<{ person_id: string }>`delete from inbox_notices
          where workspace_id = ${at.workspace} and source_id = ${at.source} returning person_id`
      : sql<{ person_id: string }>`update inbox_notices set excerpt = ${excerpt}
          where workspace_id = ${at.workspace} and source_id = ${at.source} returning person_id`;
  const { rows } = await statement.execute(world.db);
  return [...new Set(rows.map(row => row.person_id))];
}

export async function settingsOf(world: World, personIds: string[]): Promise<SettingRow[]> {
  if (personIds.length === 0) return [];
  return world.db
    .selectFrom('inbox_settings')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', 'in', personIds)
    .execute();
}

export async function saveSettings(
  world: World,
  rows: Insertable<Database['inbox_settings']>[],
): Promise<void> {
  await world.db
    .insertInto('inbox_settings')
    .values(rows)
    .onConflict(conflict =>
      conflict
        .columns(['workspace_id', 'person_id', 'kind'])
        .doUpdateSet(eb => ({ in_app: eb.ref('excluded.in_app'), mail: eb.ref('excluded.mail') })),
    )
    .execute();
}

export type Waiting = { person_id: string; last: number | null; zone: string | null };

/** Who has something waiting for a digest, when the last one went out, and the zone of his own; asked of each person. */
export async function awaitingDigest(world: World): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`select p.id as person_id, d.at as last, a.zone from people p
    left join inbox_digests d on d.workspace_id = p.workspace_id and d.person_id = p.id
    left join agenda_settings a on a.workspace_id = p.workspace_id and a.person_id = p.id
    where p.workspace_id = ${world.workspaceId} and p.state = 'active' and exists (select from inbox_notices n
      where n.workspace_id = p.workspace_id and n.person_id = p.id and n.digest)`.execute(world.db);
  return rows;
}

/** Takes what waits for a person's digest, so that nobody else sends it: how many, and the newest of them in order. */
export async function takeDigest(
  world: World,
  personId: string,
  newest: number,
): Promise<{ count: number; rows: NoticeRow[] }> {
  const { rows } = await sql<NoticeRow & { count: number }>`with taken as (
      update inbox_notices set digest = false
      where workspace_id = ${world.workspaceId} and id in (select id from inbox_notices
        where workspace_id = ${world.workspaceId} and person_id = ${personId} and digest for update skip locked)
      returning *)
    select *, (count(*) over ())::int as count from taken order by id desc limit ${newest}`.execute(world.db);
  return { count: rows[0]?.count ?? 0, rows: rows.toReversed() };
}

export async function noteDigest(world: World, personId: string, at: number): Promise<void> {
  await world.db
    .insertInto('inbox_digests')
    .values({ workspace_id: world.workspaceId, person_id: personId, at })
    .onConflict(conflict => conflict.columns(['workspace_id', 'person_id']).doUpdateSet({ at }))
    .execute();
}

/** Removes at most so many that are older; how many there were. */
export async function removeOld(world: World, before: string, most: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from inbox_notices where workspace_id = ${world.workspaceId}
    and id in (select id from inbox_notices where workspace_id = ${world.workspaceId} and at < ${before}::timestamptz
      order by at limit ${most})`.execute(world.db);
  return Number(numAffectedRows ?? 0);
}
