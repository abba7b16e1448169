// The money rules: against worked examples, and against what must hold for any line.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsOf, openOf, sumOf } from './amounts.ts';

const line = (quantity: string, unitPrice: number, discount = 0, taxRate = 0) => ({
  quantity,
  unitPrice,
  discount,
  taxRate,
});

describe('a line', () => {
  it.each([
    // quantity × price, discount, tax, included → net, tax, total; worked out by hand
    [line('3', 1999), false, 5997, 0, 5997],
    [line('0.5', 1), false, 1, 0, 1], // half a cent goes up
    [line('0.1', 3), false, 0, 0, 0],
    [line('1.005', 100), false, 101, 0, 101], // 100.5 goes up; as a binary fraction it would not
    [line('12.5', 80_00, 1000, 1300), false, 90_000, 11_700, 101_700],
    [line('12.5', 80_00, 1000, 1300), true, 79_646, 10_354, 90_000],
    [line('999999999.9999', 0, 0, 1300), false, 0, 0, 0],
    [line('1', 500, 10_000, 600), false, 0, 0, 0],
  ])('%o, tax included: %s, comes to %i + %i = %i', (given, included, net, tax, total) => {
    expect(amountsOf(given, included)).toEqual({ net, tax, total });
  });

  const priced = fc.record({
    quantity: fc
      .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 1, max: 9999 }))
      .map(([whole, rest]) => `${whole}.${String(rest).padStart(4, '0')}`),
    unitPrice: fc.integer({ min: 0, max: 99_999_999 }),
    discount: fc.integer({ min: 0, max: 10_000 }),
    taxRate: fc.integer({ min: 0, max: 10_000 }),
  });

  it('adds up whatever it holds, is never off by more than half a unit, and never dearer by a discount', () => {
    fc.assert(
      fc.property(priced, fc.boolean(), (given, included) => {
        const { net, tax, total } = amountsOf(given, included);
        expect(net + tax).toBe(total);
        expect(Math.min(net, tax, total)).toBeGreaterThanOrEqual(0);
        const [before, after = ''] = given.quantity.split('.');
        const exact = BigInt(`${before}${after}`) * BigInt(given.unitPrice) * BigInt(10_000 - given.discount);
        const off = 2n * (BigInt(included ? total : net) * 100_000_000n - exact);
        expect(off > -100_000_000n && off <= 100_000_000n).toBe(true);
        expect(amountsOf({ ...given, discount: 0 }, included).total).toBeGreaterThanOrEqual(total);
      }),
    );
  });

  it('makes a document that is the sum of what its lines say', () => {
    fc.assert(
      fc.property(fc.array(priced, { maxLength: 20 }), lines => {
        const amounts = lines.map(one => amountsOf(one, false));
        const sum = sumOf(amounts);
        expect(sum.net + sum.tax).toBe(sum.total);
        expect(sum.total).toBe(amounts.reduce((total, one) => total + one.total, 0));
      }),
    );
  });
});

describe('payments', () => {
  it('cover the earliest instalments first and leave exactly the rest open', () => {
    const instalments = fc.array(
      fc.record({
        dueOn: fc.integer({ min: 10, max: 28 }).map(day => `2031-05-${day}`),
        amount: fc.integer({ min: 1, max: 1_000_000 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(instalments, fc.integer({ min: 0, max: 8_000_000 }), (plan, paid) => {
        const open = openOf(plan, paid);
        const [due, left] = [plan.reduce((sum, one) => sum + one.amount, 0), open.reduce((a, b) => a + b, 0)];
        expect(left).toBe(Math.max(0, due - paid));
        plan.forEach((one, i) => {
          expect(open[i]).toBeLessThanOrEqual(one.amount);
          // What is open in part has nothing open before it and everything after it.
          if ((open[i] ?? 0) < one.amount)
            expect(plan.filter((other, j) => other.dueOn < one.dueOn && open[j] !== 0)).toEqual([]);
        });
      }),
    );
  });
});
