// An installation of the size that the product is held to: a million customers and contacts, three million follow-ups, a
// hundred thousand deals. Made once for all benchmarks of a run, or once for many runs where a folder is named.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from '../measure.ts';
import { startProduct, temporaryFolder } from '../processes.ts';
import { freshProduct, type Product } from '../product.ts';
import { loadDeals } from './deals.ts';
import { loadCustomers } from './load.ts';

export type Full = Product & { size: string };

let made: Promise<Full> | undefined;

/** The product at full size, or at a tenth of it where one is in a hurry; kept in `options.data` and found there again. */
export function fullProduct(options: Options): Promise<Full> {
  made ??= fill(options.quick ? 100_000 : 1_000_000, options.data);
  return made;
}

async function fill(customers: number, folder: string | undefined): Promise<Full> {
  const kept = folder && join(folder, `${customers}`);
  const filled = `${kept}.json`;
  if (kept && existsSync(filled)) {
    const { size } = JSON.parse(readFileSync(filled, 'utf8'));
    return { ...(await startProduct({ dataDir: kept })), dataDir: kept, size };
  }
  if (kept && existsSync(kept)) throw new Error(`${kept} was not filled to the end: remove it first`);
  if (kept) mkdirSync(kept, { recursive: true });
  const product = await freshProduct({ dataDir: kept });
  const { dataDir } = product;
  const from = performance.now();
  await loadCustomers({ dataDir, folder: temporaryFolder(), count: customers, followUps: 3 });
  await loadDeals({ dataDir, count: customers / 10 });
  const told = (count: number) => count.toLocaleString('en');
  const size = `${told(customers)} customers and contacts, ${told(3 * customers)} follow-ups, ${told(customers / 10)} deals`;
  console.error(`  ${size} in ${Math.round((performance.now() - from) / 1_000)} s`);
  if (kept) writeFileSync(filled, JSON.stringify({ size }));
  return { ...product, size };
}
