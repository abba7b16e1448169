// The fields that products and orders share: money, per cents, quantities, days. Pure.
import { z } from 'zod';

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217');
export const money = z.int().min(0).max(1_000_000_000_000).describe('In minor units of the currency');
export const percent = z.int().min(0).max(10_000).describe('In hundredths of a per cent: 1300 is 13 %');
export const quantity = z
  .string()
  .regex(/^(?=.*[1-9])\d{1,9}(?:\.\d{1,4})?$/)
  .describe('A decimal above nought with at most four places, as text: `12.5`');
export { day } from '../fields.ts';

/** A quantity in ten-thousandths. */
export function tenThousandths(text: string): bigint {
  const [before = '', after = ''] = text.split('.');
  return BigInt(before + after.padEnd(4, '0').slice(0, 4));
}
