// All SQL of invitations, requests, notices and reminders.
import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type InvitationRow = Selectable<Database['invitations']>;
export type RequestRow = Selectable<Database['access_requests']>;
export type NoticeRow = Selectable<Database['notices']>;

export async function insertInvitation(
  world: World,
  row: Insertable<Database['invitations']>,
): Promise<void> {
  await world.db
    .updateTable('invitations')
    .set({ dead_at: row.created_at })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', row.person_id)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .execute();
  await world.db.insertInto('invitations').values(row).execute();
}

export async function invitation(world: World, id: string): Promise<InvitationRow | undefined> {
  return world.db
    .selectFrom('invitations')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function newestInvitation(world: World, personId: string): Promise<InvitationRow | undefined> {
  return world.db
    .selectFrom('invitations')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** How many invitations of one person were made since then. */
export async function countInvitations(world: World, personId: string, since: string): Promise<number> {
  const { count } = await world.db
    .selectFrom('invitations')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Uses an invitation that is open; true for exactly one of many at once. */
export async function useInvitation(world: World, id: string, now: string): Promise<boolean> {
  const row = await world.db
    .updateTable('invitations')
    .set({ used_at: now })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Opens a request, or gives the open one of the same kind its new reason; its row, and whether it is new. */
export async function openRequest(
  world: World,
  row: Insertable<Database['access_requests']>,
): Promise<{ row: RequestRow; fresh: boolean }> {
  const kept = await world.db
    .insertInto('access_requests')
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(['workspace_id', 'person_id', 'kind', 'action', 'object'])
        .where('state', '=', 'open')
        .doUpdateSet(eb => ({ reason: eb.ref('excluded.reason') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row: kept, fresh: kept.id === row.id };
}

/** Newest first, with the names of those who asked and decided. */
export async function requests(
  world: World,
  f: {
    id?: string | undefined;
    personId?: string | undefined;
    state?: RequestRow['state'] | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<(RequestRow & { person_name: string; decided_name: string | null })[]> {
  let query = world.db
    .selectFrom('access_requests as r')
    .innerJoin('people as p', join =>
      join.onRef('p.workspace_id', '=', 'r.workspace_id').onRef('p.id', '=', 'r.person_id'),
    )
    .leftJoin('people as d', join =>
      join.onRef('d.workspace_id', '=', 'r.workspace_id').onRef('d.id', '=', 'r.decided_by'),
    )
    .selectAll('r')
    .select(['p.name as person_name', 'd.name as decided_name'])
    .where('r.workspace_id', '=', world.workspaceId);
  if (f.id) query = query.where('r.id', '=', f.id);
  if (f.personId) query = query.where('r.person_id', '=', f.personId);
  if (f.state) query = query.where('r.state', '=', f.state);
  if (f.after) query = query.where('r.id', '<', f.after);
  return query.orderBy('r.id', 'desc').limit(f.limit).execute();
}

/** Decides an open request; undefined where it is not open any more. */
export async function decide(
  world: World,
  id: string,
  set: { state: 'granted' | 'refused'; by: string; at: string; why: string | null; until: string | null },
): Promise<RequestRow | undefined> {
  return world.db
    .updateTable('access_requests')
    .set({
      state: set.state,
      decided_by: set.by,
      decided_at: set.at,
      decided_why: set.why,
      until: set.until,
    })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst();
}

export async function insertNotice(world: World, row: Insertable<Database['notices']>): Promise<void> {
  await world.db.insertInto('notices').values(row).execute();
}

/** What somebody has not seen yet, newest first. */
export async function unseen(world: World, personId: string): Promise<NoticeRow[]> {
  return world.db
    .selectFrom('notices')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('seen_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
}

export async function markSeen(world: World, personId: string, id: string, at: string): Promise<boolean> {
  const row = await world.db
    .updateTable('notices')
    .set({ seen_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that a warning is given; false when it was given before. */
export async function noteReminder(
  world: World,
  row: Insertable<Database['account_reminders']>,
): Promise<boolean> {
  const fresh = await world.db
    .insertInto('account_reminders')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .returning('days')
    .executeTakeFirst();
  return fresh !== undefined;
}

/** Forgets what has long been over. */
export async function sweep(world: World, before: string): Promise<void> {
  const of = world.workspaceId;
  await world.db
    .deleteFrom('account_reminders')
    .where('workspace_id', '=', of)
    .where('due_at', '<', before)
    .execute();
  await world.db.deleteFrom('notices').where('workspace_id', '=', of).where('seen_at', '<', before).execute();
  await world.db
    .deleteFrom('invitations')
    .where('workspace_id', '=', of)
    .where('expires_at', '<', before)
    .execute();
}
