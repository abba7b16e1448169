// `start`: from the start of the process to the first page, on an installation that has started before; and how much
// memory the process holds when nobody uses it.
import { setTimeout as sleep } from 'node:timers/promises';
import { machine, median, type Options, type Result, round } from './measure.ts';
import { residentBytes, type Started, startProduct, stop } from './processes.ts';
import { freshProduct, signIn } from './product.ts';
import { buildPages } from './scripts.ts';

const goals = { seconds: 2, bytes: 200e6 };

export async function run(options: Options): Promise<Result[]> {
  await buildPages();
  const first = await freshProduct();
  await stop(first.child);
  const seconds: number[] = [];
  const idle: number[] = [];
  const used: number[] = [];
  for (let i = 0; i < (options.quick ? 3 : 5); i++) {
    const from = performance.now();
    const started = await startProduct({ dataDir: first.dataDir, args: ['--demo'] });
    await page(started);
    seconds.push(round((performance.now() - from) / 1_000, 3));
    await sleep(options.quick ? 1_000 : 5_000);
    idle.push(round((residentBytes(started.pid) ?? Number.NaN) / 1e6, 1));
    await work(started);
    used.push(round((residentBytes(started.pid) ?? Number.NaN) / 1e6, 1));
    await stop(started.child);
  }
  return [
    plain('start', 's', seconds, `≤ ${goals.seconds} s`, median(seconds) <= goals.seconds, [
      `the very first start, which makes the database and the demo: ${round(first.ms / 1_000)} s`,
    ]),
    plain('start-memory', 'MB', idle, `≤ ${goals.bytes / 1e6} MB`, median(idle) * 1e6 <= goals.bytes, [
      'resident memory of the Node process some seconds after the first page, nobody signed in',
      `after 20 sign-ins, each with a look at the first page: ${round(median(used))} MB`,
    ]),
  ];
}

async function page(started: Started): Promise<void> {
  const reply = await fetch(`${started.url}/sign-in`);
  const html = await reply.text();
  if (reply.status !== 200 || !html.includes('/assets/')) throw new Error(`no page: ${reply.status} ${html}`);
}

async function work(started: Started): Promise<void> {
  for (let i = 0; i < 20; i++) {
    const cookie = await signIn(started.url, 'rep@demo.test');
    const reply = await fetch(`${started.url}/api/v1/session`, { headers: { cookie } });
    await reply.text();
  }
}

/** A figure without a reference. */
export function plain(
  name: string,
  unit: string,
  samples: number[],
  goal: string,
  met: boolean,
  notes: string[],
): Result {
  return {
    name,
    ours: median(samples),
    reference: null,
    ratio: null,
    samples: { ours: samples, reference: [] },
    machine: machine(),
    unit,
    goal,
    met,
    notes,
  };
}
