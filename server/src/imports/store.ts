// All SQL of imports and their faults.
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Database } from '../db/tables.ts';

import type { World } from '../world.ts';
import type { RowFault } from './words.ts';

export type ImportRow = Selectable<Database['imports']>;
export type ImportChange = Updateable<Database['imports']>;

const imports = (world: World) =>
  world.db.selectFrom('imports').selectAll().where('workspace_id', '=', world.workspaceId);

export async function insert(
  world: World,
  row: Omit<Insertable<Database['imports']>, 'workspace_id'>,
): Promise<ImportRow> {
  return world.db
    .insertInto('imports')
    .values({ workspace_id: world.workspaceId, ...row })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function byId(world: World, id: string): Promise<ImportRow | undefined> {
  return imports(world).where('id', '=', id).executeTakeFirst();
}

/** The same, held until the transaction ends: batches of one import never run side by side. */
export async function hold(world: World, id: string): Promise<ImportRow | undefined> {
  return imports(world).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Newest first; of one person, or of all when `createdBy` is null. */
export async function list(
  world: World,
  input: {
    createdBy: string | null;
    objects: ImportRow['object'][];
    limit: number;
    after?: string | undefined;
  },
): Promise<ImportRow[]> {
  if (input.objects.length === 0) return [];
  let query = imports(world).where('object', 'in', input.objects).orderBy('id', 'desc').limit(input.limit);
  if (input.createdBy) query = query.where('created_by', '=', input.createdBy);
  if (input.after) query = query.where('id', '<', input.after);
  return query.execute();
}

export async function update(world: World, id: string, change: ImportChange): Promise<ImportRow> {
  return world.db
    .updateTable('imports')
    .set(change)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** One more run is about to begin; the number of runs since a batch last came through. */
export async function countAttempt(world: World, id: string): Promise<number> {
  const row = await world.db
    .updateTable('imports')
    .set(eb => ({ attempts: eb('attempts', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .returning('attempts')
    .executeTakeFirst();
  return row?.attempts ?? 0;
}

export async function remove(world: World, id: string): Promise<void> {
  await world.db
    .deleteFrom('imports')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Uploads that nobody has started since `before`, and those of one person beyond the newest few. */
export async function forgotten(
  world: World,
  input: { before: string; createdBy: string; newest: number },
): Promise<ImportRow[]> {
  const waiting = () => imports(world).where('state', '=', 'uploaded');
  const old = await waiting().where('created_at', '<', input.before).orderBy('id').limit(20).execute();
  const many = await waiting()
    .where('created_by', '=', input.createdBy)
    .orderBy('id', 'desc')
    .offset(input.newest)
    .limit(20)
    .execute();
  return [...old, ...many.filter(row => !old.some(other => other.id === row.id))];
}

/**
 * Lets the commit of this batch not wait for the disk. A batch and how far the import has come are lost together, if at
 * all, and are done again; the end of the import waits for the disk, and all that was written before lies there first.
 */
export async function commitLazily(world: World): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(world.db);
}

/** Lets the planner know how large the tables have become, where they have grown much. */
export async function freshenStatistics(world: World): Promise<void> {
  await sql`select freshen_statistics()`.execute(world.db);
}

export type FaultyRow = { number: number; faults: RowFault[]; cells: string[] };

export async function keepFaults(world: World, importId: string, rows: FaultyRow[]): Promise<void> {
  if (rows.length === 0) return;
  await world.db
    .insertInto('import_faults')
    .values(
      rows.map(row => ({
        workspace_id: world.workspaceId,
        import_id: importId,
        row_number: row.number,
        faults: JSON.stringify(
          row.faults.map(fault => ({ ...fault, value: fault.value && storable(fault.value) })),
        ),
        cells: JSON.stringify(row.cells.map(storable)),
      })),
    )
    .execute();
}

export async function faults(
  world: World,
  importId: string,
  input: { limit: number; after: number },
): Promise<FaultyRow[]> {
  const rows = await world.db
    .selectFrom('import_faults')
    .select(['row_number', 'faults', 'cells'])
    .where('workspace_id', '=', world.workspaceId)
    .where('import_id', '=', importId)
    .where('row_number', '>', input.after)
    .orderBy('row_number')
    .limit(input.limit)
    .execute();
  return rows.map(row => ({
    number: row.row_number,
    faults: row.faults as RowFault[],
    cells: row.cells,
  }));
}

/** PostgreSQL keeps no U+0000; a row that holds one is at fault, and is kept with the sign for it. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\u2400');
}
