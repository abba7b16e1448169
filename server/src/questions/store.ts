// All SQL of security questions.
import type { Insertable } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export async function policy(world: World) {
  return world.db
    .selectFrom('question_policies')
    .select(['enabled', 'reason', 'changed_at as changedAt'])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

export async function keepPolicy(
  world: World,
  set: { enabled: boolean; reason: string; changed_at: string },
): Promise<void> {
  await world.db
    .insertInto('question_policies')
    .values({ workspace_id: world.workspaceId, ...set })
    .onConflict(conflict => conflict.column('workspace_id').doUpdateSet(set))
    .execute();
}

export async function of(world: World, personId: string) {
  return world.db
    .selectFrom('security_questions')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

export async function keep(
  world: World,
  { person_id, ...set }: Omit<Insertable<Database['security_questions']>, 'workspace_id'>,
): Promise<void> {
  await world.db
    .insertInto('security_questions')
    .values({ workspace_id: world.workspaceId, person_id, ...set })
    .onConflict(conflict => conflict.columns(['workspace_id', 'person_id']).doUpdateSet(set))
    .execute();
}

/** False where there were none. */
export async function remove(world: World, personId: string): Promise<boolean> {
  const row = await world.db
    .deleteFrom('security_questions')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Removes those of everybody; how many had some. */
export async function removeAll(world: World): Promise<number> {
  const rows = await world.db
    .deleteFrom('security_questions')
    .where('workspace_id', '=', world.workspaceId)
    .returning('person_id')
    .execute();
  return rows.length;
}
