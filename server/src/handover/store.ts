// All SQL of hand-overs. It reads and locks records of other rooms; they are written by what all records share.
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type HandoverRow = Selectable<Database['handovers']>;

/** Where one kind of record lies, what of it is still in hand, and the customer it belongs to. */
export type Part = {
  table: string;
  title: string;
  open: RawBuilder<boolean>;
  customer: string | null;
};

const inHand = (world: World, part: Part, personId: string) =>
  sql`${sql.table(part.table)} where workspace_id = ${world.workspaceId} and owner_id = ${personId}
    and deleted_at is null and ${part.open}`;

export async function count(world: World, part: Part, personId: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from ${inHand(world, part, personId)}`.execute(world.db);
  return rows[0]?.count ?? 0;
}

export type Held = { id: string; name: string; customer_id: string | null };

/** Some of what a person has in hand, locked, in the order in which it came into being; nothing that was left before. */
export async function take(
  world: World,
  part: Part,
  of: { row: HandoverRow; object: string },
  limit: number,
): Promise<Held[]> {
  const customer = part.customer ? sql.ref(part.customer) : sql`null::uuid`;
  const { rows } = await sql<Held>`select id, ${sql.ref(part.title)} as name, ${customer} as customer_id
    from ${inHand(world, part, of.row.person_id)} and not exists (select from handover_faults f
      where f.workspace_id = ${world.workspaceId} and f.handover_id = ${of.row.id} and f.object = ${of.object}
        and f.record_id = ${sql.table(part.table)}.id and not f.on_return)
    order by id limit ${limit} for update`.execute(world.db);
  return rows;
}

/** Those of the records that still belong to whom they were given, locked. */
export async function stillWith(
  world: World,
  part: Part,
  items: { record_id: string; to_id: string }[],
): Promise<Held[]> {
  const given = JSON.stringify(items);
  const { rows } = await sql<Held>`select t.id, t.${sql.ref(part.title)} as name, null::uuid as customer_id
    from ${sql.table(part.table)} t
    join json_to_recordset(${given}::json) as g (record_id uuid, to_id uuid) on g.record_id = t.id
    where t.workspace_id = ${world.workspaceId} and t.owner_id = g.to_id order by t.id for update of t`.execute(
    world.db,
  );
  return rows;
}

/** Customers and leads of a person with a follow-up planned. */
export async function followUps(world: World, personId: string): Promise<number> {
  const of = (table: string) => sql`(select count(*) from ${sql.table(table)}
    where workspace_id = ${world.workspaceId} and owner_id = ${personId} and deleted_at is null
      and next_follow_up_at is not null)`;
  const { rows } = await sql<{
    count: number;
  }>`select (${of('customers')} + ${of('leads')})::int as count`.execute(world.db);
  return rows[0]?.count ?? 0;
}

export async function insert(world: World, row: Insertable<Database['handovers']>): Promise<void> {
  await world.db.insertInto('handovers').values(row).execute();
}

export async function update(
  world: World,
  id: string,
  set: Partial<
    Pick<
      HandoverRow,
      'state' | 'moved' | 'returned' | 'kept' | 'failed' | 'settled_at' | 'undone_at' | 'undone_by' | 'total'
    >
  >,
): Promise<void> {
  await world.db
    .updateTable('handovers')
    .set(set)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function byId(world: World, id: string, lock = false): Promise<HandoverRow | undefined> {
  const query = world.db
    .selectFrom('handovers')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

export async function of(world: World, personId: string): Promise<HandoverRow[]> {
  return world.db
    .selectFrom('handovers')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .orderBy('at', 'desc')
    .limit(20)
    .execute();
}

/** One that is under way and that nobody works on, locked. */
export async function underWay(world: World): Promise<HandoverRow | undefined> {
  return world.db
    .selectFrom('handovers')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('state', 'in', ['moving', 'returning'])
    .orderBy('at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

export type Item = { object: string; record_id: string; to_id: string };

export async function insertItems(world: World, handoverId: string, items: Item[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(item => ({ workspace_id: world.workspaceId, handover_id: handoverId, ...item }));
  await world.db
    .insertInto('handover_items')
    .values(rows)
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

/** To whom these customers went in this hand-over. */
export async function customersWent(
  world: World,
  handoverId: string,
  ids: string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await world.db
    .selectFrom('handover_items')
    .select(['record_id', 'to_id'])
    .where('workspace_id', '=', world.workspaceId)
    .where('handover_id', '=', handoverId)
    .where('object', '=', 'customer')
    .where('record_id', 'in', ids)
    .execute();
  return new Map(rows.map(row => [row.record_id, row.to_id]));
}

/** Some of what has not been given back yet, of one kind. */
export async function waiting(
  world: World,
  handoverId: string,
  object: string,
  limit: number,
): Promise<Item[]> {
  return world.db
    .selectFrom('handover_items')
    .select(['object', 'record_id', 'to_id'])
    .where('workspace_id', '=', world.workspaceId)
    .where('handover_id', '=', handoverId)
    .where('object', '=', object)
    .where('given_back', 'is', null)
    .limit(limit)
    .execute();
}

export async function markGivenBack(
  world: World,
  handoverId: string,
  object: string,
  ids: string[],
  back: boolean,
): Promise<void> {
  if (ids.length === 0) return;
  await world.db
    .updateTable('handover_items')
    .set({ given_back: back })
    .where('workspace_id', '=', world.workspaceId)
    .where('handover_id', '=', handoverId)
    .where('object', '=', object)
    .where('record_id', 'in', ids)
    .execute();
}

/** Whether the work could be done; where not, nothing of it is left, and the transaction goes on. */
export async function stands(
  tx: World,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): Promise<boolean> {
  await sql`savepoint handing`.execute(tx.db);
  try {
    await work();
    await sql`release savepoint handing`.execute(tx.db);
    return true;
  } catch (error) {
    await sql`rollback to savepoint handing`.execute(tx.db);
    failed(error);
    return false;
  }
}

export async function note(
  world: World,
  fault: Omit<Insertable<Database['handover_faults']>, 'workspace_id'>,
): Promise<void> {
  await world.db
    .insertInto('handover_faults')
    .values({ ...fault, workspace_id: world.workspaceId })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

/** The records that hand-overs could not write, the oldest first; at most a hundred of each. */
export async function faultsOf(
  world: World,
  handoverIds: string[],
): Promise<Pick<Selectable<Database['handover_faults']>, 'handover_id' | 'object' | 'record_id' | 'name'>[]> {
  if (handoverIds.length === 0) return [];
  return world.db
    .selectFrom('handover_faults')
    .select(['handover_id', 'object', 'record_id', 'name'])
    .where('workspace_id', '=', world.workspaceId)
    .where('handover_id', 'in', handoverIds)
    .orderBy('at')
    .orderBy('record_id')
    .limit(100 * handoverIds.length)
    .execute();
}
