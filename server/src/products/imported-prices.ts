// Prices of lists that rows of a file bring: which list each is meant for, and what they are beside those that stand.
import { folded } from '../folding.ts';
import { minorUnits } from '../money.ts';
import type * as imported from '../records/imported.ts';
import { tenThousandths } from './fields.ts';

/** A list as rows name it: by its name and, where several are called so, its currency. */
export type List = { id: string; name: string; currency: string };

/** One price of a product; `list` is null while the list is not there yet. */
export type Priced = { list: string | null; name: string; currency: string; from: string; price: number };

const mark = 'price ';
const listField = /^list\.(.+)$/;

const textOf = (value: imported.Value | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Lists called so; only those in that currency, where one is given. */
function called(lists: readonly List[], name: string, currency: string | undefined): List[] {
  const same = lists.filter(list => folded(list.name) === folded(name));
  return currency ? same.filter(list => list.currency === currency) : same;
}

/** What is wrong with the prices that a row names. */
export function faultsOf(values: imported.Values, lists: readonly List[]): imported.Objection[] {
  const [name, price] = [textOf(values.priceList), textOf(values.listPrice)];
  if (price && !name) return [{ field: 'priceList', code: 'list-missing' }];
  if (!name || !price) return [];
  const currency = textOf(values.listCurrency);
  const found = called(lists, name, currency);
  return found.length > 1 ? [{ field: 'priceList', code: 'list-ambiguous' }] : [];
}

const keyOf = (one: Priced) => `${mark}${JSON.stringify([one.list, one.name, one.currency, one.from])}`;
const plain = (quantity: string) => quantity.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

/** The row with a value for each price of a list, so that rows of one product can be put together. */
export function withPrices(values: imported.Values, lists: readonly List[], home: string): imported.Values {
  const found: [Priced, string][] = [];
  for (const [field, value] of Object.entries(values)) {
    const list = lists.find(one => one.id === listField.exec(field)?.[1]);
    const amount = textOf(value);
    if (list && amount) found.push([pricedAt(list, '1', amount), amount]);
  }
  const [name, price] = [textOf(values.priceList), textOf(values.listPrice)];
  if (name && price) {
    const currency = textOf(values.listCurrency);
    const [there] = called(lists, name, currency);
    const list = there ?? { id: null, name, currency: currency ?? textOf(values.currency) ?? home };
    found.push([pricedAt(list, plain(textOf(values.fromQuantity) ?? '1'), price), price]);
  }
  if (found.length === 0) return values;
  return { ...values, ...Object.fromEntries(found.map(([one]) => [keyOf(one), String(one.price)])) };
}

function pricedAt(list: Omit<List, 'id'> & { id: string | null }, from: string, amount: string): Priced {
  const { id, name, currency } = list;
  return { list: id, name, currency, from, price: minorUnits(amount, currency) };
}

/** The prices among a row's values. */
export function pricesIn(values: imported.Values): Priced[] {
  return Object.entries(values).flatMap(([field, value]) => {
    if (!field.startsWith(mark)) return [];
    const [list, name, currency, from] = JSON.parse(field.slice(mark.length)) as [
      string | null,
      string,
      string,
      string,
    ];
    return [{ list, name, currency, from, price: Number(value) }];
  });
}

/** Whether a row brings prices of lists. */
export const hasPrices = (values: imported.Values) =>
  Object.keys(values).some(field => field.startsWith(mark));

const placeOf = ({ list, name, currency, from }: Priced) =>
  `${list ?? `${folded(name)} ${currency}`} ${tenThousandths(from)}`;

/** Prices beside those that stand, which give way or, with `stay`, do not; in one order. */
export function together(there: readonly Priced[], brought: readonly Priced[], stay: boolean): Priced[] {
  const [first, second] = stay ? [brought, there] : [there, brought];
  const all = new Map([...first, ...second].map(one => [placeOf(one), one]));
  return inOrder([...all.values()]);
}

export const inOrder = (prices: Priced[]): Priced[] =>
  prices.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0));

/**
 * What stands after prices that an import brought (`written`) are taken back to those of before: what somebody has
 * changed since stays as it is.
 */
export function takenBack(
  now: readonly Priced[],
  written: readonly Priced[],
  before: readonly Priced[],
): Priced[] {
  const [was, is] = [before, now].map(list => new Map(list.map(one => [placeOf(one), one])));
  const kept = new Map(is);
  for (const one of written) {
    const place = placeOf(one);
    const old = was?.get(place);
    if (is?.get(place)?.price !== one.price || old?.price === one.price) continue;
    if (old) kept.set(place, old);
    else kept.delete(place);
  }
  return inOrder([...kept.values()]);
}

/** Those of the prices that the others do not have, as the journal tells them. */
export function told(prices: readonly Priced[], others: readonly Priced[]): string[] {
  const there = new Map(others.map(one => [placeOf(one), one.price]));
  const amount = ({ price, currency }: Priced) => {
    const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    const places = digits.maximumFractionDigits ?? 2;
    return `${(price / 10 ** places).toFixed(places)} ${currency}`;
  };
  return prices
    .filter(one => there.get(placeOf(one)) !== one.price)
    .map(one => `${one.name}${one.from === '1' ? '' : ` ≥ ${one.from}`}: ${amount(one)}`);
}
