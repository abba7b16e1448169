// The numbers of board and funnel: days, ageing, bars, months, periods.
import { expect, it } from 'vitest';
import {
  daysSince,
  isAgeing,
  mainCurrency,
  moneyOf,
  monthBounds,
  share,
  stepped,
  sumWords,
  windowOf,
} from './board.ts';

const now = Date.parse('2026-03-20T12:00:00Z');
const at = (kind: 'open' | 'won', ageingDays: number | null) => ({
  stageSince: '2026-03-06T12:00:00Z',
  stage: { id: 's', name: 'Quote', kind, ageingDays },
});

it('counts whole days, and calls a deal ageing from the day its stage says', () => {
  expect(daysSince('2026-03-19T13:00:00Z', now)).toBe(0);
  expect(daysSince('2026-03-21T13:00:00Z', now)).toBe(0);
  expect([isAgeing(at('open', 14), now), isAgeing(at('open', 15), now)]).toEqual([true, false]);
  expect([isAgeing(at('open', null), now), isAgeing(at('won', 1), now)]).toEqual([false, false]);
});

it('keeps currencies apart', () => {
  const sums = [
    { currency: 'CNY', amount: 1_234_500, weighted: 617_250 },
    { currency: 'JPY', amount: 900, weighted: 0 },
  ];
  expect(sumWords(sums)).toMatch(/12,345.*\+.*900/);
  expect(sumWords(sums, 'weighted')).not.toContain('+');
  expect(mainCurrency([{ sums }])).toBe('CNY');
  expect(mainCurrency([])).toBe('CNY');
  expect(moneyOf(1_250_050, 'CNY')).toContain('12,500.50');
  expect(moneyOf(1_250_000, 'CNY')).toMatch(/12,500$/);
});

it('draws bars that are seen, and none for nothing', () => {
  expect([share(0, 10), share(1, 1000), share(5, 10), share(1, 0)]).toEqual([0, 1.5, 50, 0]);
});

it('steps within the row', () => {
  expect([stepped(0, -1, 6), stepped(5, 1, 6), stepped(2, 1, 6)]).toEqual([0, 5, 3]);
});

it('knows the bounds of months and periods', () => {
  expect(monthBounds('2026-12')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
  const { from, to } = windowOf('30', now);
  expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000);
  expect(Date.parse(to)).toBeGreaterThan(now);
  expect(windowOf('all', now).from).toBe('1970-01-01T00:00:00.000Z');
});
