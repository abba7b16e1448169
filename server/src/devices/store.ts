// All SQL of devices and sessions.
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import { insertEntryFrom, type NewEntry } from '../db/journal.ts';
import { kept } from '../db/kept-plans.ts';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

const devices = (world: World) =>
  world.db
    .selectFrom('devices')
    .where('workspace_id', '=', world.workspaceId)
    .where('revoked_at', 'is', null);

export async function byBrowser(
  world: World,
  personId: string,
  browser: Buffer,
): Promise<{ id: string; label: string; created_at: string } | undefined> {
  const { rows } = await sql<{ id: string; label: string; created_at: string }>`${kept}
    select id, label, created_at from devices where workspace_id = ${world.workspaceId} and revoked_at is null
      and person_id = ${personId} and browser_hash = ${browser}`.execute(world.db);
  return rows[0];
}

/** The person of a sign-in name, and the device of his that this browser is; in one look. */
export async function behind(
  world: World,
  name: string,
  browser: Buffer | null,
): Promise<(Selectable<Database['people']> & { device_id: string | null }) | undefined> {
  const { rows } = await sql<Selectable<Database['people']> & { device_id: string | null }>`${kept}
    select p.*, d.id as device_id from people p
    left join devices d on d.workspace_id = p.workspace_id and d.person_id = p.id and d.revoked_at is null
      and d.browser_hash = ${browser}::bytea
    where p.workspace_id = ${world.workspaceId} and p.sign_in_name = ${name}`.execute(world.db);
  return rows[0];
}

export async function devicesOf(world: World, personId: string) {
  return devices(world)
    .select(['id', 'label', 'address', 'created_at', 'last_seen_at'])
    .where('person_id', '=', personId)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();
}

export async function hasAny(world: World, personId: string): Promise<boolean> {
  const row = await world.db
    .selectFrom('devices')
    .select('id')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertDevice(world: World, row: Insertable<Database['devices']>): Promise<void> {
  await world.db.insertInto('devices').values(row).execute();
}

export async function touchDevice(
  world: World,
  id: string,
  seen: { at: string; address: string },
): Promise<void> {
  await world.db
    .updateTable('devices')
    .set({ last_seen_at: seen.at, address: seen.address })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Gives all devices behind one browser secret its new secret. */
export async function moveBrowser(world: World, from: Buffer, to: Buffer): Promise<void> {
  await world.db
    .updateTable('devices')
    .set({ browser_hash: to })
    .where('workspace_id', '=', world.workspaceId)
    .where('browser_hash', '=', from)
    .where('revoked_at', 'is', null)
    .execute();
}

export async function revokeDevice(world: World, personId: string, id: string, at: string): Promise<boolean> {
  const row = await world.db
    .updateTable('devices')
    .set({ revoked_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertSession(world: World, row: Insertable<Database['sessions']>): Promise<void> {
  await world.db.insertInto('sessions').values(row).execute();
}

/**
 * A session on a known device with its journal entry, and what is to be done alongside, in one statement. False when
 * the device has been revoked meanwhile: then only the latter is done.
 */
export async function insertSessionOnKnown(
  world: World,
  row: Insertable<Database['sessions']>,
  entry: NewEntry,
  alongside: RawBuilder<unknown>[],
): Promise<boolean> {
  const { numAffectedRows } =
    await sql`${kept}with ${sql.join(alongside.map((part, i) => sql`${sql.raw(`part${i}`)} as (${part})`))}, seen as (
      update devices set last_seen_at = ${row.created_at}, address = ${row.address}
      where workspace_id = ${row.workspace_id} and id = ${row.device_id} and revoked_at is null returning id
    ), opened as (
      insert into sessions (workspace_id, id, token_hash, person_id, device_id, address, created_at, last_seen_at,
        idle_seconds, ends_at)
      select ${row.workspace_id}::uuid, ${row.id}::uuid, ${row.token_hash}::bytea, ${row.person_id}::uuid, id,
        ${row.address}::text, ${row.created_at}::timestamptz, ${row.last_seen_at}::timestamptz,
        ${row.idle_seconds}::integer, ${row.ends_at}::timestamptz from seen
    )
    ${insertEntryFrom(entry, sql`seen`)}`.execute(world.db);
  return (numAffectedRows ?? 0n) > 0n;
}

export async function sessionByToken(world: World, tokenHash: Buffer) {
  return world.db
    .selectFrom('sessions as s')
    .innerJoin('people as p', join =>
      join.onRef('p.workspace_id', '=', 's.workspace_id').onRef('p.id', '=', 's.person_id'),
    )
    .select(['s.id', 's.person_id', 's.device_id', 's.ends_at', 's.idle_seconds', 's.last_seen_at'])
    .select(['s.held_by', 's.created_at'])
    .select(['p.name', 'p.email', 'p.role', 'p.role_id', 'p.team_id', 'p.language', 'p.state'])
    .select(['p.ends_at as person_ends_at', 'p.created_at as person_created_at'])
    .select(['p.password_set_at', 'p.password_hash', 'p.email_verified_at', 'p.verify_by'])
    .where('s.workspace_id', '=', world.workspaceId)
    .where('s.token_hash', '=', tokenHash)
    .where('s.ended_at', 'is', null)
    .executeTakeFirst();
}

export async function release(
  world: World,
  id: string,
  limits: { idleSeconds: number; endsAt: string },
): Promise<void> {
  await world.db
    .updateTable('sessions')
    .set({ held_by: null, idle_seconds: limits.idleSeconds, ends_at: limits.endsAt })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Gives an open session another token. */
export async function renew(
  world: World,
  id: string,
  tokenHash: Buffer,
): Promise<{ idle_seconds: number; ends_at: string } | undefined> {
  return world.db
    .updateTable('sessions')
    .set({ token_hash: tokenHash })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning(['idle_seconds', 'ends_at'])
    .executeTakeFirst();
}

export async function touchSession(world: World, id: string, at: string): Promise<void> {
  await world.db
    .updateTable('sessions')
    .set({ last_seen_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

export async function sessionsOf(world: World, personId: string, now: string) {
  return world.db
    .selectFrom('sessions as s')
    .leftJoin('devices as d', join =>
      join.onRef('d.workspace_id', '=', 's.workspace_id').onRef('d.id', '=', 's.device_id'),
    )
    .select(['s.id', 's.device_id', 's.address', 's.created_at', 's.last_seen_at', 's.ends_at', 'd.label'])
    .where('s.workspace_id', '=', world.workspaceId)
    .where('s.person_id', '=', personId)
    .where('s.ended_at', 'is', null)
    .where('s.ends_at', '>', now)
    .orderBy('s.last_seen_at', 'desc')
    .orderBy('s.id')
    .limit(200)
    .execute();
}

/** Ends a person's open sessions: one, those of a device, or all but one; returns their ids. */
export async function endSessions(
  world: World,
  which: { personId: string; id?: string; deviceId?: string; exceptId?: string },
  why: string,
  at: string,
): Promise<string[]> {
  let query = world.db
    .updateTable('sessions')
    .set({ ended_at: at, ended_why: why })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', which.personId)
    .where('ended_at', 'is', null);
  if (which.id) query = query.where('id', '=', which.id);
  if (which.deviceId) query = query.where('device_id', '=', which.deviceId);
  if (which.exceptId) query = query.where('id', '!=', which.exceptId);
  const rows = await query.returning('id').execute();
  return rows.map(row => row.id);
}
