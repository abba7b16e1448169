// All SQL of the desk's own tables: requests, templates, steps of the kit.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type RequestRow = Selectable<Database['desk_requests']>;

/** One at a time for each person concerned, until the transaction ends. */
export async function takeTurn(world: World, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('latchkey desk ' || ${world.workspaceId}::text || ${personId}::text, 0))`.execute(
    world.db,
  );
}

export async function insert(world: World, row: Insertable<Database['desk_requests']>): Promise<void> {
  await world.db.insertInto('desk_requests').values(row).execute();
}

const requests = (world: World) =>
  world.db.selectFrom('desk_requests').selectAll().where('workspace_id', '=', world.workspaceId);

export async function byId(world: World, id: string): Promise<RequestRow | undefined> {
  return requests(world).where('id', '=', id).executeTakeFirst();
}

/** The same request by the same administrator that is still open. */
export async function openLike(
  world: World,
  like: Pick<RequestRow, 'person_id' | 'action' | 'factor_id' | 'asked_by'>,
  now: string,
): Promise<RequestRow | undefined> {
  return requests(world)
    .where('person_id', '=', like.person_id)
    .where('action', '=', like.action)
    .where('factor_id', 'is not distinct from', like.factor_id)
    .where('asked_by', '=', like.asked_by)
    .where('state', 'in', ['waiting', 'approved'])
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Newest first; `open` are those that somebody can still do something about. */
export async function list(
  world: World,
  of: {
    limit: number;
    after?: string | undefined;
    personId?: string | undefined;
    openAt?: string | undefined;
  },
): Promise<RequestRow[]> {
  let query = requests(world);
  if (of.after) query = query.where('id', '<', of.after);
  if (of.personId) query = query.where('person_id', '=', of.personId);
  if (of.openAt)
    query = query.where('state', 'in', ['waiting', 'approved']).where('expires_at', '>', of.openAt);
  return query.orderBy('id', 'desc').limit(of.limit).execute();
}

/** Moves a request on; the row for exactly one of many at once, and only before it runs out. */
export async function move(
  world: World,
  id: string,
  step: {
    from: RequestRow['state'][];
    to: RequestRow['state'];
    at: string;
    by?: { id: string; why: string | null };
  },
): Promise<RequestRow | undefined> {
  const { from, to, at, by } = step;
  return world.db
    .updateTable('desk_requests')
    .set({
      state: to,
      ...(by ? { decided_by: by.id, decided_at: at, decided_why: by.why } : {}),
      ...(to === 'done' ? { done_at: at } : {}),
    })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .where('expires_at', '>', at)
    .returningAll()
    .executeTakeFirst();
}

export async function templates(world: World): Promise<unknown> {
  const row = await world.db
    .selectFrom('desk_templates')
    .select('items')
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
  return row?.items ?? null;
}

export async function keepTemplates(world: World, items: unknown): Promise<void> {
  const json = JSON.stringify(items);
  await world.db
    .insertInto('desk_templates')
    .values({ workspace_id: world.workspaceId, items: json })
    .onConflict(conflict => conflict.column('workspace_id').doUpdateSet({ items: json }))
    .execute();
}

export async function kitSteps(world: World, personId: string) {
  return world.db
    .selectFrom('kit_steps')
    .select(['step', 'at'])
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .execute();
}

export async function keepStep(
  world: World,
  row: { personId: string; step: 'printed' | 'rehearsed'; at: string },
): Promise<void> {
  const { personId: person_id, step, at } = row;
  await world.db
    .insertInto('kit_steps')
    .values({ workspace_id: world.workspaceId, person_id, step, at })
    .onConflict(conflict => conflict.columns(['workspace_id', 'person_id', 'step']).doUpdateSet({ at }))
    .execute();
}
