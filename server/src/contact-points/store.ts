// All SQL of the further addresses of people; a code is taken by one conditional statement.
import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type ContactPoint = Selectable<Database['contact_points']>;

const points = (world: World) =>
  world.db.selectFrom('contact_points').selectAll().where('workspace_id', '=', world.workspaceId);

const change = (world: World, id: string) =>
  world.db.updateTable('contact_points').where('workspace_id', '=', world.workspaceId).where('id', '=', id);

/** The primary ones first, then the oldest. */
export async function of(world: World, personId: string): Promise<ContactPoint[]> {
  return points(world)
    .where('person_id', '=', personId)
    .orderBy('purpose', 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** False when that person has that address already. */
export async function insert(world: World, row: Insertable<Database['contact_points']>): Promise<boolean> {
  const done = await world.db
    .insertInto('contact_points')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return done !== undefined;
}

/** Puts a code in place of the one before; the misses stay (L25). False where there is nothing to verify. */
export async function keepCode(
  world: World,
  which: { id: string; personId: string },
  code: { hash: Buffer; expiresAt: string },
): Promise<boolean> {
  const row = await change(world, which.id)
    .where('person_id', '=', which.personId)
    .where('verified_at', 'is', null)
    .set({ code_hash: code.hash, code_expires_at: code.expiresAt })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Verifies an address by its code; true for exactly one of many at once. */
export async function verify(
  world: World,
  which: { id: string; personId: string },
  by: { hash: Buffer; misses: number; at: string },
): Promise<boolean> {
  const row = await change(world, which.id)
    .where('person_id', '=', which.personId)
    .where('verified_at', 'is', null)
    .where('code_hash', '=', by.hash)
    .where('code_misses', '<', by.misses)
    .where('code_expires_at', '>', by.at)
    .set({ verified_at: by.at, code_hash: null, code_expires_at: null })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function countMiss(world: World, which: { id: string; personId: string }): Promise<void> {
  await change(world, which.id)
    .where('person_id', '=', which.personId)
    .set(eb => ({ code_misses: eb('code_misses', '+', 1) }))
    .execute();
}

export async function remove(world: World, which: { id: string; personId: string }): Promise<boolean> {
  const row = await world.db
    .deleteFrom('contact_points')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', which.personId)
    .where('id', '=', which.id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The oldest verified phone becomes the primary one where none is. */
export async function settlePrimary(world: World, personId: string): Promise<void> {
  const phones = (await of(world, personId)).filter(point => point.kind === 'sms' && point.verified_at);
  const [first] = phones;
  if (first && !phones.some(phone => phone.purpose === 'primary'))
    await change(world, first.id).set({ purpose: 'primary' }).execute();
}
