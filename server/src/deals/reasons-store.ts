// All SQL of the reasons why deals are won and lost.
import { sql } from 'kysely';
import type { World } from '../world.ts';
import type { Outcome } from './reason-words.ts';
import type { Reason } from './reasons.ts';

type Kept = Omit<Reason, 'labelOther'> & { labelOther?: string | null };

export async function read(
  world: World,
  outcome: Outcome,
): Promise<{ items: Kept[]; version: number } | undefined> {
  return world.db
    .selectFrom('deal_reasons')
    .select(['items', 'version'])
    .where('workspace_id', '=', world.workspaceId)
    .where('kind', '=', outcome)
    .executeTakeFirst();
}

/** Keeps the list; with a version only over that one, 0 being the one that comes with the product. */
export async function keep(
  world: World,
  outcome: Outcome,
  items: Reason[],
  version: number | null,
  stamp: { at: string; by: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into deal_reasons (workspace_id, kind, items, updated_at, updated_by)
    select ${world.workspaceId}, ${outcome}, ${JSON.stringify(items)}::jsonb, ${stamp.at}, ${stamp.by}
    where coalesce(${version}::integer, 0) = 0
      or exists (select from deal_reasons where workspace_id = ${world.workspaceId} and kind = ${outcome})
    on conflict (workspace_id, kind) do update set items = excluded.items, updated_at = excluded.updated_at,
      updated_by = excluded.updated_by, version = deal_reasons.version + 1
      where ${version}::integer is null or deal_reasons.version = ${version}
    returning version`.execute(world.db);
  return rows.length > 0;
}
