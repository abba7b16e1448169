// Measures ours and a reference in turns, so that whatever else the machine does touches both alike.
import { cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fired, Generator } from './load/load.ts';
import { cores, cpuSeconds, type Started } from './processes.ts';

export type Result = {
  name: string;
  ours: number;
  reference: number | null;
  ratio: number | null;
  samples: { ours: number[]; reference: number[] };
  machine: string;
  unit: string;
  goal: string;
  met: boolean;
  notes: string[];
  /** What else was measured, by name. */
  figures?: Record<string, unknown>;
};

/** `data`: where an installation of the full size is kept for further runs. */
export type Options = { quick: boolean; minutes?: number; data?: string };

/** The machine, as far as it matters for a figure. */
export function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cores} cores, ${memory} GB, Node ${process.versions.node}`;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}

export type Side = {
  started: Started;
  requests: string[];
  /** Statuses that count; anything else makes the measurement worthless. */
  expect: number[];
};

type Volley = { rate: number; fired: Fired; serverMicros: number | null };

/** One volley at one side, and the processor time that it cost the server there. */
export async function volley(
  generator: Generator,
  side: Side,
  how: { connections: number; seconds: number },
): Promise<Volley> {
  const { hostname, port } = new URL(side.started.url);
  const before = cpuSeconds(side.started.pid);
  const fired = await generator.fire({ host: hostname, port: Number(port), requests: side.requests, ...how });
  const after = cpuSeconds(side.started.pid);
  const wrong = Object.entries(fired.statuses).filter(([status]) => !side.expect.includes(Number(status)));
  if (wrong.length > 0 || fired.count === 0)
    throw new Error(
      `${side.started.url} answered ${JSON.stringify(fired.statuses)}, expected ${side.expect}`,
    );
  return {
    rate: fired.count / fired.seconds,
    fired,
    serverMicros: before === null || after === null ? null : ((after - before) * 1e6) / fired.count,
  };
}

/** Ours and the reference in turns, A B A B …; the ratio is the median of the pairs' ratios. */
export async function pairs(
  name: string,
  input: {
    generator: Generator;
    ours: Side;
    reference: Side;
    connections: number;
    unit: string;
    goal: number;
    options: Options;
    seconds?: number;
  },
): Promise<Result> {
  const { generator, ours, reference, connections, options } = input;
  const seconds = options.quick ? 1 : (input.seconds ?? 2);
  // Many short turns rather than few long ones: the machine's other work touches both sides alike.
  const count = options.quick ? 3 : 11;
  // Not counted: code gets compiled, caches fill.
  const warm = { connections, seconds: options.quick ? 1 : 2 };
  for (const side of [ours, reference]) await volley(generator, side, warm);
  const taken: { ours: Volley[]; reference: Volley[] } = { ours: [], reference: [] };
  for (let pair = 0; pair < count; pair++) {
    // Whoever goes first changes with every pair, so that a drift of the machine favours nobody.
    const order = pair % 2 === 0 ? (['ours', 'reference'] as const) : (['reference', 'ours'] as const);
    for (const key of order) {
      await sleep(150);
      taken[key].push(await volley(generator, key === 'ours' ? ours : reference, { connections, seconds }));
    }
  }
  return resultOf(name, taken, input);
}

function resultOf(
  name: string,
  taken: { ours: Volley[]; reference: Volley[] },
  input: { unit: string; goal: number },
): Result {
  const rates = (volleys: Volley[]) => volleys.map(v => round(v.rate));
  const samples = { ours: rates(taken.ours), reference: rates(taken.reference) };
  const ratio = median(taken.ours.map((v, i) => v.rate / (taken.reference[i]?.rate ?? Number.NaN)));
  const cpu = (volleys: Volley[]) => {
    const known = volleys.flatMap(v => (v.serverMicros === null ? [] : [v.serverMicros]));
    return known.length > 0 ? `${Math.round(median(known))} µs` : 'unknown';
  };
  const busiest = Math.max(...[...taken.ours, ...taken.reference].map(v => v.fired.busy));
  const latency = (volleys: Volley[]) =>
    `${round(median(volleys.map(v => v.fired.median)))} / ${round(median(volleys.map(v => v.fired.p99)))} ms`;
  return {
    name,
    ours: round(median(samples.ours)),
    reference: round(median(samples.reference)),
    ratio: round(ratio, 3),
    samples,
    machine: machine(),
    unit: input.unit,
    goal: `ratio ≥ ${input.goal.toFixed(2)}`,
    met: ratio >= input.goal,
    notes: [
      `processor time of the Node process per request: ours ${cpu(taken.ours)}, reference ${cpu(taken.reference)}`,
      `latency median / p99: ours ${latency(taken.ours)}, reference ${latency(taken.reference)}`,
      `generator's event loop at most ${Math.round(busiest * 100)} % at work`,
    ],
  };
}

export function round(value: number, digits = value >= 100 ? 0 : 2): number {
  return Number(value.toFixed(digits));
}
