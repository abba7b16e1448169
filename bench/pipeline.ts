// `pipeline`: how long board, funnel and the manager's other sums take at 100,000 deals, p95, against one deal by its id
// over the same HTTP; in turns, one request after another, as a person would look at them.
import { setTimeout as sleep } from 'node:timers/promises';
import { openGenerator, request } from './load/load.ts';
import { machine, median, type Options, type Result, round, type Side, volley } from './measure.ts';
import { loadDeals, someDeals } from './million/deals.ts';
import { loadCustomers } from './million/load.ts';
import { stop, temporaryFolder } from './processes.ts';
import { freshProduct, signIn } from './product.ts';

const goal = 3;
const day = 86_400_000;

/** What is looked at, by name. */
function views(): Record<string, string> {
  const [week, quarter] = [7, 90].map(days => new Date(Date.now() - days * day).toISOString());
  const edges = Array.from({ length: 8 }, (_, i) => new Date(Date.now() - (7 - i) * day).toISOString());
  return {
    board: '/api/v1/deals/board',
    funnel: `/api/v1/deals/funnel?from=${quarter}`,
    forecast: '/api/v1/analysis/forecast',
    movement: `/api/v1/analysis/movement?since=${week}`,
    outcomes: `/api/v1/analysis/outcomes?from=${quarter}`,
    activity: `/api/v1/analysis/activity?edges=${edges.join(',')}`,
  };
}

export async function run(options: Options): Promise<Result[]> {
  const count = options.quick ? 10_000 : 100_000;
  const product = await freshProduct();
  await loadCustomers({ dataDir: product.dataDir, folder: temporaryFolder(), count: count / 5 });
  await loadDeals({ dataDir: product.dataDir, count });
  const ids = await someDeals(product.dataDir, 'rep@demo.test');
  const generator = openGenerator();
  const results: Result[] = [];
  for (const who of ['admin', 'rep']) {
    const cookies = await signIn(product.url, `${who}@demo.test`);
    const side = (paths: string[]): Side => ({
      started: product,
      requests: paths.map(path => request(product.url, `GET ${path}`, { cookies })),
      expect: [200],
    });
    const reference = side(ids.map(id => `/api/v1/deals/${id}`));
    for (const [name, path] of Object.entries(views()))
      results.push(await compared(`pipeline-${name}-${who}`, side([path]), reference, options, generator));
  }
  await stop(product.child);
  for (const result of results) result.notes.unshift(`at ${count.toLocaleString('en')} deals`);
  return results;
}

async function compared(
  name: string,
  ours: Side,
  reference: Side,
  options: Options,
  generator: ReturnType<typeof openGenerator>,
): Promise<Result> {
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
    notes: [`median of ours ${round(median(middle))} ms; reference: GET /deals/{id}`],
  };
}
