// All SQL of arrivals.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type Arrival = Selectable<Database['arrivals']>;

const arrivals = (world: World) =>
  world.db.selectFrom('arrivals').selectAll().where('workspace_id', '=', world.workspaceId);

export async function insert(world: World, row: Insertable<Database['arrivals']>): Promise<void> {
  await world.db.insertInto('arrivals').values(row).execute();
}

export async function byId(world: World, id: string): Promise<Arrival | undefined> {
  return arrivals(world).where('id', '=', id).executeTakeFirst();
}

export async function since(world: World, personId: string, at: string): Promise<Arrival[]> {
  return arrivals(world)
    .where('person_id', '=', personId)
    .where('at', '>=', at)
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
}

export async function list(world: World, personId: string): Promise<Arrival[]> {
  return arrivals(world).where('person_id', '=', personId).orderBy('id', 'desc').limit(20).execute();
}

/** False where “not me” was said before: that stands. */
export async function answer(
  world: World,
  id: string,
  answer: 'me' | 'not-me',
  at: string,
): Promise<boolean> {
  const row = await world.db
    .updateTable('arrivals')
    .set({ answer, answered_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where(eb => eb.or([eb('answer', 'is', null), eb('answer', '=', 'me')]))
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function sweep(world: World, before: string): Promise<void> {
  await sql`delete from arrivals where workspace_id = ${world.workspaceId} and at < ${before}`.execute(
    world.db,
  );
}
