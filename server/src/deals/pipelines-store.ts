// All SQL of pipelines and their stages.
import { sql } from 'kysely';
import type { StageKind } from '../db/deals-tables.ts';
import { kept } from '../db/kept-plans.ts';
import type { World } from '../world.ts';

export type StageRow = {
  id: string;
  pipeline_id: string;
  name: string;
  position: number;
  kind: StageKind;
  probability: number;
  required_fields: string[];
  ageing_days: number | null;
  tasks: StageTask[];
};

/** What a deal coming to a stage gives its owner to do, due so many days later. */
export type StageTask = { title: string; days: number };

export type PipelineRow = {
  id: string;
  name: string;
  position: number;
  is_default: boolean;
  version: number;
};

/** All pipelines, the default one first. */
export async function pipelines(world: World, lock = false): Promise<PipelineRow[]> {
  const { rows } = await sql<PipelineRow>`${kept}select id, name, position, is_default, version from pipelines
    where workspace_id = ${world.workspaceId} and deleted_at is null
    order by is_default desc, position, id ${lock ? sql`for update` : sql``}`.execute(world.db);
  return rows;
}

/** All stages in use, in their order. */
export async function stages(world: World): Promise<StageRow[]> {
  const { rows } =
    await sql<StageRow>`${kept}select id, pipeline_id, name, position, kind, probability, required_fields,
      ageing_days, tasks from deal_stages
    where workspace_id = ${world.workspaceId} and deleted_at is null order by position, id`.execute(world.db);
  return rows;
}

/** Keeps other changes to pipelines of this workspace out until the transaction ends. */
export async function takePipelines(world: World): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pipelines ${world.workspaceId}`}, 0))`.execute(
    world.db,
  );
}

/** Waits for moves under way and lets no deal come to these stages until the transaction ends. */
export async function lockStages(world: World, pipelineId: string): Promise<void> {
  await sql`select id from deal_stages where workspace_id = ${world.workspaceId} and pipeline_id = ${pipelineId}
    order by id for update`.execute(world.db);
}

/** Adds a pipeline, or sets name and default of the one that is there. */
export async function writePipeline(
  world: World,
  row: { id: string; name: string; isDefault: boolean; position: number; at: string },
): Promise<void> {
  if (row.isDefault)
    await sql`update pipelines set is_default = false, updated_at = ${row.at}, version = version + 1
      where workspace_id = ${world.workspaceId} and is_default and id <> ${row.id}`.execute(world.db);
  await sql`insert into pipelines (workspace_id, id, name, position, is_default, created_at, updated_at)
    values (${world.workspaceId}, ${row.id}, ${row.name}, ${row.position}, ${row.isDefault}, ${row.at}, ${row.at})
    on conflict (workspace_id, id) do update set name = excluded.name, is_default = excluded.is_default,
      updated_at = excluded.updated_at, version = pipelines.version + 1`.execute(world.db);
}

/** Adds a stage or sets what it is. */
export async function writeStage(world: World, row: StageRow): Promise<void> {
  await sql`insert into deal_stages (workspace_id, id, pipeline_id, name, position, kind, probability, required_fields,
      ageing_days, tasks)
    values (${world.workspaceId}, ${row.id}, ${row.pipeline_id}, ${row.name}, ${row.position}, ${row.kind},
      ${row.probability}, ${row.required_fields}, ${row.ageing_days}, ${JSON.stringify(row.tasks)})
    on conflict (workspace_id, id) do update set name = excluded.name, position = excluded.position,
      kind = excluded.kind, probability = excluded.probability, required_fields = excluded.required_fields,
      ageing_days = excluded.ageing_days, tasks = excluded.tasks`.execute(world.db);
}

/** Takes stages out of use; moves through them keep their names. */
export async function removeStages(world: World, ids: string[], at: string): Promise<void> {
  await sql`update deal_stages set deleted_at = ${at}
    where workspace_id = ${world.workspaceId} and id = any(${ids}::uuid[])`.execute(world.db);
}

/** Takes a pipeline and its stages out of use. */
export async function removePipeline(world: World, id: string, at: string): Promise<void> {
  await sql`update pipelines set deleted_at = ${at}
    where workspace_id = ${world.workspaceId} and id = ${id}`.execute(world.db);
  await sql`update deal_stages set deleted_at = ${at}
    where workspace_id = ${world.workspaceId} and pipeline_id = ${id} and deleted_at is null`.execute(
    world.db,
  );
}

/** Those of the stages at which any deal stands, one in the bin included, or through which one ever came. */
export async function stagesInUse(
  world: World,
  ids: string[],
): Promise<{ id: string; holds: boolean; used: boolean }[]> {
  const { rows } = await sql<{ id: string; holds: boolean; used: boolean }>`select s.id,
      exists (select 1 from deals d where d.workspace_id = s.workspace_id and d.stage_id = s.id) as holds,
      exists (select 1 from deal_moves m where m.workspace_id = s.workspace_id and m.to_stage = s.id) as used
    from deal_stages s where s.workspace_id = ${world.workspaceId} and s.id = any(${ids}::uuid[])`.execute(
    world.db,
  );
  return rows;
}

/** The stage, kept as it is until the transaction ends; undefined where it is no longer in use. */
export async function holdStage(world: World, id: string): Promise<StageRow | undefined> {
  const { rows } =
    await sql<StageRow>`select id, pipeline_id, name, position, kind, probability, required_fields,
      ageing_days, tasks from deal_stages
    where workspace_id = ${world.workspaceId} and id = ${id} and deleted_at is null for share`.execute(
      world.db,
    );
  return rows[0];
}
