// The SQL of records that were merged into others of their kind.
import { sql } from 'kysely';
import type { World } from '../world.ts';

/** The record at the end of the merges that began with this one; undefined where it was not merged. */
export async function survivorOf(world: World, table: string, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive way as (
      select merged_into as id, 1 as step from ${sql.table(table)}
      where workspace_id = ${world.workspaceId} and id = ${id} and merged_into is not null
      union all
      select c.merged_into, way.step + 1 from way
      join ${sql.table(table)} c on c.workspace_id = ${world.workspaceId} and c.id = way.id
      where c.merged_into is not null and way.step < 100
    )
    select id from way order by step desc limit 1`.execute(world.db);
  return rows[0]?.id;
}
