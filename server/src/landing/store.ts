// The SQL of what imports wrote over.
import { sql } from 'kysely';
import type { ImportObject } from '../db/crm-tables.ts';
import type { World } from '../world.ts';

/** What records were before an import wrote over them; of several for one record the first stays. */
export async function keepBefores(
  world: World,
  importId: string,
  object: string,
  befores: { id: string; version: number; before: unknown }[],
): Promise<void> {
  if (befores.length === 0) return;
  await sql`insert into import_befores (workspace_id, import_id, object, record_id, before, version)
    select ${world.workspaceId}, ${importId}, ${object}, b.id, b.before, b.version
    from jsonb_to_recordset(${JSON.stringify(befores)}::jsonb) as b (id uuid, before jsonb, version int)
    on conflict (workspace_id, import_id, object, record_id) do update
      set version = excluded.version,
        before = jsonb_set(excluded.before, '{columns}',
          (excluded.before -> 'columns') || (import_befores.before -> 'columns'))`.execute(world.db);
}

/** Takes some of them out, to be given back. */
export async function takeBefores(
  world: World,
  importId: string,
  limit: number,
): Promise<{ object: ImportObject; id: string; version: number; before: unknown }[]> {
  const { rows } = await sql<{
    object: ImportObject;
    id: string;
    version: number;
    before: unknown;
  }>`
    delete from import_befores where workspace_id = ${world.workspaceId} and import_id = ${importId}
      and (object, record_id) in (select object, record_id from import_befores
        where workspace_id = ${world.workspaceId} and import_id = ${importId} limit ${limit})
    returning object, record_id as id, version, before`.execute(world.db);
  return rows;
}
