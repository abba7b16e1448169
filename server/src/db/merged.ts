// The SQL of following records that were merged away to where they are found now.
import { type RawBuilder, sql } from 'kysely';
import type { World } from '../world.ts';

/** Tables whose records can be merged. */
const tables: readonly string[] = ['customers', 'contacts', 'leads'];

/**
 * Where records went that are called by one of those ids, elsewhere or here: rows of `asked`, the id given, and `id`, the
 * one that a merge led to; of several merges each step is a row. Undefined for a table whose records are not merged.
 */
export function ledOn(
  world: World,
  table: string,
  ids: readonly string[],
  own: readonly string[],
): RawBuilder<unknown> | undefined {
  if (!tables.includes(table)) return undefined;
  const from = sql.table(table);
  return sql`(with recursive way as (
      (select t.foreign_id as asked, t.merged_into as id, 1 as step from ${from} t
      where t.workspace_id = ${world.workspaceId} and t.merged_into is not null and t.foreign_id = any(${ids}::text[])
      union all
      select t.id::text, t.merged_into, 1 from ${from} t
      where t.workspace_id = ${world.workspaceId} and t.merged_into is not null and t.id = any(${own}::uuid[]))
      union all
      select way.asked, t.merged_into, way.step + 1 from way
      join ${from} t on t.workspace_id = ${world.workspaceId} and t.id = way.id
      where t.merged_into is not null and way.step < 100
    ) select asked, id from way)`;
}
