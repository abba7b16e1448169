// A product and a price list as forms hold them: texts as typed, and what of them goes to the server.
import type { Calls } from '../calls.ts';
import { amountText, minorIn } from '../deals/form.ts';
import { percentIn, percentText, quantityIn } from '../orders/amounts.ts';

export type Product = Calls['GET /products/{id}']['reply'];
export type PriceList = Calls['GET /price-lists/{id}']['reply'];
export type PriceListSummary = Calls['GET /price-lists']['reply']['items'][number];
type NewProduct = Calls['POST /products']['body'];
type Patch = Calls['PATCH /products/{id}']['body'];
type ListBody = Calls['PUT /price-lists/{id}']['body'];

export const fields = [
  'code',
  'name',
  'unit',
  'category',
  'price',
  'currency',
  'taxRate',
  'active',
  'description',
] as const;
export type ProductForm = Record<(typeof fields)[number], string>;

export const blank: ProductForm = {
  code: '',
  name: '',
  unit: '',
  category: '',
  price: '',
  currency: 'CNY',
  taxRate: '13',
  active: 'yes',
  description: '',
};

/** A product as its form shows it. */
export const formOf = (product: Product): ProductForm => ({
  code: product.code,
  name: product.name,
  unit: product.unit ?? '',
  category: product.category ?? '',
  price: amountText(product.price ?? 0, product.currency),
  currency: product.currency,
  taxRate: percentText(product.taxRate),
  active: product.active ? 'yes' : 'no',
  description: product.description ?? '',
});

/** What a new product is made of. */
export function bodyOf(form: ProductForm): NewProduct {
  const kept = (text: string) => text.trim() || null;
  return {
    code: form.code.trim(),
    name: form.name.trim(),
    unit: kept(form.unit),
    category: kept(form.category),
    description: kept(form.description),
    price: minorIn(form.price, form.currency) ?? 0,
    currency: form.currency,
    taxRate: percentIn(form.taxRate) ?? 0,
    active: form.active === 'yes',
  };
}

/** What differs between two states of a form, as the server wants it. */
export function patchOf(before: ProductForm, after: ProductForm): Patch {
  const [from, to] = [bodyOf(before), bodyOf(after)];
  return Object.fromEntries(
    Object.entries(to).filter(([field, value]) => from[field as keyof NewProduct] !== value),
  ) as Patch;
}

/** What is wrong with a form before it is sent. */
export function faultsOf(form: ProductForm): Partial<Record<keyof ProductForm, 'missing' | 'wrong'>> {
  return {
    ...(form.code.trim() ? {} : { code: 'missing' }),
    ...(form.name.trim() ? {} : { name: 'missing' }),
    ...(minorIn(form.price, form.currency) === null ? { price: 'wrong' } : {}),
    ...(percentIn(form.taxRate) === null ? { taxRate: 'wrong' } : {}),
  };
}

export type PriceRow = {
  key: string;
  productId: string;
  productName: string;
  unit: string;
  fromQuantity: string;
  unitPrice: string;
};

export type ListForm = {
  name: string;
  currency: string;
  validFrom: string;
  validTo: string;
  customerLevel: string;
  active: string;
  rows: PriceRow[];
};

export const blankList: ListForm = {
  name: '',
  currency: 'CNY',
  validFrom: '',
  validTo: '',
  customerLevel: '',
  active: 'yes',
  rows: [],
};

/** A price list as its form shows it. */
export const listFormOf = (list: PriceList): ListForm => ({
  name: list.name,
  currency: list.currency,
  validFrom: list.validFrom ?? '',
  validTo: list.validTo ?? '',
  customerLevel: list.customerLevel ?? '',
  active: list.active ? 'yes' : 'no',
  rows: list.items.map((item, place) => ({
    key: `row-${place}`,
    productId: item.product.id,
    productName: item.product.name,
    unit: item.product.unit ?? '',
    fromQuantity: item.fromQuantity,
    unitPrice: amountText(item.unitPrice, list.currency) || '0',
  })),
});

/** What a price list is set to. */
export const listBody = (form: ListForm): ListBody => ({
  name: form.name.trim(),
  currency: form.currency,
  validFrom: form.validFrom || null,
  validTo: form.validTo || null,
  customerLevel: form.customerLevel.trim() || null,
  active: form.active === 'yes',
  items: form.rows.map(row => ({
    productId: row.productId,
    fromQuantity: quantityIn(row.fromQuantity) ?? '1',
    unitPrice: minorIn(row.unitPrice, form.currency) ?? 0,
  })),
});

/** Whether a row can be read. */
export const isRowWhole = (row: PriceRow, currency: string) =>
  quantityIn(row.fromQuantity) !== null &&
  row.unitPrice.trim() !== '' &&
  minorIn(row.unitPrice, currency) !== null;

export const listTexts = [
  'name',
  'currency',
  'validFrom',
  'validTo',
  'customerLevel',
  'active',
  'rows',
] as const;
export type ListTexts = Record<(typeof listTexts)[number], string>;

/** A price list in texts alone, so that two versions of it can be held against each other. */
export const textsOf = (form: ListForm): ListTexts => ({
  ...form,
  rows: JSON.stringify(form.rows.map(({ key: _key, ...row }) => row)),
});

/** The form that such texts stand for. */
export const listFrom = (texts: ListTexts): ListForm => ({
  ...texts,
  rows: (JSON.parse(texts.rows) as Omit<PriceRow, 'key'>[]).map((row, place) => ({
    ...row,
    key: `row-${place}`,
  })),
});
