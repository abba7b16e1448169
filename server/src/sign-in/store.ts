// All SQL of one-time codes.
import { type Insertable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

/** Most codes that one flow may ask for. */
const mostSent = 5;

/** Puts a fresh code in place of the flow's last one, keeping its misses; false when the flow has had its share. */
export async function upsertCode(world: World, row: Insertable<Database['codes']>): Promise<boolean> {
  const kept = await world.db
    .insertInto('codes')
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(['workspace_id', 'flow_hash', 'purpose'])
        .doUpdateSet(eb => ({
          code_hash: eb.ref('excluded.code_hash'),
          created_at: eb.ref('excluded.created_at'),
          expires_at: eb.ref('excluded.expires_at'),
          sent: eb('codes.sent', '+', 1),
        }))
        .where('codes.state', '=', 'open')
        .where('codes.sent', '<', mostSent),
    )
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
}

export async function codeOf(world: World, flow: Buffer, purpose: string) {
  return world.db
    .selectFrom('codes')
    .select(['id', 'person_id', 'code_hash', 'misses', 'state', 'created_at', 'expires_at'])
    .where('workspace_id', '=', world.workspaceId)
    .where('flow_hash', '=', flow)
    .where('purpose', '=', purpose)
    .executeTakeFirst();
}

export async function countMiss(world: World, flow: Buffer, purpose: string): Promise<void> {
  await world.db
    .updateTable('codes')
    .set(eb => ({ misses: eb('misses', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('flow_hash', '=', flow)
    .where('purpose', '=', purpose)
    .execute();
}

/** Takes an open code that is still the one that was compared; true for exactly one of many at once. */
export async function takeCode(
  world: World,
  input: { id: string; codeHash: Buffer; to: 'proved' | 'consumed'; misses: number; now: string },
): Promise<boolean> {
  const row = await world.db
    .updateTable('codes')
    .set({ state: input.to })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', input.id)
    .where('state', '=', 'open')
    .where('code_hash', '=', input.codeHash)
    .where('misses', '<', input.misses)
    .where('expires_at', '>', input.now)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Moves a proved code of a flow to consumed; the person it belongs to, for exactly one of many at once. */
export async function consumeProved(world: World, flow: Buffer, purpose: string, now: string) {
  return world.db
    .updateTable('codes')
    .set({ state: 'consumed' })
    .where('workspace_id', '=', world.workspaceId)
    .where('flow_hash', '=', flow)
    .where('purpose', '=', purpose)
    .where('state', '=', 'proved')
    .where('expires_at', '>', now)
    .returning(['person_id', 'created_at'])
    .executeTakeFirst();
}

/** Kills every code of a flow, whatever it was for. */
export async function killFlow(world: World, flow: Buffer): Promise<void> {
  await world.db
    .updateTable('codes')
    .set({ state: 'dead' })
    .where('workspace_id', '=', world.workspaceId)
    .where('flow_hash', '=', flow)
    .where('state', 'in', ['open', 'proved'])
    .execute();
}

/** Kills every open or proved code of a person, or those of one purpose. */
export async function killCodes(world: World, personId: string, purpose?: string): Promise<void> {
  let query = world.db
    .updateTable('codes')
    .set({ state: 'dead' })
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('state', 'in', ['open', 'proved']);
  if (purpose) query = query.where('purpose', '=', purpose);
  await query.execute();
}

/** The newest code of a person for a purpose that was neither used nor killed. */
export async function newestOpen(world: World, personId: string, purpose: string) {
  return world.db
    .selectFrom('codes')
    .select(['id', 'flow_hash', 'code_hash', 'created_at'])
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('purpose', '=', purpose)
    .where('state', '=', 'open')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** Drops codes that expired more than a day ago. */
export async function sweepCodes(world: World, before: string): Promise<void> {
  await sql`delete from codes where workspace_id = ${world.workspaceId} and expires_at < ${before}`.execute(
    world.db,
  );
}
