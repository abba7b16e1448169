// Writes what lies in the demo's pool at its own times, as if its former owner had given it back.
import { sql } from 'kysely';
import type { World } from '../world.ts';

export async function layInPool(
  world: World,
  rows: { id: string; at: string; remark: string }[],
  formerId: string,
): Promise<void> {
  await sql`with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, at timestamptz, remark text)
    ), held as (
      insert into customer_holders (workspace_id, customer_id, owner_id, since, until, why)
      select c.workspace_id, c.id, ${formerId}, c.created_at, greatest(g.at, c.created_at), 'released'
      from given g join customers c on c.workspace_id = ${world.workspaceId} and c.id = g.id
    )
    insert into pool_entries (workspace_id, customer_id, at, from_id, reason, remark, by_id)
    select ${world.workspaceId}, g.id, g.at, ${formerId}, 'released', g.remark, ${formerId}
    from given g`.execute(world.db);
}
