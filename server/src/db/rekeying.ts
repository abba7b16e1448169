// Making the search keys of a table's rows anew, some hundreds at a time.
import { sql } from 'kysely';
import type { World } from '../world.ts';

/**
 * Makes the keys of at most `limit` rows after `after` anew, locked meanwhile, so that nobody's change is overwritten;
 * answers the last of them, or null when there are no more.
 */
export async function rekey<Row extends { id: string }>(
  world: World,
  input: {
    table: string;
    keys: string;
    columns: readonly string[];
    after: string | null;
    limit: number;
    numbers?: true;
  },
  keysOf: (row: Row) => (string | number)[],
): Promise<string | null> {
  const type = sql.raw(input.numbers ? 'integer[]' : 'text[]');
  const wanted = sql.join(['id', ...input.columns].map(column => sql.ref(column)));
  const from = input.after ? sql`and id > ${input.after}` : sql``;
  const { rows } = await sql<Row>`select ${wanted} from ${sql.table(input.table)}
    where workspace_id = ${world.workspaceId} ${from} order by id limit ${input.limit} for update`.execute(
    world.db,
  );
  if (rows.length === 0) return null;
  const made = rows.map(row => ({ id: row.id, keys: keysOf(row) }));
  await sql`insert into ${sql.table(input.keys)} as k (workspace_id, id, keys)
    select ${world.workspaceId}, r.id, array(select jsonb_array_elements_text(r.keys))::${type}
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as r (id uuid, keys jsonb)
    on conflict (workspace_id, id) do update set keys = excluded.keys where k.keys <> excluded.keys`.execute(
    world.db,
  );
  return rows.length < input.limit ? null : (rows.at(-1)?.id ?? null);
}
