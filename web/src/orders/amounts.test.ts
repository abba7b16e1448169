// The figures shown while typing are those that the server reckons: the same worked examples, and fields as typed.
import { describe, expect, it } from 'vitest';
import { amountsOf, percentIn, percentText, quantityIn, sumOf, typedAmounts } from './amounts.ts';

describe('a line that is being typed', () => {
  it.each([
    ['0.5', 1, 0, 0, false, [1, 0, 1]],
    ['1.005', 100, 0, 0, false, [101, 0, 101]],
    ['12.5', 8000, 1000, 1300, false, [90_000, 11_700, 101_700]],
    ['12.5', 8000, 1000, 1300, true, [79_646, 10_354, 90_000]],
  ] as const)(
    'of %s at %i, less %i, taxed %i (in it: %s) comes to %j',
    (quantity, unitPrice, discount, taxRate, included, sums) => {
      const { net, tax, total } = amountsOf({ quantity, unitPrice, discount, taxRate }, included);
      expect([net, tax, total]).toEqual(sums);
    },
  );

  it('is read as people type', () => {
    expect(['１２．５', '1,000', '0', '1.23456', '-1', '', 'x'].map(quantityIn)).toEqual([
      '12.5',
      '1000',
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(['13', '１３％', '6.5', '', '101', '1.234'].map(percentIn)).toEqual([
      1300,
      1300,
      650,
      0,
      null,
      null,
    ]);
    expect([1300, 650, 605, 0].map(percentText)).toEqual(['13', '6.5', '6.05', '']);
    const line = { quantity: '2', unitPrice: '9.90', discount: '', taxRate: '13' };
    expect(typedAmounts(line, 'CNY', false)).toEqual({ net: 1980, tax: 257, total: 2237 });
    expect(typedAmounts({ ...line, quantity: 'two' }, 'CNY', false)).toBeNull();
    expect(sumOf([typedAmounts(line, 'CNY', false), null]).total).toBe(2237);
  });
});
