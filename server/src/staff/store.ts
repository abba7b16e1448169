// All SQL of people and teams.
import { type Insertable, type Selectable, sql } from 'kysely';
import { kept } from '../db/kept-plans.ts';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type PersonRow = Selectable<Database['people']>;

const people = (world: World) =>
  world.db.selectFrom('people').selectAll().where('workspace_id', '=', world.workspaceId);

const change = (world: World, id: string) =>
  world.db.updateTable('people').where('workspace_id', '=', world.workspaceId).where('id', '=', id);

const columns = sql.raw(
  (
    [
      'workspace_id',
      'id',
      'sign_in_name',
      'email',
      'email_verified_at',
      'phone',
      'name',
      'role',
      'role_id',
      'team_id',
      'language',
      'state',
      'password_hash',
      'password_set_at',
      'screened_with',
      'listed_mass',
      'listed_mass_at',
      'void_before',
      'initial_until',
      'initial_used_at',
      'ends_at',
      'verify_by',
      'asks_factor',
      'created_at',
      'updated_at',
      'version',
    ] as const satisfies (keyof PersonRow)[]
  ).join(', '),
);

export async function bySignInName(world: World, name: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`${kept}select ${columns} from people
    where workspace_id = ${world.workspaceId} and sign_in_name = ${name}`.execute(world.db);
  return rows[0];
}

export async function byId(world: World, id: string): Promise<PersonRow | undefined> {
  return people(world).where('id', '=', id).executeTakeFirst();
}

/** By id, at most `limit`, after the given one. */
export async function list(
  world: World,
  input: { limit: number; after?: string | undefined },
): Promise<PersonRow[]> {
  let query = people(world).orderBy('id').limit(input.limit);
  if (input.after) query = query.where('id', '>', input.after);
  return query.execute();
}

export async function count(world: World): Promise<number> {
  const { count } = await world.db
    .selectFrom('people')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function names(world: World): Promise<{ id: string; name: string }[]> {
  return world.db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('workspace_id', '=', world.workspaceId)
    .orderBy('name')
    .execute();
}

export async function teamOf(world: World, teamId: string): Promise<{ id: string; name: string }[]> {
  return world.db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('workspace_id', '=', world.workspaceId)
    .where('team_id', '=', teamId)
    .execute();
}

export async function withRole(
  world: World,
  of: { role: PersonRow['role']; roleId: string | null },
): Promise<{ id: string; name: string }[]> {
  return world.db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('workspace_id', '=', world.workspaceId)
    .where('role', '=', of.role)
    .where('role_id', of.roleId === null ? 'is' : '=', of.roleId)
    .orderBy('name')
    .execute();
}

export async function countByRole(world: World): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; count: number }>`
    select coalesce(role_id::text, role) as key, count(*)::int as count from people
    where workspace_id = ${world.workspaceId} group by 1`.execute(world.db);
  return new Map(rows.map(row => [row.key, row.count]));
}

/** Those who may own records: active, and not there to look only; of one team, one person or all. */
export async function owners(
  world: World,
  of: { teamId?: string; id?: string },
): Promise<{ id: string; name: string }[]> {
  let query = world.db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('workspace_id', '=', world.workspaceId)
    .where('state', '=', 'active')
    .where('role', '<>', 'auditor');
  if (of.teamId) query = query.where('team_id', '=', of.teamId);
  if (of.id) query = query.where('id', '=', of.id);
  return query.orderBy('name').execute();
}

export async function administrators(world: World): Promise<PersonRow[]> {
  return people(world)
    .where('role', '=', 'administrator')
    .where('state', '=', 'active')
    .orderBy('id')
    .execute();
}

