// Money from the units that people write to those it is kept in. Pure.

/** Minor units of an amount in major ones, as its currency has decimals. */
export function minorUnits(amount: string, currency: string): number {
  try {
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    return Math.round(Number(amount) * 10 ** maximumFractionDigits);
  } catch {
    return Math.round(Number(amount) * 100);
  }
}
