// All SQL of pauses.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type PauseRow = Selectable<Database['agenda_pauses']>;

const columns = [
  'workspace_id',
  'id',
  'person_id',
  'reason',
  'by_id',
  'at',
  sql<string | null>`until_on::text`.as('until_on'),
  'ended_at',
  'ended_by',
  'moved',
] as const;

const open = (world: World) =>
  world.db
    .selectFrom('agenda_pauses')
    .select(columns)
    .where('workspace_id', '=', world.workspaceId)
    .where('ended_at', 'is', null);

export async function standing(world: World): Promise<PauseRow[]> {
  return open(world).orderBy('at').execute();
}

export async function standingOf(
  world: World,
  personId: string,
  lock = false,
): Promise<PauseRow | undefined> {
  const query = open(world).where('person_id', '=', personId);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

export async function pausedIds(world: World): Promise<string[]> {
  return (await standing(world)).map(row => row.person_id);
}

/** From when until when each person's pauses were or are, in milliseconds; one that stands lasts until now. */
export async function spans(world: World): Promise<{ person_id: string; from: number; to: number }[]> {
  const rows = await world.db
    .selectFrom('agenda_pauses')
    .select(['person_id', 'at', 'ended_at'])
    .where('workspace_id', '=', world.workspaceId)
    .execute();
  const to = (end: string | null) => (end === null ? world.now() : Date.parse(end));
  return rows.map(row => ({ person_id: row.person_id, from: Date.parse(row.at), to: to(row.ended_at) }));
}

/** Undefined where one stands already. */
export async function begin(
  world: World,
  row: Insertable<Database['agenda_pauses']>,
): Promise<PauseRow | undefined> {
  const { numInsertedOrUpdatedRows: added } = await world.db
    .insertInto('agenda_pauses')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return added ? standingOf(world, row.person_id) : undefined;
}

export async function end(
  world: World,
  id: string,
  how: { at: string; by: string; moved: number },
): Promise<void> {
  await world.db
    .updateTable('agenda_pauses')
    .set({ ended_at: how.at, ended_by: how.by, moved: how.moved })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}
