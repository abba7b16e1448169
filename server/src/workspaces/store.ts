// All SQL of the workspaces.
import type { Installation, World } from '../world.ts';

export async function directory(installation: Installation): Promise<string[]> {
  const rows = await installation.databases.outside
    .selectFrom('workspace_directory')
    .select('workspace_id')
    .orderBy('created_at')
    .orderBy('workspace_id')
    .execute();
  return rows.map(row => row.workspace_id);
}

export async function directoryWithin(world: World): Promise<string[]> {
  const rows = await world.db.selectFrom('workspace_directory').select('workspace_id').execute();
  return rows.map(row => row.workspace_id);
}

export async function find(world: World) {
  return world.db
    .selectFrom('workspaces')
    .select([
      'workspace_id as id',
      'name',
      'language',
      'demo',
      'lock_policy as lockPolicy',
      'time_zone as timeZone',
      'offline_hours as offlineHours',
    ])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

export async function insert(
  world: World,
  input: { name: string; language: string; demo: boolean; slug: string; timeZone?: string | undefined },
): Promise<void> {
  await world.db
    .insertInto('workspace_directory')
    .values({ workspace_id: world.workspaceId, slug: input.slug })
    .execute();
  await world.db
    .insertInto('workspaces')
    .values({
      workspace_id: world.workspaceId,
      name: input.name,
      language: input.language,
      demo: input.demo,
      time_zone: input.timeZone ?? null,
    })
    .execute();
}

export async function updatePolicy(world: World, policy: string): Promise<void> {
  await world.db
    .updateTable('workspaces')
    .set({ lock_policy: policy })
    .where('workspace_id', '=', world.workspaceId)
    .execute();
}

export async function updateChoices(
  world: World,
  choices: { timeZone: string | null; offlineHours: number },
): Promise<void> {
  await world.db
    .updateTable('workspaces')
    .set({ time_zone: choices.timeZone, offline_hours: choices.offlineHours })
    .where('workspace_id', '=', world.workspaceId)
    .execute();
}
