// Making the search keys of a table's rows anew, some hundreds at a time.
import { sql } from 'kysely';
import type { World } from '../world.ts';
import { keepKeys } from './records.ts';

/**
 * Makes the keys of at most `limit` rows after `after` anew, locked meanwhile, so that nobody's change is overwritten;
 * answers the last of them, or null when there are no more.
 */
export async function rekey<Row extends { id: string }>(
  world: World,
  input: { table: string; keys: string; columns: readonly string[]; after: string | null; limit: number },
  keysOf: (row: Row) => number[],
): Promise<string | null> {
  const wanted = sql.join(['id', ...input.columns].map(column => sql.ref(column)));
  const from = input.after ? sql`and id > ${input.after}` : sql``;
  const { rows } = await sql<Row>`select ${wanted} from ${sql.table(input.table)}
    where workspace_id = ${world.workspaceId} ${from} order by id limit ${input.limit} for update`.execute(
    world.db,
  );
  if (rows.length === 0) return null;
  const made = rows.map(row => ({ id: row.id, keys: keysOf(row) }));
  await keepKeys(world, input.keys, made).execute(world.db);
  return rows.length < input.limit ? null : (rows.at(-1)?.id ?? null);
}
