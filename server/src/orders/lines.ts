// Lines as they were sent become lines with everything decided: names, prices, taxes, and what they come to.

import { may } from '../permissions.ts';
import { tenThousandths } from '../products/fields.ts';
import * as products from '../products/products.ts';
import type { By } from '../records/records.ts';
import type { World } from '../world.ts';
import { amountsOf, mostMoney, sumOf } from './amounts.ts';
import type { LineInput, Sums } from './rules.ts';
import type { LineRow } from './store.ts';

export type LineFault = { path: string; message: string };
export type Decided =
  | { kind: 'decided'; lines: LineRow[]; sums: Sums }
  | { kind: 'wrong-lines'; faults: LineFault[] };

/** For whom the lines are. */
export type Setting = { customerId: string; currency: string; taxIncluded: boolean; day: string };

/** A quantity without needless noughts: `012.50` is `12.5`. */
export function tidyQuantity(text: string): string {
  const value = tenThousandths(text);
  const rest = String(value % 10_000n)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return rest ? `${value / 10_000n}.${rest}` : String(value / 10_000n);
}

type Known = ReadonlyMap<string, string | null>;
type Sold = {
  product: (id: string) => products.Product | undefined;
  price: (product: products.Product, quantity: string) => number | undefined;
};

/** Decides the lines: what is left out comes from the product. Lines already there keep their product, whoever asks. */
export async function decide(
  world: World,
  inputs: readonly LineInput[],
  setting: Setting,
  known: Known,
  by: By,
): Promise<Decided> {
  const sold = await soldFor(world, inputs, setting, by);
  const faults: LineFault[] = [];
  const lines: LineRow[] = [];
  for (const [i, input] of inputs.entries()) {
    const line = lineOf(input, setting, known, sold);
    if (typeof line === 'string') faults.push({ path: `lines.${i}.${line}`, message: wrongs[line] });
    else lines.push(line);
  }
  const sums = sumOf(lines);
  if (sums.total > mostMoney) faults.push({ path: 'lines', message: 'come to more than a document may' });
  return faults.length > 0 ? { kind: 'wrong-lines', faults } : { kind: 'decided', lines, sums };
}

/** The products that the lines name and what they cost, read in as few questions for many lines as for one. */
async function soldFor(
  world: World,
  inputs: readonly LineInput[],
  { customerId, currency, day }: Setting,
  by: By,
): Promise<Sold> {
  const reading = { ...by, reach: may(by.me, 'read', 'product') };
  const found = await products.byIds(
    world,
    inputs.flatMap(input => input.productId ?? []),
    reading,
  );
  const unpriced = inputs.flatMap(input =>
    input.unitPrice === undefined ? (found.get(input.productId ?? '') ?? []) : [],
  );
  const price = await products.pricesFor(world, { products: unpriced, customerId, currency, day }, reading);
  return { product: id => found.get(id), price };
}

const wrongs = {
  productId: 'is no product within your reach',
  name: 'is needed where no product is named',
  unitPrice: 'is needed: the product has no price in this currency',
  quantity: 'comes to more than a line may',
};

function lineOf(input: LineInput, setting: Setting, known: Known, sold: Sold): LineRow | keyof typeof wrongs {
  const { productId } = input;
  const product = productId ? sold.product(productId) : undefined;
  if (productId && !product && !known.has(productId)) return 'productId';
  const name = input.name || product?.name;
  if (!name) return 'name';
  const unitPrice = input.unitPrice ?? (product && sold.price(product, input.quantity));
  if (unitPrice === undefined && productId) return 'unitPrice';
  const priced = {
    quantity: tidyQuantity(input.quantity),
    unitPrice: unitPrice ?? 0,
    discount: input.discount,
    taxRate: input.taxRate ?? product?.tax_rate ?? 0,
  };
  const amounts = amountsOf(priced, setting.taxIncluded);
  if (amounts.total > mostMoney) return 'quantity';
  // In the order in which the database tells them, so that what is the same reads the same.
  return {
    product_id: productId ?? null,
    code: product?.code ?? (productId ? (known.get(productId) ?? null) : null),
    name,
    description: input.description || null,
    unit: (input.unit === undefined ? product?.unit : input.unit) || null,
    quantity: priced.quantity,
    unit_price: priced.unitPrice,
    discount: priced.discount,
    tax_rate: priced.taxRate,
    ...amounts,
  };
}

/** Lines of another document, or of the same one under other terms, reckoned anew. */
export function reckoned(lines: readonly LineRow[], taxIncluded: boolean): LineRow[] {
  return lines.map(line => ({
    ...line,
    ...amountsOf(
      {
        quantity: line.quantity,
        unitPrice: line.unit_price,
        discount: line.discount,
        taxRate: line.tax_rate,
      },
      taxIncluded,
    ),
  }));
}
