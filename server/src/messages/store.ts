// All SQL of the messages.
import { type Insertable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type NewMessage = Insertable<Database['messages']>;

const fields = [
  'id',
  'person_id',
  'recipient',
  'channel',
  'template',
  'language',
  'subject',
  'body',
  'code',
  'else_to',
  'secret',
  'known',
  'expires_at',
  'state',
  'attempts',
  'problem',
  'created_at',
  'sent_at',
] as const;

export async function insert(world: World, message: NewMessage): Promise<void> {
  await world.db.insertInto('messages').values(message).execute();
}

export async function find(world: World, id: string) {
  return world.db
    .selectFrom('messages')
    .select(fields)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export type Message = NonNullable<Awaited<ReturnType<typeof find>>>;

/** Newest first; `after` is the id of the last message of the page before. */
export async function list(
  world: World,
  f: { to?: string | undefined; after?: string | undefined; limit: number },
): Promise<Message[]> {
  let query = world.db.selectFrom('messages').select(fields).where('workspace_id', '=', world.workspaceId);
  if (f.to) query = query.where(sql`lower(recipient)`, '=', f.to.toLowerCase());
  if (f.after) query = query.where('id', '<', f.after);
  return query.orderBy('id', 'desc').limit(f.limit).execute();
}

/** How many secret messages a recipient was given since two moments; waits for others that count the same. */
export async function countSecret(
  world: World,
  who: { to: string; known: boolean },
  since: { hour: string; day: string },
) {
  await sql`select pg_advisory_xact_lock(hashtextextended('latchkey mail ' || ${world.workspaceId}::text || ' ' || ${who.to}::text, 0))`.execute(
    world.db,
  );
  const row = await world.db
    .selectFrom('messages')
    .select(eb => [
      eb.fn.countAll<number>().as('day'),
      eb.fn.countAll<number>().filterWhere('created_at', '>', since.hour).as('hour'),
    ])
    .where('workspace_id', '=', world.workspaceId)
    .where('recipient', '=', who.to)
    .where('known', '=', who.known)
    .where('created_at', '>', since.day)
    .where('secret', '=', true)
    .executeTakeFirstOrThrow();
  return { hour: Number(row.hour), day: Number(row.day) };
}

export async function existsSince(
  world: World,
  f: { personId: string; template: string; since: string },
): Promise<boolean> {
  const found = await world.db
    .selectFrom('messages')
    .select('id')
    .where('workspace_id', '=', world.workspaceId)
    .where('created_at', '>', f.since)
    .where('person_id', '=', f.personId)
    .where('template', '=', f.template)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** How many of that template were written to a recipient since then, counted up to `most`. */
export async function countSince(
  world: World,
  f: { to: string; template: string; since: string; most: number },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
      select 1 from messages where workspace_id = ${world.workspaceId} and recipient = ${f.to}
        and created_at > ${f.since}::timestamptz and template = ${f.template} limit ${f.most}) letters`.execute(
    world.db,
  );
  return rows[0]?.count ?? 0;
}

/** Whether mail has not got through for a minute: some was tried, and none was sent since it was written. */
export async function isMailAway(world: World, since: string): Promise<boolean> {
  // A mailbox that does not exist says nothing about the server.
  const { rows } = await sql<{ first: string | null }>`select min(created_at) as first from messages
    where workspace_id = ${world.workspaceId} and channel = 'email' and attempts > 0
    and state in ('queued', 'failed') and problem !~ '^(refused|address|expired|sealed)'
    and created_at > greatest(${since}::timestamptz, coalesce((select max(sent_at) from messages
      where workspace_id = ${world.workspaceId} and channel = 'email' and created_at > ${since}), '-infinity'))`.execute(
    world.db,
  );
  const first = rows[0]?.first;
  return typeof first === 'string' && world.now() - Date.parse(first) >= 60_000;
}

/** Notes that a message goes to the phone as well; true for exactly one of many at once. */
export async function takeElse(world: World, id: string): Promise<boolean> {
  const row = await world.db
    .updateTable('messages')
    .set({ went_else: true })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('went_else', '=', false)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes a queued message for sending and counts the attempt; null while somebody else has it. */
export async function claim(
  world: World,
  id: string,
  time: { now: string; until: string },
): Promise<{ attempts: number } | null> {
  const row = await world.db
    .updateTable('messages')
    .set(eb => ({ attempts: eb('attempts', '+', 1), sending_until: time.until }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .where(eb => eb.or([eb('sending_until', 'is', null), eb('sending_until', '<=', time.now)]))
    .returning('attempts')
    .executeTakeFirst();
  return row ?? null;
}

export type Change = {
  state?: Message['state'];
  problem: string | null;
  body?: string;
  code?: null;
  sent_at?: string;
};

/** Writes down what became of a message and lets go of it. */
export async function change(world: World, id: string, change: Change): Promise<void> {
  await world.db
    .updateTable('messages')
    .set({ ...change, sending_until: null })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}
