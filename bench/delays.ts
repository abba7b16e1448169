// How long answers take, p95, ours against a reference in turns: one request after another, as a person would ask.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Generator } from './load/load.ts';
import { machine, median, type Options, type Result, round, type Side, volley } from './measure.ts';

/** Ours and the reference in turns; the ratio is the median of the turns' ratios of their p95. */
export async function delays(
  name: string,
  input: {
    ours: Side;
    reference: Side;
    generator: Generator;
    goal: number;
    options: Options;
    /** What the reference is. */
    against: string;
  },
): Promise<Result> {
  const { ours, reference, generator, goal, options } = input;
  const how = { connections: 1, seconds: options.quick ? 0.5 : 1.5 };
  for (const side of [ours, reference]) await volley(generator, side, how);
  const p95 = { ours: [] as number[], reference: [] as number[] };
  const middle: number[] = [];
  for (let pair = 0; pair < (options.quick ? 3 : 7); pair++)
    for (const key of pair % 2 === 0 ? (['ours', 'reference'] as const) : (['reference', 'ours'] as const)) {
      await sleep(100);
      const { fired } = await volley(generator, key === 'ours' ? ours : reference, how);
      p95[key].push(round(fired.p95));
      if (key === 'ours') middle.push(fired.median);
    }
  const ratio = median(p95.ours.map((ms, i) => ms / (p95.reference[i] ?? Number.NaN)));
  return {
    name,
    ours: median(p95.ours),
    reference: median(p95.reference),
    ratio: round(ratio, 2),
    samples: p95,
    machine: machine(),
    unit: 'ms, p95',
    goal: `ratio ≤ ${goal.toFixed(1)}`,
    met: ratio <= goal,
    notes: [`median of ours ${round(median(middle))} ms; reference: ${input.against}`],
  };
}
