// What deals add up to: the board's columns, the funnel of a time, the forecast by month.
import type { By } from '../customers/customers.ts';
import { fenceOf } from '../db/fence.ts';
import type { World } from '../world.ts';
import { ownerIn, windowOf } from './deals.ts';
import * as store from './funnel-store.ts';
import * as pipelines from './pipelines.ts';

type Narrow = { pipeline?: string | undefined; owner?: string | undefined };

export type Sum = { currency: string; amount: number; weighted: number };

/** Rows of one key, added up over currencies as far as that means anything. */
function tally(rows: store.SumRow[]): { count: number; sums: Sum[] } {
  return {
    count: rows.reduce((count, row) => count + row.count, 0),
    sums: rows.map(({ currency, amount, weighted }) => ({
      currency,
      amount,
      weighted: Math.round(weighted),
    })),
  };
}

async function pipelineIn(world: World, id: string | undefined) {
  const all = await pipelines.all(world);
  return id === undefined ? all[0] : all.find(pipeline => pipeline.id === id);
}

/** Count and sums at each stage now; undefined for no such pipeline. */
export async function board(world: World, input: Narrow, by: By) {
  const pipeline = await pipelineIn(world, input.pipeline);
  if (!pipeline) return undefined;
  const rows = await store.atStages(world, fenceOf(by.me, by.reach), {
    pipelineId: pipeline.id,
    ownerId: ownerIn(input.owner, by),
    deleted: false,
  });
  const stages = pipeline.stages.map(stage => ({
    stageId: stage.id,
    ...tally(rows.filter(row => row.key === stage.id)),
  }));
  return { pipelineId: pipeline.id, stages };
}

/** The funnel of a time, stage by stage, and the forecast of what is open; undefined for no such pipeline. */
export async function funnel(
  world: World,
  input: Narrow & { from?: string | undefined; to?: string | undefined },
  by: By,
) {
  const pipeline = await pipelineIn(world, input.pipeline);
  if (!pipeline) return undefined;
  const fence = fenceOf(by.me, by.reach);
  const window = windowOf(world, input);
  const ownerId = ownerIn(input.owner, by);
  const narrow = { pipelineId: pipeline.id, ownerId };
  const entered = await store.entered(world, fence, { ...narrow, ...window });
  const left = await store.left(world, fence, { ...narrow, ...window });
  const months = await store.byMonth(world, fence, { ...narrow, kind: 'open', deleted: false });
  return {
    pipelineId: pipeline.id,
    ...window,
    stages: pipeline.stages.map(stage => {
      const { count, sums } = tally(entered.filter(row => row.key === stage.id));
      const out = left.find(row => row.stage_id === stage.id);
      const medianDays = out?.median_days ?? null;
      return {
        stageId: stage.id,
        entered: count,
        onward: out?.onward ?? 0,
        won: out?.won ?? 0,
        lost: out?.lost ?? 0,
        medianDays: medianDays === null ? null : Math.round(medianDays * 10) / 10,
        sums,
      };
    }),
    forecast: [...Map.groupBy(months, row => row.key)].map(([month, rows]) => ({ month, ...tally(rows) })),
  };
}
