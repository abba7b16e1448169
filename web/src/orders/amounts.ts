// What lines come to while one still types; the server reckons the same anew when it saves. Integers only. Pure.
import { minorIn } from '../deals/form.ts';

export type Amounts = { net: number; tax: number; total: number };
export type Priced = { quantity: string; unitPrice: number; discount: number; taxRate: number };

const rounded = (dividend: bigint, divisor: bigint) => (2n * dividend + divisor) / (2n * divisor);

function tenThousandths(text: string): bigint {
  const [before = '', after = ''] = text.split('.');
  return BigInt(before + after.padEnd(4, '0').slice(0, 4));
}

/** One line: rounded once to whole minor units, halves upwards; the tax on it, or in it, likewise. */
export function amountsOf(line: Priced, taxIncluded: boolean): Amounts {
  const full = tenThousandths(line.quantity) * BigInt(line.unitPrice) * BigInt(10_000 - line.discount);
  const amount = rounded(full, 100_000_000n);
  const rate = BigInt(line.taxRate);
  const tax = rounded(amount * rate, taxIncluded ? 10_000n + rate : 10_000n);
  const [net, total] = taxIncluded ? [amount - tax, amount] : [amount, amount + tax];
  return { net: Number(net), tax: Number(tax), total: Number(total) };
}

const tidy = (text: string) => text.normalize('NFKC').replace(/[\s,]/g, '');

/** A quantity that was typed, as the server wants it; null for none. Full-width digits count. */
export function quantityIn(text: string): string | null {
  const found = /^(\d{1,9})(?:\.(\d{1,4}))?$/.exec(tidy(text));
  if (!found || !/[1-9]/.test(found[0])) return null;
  return found[0];
}

/** Hundredths of a per cent of what was typed: `13` or `13%` is 1300; 0 for nothing, null for anything else. */
export function percentIn(text: string): number | null {
  const plain = tidy(text).replace(/%$/, '');
  if (plain === '') return 0;
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(plain);
  const value = found ? Number(`${found[1]}${(found[2] ?? '').padEnd(2, '0')}`) : Number.NaN;
  return value >= 0 && value <= 10_000 ? value : null;
}

/** Hundredths of a per cent as a field shows them; nothing for nought. */
export function percentText(hundredths: number | null): string {
  if (!hundredths) return '';
  const rest = String(hundredths % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  const whole = Math.floor(hundredths / 100);
  return rest ? `${whole}.${rest}` : String(whole);
}

type Typed = { quantity: string; unitPrice: string; discount: string; taxRate: string };

/** What a line that is being typed comes to; null while anything in it is no number. */
export function typedAmounts(line: Typed, currency: string, taxIncluded: boolean): Amounts | null {
  const quantity = quantityIn(line.quantity);
  const unitPrice = minorIn(line.unitPrice, currency);
  const [discount, taxRate] = [percentIn(line.discount), percentIn(line.taxRate)];
  if (quantity === null || unitPrice === null || discount === null || taxRate === null) return null;
  return amountsOf({ quantity, unitPrice, discount, taxRate }, taxIncluded);
}

/** The sum of lines; those that are no numbers yet count for nothing. */
export function sumOf(lines: readonly (Amounts | null)[]): Amounts {
  const sum = { net: 0, tax: 0, total: 0 };
  for (const line of lines) {
    sum.net += line?.net ?? 0;
    sum.tax += line?.tax ?? 0;
    sum.total += line?.total ?? 0;
  }
  return sum;
}