/** False when the sign-in name is taken. */
export async function insert(world: World, row: Insertable<Database['people']>): Promise<boolean> {
  const added = await world.db
    .insertInto('people')
    .values(row)
    .onConflict(conflict => conflict.columns(['workspace_id', 'sign_in_name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

export async function insertTeam(world: World, row: Insertable<Database['teams']>): Promise<void> {
  await world.db.insertInto('teams').values(row).execute();
}

export async function updatePassword(
  world: World,
  id: string,
  set: { hash: string | null; at: string; screenedWith: string | null },
): Promise<void> {
  await change(world, id)
    .set(eb => ({
      password_hash: set.hash,
      password_set_at: set.at,
      screened_with: set.screenedWith,
      initial_until: null,
      initial_used_at: null,
      updated_at: set.at,
      version: eb('version', '+', 1),
    }))
    .execute();
}

/** Makes the password that stands one that has to be changed, and that opens nothing after `until`. */
export async function updateInitial(world: World, id: string, until: string): Promise<void> {
  await change(world, id).set({ initial_until: until, initial_used_at: null }).execute();
}

/** True for exactly one of many at once, while the password is still the one that was verified. */
export async function spendInitial(world: World, person: PersonRow, at: string): Promise<boolean> {
  const row = await change(world, person.id)
    .set({ initial_used_at: at })
    .where('password_hash', '=', person.password_hash)
    .where('initial_until', '>', at)
    .where('initial_used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Unless the password has been changed meanwhile. */
export async function updateScreened(
  world: World,
  person: PersonRow,
  screenedWith: string | null,
): Promise<void> {
  await change(world, person.id)
    .set({ screened_with: screenedWith })
    .where('password_hash', '=', person.password_hash)
    .execute();
}

/** `halvesIn` in milliseconds; what was there before has shrunk by its age. */
export async function addListedMass(
  world: World,
  id: string,
  added: { weight: number; at: number; halvesIn: number },
): Promise<void> {
  const { weight, at, halvesIn } = added;
  await sql`update people set
      listed_mass = listed_mass * power(0.5, greatest(0, ${at}::float8 - listed_mass_at) / ${halvesIn}::float8)
        + ${weight}::float8,
      listed_mass_at = greatest(listed_mass_at, ${at}::bigint)
    where workspace_id = ${world.workspaceId} and id = ${id}`.execute(world.db);
}

export async function updateVerified(world: World, id: string, at: string | null): Promise<void> {
  await change(world, id).set({ email_verified_at: at }).execute();
}

export async function updateVerifyBy(world: World, id: string, until: string): Promise<void> {
  await change(world, id).set({ verify_by: until }).execute();
}

/** Unless the password has been changed meanwhile; nothing else changes. */
export async function upgradeHash(world: World, person: PersonRow, hash: string): Promise<void> {
  await change(world, person.id)
    .set({ password_hash: hash })
    .where('password_hash', '=', person.password_hash)
    .execute();
}

/** Role, team and end of an account. */
export async function updateAccess(
  world: World,
  id: string,
  set: Pick<PersonRow, 'role' | 'role_id' | 'team_id' | 'ends_at' | 'state'>,
  at: string,
): Promise<void> {
  await change(world, id)
    .set(eb => ({ ...set, updated_at: at, version: eb('version', '+', 1) }))
    .execute();
}

/** Active people whose account ends before that moment. */
export async function endingBefore(world: World, before: string): Promise<PersonRow[]> {
  return people(world).where('state', '=', 'active').where('ends_at', '<=', before).execute();
}

export async function updateVoidBefore(world: World, id: string, at: string): Promise<void> {
  await change(world, id).set({ void_before: at }).execute();
}

export async function updateAsksFactor(world: World, id: string, asks: boolean): Promise<void> {
  await change(world, id).set({ asks_factor: asks }).execute();
}

export async function updateState(
  world: World,
  id: string,
  state: PersonRow['state'],
  at: string,
): Promise<void> {
  await change(world, id)
    .set(eb => ({ state, updated_at: at, version: eb('version', '+', 1) }))
    .execute();
}

export async function updateLanguage(world: World, id: string, language: string): Promise<void> {
  await change(world, id).set({ language }).execute();
}
