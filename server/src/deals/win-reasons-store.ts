// All SQL of the reasons why deals are won.
import { sql } from 'kysely';
import type { World } from '../world.ts';
import type { WinReason } from './win-reasons.ts';

export async function read(world: World): Promise<{ items: WinReason[]; version: number } | undefined> {
  return world.db
    .selectFrom('deal_win_reasons')
    .select(['items', 'version'])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

/** Keeps the list; with a version only over that one, 0 being the one that comes with the product. */
export async function keep(
  world: World,
  items: WinReason[],
  version: number | null,
  stamp: { at: string; by: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into deal_win_reasons (workspace_id, items, updated_at, updated_by)
    select ${world.workspaceId}, ${JSON.stringify(items)}::jsonb, ${stamp.at}, ${stamp.by}
    where coalesce(${version}::integer, 0) = 0
      or exists (select from deal_win_reasons where workspace_id = ${world.workspaceId})
    on conflict (workspace_id) do update set items = excluded.items, updated_at = excluded.updated_at,
      updated_by = excluded.updated_by, version = deal_win_reasons.version + 1
      where ${version}::integer is null or deal_win_reasons.version = ${version}
    returning version`.execute(world.db);
  return rows.length > 0;
}
