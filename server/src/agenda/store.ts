// All SQL of reminders, their settings and calendar addresses; follow-ups are read from the records they stand in.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type SettingsRow = Selectable<Database['agenda_settings']>;
export type FeedRow = Selectable<Database['calendar_feeds']>;

export async function settings(world: World): Promise<SettingsRow[]> {
  return world.db
    .selectFrom('agenda_settings')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .execute();
}

export async function settingsOf(world: World, personId: string): Promise<SettingsRow | undefined> {
  return world.db
    .selectFrom('agenda_settings')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

export async function saveSettings(
  world: World,
  row: Insertable<Database['agenda_settings']>,
): Promise<void> {
  const { zone, quiet_from, quiet_to } = row;
  await world.db
    .insertInto('agenda_settings')
    .values(row)
    .onConflict(conflict =>
      conflict.columns(['workspace_id', 'person_id']).doUpdateSet({ zone, quiet_from, quiet_to }),
    )
    .execute();
}

export type DueFollowUp = { type: 'customer' | 'lead'; id: string; owner_id: string };

/**
 * Takes follow-ups that have come due since, of people who may be told now, so that each is told of once for a date that
 * was planned, whichever process comes first.
 */
export async function takeFollowUps(
  world: World,
  input: { at: string; since: string; limit: number; only: string[] | null; but: string[] },
): Promise<DueFollowUp[]> {
  const of = (table: string, type: string) => sql`
    select ${type} as type, r.id, r.owner_id, r.next_follow_up_at from ${sql.table(table)} r
    where r.workspace_id = ${world.workspaceId} and r.deleted_at is null and r.owner_id is not null
      and r.due_at > ${input.since}::timestamptz and r.due_at <= ${input.at}::timestamptz
      and (${input.only}::uuid[] is null or r.owner_id = any(${input.only}::uuid[]))
      and r.owner_id <> all(${input.but}::uuid[])
      and not exists (select from agenda_told o where o.workspace_id = r.workspace_id and o.record_id = r.id
        and o.planned_at = r.next_follow_up_at)`;
  const { rows } = await sql<DueFollowUp>`
    with due as (select * from (${of('customers', 'customer')} union all ${of('leads', 'lead')}) found
      order by next_follow_up_at, id limit ${input.limit}),
    told as (
      insert into agenda_told (workspace_id, record_id, planned_at, told_at)
      select ${world.workspaceId}, id, next_follow_up_at, ${input.at}::timestamptz from due order by id
      on conflict (workspace_id, record_id) do update set planned_at = excluded.planned_at, told_at = excluded.told_at
        where agenda_told.planned_at <> excluded.planned_at
      returning record_id)
    select due.type, due.id, due.owner_id from due join told on told.record_id = due.id`.execute(world.db);
  return rows;
}

export async function removeTold(world: World, before: string): Promise<void> {
  await world.db
    .deleteFrom('agenda_told')
    .where('workspace_id', '=', world.workspaceId)
    .where('told_at', '<', before)
    .execute();
}

const feeds = (world: World) =>
  world.db
    .selectFrom('calendar_feeds')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('ended_at', 'is', null);

export const feedOf = (world: World, personId: string): Promise<FeedRow | undefined> =>
  feeds(world).where('person_id', '=', personId).executeTakeFirst();

export const feedBySecret = (world: World, hash: Buffer): Promise<FeedRow | undefined> =>
  feeds(world).where('secret_hash', '=', hash).executeTakeFirst();

export async function insertFeed(world: World, row: Insertable<Database['calendar_feeds']>): Promise<void> {
  await world.db.insertInto('calendar_feeds').values(row).execute();
}

/** Ends the address of a person; false where there is none. */
export async function endFeed(world: World, personId: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await world.db
    .updateTable('calendar_feeds')
    .set({ ended_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that the address was read, once in a while. */
export async function noteRead(world: World, id: string, at: string, before: string): Promise<void> {
  await sql`update calendar_feeds set read_at = ${at}
    where workspace_id = ${world.workspaceId} and id = ${id} and (read_at is null or read_at < ${before}::timestamptz)`.execute(
    world.db,
  );
}
