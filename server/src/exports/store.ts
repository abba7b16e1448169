// All SQL of exports.
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type ExportRow = Selectable<Database['exports']>;

const own = (world: World, personId: string) =>
  world.db
    .selectFrom('exports')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('created_by', '=', personId);

export async function insert(
  world: World,
  row: Omit<Insertable<Database['exports']>, 'workspace_id'>,
): Promise<ExportRow> {
  return world.db
    .insertInto('exports')
    .values({ workspace_id: world.workspaceId, ...row })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** One that this person asked for. */
export async function byId(world: World, id: string, personId: string): Promise<ExportRow | undefined> {
  return own(world, personId).where('id', '=', id).executeTakeFirst();
}

/** A person's own, newest first. */
export async function list(
  world: World,
  personId: string,
  page: { limit: number; after?: string | undefined },
): Promise<ExportRow[]> {
  let query = own(world, personId).orderBy('id', 'desc').limit(page.limit);
  if (page.after) query = query.where('id', '<', page.after);
  return query.execute();
}

export async function update(
  world: World,
  id: string,
  change: Updateable<Database['exports']>,
): Promise<void> {
  await world.db
    .updateTable('exports')
    .set(change)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Forgets what a person asked for before that moment. */
export async function forget(world: World, personId: string, before: string): Promise<void> {
  await world.db
    .deleteFrom('exports')
    .where('workspace_id', '=', world.workspaceId)
    .where('created_by', '=', personId)
    .where('created_at', '<', before)
    .execute();
}
