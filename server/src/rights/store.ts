// All SQL of role policies and of shared records.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type PolicyRow = Selectable<Database['role_policies']>;
export type ShareRow = Selectable<Database['record_shares']>;

export async function policies(world: World): Promise<PolicyRow[]> {
  return world.db
    .selectFrom('role_policies')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .orderBy('name', order => order.asc().nullsFirst())
    .execute();
}

/** One role, locked until the transaction ends. */
export async function holdPolicy(
  world: World,
  which: { id: string } | { base: PolicyRow['base'] },
): Promise<PolicyRow | undefined> {
  const rows = world.db
    .selectFrom('role_policies')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .forUpdate();
  return 'id' in which
    ? rows.where('id', '=', which.id).where('name', 'is not', null).executeTakeFirst()
    : rows.where('base', '=', which.base).where('name', 'is', null).executeTakeFirst();
}

/** False when a role goes by that name already, or the base has been changed by somebody at the same time. */
export async function insertPolicy(
  world: World,
  row: Insertable<Database['role_policies']>,
): Promise<boolean> {
  const added = await world.db
    .insertInto('role_policies')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export async function updatePolicy(
  world: World,
  id: string,
  set: { name: string | null; rules: string; fields: string; updated_at: string; updated_by: string },
): Promise<void> {
  await world.db
    .updateTable('role_policies')
    .set(eb => ({ ...set, version: eb('version', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function deletePolicy(world: World, id: string): Promise<void> {
  await world.db
    .deleteFrom('role_policies')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Whether a further role goes by that name, whatever its case. */
export async function isNameTaken(world: World, name: string, except: string | null): Promise<boolean> {
  const { rows } = await sql`select 1 from role_policies where workspace_id = ${world.workspaceId}
    and lower(name) = lower(${name}) and id is distinct from ${except}::uuid`.execute(world.db);
  return rows.length > 0;
}

const standing = (world: World, now: string) =>
  world.db
    .selectFrom('record_shares')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('until', 'is', null), eb('until', '>', now)]));

/** What is shared with one person now, directly or through the team. */
export async function sharesWith(
  world: World,
  who: { id: string; teamId: string | null },
  now: string,
): Promise<ShareRow[]> {
  const own = standing(world, now).where('person_id', '=', who.id);
  const all = who.teamId ? own.union(standing(world, now).where('team_id', '=', who.teamId)) : own;
  return all.execute();
}

/** With whom one record is shared now, the newest first. */
export async function sharesOf(
  world: World,
  record: { object: string; id: string },
  now: string,
): Promise<ShareRow[]> {
  return standing(world, now)
    .where('object', '=', record.object)
    .where('record_id', '=', record.id)
    .orderBy('shared_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function shareById(world: World, id: string): Promise<ShareRow | undefined> {
  return world.db
    .selectFrom('record_shares')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Holds what is shared with one person or team: of two who share at once, one waits for the other. */
export async function holdShares(world: World, withId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${world.workspaceId} shares ${withId}`}, 0))`.execute(
    world.db,
  );
}

export async function insertShare(world: World, row: Insertable<Database['record_shares']>): Promise<void> {
  await world.db.insertInto('record_shares').values(row).execute();
}

/** Ends what stands for the same record and the same person or team, or one share by its id. */
export async function endShares(
  world: World,
  which: { object: string; recordId: string } & (
    | { id: string }
    | { personId: string | null; teamId: string | null }
  ),
  end: { at: string; by: string },
): Promise<ShareRow[]> {
  const those = world.db
    .updateTable('record_shares')
    .set({ ended_at: end.at, ended_by: end.by })
    .where('workspace_id', '=', world.workspaceId)
    .where('object', '=', which.object)
    .where('record_id', '=', which.recordId)
    .where('ended_at', 'is', null);
  const found =
    'id' in which
      ? those.where('id', '=', which.id)
      : which.personId
        ? those.where('person_id', '=', which.personId)
        : those.where('team_id', '=', which.teamId);
  return found.returningAll().execute();
}

/** How many shares stand for one person or team. */
export async function countShares(
  world: World,
  who: { personId: string | null; teamId: string | null },
  now: string,
): Promise<number> {
  const rows = await standing(world, now)
    .where(who.personId ? 'person_id' : 'team_id', '=', who.personId ?? who.teamId)
    .clearSelect()
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(rows.count);
}
