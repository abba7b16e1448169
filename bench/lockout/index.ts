// The lockout simulation: how many attackers get in, and how many owners are kept out, under each policy.
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chart } from './chart.ts';
import { cell, jobsOf, performAll } from './jobs.ts';
import { report, table } from './report.ts';
import { type Target, targetsOf } from './targets.ts';
import type { Figures } from './trial.ts';

export interface LockoutResult {
  readonly name: 'lockout';
  readonly quick: boolean;
  readonly seconds: number;
  readonly machine: string;
  readonly figures: Readonly<Record<string, Figures>>;
  readonly targets: readonly Target[];
}

/**
 * Runs the simulation, prints its table and targets, and after a full run writes them with the chart into
 * docs/. A quick run takes seconds and is too small to judge the targets by.
 */
export async function run(options: { json?: string; quick?: boolean } = {}): Promise<LockoutResult> {
  const quick = options.quick ?? false;
  const started = performance.now();
  const jobs = jobsOf(quick);
  let done = 0;
  const results = await performAll(jobs, quick ? 1 : Math.min(2, availableParallelism()), job => {
    done += 1;
    if (!quick) console.error(`${done}/${jobs.length} ${cell(job.contestant, job.column)}`);
  });
  const result: LockoutResult = {
    name: 'lockout',
    quick,
    seconds: Math.round((performance.now() - started) / 1_000),
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.versions.node}`,
    figures: Object.fromEntries(results),
    targets: targetsOf(results),
  };
  console.log(table(results, result.targets));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  if (!quick) {
    writeFileSync(docs('lockout-simulation.md'), report(results, result, new Date()));
    writeFileSync(docs('lockout-simulation.svg'), chart(results));
  }
  return result;
}

function docs(name: string): string {
  return fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
}

if (import.meta.main) {
  const json = process.argv[process.argv.indexOf('--json') + 1];
  await run({
    quick: process.argv.includes('--quick'),
    ...(process.argv.includes('--json') && json ? { json } : {}),
  });
}
