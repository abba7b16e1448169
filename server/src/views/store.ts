// All SQL of views that are kept.
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type ViewRow = Selectable<Database['saved_views']>;

/** Those for everybody, for that team and of that person, by name. */
export async function list(
  world: World,
  reader: { id: string; teamId: string | null },
  object: string | undefined,
): Promise<ViewRow[]> {
  let query = world.db
    .selectFrom('saved_views')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where(({ eb, or }) =>
      or([
        eb('owner_id', '=', reader.id),
        eb('audience', '=', 'all'),
        ...(reader.teamId ? [eb('team_id', '=', reader.teamId)] : []),
      ]),
    )
    .orderBy('name')
    .orderBy('id');
  if (object) query = query.where('object', '=', object);
  return query.execute();
}

export async function hold(world: World, id: string): Promise<ViewRow | undefined> {
  return world.db
    .selectFrom('saved_views')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export async function insert(
  world: World,
  row: Omit<Insertable<Database['saved_views']>, 'workspace_id'>,
): Promise<ViewRow> {
  return world.db
    .insertInto('saved_views')
    .values({ workspace_id: world.workspaceId, ...row })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function update(
  world: World,
  id: string,
  change: Updateable<Database['saved_views']>,
): Promise<ViewRow> {
  return world.db
    .updateTable('saved_views')
    .set(eb => ({ ...change, version: eb('version', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function remove(world: World, id: string): Promise<void> {
  await world.db
    .deleteFrom('saved_views')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** How many a person keeps. */
export async function countOf(world: World, personId: string): Promise<number> {
  const { count } = await world.db
    .selectFrom('saved_views')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', world.workspaceId)
    .where('owner_id', '=', personId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
