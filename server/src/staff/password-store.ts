// All SQL of password policies and former passwords.
import { type Insertable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export async function policy(world: World) {
  return world.db
    .selectFrom('password_policies')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

export async function putPolicy(world: World, row: Insertable<Database['password_policies']>): Promise<void> {
  const { workspace_id: _, ...set } = row;
  await world.db
    .insertInto('password_policies')
    .values(row)
    .onConflict(conflict => conflict.column('workspace_id').doUpdateSet(set))
    .execute();
}

export async function insertFormer(
  world: World,
  row: Insertable<Database['former_passwords']>,
): Promise<void> {
  await world.db.insertInto('former_passwords').values(row).execute();
}

/** The hashes of the last ones, newest first. */
export async function former(world: World, personId: string, limit: number): Promise<string[]> {
  const rows = await world.db
    .selectFrom('former_passwords')
    .select('hash')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(row => row.hash);
}

/** Keeps the newest of one person only. */
export async function prune(world: World, personId: string, keep: number): Promise<void> {
  await sql`delete from former_passwords where workspace_id = ${world.workspaceId} and person_id = ${personId}
    and id not in (select id from former_passwords where workspace_id = ${world.workspaceId}
      and person_id = ${personId} order by id desc limit ${keep})`.execute(world.db);
}

/** Keeps the newest of everybody only. */
export async function pruneAll(world: World, keep: number): Promise<void> {
  await sql`delete from former_passwords f using (
      select id, row_number() over (partition by person_id order by id desc) as place
      from former_passwords where workspace_id = ${world.workspaceId}
    ) old where f.workspace_id = ${world.workspaceId} and f.id = old.id and old.place > ${keep}`.execute(
    world.db,
  );
}
