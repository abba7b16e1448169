// All SQL of recoveries; each step is one conditional statement, so that none is taken twice or after a stop.
import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type Recovery = Selectable<Database['recoveries']>;

const change = (world: World, flow: Buffer) =>
  world.db
    .updateTable('recoveries')
    .where('workspace_id', '=', world.workspaceId)
    .where('flow_hash', '=', flow)
    .where('stopped_at', 'is', null);

/** Keeps a recovery; one that stands goes on by the channel asked for last. */
export async function keep(world: World, row: Insertable<Database['recoveries']>): Promise<void> {
  await world.db
    .insertInto('recoveries')
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(['workspace_id', 'flow_hash'])
        .doUpdateSet({ via: row.via })
        .where('recoveries.proved_at', 'is', null),
    )
    .execute();
}

export async function of(world: World, flow: Buffer): Promise<Recovery | undefined> {
  return world.db
    .selectFrom('recoveries')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('flow_hash', '=', flow)
    .executeTakeFirst();
}

export async function byStop(world: World, hash: Buffer): Promise<Recovery | undefined> {
  return world.db
    .selectFrom('recoveries')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('stop_hash', '=', hash)
    .executeTakeFirst();
}

export async function proved(world: World, flow: Buffer, at: string): Promise<boolean> {
  const row = await change(world, flow)
    .where('proved_at', 'is', null)
    .set({ proved_at: at })
    .returning('person_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function factored(world: World, flow: Buffer, factor: string, at: string): Promise<boolean> {
  const row = await change(world, flow)
    .where('proved_at', 'is not', null)
    .where('done_at', 'is', null)
    .set({ factor, factor_at: at })
    .returning('person_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function answered(world: World, flow: Buffer, at: string): Promise<boolean> {
  const row = await change(world, flow)
    .where('proved_at', 'is not', null)
    .where('answered_at', 'is', null)
    .where('done_at', 'is', null)
    .set({ answered_at: at })
    .returning('person_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a recovery well; false when it was stopped, or ended before. */
export async function done(world: World, flow: Buffer, at: string): Promise<boolean> {
  const row = await change(world, flow)
    .where('proved_at', 'is not', null)
    .where('done_at', 'is', null)
    .set({ done_at: at })
    .returning('person_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Stops a recovery; what it was by then, for exactly one of many at once. */
export async function stop(world: World, flow: Buffer, at: string): Promise<Recovery | undefined> {
  return change(world, flow).set({ stopped_at: at }).returningAll().executeTakeFirst();
}

export async function sweep(world: World, before: string): Promise<void> {
  await sql`delete from recoveries where workspace_id = ${world.workspaceId} and begun_at < ${before}`.execute(
    world.db,
  );
}
