// `pipeline`: how long board, funnel and the manager's other sums take at 100,000 deals, p95, against one deal by its id
// over the same HTTP; in turns, one request after another, as a person would look at them.
import { delays } from './delays.ts';
import { openGenerator, request } from './load/load.ts';
import type { Options, Result, Side } from './measure.ts';
import { someDeals } from './million/deals.ts';
import { fullProduct } from './million/full.ts';
import { signIn } from './product.ts';

const goal = 3;
const day = 86_400_000;

/** What is looked at, by name. */
function views(): Record<string, string[]> {
  const [week, quarter] = [7, 90].map(days => new Date(Date.now() - days * day).toISOString());
  const edges = Array.from({ length: 8 }, (_, i) => new Date(Date.now() - (7 - i) * day).toISOString());
  const ago = (ms: number) => new Date(Date.now() - 90 * day - ms).toISOString();
  return {
    board: ['/api/v1/deals/board'],
    funnel: [`/api/v1/deals/funnel?from=${quarter}`],
    // Each from another moment on, so that nothing remembered helps: as it is after every change.
    'funnel-anew': Array.from({ length: 500 }, (_, i) => `/api/v1/deals/funnel?from=${ago(i * 1_000)}`),
    forecast: ['/api/v1/analysis/forecast'],
    movement: [`/api/v1/analysis/movement?since=${week}`],
    outcomes: [`/api/v1/analysis/outcomes?from=${quarter}`],
    activity: [`/api/v1/analysis/activity?edges=${edges.join(',')}`],
    today: ['/api/v1/today'],
  };
}

export async function run(options: Options): Promise<Result[]> {
  const product = await fullProduct(options);
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
    for (const [name, paths] of Object.entries(views()))
      results.push(
        await delays(`pipeline-${name}-${who}`, {
          ours: side(paths),
          reference,
          generator,
          goal,
          options,
          against: 'GET /deals/{id}',
        }),
      );
  }
  for (const result of results) result.notes.unshift(`at ${product.size}`);
  return results;
}
