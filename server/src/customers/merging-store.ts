// The SQL of merged customers.
import { sql } from 'kysely';
import type { Fence } from '../db/fence.ts';
import { findRecord } from '../db/records.ts';
import type { World } from '../world.ts';
import { type CustomerRow, shape } from './store.ts';

/** Those of the ids within the fence, in the bin or not, locked in the order of their ids. */
export async function lockBoth(world: World, fence: Fence, ids: readonly string[]): Promise<CustomerRow[]> {
  const found: CustomerRow[] = [];
  for (const id of [...new Set(ids)].sort()) {
    const row = await findRecord(world, shape, fence, id, { deleted: 'either', lock: true });
    if (row) found.push(row);
  }
  return found;
}

/** The customer at the end of the merges that began with this one; undefined where it was not merged. */
export async function survivorOf(world: World, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive way as (
      select merged_into as id, 1 as step from customers
      where workspace_id = ${world.workspaceId} and id = ${id} and merged_into is not null
      union all
      select c.merged_into, way.step + 1 from way
      join customers c on c.workspace_id = ${world.workspaceId} and c.id = way.id
      where c.merged_into is not null and way.step < 100
    )
    select id from way order by step desc limit 1`.execute(world.db);
  return rows[0]?.id;
}
