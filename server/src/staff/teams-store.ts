// All SQL of teams.
import { type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type TeamRow = Selectable<Database['teams']> & { manager_name: string | null; people: number };

/** All teams by name, each with whom it has as manager and how many people. */
export async function teams(world: World): Promise<TeamRow[]> {
  const { rows } =
    await sql<TeamRow>`select t.workspace_id, t.id, t.name, t.manager_id, m.name as manager_name,
      (select count(*)::int from people p where p.workspace_id = t.workspace_id and p.team_id = t.id) as people
    from teams t left join people m on m.workspace_id = t.workspace_id and m.id = t.manager_id
    where t.workspace_id = ${world.workspaceId} order by t.name, t.id`.execute(world.db);
  return rows;
}

/** One team, locked until the transaction ends. */
export async function hold(world: World, id: string): Promise<Selectable<Database['teams']> | undefined> {
  return world.db
    .selectFrom('teams')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function update(
  world: World,
  id: string,
  set: { name: string; manager_id: string | null },
): Promise<void> {
  await world.db
    .updateTable('teams')
    .set(set)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function remove(world: World, id: string): Promise<void> {
  await world.db
    .deleteFrom('teams')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Nobody who is not in a team any longer is its manager. */
export async function release(world: World, personId: string, exceptTeam: string | null): Promise<void> {
  await sql`update teams set manager_id = null where workspace_id = ${world.workspaceId}
    and manager_id = ${personId} and id is distinct from ${exceptTeam}::uuid`.execute(world.db);
}
