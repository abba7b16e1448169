// All SQL of what rules tell other systems.
import type { World } from '../world.ts';

export type Call = { id: string; hook_id: string; data: unknown; attempts: number; at: string };

export async function insert(
  world: World,
  call: { id: string; run_id: string; hook_id: string; data: object },
  at: string,
): Promise<void> {
  await world.db
    .insertInto('automation_calls')
    .values({ workspace_id: world.workspaceId, ...call, data: JSON.stringify(call.data), at })
    .execute();
}

/** Counts one more try of what still waits; undefined when there is none to make. */
export async function take(world: World, id: string): Promise<Call | undefined> {
  return world.db
    .updateTable('automation_calls')
    .set(eb => ({ attempts: eb('attempts', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returning(['id', 'hook_id', 'data', 'attempts', 'at'])
    .executeTakeFirst();
}

export async function close(
  world: World,
  id: string,
  end: { state: 'queued' | 'sent' | 'failed'; problem: string | null },
): Promise<void> {
  await world.db
    .updateTable('automation_calls')
    .set(end)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export type CallState = { run_id: string; state: 'queued' | 'sent' | 'failed'; problem: string | null };

/** What became of what some runs told. */
export async function ofRuns(world: World, runIds: string[]): Promise<CallState[]> {
  if (runIds.length === 0) return [];
  return world.db
    .selectFrom('automation_calls')
    .select(['run_id', 'state', 'problem'])
    .where('workspace_id', '=', world.workspaceId)
    .where('run_id', 'in', runIds)
    .orderBy('id')
    .execute();
}
