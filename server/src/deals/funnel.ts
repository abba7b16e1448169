// What deals add up to: the board's columns, the funnel of a time, the forecast by month.

import { hiddenFields } from '../permissions.ts';
import { type By, fenceFor } from '../records/records.ts';
import type { World } from '../world.ts';
import { deals, ownerIn, windowFault, windowOf } from './deals.ts';
import * as store from './funnel-store.ts';
import * as pipelines from './pipelines.ts';
import { stampOf, whileStanding } from './standing.ts';

type Narrow = { pipeline?: string | undefined; owner?: string | undefined; team?: string | undefined };

export type Sum = { currency: string; amount: number; weighted: number };

const isHidden = (by: By, field: string) => hiddenFields(by.me, 'deal').includes(field);

/** Rows of one key, added up over currencies as far as that means anything. */
function tally(by: By, rows: store.SumRow[]): { count: number; sums: Sum[] } {
  return {
    count: rows.reduce((count, row) => count + row.count, 0),
    sums: (isHidden(by, 'amount') ? [] : rows).map(({ currency, amount, weighted }) => ({
      currency,
      amount,
      weighted: Math.round(weighted),
    })),
  };
}

const tenths = (days: number | null | undefined) => (days == null ? null : Math.round(days * 10) / 10);

async function pipelineIn(world: World, id: string | undefined) {
  const all = await pipelines.all(world);
  return id === undefined ? all[0] : all.find(pipeline => pipeline.id === id);
}

/** Count and sums at each stage now; undefined for no such pipeline. */
export async function board(world: World, input: Narrow, by: By) {
  const [pipeline, stamp] = await Promise.all([pipelineIn(world, input.pipeline), stampOf(world, ['deals'])]);
  if (!pipeline) return undefined;
  const narrow = { pipelineId: pipeline.id, ownerId: ownerIn(input.owner, by), teamId: input.team };
  const fence = fenceFor(deals, by);
  const read = () => store.atStages(world, fence, narrow);
  const rows = await whileStanding(world, ['deals'], ['board', fence, narrow], read, stamp);
  const stages = pipeline.stages.map(stage => ({
    stageId: stage.id,
    ...tally(
      by,
      rows.filter(row => row.key === stage.id),
    ),
  }));
  return { pipelineId: pipeline.id, stages };
}

/** The funnel of a time, stage by stage, and what is open by month: what one sees is counted (decision 18). */
export async function funnel(
  world: World,
  input: Narrow & { from?: string | undefined; to?: string | undefined },
  by: By,
) {
  const [pipeline, stamp] = await Promise.all([pipelineIn(world, input.pipeline), stampOf(world, ['deals'])]);
  if (!pipeline) return { kind: 'no-such-pipeline' as const };
  const fence = fenceFor(deals, by);
  const window = windowOf(world, input);
  const why = windowFault(window);
  if (why) return { kind: 'bad-window' as const, why };
  const narrow = { pipelineId: pipeline.id, ownerId: ownerIn(input.owner, by), teamId: input.team };
  const ahead = Date.parse(window.to) >= world.now();
  const asked = { ...narrow, from: window.from, to: ahead ? null : window.to };
  const read = () =>
    Promise.all([
      store.entered(world, fence, asked),
      store.left(world, fence, asked),
      store.byMonth(world, fence, narrow),
    ]);
  const about = ['funnel', fence, asked];
  const [entered, left, months] = await whileStanding(world, ['deals'], about, read, stamp);
  const told = {
    pipelineId: pipeline.id,
    ...window,
    stages: pipeline.stages.map(stage => {
      const { count, sums } = tally(
        by,
        entered.filter(row => row.key === stage.id),
      );
      const out = left.find(row => row.stage_id === stage.id);
      return {
        stageId: stage.id,
        entered: count,
        onward: out?.onward ?? 0,
        won: out?.won ?? 0,
        lost: out?.lost ?? 0,
        medianDays: tenths(out?.median_days),
        averageDays: tenths(out?.average_days),
        sums,
      };
    }),
    forecast: [...Map.groupBy(isHidden(by, 'expectedOn') ? [] : months, row => row.key)].map(
      ([month, rows]) => ({
        month,
        ...tally(by, rows),
      }),
    ),
  };
  return { kind: 'told' as const, told };
}

/** Keeps the sums that board and forecast read few. */
export const settle = (world: World): Promise<void> => store.mergeSums(world);
