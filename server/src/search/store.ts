// All SQL of keeping how far search keys have been made anew.
import type { World } from '../world.ts';

/** How far a table has been gone over for this version of its keys, held; undefined when it is done. */
export async function holdRekeying(
  world: World,
  target: string,
  version: number,
): Promise<{ after: string | null } | undefined> {
  await world.db
    .insertInto('rekeyed')
    .values({ workspace_id: world.workspaceId, target, version: 0, after_id: null, done_at: null })
    .onConflict(conflict => conflict.columns(['workspace_id', 'target']).doNothing())
    .execute();
  const row = await world.db
    .selectFrom('rekeyed')
    .select(['version', 'after_id', 'done_at'])
    .where('workspace_id', '=', world.workspaceId)
    .where('target', '=', target)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.version !== version) return { after: null };
  return row.done_at ? undefined : { after: row.after_id };
}

/** For which version each table is done. */
export async function done(world: World): Promise<Map<string, number>> {
  const rows = await world.db
    .selectFrom('rekeyed')
    .select(['target', 'version'])
    .where('workspace_id', '=', world.workspaceId)
    .where('done_at', 'is not', null)
    .execute();
  return new Map(rows.map(row => [row.target, row.version]));
}

/** Keeps how far a table has come; `last` is null when it is done. */
export async function keepRekeying(
  world: World,
  target: string,
  version: number,
  last: string | null,
  at: string,
): Promise<void> {
  await world.db
    .updateTable('rekeyed')
    .set({ version, after_id: last, done_at: last === null ? at : null })
    .where('workspace_id', '=', world.workspaceId)
    .where('target', '=', target)
    .execute();
}
