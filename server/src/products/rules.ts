// From what was sent to columns, and which price holds. Pure.
import type { z } from 'zod';
import { type Difference, differenceIn, filledIn } from '../difference.ts';
import { sortKey } from '../folding.ts';
import type {
  ProductFilters as FilterSchema,
  PriceListInput as ListSchema,
  NewProduct as NewSchema,
  ProductPatch as PatchSchema,
  PriceQuery as QuerySchema,
} from './contract.ts';
import { tenThousandths } from './fields.ts';
import type { ProductFields, ProductRow } from './store.ts';

export type NewProduct = z.output<typeof NewSchema>;
export type ProductPatch = z.output<typeof PatchSchema>;
export type ProductFilters = z.output<typeof FilterSchema>;
export type PriceListInput = z.output<typeof ListSchema>;
export type PriceQuery = z.output<typeof QuerySchema>;

export const columnOf = {
  code: 'code',
  name: 'name',
  unit: 'unit',
  category: 'category',
  description: 'description',
  taxRate: 'tax_rate',
  price: 'price',
  currency: 'currency',
  active: 'active',
} as const;

/** The columns that a patch sets. */
export function columnsIn(patch: ProductPatch): Partial<ProductFields> {
  const columns: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(columnOf)) {
    const value = patch[field as keyof typeof columnOf];
    if (value !== undefined) columns[column] = value === '' ? null : value;
  }
  if (patch.name !== undefined) columns.name_sort = sortKey(patch.name);
  return columns;
}

/** What the journal tells of a new product. */
export const told = (row: Partial<ProductFields>) => filledIn(columnOf, row);

/** What really changes in `row`; null for nothing. */
export function difference(row: ProductRow, wanted: Partial<ProductFields>): Difference | null {
  const found = differenceIn(columnOf, row, wanted);
  if ('name' in found.columns) found.columns.name_sort = wanted.name_sort;
  return Object.keys(found.columns).length === 0 ? null : found;
}

/** One price of one list, with what speaks for taking it. */
export type Offer = {
  listId: string;
  listName: string;
  level: string | null;
  validFrom: string | null;
  fromQuantity: string;
  unitPrice: number;
};

/**
 * The offer that holds for such a quantity: a list for the customer's level goes before one for all, then the list
 * that began last, then the one that was made last; in that list the price of the largest quantity reached.
 */
export function chosenOffer(offers: readonly Offer[], quantity: string): Offer | null {
  const wanted = tenThousandths(quantity);
  const reached = offers.filter(offer => tenThousandths(offer.fromQuantity) <= wanted);
  return reached.reduce<Offer | null>((best, one) => (best && !isBetter(one, best) ? best : one), null);
}

function isBetter(one: Offer, other: Offer): boolean {
  if ((one.level === null) !== (other.level === null)) return one.level !== null;
  const [began, before] = [one.validFrom ?? '', other.validFrom ?? ''];
  if (began !== before) return began > before;
  if (one.listId !== other.listId) return one.listId > other.listId;
  return tenThousandths(one.fromQuantity) > tenThousandths(other.fromQuantity);
}

/** What is wrong with a price list, by field. */
export function faultsOf(input: PriceListInput): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = [];
  if (input.validFrom && input.validTo && input.validTo < input.validFrom)
    faults.push({ path: 'validTo', message: 'lies before validFrom' });
  const seen = new Set<string>();
  input.items.forEach((item, i) => {
    const key = `${item.productId} ${tenThousandths(item.fromQuantity)}`;
    if (seen.has(key)) faults.push({ path: `items.${i}`, message: 'prices the same quantity twice' });
    seen.add(key);
  });
  return faults;
}
