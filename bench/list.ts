// `list`: pages of fifty customers at a million, filtered and sorted, as an administrator and as a rep who sees only
// his own; against the same SQL through the driver alone, and against ten thousand customers.

import { CustomerFilters } from '../server/src/customers/contract.ts';
import * as customers from '../server/src/customers/customers.ts';
import type { Me } from '../server/src/http.ts';
import { openGenerator, request } from './load/load.ts';
import { type Options, pairs, type Result } from './measure.ts';
import { fullProduct } from './million/full.ts';
import { type Opened, openWorld } from './million/inside.ts';
import { loadCustomers } from './million/load.ts';
import { startReference, stop, temporaryFolder } from './processes.ts';
import { freshProduct, type Product, signIn } from './product.ts';

/** What people ask of such a list; all of it is answered with a full page. */
const queries = [
  'limit=50',
  'limit=50&stage=interested',
  'limit=50&stage=interested,negotiating&sort=-createdAt',
  'limit=50&stage=contacted&sort=name',
  'limit=50&sort=name',
  'limit=50&stage=negotiating&sort=nextFollowUpAt',
  `limit=50&source=${encodeURIComponent('展会 Trade fair')}&stage=won`,
  'limit=50&level=A',
];

export async function run(options: Options): Promise<Result[]> {
  const many = await fullProduct(options);
  const few = await small(10_000);
  const generator = openGenerator();
  const results: Result[] = [];
  for (const who of ['admin', 'rep'] as const) {
    const inside = await openWorld(many.dataDir, `${who}@demo.test`);
    const statements = await captured(inside);
    await inside.close();
    const env = {
      SQL_URL: inside.appUrl,
      SQL_WORKSPACE: inside.world.workspaceId,
      SQL_STATEMENTS: JSON.stringify(statements),
    };
    const bare = await startReference('sql.ts', env);
    results.push(
      await pairs(`list-${who}`, {
        generator,
        ours: { started: many, requests: await requests(many, who), expect: [200] },
        reference: {
          started: bare,
          requests: statements.map((_, n) => request(bare.url, `GET /?n=${n}`)),
          expect: [200],
        },
        connections: 16,
        unit: 'pages/s',
        goal: 0.7,
        options,
      }),
    );
    await stop(bare.child);
    results.push(
      await pairs(`list-${who}-growth`, {
        generator,
        ours: { started: many, requests: await requests(many, who), expect: [200] },
        reference: { started: few, requests: await requests(few, who), expect: [200] },
        connections: 16,
        unit: 'pages/s',
        goal: 0.9,
        options,
      }),
    );
  }
  await stop(few.child);
  for (const result of results) result.notes.unshift(note(result.name, many.size));
  return results;
}

function note(name: string, size: string): string {
  return name.endsWith('growth')
    ? `ours: the product at ${size}; reference: the product at 10,000 customers`
    : `reference: the same SQL at the same ${size} in a bare process`;
}

async function small(count: number): Promise<Product> {
  const product = await freshProduct();
  await loadCustomers({ dataDir: product.dataDir, folder: temporaryFolder(), count });
  return product;
}

async function requests(product: Product, who: string): Promise<string[]> {
  const cookies = await signIn(product.url, `${who}@demo.test`);
  for (const query of queries) {
    const reply = await fetch(`${product.url}/api/v1/customers?${query}`, { headers: { cookie: cookies } });
    const { items } = (await reply.json()) as { items: unknown[] };
    if (reply.status !== 200 || items.length !== 50)
      throw new Error(`${query} fills no page: ${items?.length}`);
  }
  return queries.map(query => request(product.url, `GET /api/v1/customers?${query}`, { cookies }));
}

/** The statements that the product itself sends for these pages. */
async function captured(inside: Opened): Promise<{ text: string; values: readonly unknown[] }[]> {
  const statements: { text: string; values: readonly unknown[] }[] = [];
  const reach = inside.me.role === 'administrator' ? 'all' : 'own';
  const by = { me: inside.me as Me, reach, visitor: null } as const;
  for (const query of queries) {
    const { limit, sort, ...rest } = Object.fromEntries(new URLSearchParams(query));
    const filters = CustomerFilters.parse(rest);
    const ask = () => customers.list(inside.world, { filters, sort, limit: Number(limit) }, by);
    // Twice: the first also asks for statistics, which the product remembers.
    await ask();
    inside.sent.length = 0;
    await ask();
    const [statement, ...more] = inside.sent;
    if (!statement || more.length > 0) throw new Error(`${query} takes ${inside.sent.length} statements`);
    statements.push(statement);
  }
  return statements;
}
