// A month or quarter as people say it.
import { number } from '../formats.ts';
import { language, type Translate } from '../words.ts';

/** November 2026 · 2026年11月, Q4 2026 · 2026年第4季度 */
export function periodWords(period: string, t: Translate): string {
  const [year = '', part = ''] = period.split('-');
  if (part.startsWith('Q')) return t('period.quarter', { year, quarter: part.slice(1) });
  const first = new Date(Number(year), Number(part) - 1, 1);
  return new Intl.DateTimeFormat(language(), { year: 'numeric', month: 'long' }).format(first);
}

/** 64% */
export function percent(part: number, whole: number): string {
  return whole > 0 ? number(part / whole, { style: 'percent', maximumFractionDigits: 0 }) : '—';
}
