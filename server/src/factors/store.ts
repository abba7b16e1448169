// All SQL of factors, recovery codes and what belongs to them; every proof is taken by one conditional statement.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database, Role } from '../db/tables.ts';
import type { World } from '../world.ts';

export type FactorRow = Selectable<Database['factors']>;

const factors = (world: World) =>
  world.db.selectFrom('factors').selectAll().where('workspace_id', '=', world.workspaceId);

const change = (world: World, id: string) =>
  world.db.updateTable('factors').where('workspace_id', '=', world.workspaceId).where('id', '=', id);

/** A person's factors that count, the oldest first. */
export async function factorsOf(world: World, personId: string): Promise<FactorRow[]> {
  return factors(world)
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is not', null)
    .orderBy('confirmed_at')
    .orderBy('id')
    .execute();
}

export async function byCredential(world: World, credentialId: string): Promise<FactorRow | undefined> {
  return factors(world)
    .where('credential_id', '=', credentialId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
}

/** Keeps an authenticator that is not confirmed yet, in place of the one begun before. */
export async function begin(world: World, row: Insertable<Database['factors']>): Promise<void> {
  await world.db
    .insertInto('factors')
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(['workspace_id', 'person_id'])
        .where('confirmed_at', 'is', null)
        .doUpdateSet(eb => ({
          id: eb.ref('excluded.id'),
          secret: eb.ref('excluded.secret'),
          created_at: eb.ref('excluded.created_at'),
        })),
    )
    .execute();
}

export async function begunSince(
  world: World,
  personId: string,
  since: string,
): Promise<FactorRow | undefined> {
  return factors(world)
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is', null)
    .where('created_at', '>', since)
    .executeTakeFirst();
}

