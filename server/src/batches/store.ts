// All SQL of batches and of the records in them.
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type BatchRow = Selectable<Database['batches']>;
export type Item = Pick<Selectable<Database['batch_records']>, 'record_id' | 'before' | 'after'>;
export type Settled = {
  id: string;
  state: 'changed' | 'same' | 'skipped' | 'restored' | 'kept';
  why?: string;
  before?: unknown;
  after?: unknown;
};

export async function insert(
  world: World,
  row: Omit<Insertable<Database['batches']>, 'workspace_id'>,
): Promise<BatchRow> {
  return world.db
    .insertInto('batches')
    .values({ workspace_id: world.workspaceId, ...row })
    .returningAll()
    .executeTakeFirstOrThrow();
}

const one = (world: World, id: string) =>
  world.db
    .selectFrom('batches')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id);

export async function byId(world: World, id: string): Promise<BatchRow | undefined> {
  return one(world, id).executeTakeFirst();
}

export async function hold(world: World, id: string): Promise<BatchRow | undefined> {
  return one(world, id).forUpdate().executeTakeFirst();
}

/** Newest first; `byPerson` null for everybody's. */
export async function list(
  world: World,
  byPerson: string | null,
  page: { limit: number; after?: string | undefined },
): Promise<BatchRow[]> {
  let query = world.db
    .selectFrom('batches')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (byPerson) query = query.where('by_id', '=', byPerson);
  if (page.after) query = query.where('id', '<', page.after);
  return query.execute();
}

export async function update(
  world: World,
  id: string,
  change: Updateable<Database['batches']>,
): Promise<BatchRow> {
  return world.db
    .updateTable('batches')
    .set(change)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Puts records into a batch, each once; how many were new to it. */
export async function addRecords(world: World, batchId: string, ids: string[]): Promise<number> {
  const { rows } = await sql<{ record_id: string }>`
    insert into batch_records (workspace_id, batch_id, record_id)
    select ${world.workspaceId}, ${batchId}, id from unnest(${ids}::uuid[]) as given (id)
    on conflict do nothing returning record_id`.execute(world.db);
  return rows.length;
}

/** The next records of a batch in that state, in the order in which every batch locks them. */
export async function next(world: World, batchId: string, state: string, limit: number): Promise<Item[]> {
  return world.db
    .selectFrom('batch_records')
    .select(['record_id', 'before', 'after'])
    .where('workspace_id', '=', world.workspaceId)
    .where('batch_id', '=', batchId)
    .where('state', '=', state)
    .orderBy('record_id')
    .limit(limit)
    .execute();
}

/** What became of some of them. */
export async function settle(world: World, batchId: string, settled: Settled[]): Promise<void> {
  await sql`update batch_records r
    set state = g.state, why = g.why, before = coalesce(g.before, r.before), after = coalesce(g.after, r.after)
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb)
      as g (id uuid, state text, why text, before jsonb, after jsonb)
    where r.workspace_id = ${world.workspaceId} and r.batch_id = ${batchId} and r.record_id = g.id`.execute(
    world.db,
  );
}

/** Why records were skipped, and how many for that. */
export async function reasons(
  world: World,
  batchIds: string[],
): Promise<Map<string, Record<string, number>>> {
  if (batchIds.length === 0) return new Map();
  const rows = await world.db
    .selectFrom('batch_records')
    .select(({ fn }) => ['batch_id', 'why', fn.countAll<number>().as('count')])
    .where('workspace_id', '=', world.workspaceId)
    .where('batch_id', 'in', batchIds)
    .where('state', '=', 'skipped')
    .groupBy(['batch_id', 'why'])
    .execute();
  const found = new Map<string, Record<string, number>>();
  for (const { batch_id: id, why, count } of rows)
    found.set(id, { ...found.get(id), [why ?? 'other']: Number(count) });
  return found;
}

/** Forgets what stood before in batches from before that moment. */
export async function forget(world: World, before: string): Promise<void> {
  await sql`delete from batch_records where workspace_id = ${world.workspaceId} and batch_id in (
    select id from batches where workspace_id = ${world.workspaceId} and at < ${before})`.execute(world.db);
}

/** Tries something within a transaction; where it answers false, nothing of it stands. */
export async function trying<Result>(
  tx: World,
  work: () => Promise<Result>,
  stands: (result: Result) => boolean,
): Promise<Result> {
  await sql`savepoint one_record`.execute(tx.db);
  const result = await work();
  if (stands(result)) await sql`release savepoint one_record`.execute(tx.db);
  else await sql`rollback to savepoint one_record`.execute(tx.db);
  return result;
}
