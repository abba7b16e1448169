// All SQL of support's tables.
import { type Insertable, sql, type Updateable } from 'kysely';
import type { TicketState } from '../db/support-tables.ts';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export async function settings(world: World) {
  return world.db
    .selectFrom('support_settings')
    .select(['hours', 'phone', 'email', 'note'])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

export async function keepSettings(
  world: World,
  set: Omit<Insertable<Database['support_settings']>, 'workspace_id'>,
): Promise<void> {
  await world.db
    .insertInto('support_settings')
    .values({ workspace_id: world.workspaceId, ...set })
    .onConflict(conflict => conflict.column('workspace_id').doUpdateSet(set))
    .execute();
}

export async function insert(
  world: World,
  row: Omit<Insertable<Database['tickets']>, 'workspace_id'>,
): Promise<void> {
  await world.db
    .insertInto('tickets')
    .values({ workspace_id: world.workspaceId, ...row })
    .execute();
}

const tickets = (world: World) =>
  world.db
    .selectFrom('tickets as t')
    .leftJoin('people as p', join =>
      join.onRef('p.workspace_id', '=', 't.workspace_id').onRef('p.id', '=', 't.person_id'),
    )
    .selectAll('t')
    .select('p.name as person_name')
    .where('t.workspace_id', '=', world.workspaceId);

export async function byToken(world: World, hash: Buffer) {
  return tickets(world).where('t.token_hash', '=', hash).executeTakeFirst();
}

export async function byId(world: World, id: string) {
  return tickets(world).where('t.id', '=', id).executeTakeFirst();
}

export type Ticket = NonNullable<Awaited<ReturnType<typeof byId>>>;

/** Newest first; `after` is the id of the last ticket of the page before. */
export async function list(
  world: World,
  f: { state?: TicketState | undefined; after?: string | undefined; limit: number },
): Promise<Ticket[]> {
  let query = tickets(world);
  if (f.state) query = query.where('t.state', '=', f.state);
  if (f.after) query = query.where('t.id', '<', f.after);
  return query.orderBy('t.id', 'desc').limit(f.limit).execute();
}

/** Tickets whose authors ask colleagues to vouch since then and are not proven, with the account they are about. */
export async function asksForVouching(world: World, since: string): Promise<Ticket[]> {
  return tickets(world)
    .where('t.vouching_asked_at', '>', since)
    .where('t.proven_at', 'is', null)
    .where('t.person_id', 'is not', null)
    .where('t.state', '!=', 'closed')
    .orderBy('t.id', 'desc')
    .limit(100)
    .execute();
}

/** Tickets in which that person has proved who he is since then, and whose proof nobody has used yet; newest first. */
export async function provenSince(world: World, personId: string, since: string): Promise<Ticket[]> {
  return tickets(world)
    .where('t.person_id', '=', personId)
    .where('t.proven_at', '>', since)
    .where('t.proof_used_at', 'is', null)
    .orderBy('t.proven_at', 'desc')
    .limit(10)
    .execute();
}

/** Holds a ticket until the end of the transaction, so that what follows from its state is decided once. */
export async function hold(world: World, id: string): Promise<Ticket | undefined> {
  await world.db
    .selectFrom('tickets')
    .select('id')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  return byId(world, id);
}

export async function change(world: World, id: string, set: Updateable<Database['tickets']>): Promise<void> {
  await world.db
    .updateTable('tickets')
    .set(set)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function insertEntry(
  world: World,
  row: Omit<Insertable<Database['ticket_entries']>, 'workspace_id'>,
): Promise<void> {
  await world.db
    .insertInto('ticket_entries')
    .values({ workspace_id: world.workspaceId, ...row })
    .execute();
}

export async function entries(world: World, ticketId: string) {
  return world.db
    .selectFrom('ticket_entries')
    .select(['id', 'at', 'side', 'kind', 'by_name', 'text'])
    .where('workspace_id', '=', world.workspaceId)
    .where('ticket_id', '=', ticketId)
    .orderBy('id')
    .limit(500)
    .execute();
}

export async function countEntries(world: World, ticketId: string): Promise<number> {
  const row = await world.db
    .selectFrom('ticket_entries')
    .select(eb => eb.fn.countAll<string>().as('count'))
    .where('workspace_id', '=', world.workspaceId)
    .where('ticket_id', '=', ticketId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function pictures(world: World, ticketId: string) {
  return world.db
    .selectFrom('ticket_pictures')
    .select(['id', 'at', 'file', 'type', 'size'])
    .where('workspace_id', '=', world.workspaceId)
    .where('ticket_id', '=', ticketId)
    .orderBy('id')
    .execute();
}

/** Bytes that all pictures of the workspace take. */
export async function pictureBytes(world: World): Promise<number> {
  const row = await world.db
    .selectFrom('ticket_pictures')
    .select(eb => eb.fn.sum<string | null>('size').as('bytes'))
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirstOrThrow();
  return Number(row.bytes ?? 0);
}

export async function insertPicture(
  world: World,
  row: Omit<Insertable<Database['ticket_pictures']>, 'workspace_id'>,
): Promise<void> {
  await world.db
    .insertInto('ticket_pictures')
    .values({ workspace_id: world.workspaceId, ...row })
    .execute();
}

export async function vouches(world: World, ticketId: string) {
  return world.db
    .selectFrom('ticket_vouches as v')
    .innerJoin('people as p', join =>
      join.onRef('p.workspace_id', '=', 'v.workspace_id').onRef('p.id', '=', 'v.person_id'),
    )
    .select(['v.person_id', 'v.as_role', 'v.how', 'v.at', 'p.name'])
    .where('v.workspace_id', '=', world.workspaceId)
    .where('v.ticket_id', '=', ticketId)
    .orderBy('v.at')
    .execute();
}

/** False for somebody who has vouched before. */
export async function insertVouch(
  world: World,
  row: Omit<Insertable<Database['ticket_vouches']>, 'workspace_id'>,
): Promise<boolean> {
  const added = await world.db
    .insertInto('ticket_vouches')
    .values({ workspace_id: world.workspaceId, ...row })
    .onConflict(conflict => conflict.columns(['workspace_id', 'ticket_id', 'person_id']).doNothing())
    .returning('person_id')
    .executeTakeFirst();
  return added !== undefined;
}

export async function dropVouches(world: World, ticketId: string): Promise<void> {
  await world.db
    .deleteFrom('ticket_vouches')
    .where('workspace_id', '=', world.workspaceId)
    .where('ticket_id', '=', ticketId)
    .execute();
}

/** Removes tickets closed before then; returns the files of their pictures. */
export async function removeClosed(world: World, before: string): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    with gone as (delete from tickets where workspace_id = ${world.workspaceId} and closed_at < ${before} returning id)
    select file from ticket_pictures where workspace_id = ${world.workspaceId} and ticket_id in (select id from gone)`.execute(
    world.db,
  );
  return rows.map(row => row.file);
}
