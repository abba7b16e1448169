// Pipelines: the ways that deals go, and their stages; administrators shape them.
import * as audit from '../audit/audit.ts';
import type { By } from '../customers/customers.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { atomically, moment, type World } from '../world.ts';
import * as store from './pipelines-store.ts';
import { faultsOf, firstPipeline, type PipelineFault, type PipelineInput, probabilityOf } from './rules.ts';

export type Stage = store.StageRow;
export type Pipeline = store.PipelineRow & { stages: Stage[] };

/** All pipelines, the default one first; a workspace that has none yet gets its first. */
export async function all(world: World): Promise<Pipeline[]> {
  const found = await read(world);
  if (found.length > 0) return found;
  return atomically(world, async tx => {
    await store.takePipelines(tx);
    if ((await store.pipelines(tx)).length === 0) {
      const language = (await workspaces.find(tx))?.language ?? 'en';
      await write(tx, tx.random.id(), firstPipeline(language), 0);
    }
    return read(tx);
  });
}

async function read(world: World): Promise<Pipeline[]> {
  const [pipelines, stages] = await Promise.all([store.pipelines(world), store.stages(world)]);
  return pipelines.map(row => ({ ...row, stages: stages.filter(stage => stage.pipeline_id === row.id) }));
}

async function write(world: World, id: string, input: PipelineInput, position: number): Promise<void> {
  await store.writePipeline(world, {
    id,
    name: input.name,
    isDefault: input.isDefault,
    position,
    at: moment(world),
  });
  for (const [place, stage] of input.stages.entries())
    await store.writeStage(world, {
      id: stage.id ?? world.random.id(),
      pipeline_id: id,
      name: stage.name,
      position: place,
      kind: stage.kind,
      probability: probabilityOf(stage),
      required_fields: [...new Set(stage.requiredFields)],
      ageing_days: stage.kind === 'open' ? stage.ageingDays : null,
      tasks: stage.tasks,
    });
}

export type SaveOutcome =
  | { kind: 'saved'; pipeline: Pipeline }
  | { kind: 'changed-meanwhile'; current: Pipeline }
  | { kind: 'wrong'; faults: PipelineFault[] }
  | { kind: 'not-found' };

const mostPipelines = 20;

/** Adds a pipeline. */
export async function add(world: World, input: PipelineInput, by: By): Promise<SaveOutcome> {
  const faults = faultsOf(input.stages);
  if (input.stages.some(stage => stage.id))
    faults.push({ path: 'stages', message: 'of a new pipeline have no ids yet' });
  if (faults.length > 0) return { kind: 'wrong', faults };
  await all(world);
  return atomically(world, async tx => {
    await store.takePipelines(tx);
    const before = await read(tx);
    if (before.length >= mostPipelines)
      return { kind: 'wrong', faults: [{ path: 'name', message: `there are ${mostPipelines} already` }] };
    const id = tx.random.id();
    await write(tx, id, input, Math.max(0, ...before.map(row => row.position)) + 1);
    return finish(tx, id, 'pipeline.add', null, by);
  });
}

/** Sets a pipeline and its stages; where a version is named, only that one. */
export async function save(
  world: World,
  input: { id: string; pipeline: PipelineInput; version: number | null },
  by: By,
): Promise<SaveOutcome> {
  return atomically(world, async tx => {
    await store.takePipelines(tx);
    const current = (await read(tx)).find(row => row.id === input.id);
    if (!current) return { kind: 'not-found' };
    if (input.version !== null && input.version !== current.version)
      return { kind: 'changed-meanwhile', current };
    await store.lockStages(tx, current.id);
    const faults = [...faultsOf(input.pipeline.stages), ...(await against(tx, current, input.pipeline))];
    if (faults.length > 0) return { kind: 'wrong', faults };
    const kept = new Set(input.pipeline.stages.map(stage => stage.id));
    const gone = current.stages.filter(stage => !kept.has(stage.id)).map(stage => stage.id);
    await store.removeStages(tx, gone, moment(tx));
    await write(tx, current.id, input.pipeline, current.position);
    return finish(tx, current.id, 'pipeline.change', current, by);
  });
}

/** What the deals that are there have against a change. */
async function against(world: World, current: Pipeline, wanted: PipelineInput): Promise<PipelineFault[]> {
  const faults: PipelineFault[] = [];
  if (current.is_default && !wanted.isDefault)
    faults.push({ path: 'isDefault', message: 'make another pipeline the default one instead' });
  const known = new Map(current.stages.map(stage => [stage.id, stage]));
  const uses = new Map(
    (await store.stagesInUse(world, [...known.keys()])).map(row => [row.id, row] as const),
  );
  wanted.stages.forEach((stage, i) => {
    if (!stage.id) return;
    const before = known.get(stage.id);
    if (!before) faults.push({ path: `stages.${i}.id`, message: 'is no stage of this pipeline' });
    else if (before.kind !== stage.kind && uses.get(stage.id)?.used)
      faults.push({ path: `stages.${i}.kind`, message: 'stays, since deals have been there' });
  });
  const kept = new Set(wanted.stages.map(stage => stage.id));
  for (const stage of current.stages)
    if (!kept.has(stage.id) && uses.get(stage.id)?.holds)
      faults.push({ path: 'stages', message: `leave out “${stage.name}”, which holds deals` });
  return faults;
}

const shown = (pipeline: Pipeline) => ({
  name: pipeline.name,
  isDefault: pipeline.is_default,
  stages: pipeline.stages.map(stage => ({
    name: stage.name,
    kind: stage.kind,
    probability: stage.probability,
    requiredFields: stage.required_fields,
    ageingDays: stage.ageing_days,
    ...(stage.tasks.length > 0 ? { tasks: stage.tasks } : {}),
  })),
});

async function finish(
  tx: World,
  id: string,
  action: string,
  before: Pipeline | null,
  by: By,
): Promise<SaveOutcome> {
  const pipeline = (await read(tx)).find(row => row.id === id);
  if (!pipeline) throw new Error('the pipeline just written is gone');
  await audit.record(tx, {
    action,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'pipeline', id },
    before: before && shown(before),
    after: shown(pipeline),
  });
  return { kind: 'saved', pipeline };
}

/** Removes a pipeline that holds no deals and is not the default one. */
export async function remove(
  world: World,
  input: { id: string; version: number | null },
  by: By,
): Promise<
  { kind: 'removed' } | { kind: 'not-found' | 'in-use' } | { kind: 'changed-meanwhile'; current: Pipeline }
> {
  return atomically(world, async tx => {
    await store.takePipelines(tx);
    const current = (await read(tx)).find(row => row.id === input.id);
    if (!current) return { kind: 'not-found' };
    if (input.version !== null && input.version !== current.version)
      return { kind: 'changed-meanwhile', current };
    await store.lockStages(tx, current.id);
    const uses = await store.stagesInUse(
      tx,
      current.stages.map(stage => stage.id),
    );
    if (current.is_default || uses.some(use => use.holds)) return { kind: 'in-use' };
    await store.removePipeline(tx, current.id, moment(tx));
    await audit.record(tx, {
      action: 'pipeline.remove',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'pipeline', id: current.id },
      before: shown(current),
    });
    return { kind: 'removed' };
  });
}
