// All SQL of the journal.
import { type Insertable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';
import type { Sealable } from './rules.ts';

export type NewEntry = Insertable<Database['audit_entries']>;

export type Filters = {
  limit: number;
  after?: string | undefined;
  action?: string | undefined;
  actorId?: string | undefined;
  objectType?: string | undefined;
  objectId?: string | undefined;
  address?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

export async function insert(world: World, rows: NewEntry[]): Promise<void> {
  await world.db.insertInto('audit_entries').values(rows).execute();
}

/** Newest first; `after` is the id of the last entry of the page before. */
export async function list(world: World, f: Filters) {
  let query = world.db
    .selectFrom('audit_entries')
    .select([
      'id',
      'at',
      'actor_id',
      'actor_name',
      'action',
      'object_type',
      'object_id',
      'address',
      'device',
      'correlation_id',
      'before',
      'after',
      'details',
      'seq',
    ])
    .where('workspace_id', '=', world.workspaceId);
  if (f.after) query = query.where('id', '<', f.after);
  if (f.action) query = query.where('action', 'like', `${f.action.replace(/[\\%_]/g, '\\$&')}%`);
  if (f.actorId) query = query.where('actor_id', '=', f.actorId);
  if (f.objectType) query = query.where('object_type', '=', f.objectType);
  if (f.objectId) query = query.where('object_id', '=', f.objectId);
  if (f.address) query = query.where('address', '=', f.address);
  if (f.from) query = query.where('at', '>=', f.from);
  if (f.to) query = query.where('at', '<', f.to);
  return query.orderBy('id', 'desc').limit(f.limit).execute();
}

/** About one record, newest first, from a place on; without what an activity on it has caused. */
export async function aboutRecord(
  world: World,
  input: { objectType: string; objectId: string; before: { at: string; id: string } | null; limit: number },
) {
  let query = world.db
    .selectFrom('audit_entries')
    .select(['id', 'at', 'actor_id', 'actor_name', 'action', 'before', 'after'])
    .where('workspace_id', '=', world.workspaceId)
    .where('object_id', '=', input.objectId)
    .where('object_type', '=', input.objectType)
    .where(sql<boolean>`not coalesce(details ? 'activity', false)`);
  if (input.before)
    query = query.where(sql<boolean>`(at, id) < (${input.before.at}::timestamptz, ${input.before.id}::uuid)`);
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(input.limit).execute();
}

/** Ids are UUIDv7, so that a moment (milliseconds since 1970) bounds them and an index serves. */
function leastId(since: number): string {
  const hex = Math.max(0, since).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

export async function countSince(
  world: World,
  input: { actorId: string; action: string; since: number; most: number },
): Promise<number> {
  const least = leastId(input.since);
  const rows = await world.db
    .selectFrom('audit_entries')
    .select('id')
    .where('workspace_id', '=', world.workspaceId)
    .where('actor_id', '=', input.actorId)
    .where('action', '=', input.action)
    .where('id', '>=', least)
    .limit(input.most)
    .execute();
  return rows.length;
}

/** Entries of exactly one action since then, newest first; `before` is the last id of the page before. */
export async function back(
  world: World,
  input: { action: string; since: number; before: string | null; limit: number },
) {
  let query = world.db
    .selectFrom('audit_entries')
    .select(['id', 'at', 'object_id', 'address', 'device', 'details'])
    .where('workspace_id', '=', world.workspaceId)
    .where('action', '=', input.action)
    .where('id', '>=', leastId(input.since));
  if (input.before) query = query.where('id', '<', input.before);
  return query.orderBy('id', 'desc').limit(input.limit).execute();
}

const sealable = sql<string>`before::text`;

function sealables(world: World) {
  return world.db
    .selectFrom('audit_entries')
    .select([
      'id',
      'at',
      'actor_id',
      'actor_name',
      'action',
      'object_type',
      'object_id',
      'address',
      'device',
      'correlation_id',
    ])
    .select([
      sealable.as('before'),
      sql<string>`after::text`.as('after'),
      sql<string>`details::text`.as('details'),
    ])
    .select(['seq', 'hash'])
    .where('workspace_id', '=', world.workspaceId);
}

export async function unsealed(world: World, limit: number): Promise<Sealable[]> {
  return sealables(world).where('seq', 'is', null).orderBy('id').limit(limit).execute();
}

export async function sealedAfter(world: World, seq: number, limit: number) {
  return sealables(world).where('seq', '>', seq).orderBy('seq').limit(limit).execute();
}

export async function countUnsealed(world: World): Promise<number> {
  const row = await world.db
    .selectFrom('audit_entries')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', world.workspaceId)
    .where('seq', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The right to seal this workspace until the transaction ends; false while another process has it. */
export async function takeSealer(world: World): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('latchkey seal ' || ${world.workspaceId}::text, 0)) as mine`.execute(
    world.db,
  );
  return rows[0]?.mine ?? false;
}

export async function writeSeals(
  world: World,
  seals: { id: string; seq: number; hash: Buffer }[],
): Promise<void> {
  await sql`
    update audit_entries e set seq = s.seq, hash = s.hash
    from unnest(${seals.map(s => s.id)}::uuid[], ${seals.map(s => s.seq)}::bigint[], ${seals.map(s => s.hash)}::bytea[]) as s (id, seq, hash)
    where e.workspace_id = ${world.workspaceId} and e.id = s.id and e.seq is null`.execute(world.db);
}

export async function head(world: World): Promise<{ seq: number; hash: Buffer } | undefined> {
  return world.db
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

export async function moveHead(world: World, to: { seq: number; hash: Buffer }): Promise<void> {
  await world.db
    .insertInto('audit_heads')
    .values({ workspace_id: world.workspaceId, ...to })
    .onConflict(conflict => conflict.column('workspace_id').doUpdateSet(to))
    .execute();
}
