// All SQL of marks, attempts and stale clients.
import { type RawBuilder, type Selectable, sql } from 'kysely';
import { kept } from '../db/kept-plans.ts';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type Attempt = Selectable<Database['attempts']>;
export type StaleClient = Selectable<Database['stale_clients']>;
export type Verdict = Attempt['verdict'];

export async function markOf(world: World, account: Buffer, mark: Buffer) {
  const { rows } = await sql<{ at: number; former: boolean }>`${kept}select at, former from wrong_marks
    where workspace_id = ${world.workspaceId} and account = ${account} and mark = ${mark}`.execute(world.db);
  return rows[0];
}

export function insertMark(
  world: World,
  m: { account: Buffer; mark: Buffer; source: string; now: number },
): RawBuilder<unknown> {
  return sql`insert into wrong_marks as m (workspace_id, account, mark, at, source)
    values (${world.workspaceId}, ${m.account}, ${m.mark}, ${m.now}, ${m.source})
    on conflict (workspace_id, account, mark) do update set at = excluded.at where not m.former`;
}

export function pruneMarks(
  world: World,
  m: { account: Buffer; mark: Buffer; keep: number; before: number },
): RawBuilder<unknown> {
  return sql`delete from wrong_marks w where workspace_id = ${world.workspaceId} and account = ${m.account}
    and not former and mark <> ${m.mark} and (at < ${m.before} or mark not in (
      select mark from wrong_marks where workspace_id = ${world.workspaceId} and account = ${m.account}
        and not former and mark <> ${m.mark} order by at desc limit ${m.keep}))`;
}

export function deletePlain(world: World, account: Buffer): RawBuilder<unknown> {
  return sql`delete from wrong_marks where workspace_id = ${world.workspaceId} and account = ${account} and not former`;
}

export async function deleteMark(world: World, account: Buffer, mark: Buffer): Promise<void> {
  await world.db
    .deleteFrom('wrong_marks')
    .where('workspace_id', '=', world.workspaceId)
    .where('account', '=', account)
    .where('mark', '=', mark)
    .execute();
}

export async function pin(world: World, account: Buffer, mark: Buffer, at: number): Promise<void> {
  await sql`insert into wrong_marks (workspace_id, account, mark, at, former)
    values (${world.workspaceId}, ${account}, ${mark}, ${at}, true)
    on conflict (workspace_id, account, mark) do update set at = excluded.at, former = true`.execute(
    world.db,
  );
  await sql`${deletePlain(world, account)}`.execute(world.db);
}

export async function countSince(
  world: World,
  account: Buffer,
  source: string,
  since: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`${kept}select count(*)::int as count from wrong_marks
    where workspace_id = ${world.workspaceId} and account = ${account} and source = ${source} and at > ${since}
      and not former`.execute(world.db);
  return rows[0]?.count ?? 0;
}

export function insertAttempt(world: World, a: Omit<Attempt, 'workspace_id'>): RawBuilder<unknown> {
  return sql`insert into attempts (workspace_id, id, at, account, person_id, lane, verdict, source, device)
    values (${world.workspaceId}, ${a.id}, ${a.at}, ${a.account}, ${a.person_id}, ${a.lane}, ${a.verdict},
      ${a.source}, ${a.device})`;
}

export async function countStale(
  world: World,
  s: {
    account: Buffer;
    personId: string | null;
    source: string;
    mark: Buffer;
    former: boolean;
    device: string;
    times: number;
    at: string;
    since: string;
  },
): Promise<StaleClient> {
  const { rows } = await sql<StaleClient>`insert into stale_clients as s
      (workspace_id, account, source, mark, person_id, device, former, first_at, last_at, times)
    values (${world.workspaceId}, ${s.account}, ${s.source}, ${s.mark}, ${s.personId}, ${s.device}, ${s.former},
      ${s.at}, ${s.at}, ${s.times})
    on conflict (workspace_id, account, source, mark) do update set
      times = case when s.last_at < ${s.since}::timestamptz then 0 else s.times end + excluded.times,
      first_at = case when s.last_at < ${s.since}::timestamptz then excluded.first_at else s.first_at end,
      last_at = excluded.last_at, former = excluded.former, device = excluded.device
    returning *`.execute(world.db);
  return rows[0] as StaleClient;
}

/** True for exactly one of many that would tell at once. */
export async function markTold(
  world: World,
  s: { account: Buffer; source: string; mark: Buffer },
  at: string,
  since: string,
): Promise<boolean> {
  const row = await world.db
    .updateTable('stale_clients')
    .set({ told_at: at })
    .where('workspace_id', '=', world.workspaceId)
    .where('account', '=', s.account)
    .where('source', '=', s.source)
    .where('mark', '=', s.mark)
    .where(eb => eb.or([eb('told_at', 'is', null), eb('told_at', '<', since)]))
    .returning('times')
    .executeTakeFirst();
  return row !== undefined;
}

