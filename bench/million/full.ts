// An installation of the size that the product is held to: a million customers and contacts, three million follow-ups, a
// hundred thousand deals. Made once for all benchmarks of a run.
import type { Options } from '../measure.ts';
import { temporaryFolder } from '../processes.ts';
import { freshProduct, type Product } from '../product.ts';
import { loadDeals } from './deals.ts';
import { loadCustomers } from './load.ts';

export type Full = Product & { size: string };

let made: Promise<Full> | undefined;

/** The product at full size, or at a tenth of it where one is in a hurry. */
export function fullProduct(options: Options): Promise<Full> {
  made ??= fill(options.quick ? 100_000 : 1_000_000);
  return made;
}

async function fill(customers: number): Promise<Full> {
  const product = await freshProduct();
  const { dataDir } = product;
  const from = performance.now();
  await loadCustomers({ dataDir, folder: temporaryFolder(), count: customers, followUps: 3 });
  await loadDeals({ dataDir, count: customers / 10 });
  const told = (count: number) => count.toLocaleString('en');
  const size = `${told(customers)} customers and contacts, ${told(3 * customers)} follow-ups, ${told(customers / 10)} deals`;
  console.error(`  ${size} in ${Math.round((performance.now() - from) / 1_000)} s`);
  return { ...product, size };
}
