// What the board and the funnel show of their numbers. Pure.
import { money, number } from '../formats.ts';
import { type Deal, decimalsOf } from './form.ts';

export type Sum = { currency: string; amount: number; weighted: number };

/** Minor units in words: whole units, as cents only blur a board. */
export function moneyOf(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const value = minor / 10 ** decimals;
  return Number.isInteger(value)
    ? number(value, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        maximumFractionDigits: 0,
      })
    : money(value, currency);
}

/** Sums of several currencies, each by itself, as they cannot be added up. */
export function sumWords(sums: Sum[], part: 'amount' | 'weighted' = 'amount'): string {
  return sums
    .filter(sum => sum[part] > 0)
    .map(sum => {
      const value = Math.round(sum[part] / 10 ** decimalsOf(sum.currency));
      const style = { style: 'currency', currency: sum.currency, currencyDisplay: 'narrowSymbol' } as const;
      return number(value, { ...style, maximumFractionDigits: 0 });
    })
    .join(' + ');
}

const day = 86_400_000;

/** Whole days since then. */
export function daysSince(at: string, now: number = Date.now()): number {
  return Math.max(0, Math.floor((now - Date.parse(at)) / day));
}

/** Whether an open deal has been at its stage for longer than it should. */
export function isAgeing(deal: Pick<Deal, 'stage' | 'stageSince'>, now: number = Date.now()): boolean {
  const { kind, ageingDays } = deal.stage;
  return kind === 'open' && ageingDays !== null && daysSince(deal.stageSince, now) >= ageingDays;
}

/** The place to the left or right of one in a row, held within it. */
export function stepped(place: number, step: number, count: number): number {
  return Math.min(count - 1, Math.max(0, place + step));
}

/** The share that a bar fills, in per cent; anything that is there is to be seen. */
export function share(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : Math.max(1.5, (value / most) * 100);
}

/** The currency most of the amounts are in. */
export function mainCurrency(rows: { sums: Sum[] }[]): string {
  const totals = new Map<string, number>();
  for (const { sums } of rows)
    for (const { currency, amount } of sums) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  return [...totals].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'CNY';
}

/** The first days of a month, `2026-03`, and of the one after it. */
export function monthBounds(month: string): { from: string; to: string } {
  const [year = 0, index = 1] = month.split('-').map(Number);
  const after = new Date(Date.UTC(year, index, 1));
  return { from: `${month}-01`, to: after.toISOString().slice(0, 10) };
}

export const periods = ['30', '90', '180', '365', 'all'] as const;
export type Period = (typeof periods)[number];

/** The window of a period, up to the end of today, so that it stays the same while one looks at it. */
export function windowOf(period: Period, now: number): { from: string; to: string } {
  const end = new Date(now);
  end.setHours(24, 0, 0, 0);
  const from = period === 'all' ? 0 : end.getTime() - Number(period) * day;
  return { from: new Date(from).toISOString(), to: end.toISOString() };
}