export async function staleOf(
  world: World,
  personId: string,
  times: number,
  since: string,
): Promise<StaleClient[]> {
  return world.db
    .selectFrom('stale_clients')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('times', '>=', times)
    .where('last_at', '>', since)
    .orderBy('last_at', 'desc')
    .limit(20)
    .execute();
}

export async function attemptsOf(
  world: World,
  of: { account: Buffer; since: string; until?: string; lanes?: string[]; source?: string; limit: number },
): Promise<Attempt[]> {
  let query = world.db
    .selectFrom('attempts')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('account', '=', of.account)
    .where('at', '>=', of.since);
  if (of.until) query = query.where('at', '<=', of.until);
  if (of.lanes) query = query.where('lane', 'in', of.lanes);
  if (of.source) query = query.where('source', '=', of.source);
  return query.orderBy('id', 'desc').limit(of.limit).execute();
}

/** Counted tries of a span by lane and source, at most a thousand of them; the most frequent first. */
export async function spreadOf(
  world: World,
  of: { account: Buffer; since: string; until: string; lanes: string[]; source?: string },
) {
  let query = world.db
    .selectFrom('attempts')
    .select(eb => [
      'lane',
      'source',
      eb.cast<number>(eb.fn.countAll(), 'integer').as('count'),
      eb.fn.min('at').as('first'),
      eb.fn.max('at').as('last'),
    ])
    .where('workspace_id', '=', world.workspaceId)
    .where('account', '=', of.account)
    .where('at', '>=', of.since)
    .where('at', '<=', of.until)
    .where('lane', 'in', of.lanes)
    .where('verdict', 'in', ['wrong', 'listed']);
  if (of.source) query = query.where('source', '=', of.source);
  return query.groupBy(['lane', 'source']).orderBy('count', 'desc').limit(1_000).execute();
}

/** Newest first; `before` is the last id of the page before (ids are ordered by time). */
export async function attemptsBack(
  world: World,
  span: { since: string; before: string | null; limit: number },
): Promise<
  Pick<Attempt, 'id' | 'at' | 'account' | 'person_id' | 'lane' | 'verdict' | 'source' | 'device'>[]
> {
  let query = world.db
    .selectFrom('attempts')
    .select(['id', 'at', 'account', 'person_id', 'lane', 'verdict', 'source', 'device'])
    .where('workspace_id', '=', world.workspaceId)
    .where('at', '>=', span.since);
  if (span.before) query = query.where('id', '<', span.before);
  return query.orderBy('id', 'desc').limit(span.limit).execute();
}

/** Failed tries since then by person; names that are nobody's stand together under null. */
export async function byPerson(world: World, since: string) {
  const { rows } = await sql<{
    personId: string | null;
    names: number;
    tries: number;
    sources: number;
    lastAt: string;
  }>`select person_id as "personId", count(distinct account)::int as names, count(*)::int as tries,
      count(distinct source)::int as sources, max(at) as "lastAt"
    from attempts where workspace_id = ${world.workspaceId} and at >= ${since}::timestamptz
    group by 1 order by tries desc limit 200`.execute(world.db);
  return rows;
}

export async function summaryOf(world: World, account: Buffer, since: string) {
  const { rows } = await sql<{ count: number; sources: number; first: string | null; last: string | null }>`
    select count(*)::int as count, count(distinct source)::int as sources, min(at) as first, max(at) as last
    from attempts where workspace_id = ${world.workspaceId} and account = ${account} and at >= ${since}
      and verdict in ('wrong', 'listed')`.execute(world.db);
  return rows[0] ?? { count: 0, sources: 0, first: null, last: null };
}

export async function sweep(
  world: World,
  before: {
    plainBefore: number;
    formerBefore: number;
    staleBefore: string;
    attemptsBefore: string;
    attemptsKept: number;
  },
): Promise<void> {
  const id = world.workspaceId;
  await sql`delete from wrong_marks where workspace_id = ${id}
    and (at < ${before.formerBefore} or (not former and at < ${before.plainBefore}))`.execute(world.db);
  await sql`delete from stale_clients where workspace_id = ${id} and last_at < ${before.staleBefore}`.execute(
    world.db,
  );
  await sql`delete from attempts where workspace_id = ${id} and (at < ${before.attemptsBefore} or id <= (
    select a.id from attempts a where a.workspace_id = ${id} order by a.id desc offset ${before.attemptsKept} limit 1
  ))`.execute(world.db);
}
