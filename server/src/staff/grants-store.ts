// All SQL of permissions given to one person.
import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type GrantRow = Selectable<Database['grants']>;

export async function standing(world: World, personId: string, now: string): Promise<GrantRow[]> {
  return world.db
    .selectFrom('grants')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where(eb => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
    .orderBy('id')
    .execute();
}

export async function insert(world: World, row: Insertable<Database['grants']>): Promise<void> {
  await world.db.insertInto('grants').values(row).execute();
}

export async function endSame(
  world: World,
  which: { personId: string; action: string; object: string },
  at: string,
): Promise<void> {
  await world.db
    .updateTable('grants')
    .set({ ended_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', which.personId)
    .where('action', '=', which.action)
    .where('object', '=', which.object)
    .where('ended_at', 'is', null)
    .execute();
}

export async function end(
  world: World,
  which: { personId: string; grantId: string },
  at: string,
): Promise<GrantRow | undefined> {
  return world.db
    .updateTable('grants')
    .set({ ended_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', which.personId)
    .where('id', '=', which.grantId)
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}
