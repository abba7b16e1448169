// What lines come to, in whole minor units, reckoned in integers of any size; no binary fraction ever holds money. Pure.
import { tenThousandths } from '../products/fields.ts';

/** What decides the amounts of a line: money in minor units, per cents in hundredths. */
export type Priced = { quantity: string; unitPrice: number; discount: number; taxRate: number };
export type Amounts = { net: number; tax: number; total: number };

const whole = 10_000n;

/** The largest sum that a document may come to, in minor units: it passes through JSON without loss. */
export const mostMoney = 900_000_000_000_000;

/** A quotient rounded to the nearest whole, halves upwards; neither side is negative. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

/**
 * What one line comes to. Quantity × price × (1 − discount) is rounded once, to whole minor units, halves upwards. Where
 * prices are without tax, that is the net and the tax on it is rounded likewise; where they include it, that is the
 * total and the tax in it, total × rate ÷ (1 + rate), is rounded likewise. Net + tax = total always.
 */
export function amountsOf(line: Priced, taxIncluded: boolean): Amounts {
  const full = tenThousandths(line.quantity) * BigInt(line.unitPrice) * (whole - BigInt(line.discount));
  const amount = rounded(full, whole * whole);
  const rate = BigInt(line.taxRate);
  const tax = taxIncluded ? rounded(amount * rate, whole + rate) : rounded(amount * rate, whole);
  const [net, total] = taxIncluded ? [amount - tax, amount] : [amount, amount + tax];
  return { net: Number(net), tax: Number(tax), total: Number(total) };
}

/** What lines come to together: the sum of what each comes to, so that the document adds up as it is printed. */
export function sumOf(lines: readonly Amounts[]): Amounts {
  const sum = { net: 0, tax: 0, total: 0 };
  for (const line of lines) {
    sum.net += line.net;
    sum.tax += line.tax;
    sum.total += line.total;
  }
  return sum;
}

/** What of each instalment is still open when so much has been paid: the earliest due is covered first. */
export function openOf(instalments: readonly { dueOn: string; amount: number }[], paid: number): number[] {
  const order = instalments.map((_, i) => i);
  order.sort((a, b) => {
    const [one, other] = [instalments[a]?.dueOn ?? '', instalments[b]?.dueOn ?? ''];
    return one < other ? -1 : one > other ? 1 : a - b;
  });
  const open: number[] = [];
  let left = paid;
  for (const i of order) {
    const amount = instalments[i]?.amount ?? 0;
    const covered = Math.min(left, amount);
    open[i] = amount - covered;
    left -= covered;
  }
  return open;
}