/** Makes the begun authenticator count; true for exactly one of many at once. */
export async function confirm(
  world: World,
  id: string,
  to: { name: string; step: number; at: string },
): Promise<boolean> {
  const row = await change(world, id)
    .where('confirmed_at', 'is', null)
    .set({ name: to.name, last_step: to.step, confirmed_at: to.at })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** False when somebody has registered that passkey already. */
export async function insert(world: World, row: Insertable<Database['factors']>): Promise<boolean> {
  const done = await world.db
    .insertInto('factors')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return done !== undefined;
}

/** Takes a code's step; true for exactly one of many at once, and never for an earlier step than the last (L24). */
export async function takeStep(world: World, id: string, step: number, at: string): Promise<boolean> {
  const row = await change(world, id)
    .where(eb => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .set({ last_step: step, last_used_at: at })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Moves a passkey's count of uses on; false when it went back, for those that count at all (WebAuthn 6.1.1). */
export async function takeCount(
  world: World,
  id: string,
  use: { counter: number; backedUp: boolean; at: string },
): Promise<boolean> {
  const row = await change(world, id)
    .where(eb =>
      eb.or([eb('counter', '<', use.counter), eb.and([eb('counter', '=', 0), eb.val(use.counter === 0)])]),
    )
    .set({ counter: use.counter, backed_up: use.backedUp, last_used_at: use.at })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function rename(world: World, which: { id: string; personId: string }, name: string) {
  return change(world, which.id)
    .where('person_id', '=', which.personId)
    .where('confirmed_at', 'is not', null)
    .set({ name })
    .returning(['id', 'kind'])
    .executeTakeFirst();
}

/** Removes one factor of a person, or all that there are and were begun. */
export async function remove(world: World, which: { personId: string; id?: string }): Promise<FactorRow[]> {
  let query = world.db
    .deleteFrom('factors')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', which.personId);
  if (which.id) query = query.where('id', '=', which.id).where('confirmed_at', 'is not', null);
  return query.returningAll().execute();
}

/** Puts new recovery codes in place of all earlier ones. */
export async function replaceCodes(
  world: World,
  personId: string,
  rows: Insertable<Database['recovery_codes']>[],
): Promise<void> {
  await world.db
    .deleteFrom('recovery_codes')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .execute();
  if (rows.length > 0) await world.db.insertInto('recovery_codes').values(rows).execute();
}

export async function codeBy(world: World, personId: string, hash: Buffer) {
  return world.db
    .selectFrom('recovery_codes')
    .select(['id', 'used_at'])
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('code_hash', '=', hash)
    .executeTakeFirst();
}

/** Uses a recovery code up; true for exactly one of many at once. */
export async function takeCode(world: World, id: string, at: string): Promise<boolean> {
  const row = await world.db
    .updateTable('recovery_codes')
    .set({ used_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function codesOf(world: World, personId: string) {
  return world.db
    .selectFrom('recovery_codes')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('used_at', 'is', null).as('left'),
      fn.min<string | null>('created_at').as('madeAt'),
    ])
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
}

/** Notes a challenge as redeemed; true for exactly one of many at once. */
export async function spendChallenge(world: World, mark: Buffer, expiresAt: string): Promise<boolean> {
  const row = await world.db
    .insertInto('spent_challenges')
    .values({ workspace_id: world.workspaceId, mark, expires_at: expiresAt })
    .onConflict(conflict => conflict.doNothing())
    .returning('mark')
    .executeTakeFirst();
  return row !== undefined;
}

export async function sweepChallenges(world: World, before: string): Promise<void> {
  await sql`delete from spent_challenges where workspace_id = ${world.workspaceId} and expires_at < ${before}`.execute(
    world.db,
  );
}

export async function keepConfirmation(
  world: World,
  row: { session_id: string; at: string; how: string; source: string; browser: Buffer | null },
): Promise<void> {
  await world.db
    .insertInto('session_confirmations')
    .values({ workspace_id: world.workspaceId, ...row })
    .onConflict(conflict =>
      conflict
        .columns(['workspace_id', 'session_id'])
        .doUpdateSet({ at: row.at, how: row.how, source: row.source, browser: row.browser }),
    )
    .execute();
}

/** When and from where a session was confirmed last. */
export async function confirmation(world: World, sessionId: string) {
  return world.db
    .selectFrom('session_confirmations')
    .select(['at', 'source', 'browser'])
    .where('workspace_id', '=', world.workspaceId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
}

export async function confirmedAt(world: World, sessionId: string): Promise<string | null> {
  const row = await world.db
    .selectFrom('session_confirmations')
    .select('at')
    .where('workspace_id', '=', world.workspaceId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return row?.at ?? null;
}

export async function trust(
  world: World,
  rows: { personId: string; deviceId: string; at: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await world.db
    .insertInto('factor_devices')
    .values(
      rows.map(row => ({
        workspace_id: world.workspaceId,
        device_id: row.deviceId,
        person_id: row.personId,
        at: row.at,
      })),
    )
    .onConflict(conflict => conflict.columns(['workspace_id', 'device_id']).doNothing())
    .execute();
}

export async function isTrusted(world: World, personId: string, deviceId: string): Promise<boolean> {
  const row = await world.db
    .selectFrom('factor_devices')
    .select('device_id')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('device_id', '=', deviceId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets on which devices a factor was proved. */
export async function distrust(world: World, personId: string): Promise<void> {
  await world.db
    .deleteFrom('factor_devices')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .execute();
}

export async function choice(world: World, personId: string): Promise<boolean> {
  const row = await world.db
    .selectFrom('factor_choices')
    .select('ask')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row?.ask ?? true;
}

export async function keepChoice(world: World, personId: string, ask: boolean): Promise<void> {
  await world.db
    .insertInto('factor_choices')
    .values({ workspace_id: world.workspaceId, person_id: personId, ask })
    .onConflict(conflict => conflict.columns(['workspace_id', 'person_id']).doUpdateSet({ ask }))
    .execute();
}

export async function policy(world: World): Promise<{ roles: Role[]; graceUntil: string | null } | null> {
  const row = await world.db
    .selectFrom('factor_policies')
    .select(['roles', 'grace_until as graceUntil'])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
  return row ?? null;
}

export async function keepPolicy(
  world: World,
  chosen: { roles: Role[]; graceUntil: string | null },
): Promise<void> {
  const row = { roles: chosen.roles, grace_until: chosen.graceUntil };
  await world.db
    .insertInto('factor_policies')
    .values({ workspace_id: world.workspaceId, ...row })
    .onConflict(conflict => conflict.column('workspace_id').doUpdateSet(row))
    .execute();
}
