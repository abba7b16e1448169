// How figures are written: enough digits to compare, none that pretend.

/** A rate per 1,000 person-months. */
export function perMonths(value: number | undefined): string {
  if (value === undefined) return '';
  if (value === 0) return '0';
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A share as a percentage. */
export function share(value: number | undefined): string {
  if (value === undefined) return '';
  if (value === 0) return '0';
  const percent = value * 100;
  if (percent >= 10) return `${percent.toFixed(1)} %`;
  return `${percent >= 1 ? percent.toFixed(2) : percent >= 0.1 ? percent.toFixed(3) : percent.toFixed(4)} %`;
}
