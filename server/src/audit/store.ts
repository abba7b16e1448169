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

/** One entry about a record; undefined for none. */
export async function aboutOne(
  world: World,
  input: { object: { type: string; id: string }; id: string },
): Promise<Pick<Awaited<ReturnType<typeof list>>[number], 'action' | 'before' | 'after'> | undefined> {
  return world.db
    .selectFrom('audit_entries')
    .select(['action', 'before', 'after'])
    .where('workspace_id', '=', world.workspaceId)
    .where('object_type', '=', input.object.type)
    .where('object_id', '=', input.object.id)
    .where('id', '=', input.id)
    .executeTakeFirst();
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

/** Refusals in sums since then, by person; null for names that are nobody's. */
export async function turnedAway(world: World, since: string) {
  const { rows } = await sql<{ personId: string | null; count: number; lastAt: string }>`
    select object_id as "personId", sum((details ->> 'count')::int)::int as count, max(at) as "lastAt"
    from audit_entries where workspace_id = ${world.workspaceId} and action = 'sign-in.turned-away'
      and at >= ${since}::timestamptz group by 1`.execute(world.db);
  return rows;
}

export type LetIn = { personId: string; name: string; at: string; address: string; device: string };

/** Sign-ins by the lanes of strangers in a span of time, newest first, at most a hundred. */
export async function strangersLetIn(
  world: World,
  { since, until }: { since: string; until: string },
): Promise<LetIn[]> {
  const { rows } = await sql<LetIn>`select actor_id as "personId", actor_name as name, at,
      coalesce(address, '') as address, coalesce(device, '') as device
    from audit_entries where workspace_id = ${world.workspaceId} and action = 'session.open'
      and details ->> 'lane' in ('strangers', 'alarm') and at >= ${since}::timestamptz and at <= ${until}::timestamptz
    order by at desc limit 100`.execute(world.db);
  return rows;
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

/** Sealed entries up to and with a place in the chain, oldest first. */
export async function sealedUpTo(world: World, seq: number, limit: number) {
  const newest = await sealables(world).where('seq', '<=', seq).orderBy('seq', 'desc').limit(limit).execute();
  return newest.reverse();
}

const told = [
  'id',
  'at',
  'actor_id',
  'actor_name',
  'action',
  'object_type',
  'object_id',
  'before',
  'after',
  'details',
] as const;

/** The place before the first of the newest `limit` sealed entries that was made at or after a time; the head if none was. */
export async function before(world: World, at: Date, limit: number): Promise<number | null> {
  const { rows } = await sql<{ seq: number | null }>`select min(seq) - 1 as seq from (
      select seq, at from audit_entries where workspace_id = ${world.workspaceId} and seq is not null
      order by seq desc limit ${limit}) newest
    where at >= ${at}`.execute(world.db);
  return rows[0]?.seq ?? null;
}

export async function since(
  world: World,
  seq: number,
  limit: number,
  how: { upTo?: number; imported?: boolean } = {},
) {
  let query = world.db
    .selectFrom('audit_entries')
    .select([...told, 'seq'])
    .where('workspace_id', '=', world.workspaceId)
    .where('seq', '>', seq);
  if (how.upTo !== undefined) query = query.where('seq', '<=', how.upTo);
  if (how.imported === false) query = query.where(sql<boolean>`not coalesce(details ? 'import', false)`);
  return query.orderBy('seq').limit(limit).execute();
}

/** Takes the place up to which a reader has come; null while another process has it, or at the first time. */
export async function takeReader(world: World, reader: string): Promise<number | null> {
  const { rows } = await sql<{ seq: number }>`select seq from journal_readers
    where workspace_id = ${world.workspaceId} and reader = ${reader} for update skip locked`.execute(
    world.db,
  );
  if (rows[0]) return rows[0].seq;
  const seq = (await head(world))?.seq ?? 0;
  await sql`insert into journal_readers (workspace_id, reader, seq) values (${world.workspaceId}, ${reader}, ${seq})
    on conflict do nothing`.execute(world.db);
  return null;
}

export async function moveReader(world: World, reader: string, seq: number): Promise<void> {
  await world.db
    .updateTable('journal_readers')
    .set({ seq })
    .where('workspace_id', '=', world.workspaceId)
    .where('reader', '=', reader)
    .execute();
}

export async function happenings(
  world: World,
  f: {
    actions: string[];
    actorId?: string | undefined;
    before?: string | undefined;
    limit: number;
    /** Those of imports as well. */
    imported?: boolean;
  },
) {
  let query = world.db
    .selectFrom('audit_entries')
    .select(told)
    .where('workspace_id', '=', world.workspaceId)
    .where('action', 'in', f.actions);
  if (!f.imported) query = query.where(sql<boolean>`not coalesce(details ? 'import', false)`);
  if (f.actorId) query = query.where('actor_id', '=', f.actorId);
  if (f.before) query = query.where('id', '<', f.before);
  return query.orderBy('id', 'desc').limit(f.limit).execute();
}

/** Sums up entries that are sums themselves: their `count`, the earliest `first`, the latest `last`. */
export async function tally(
  world: World,
  of: { action: string; objectId: string; lanes: string[]; from: string; to: string },
) {
  const { rows } = await sql<{ count: number; first: string | null; last: string | null }>`
    select coalesce(sum((details->>'count')::int), 0)::int as count,
      min(details->>'first') as first, max(details->>'last') as last
    from audit_entries
    where workspace_id = ${world.workspaceId} and object_id = ${of.objectId} and action = ${of.action}
      and details->>'lane' = any(${of.lanes}::text[]) and at >= ${of.from}
      and details->>'first' >= ${of.from} and details->>'first' <= ${of.to}`.execute(world.db);
  return rows[0] ?? { count: 0, first: null, last: null };
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
