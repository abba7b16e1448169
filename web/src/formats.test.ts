// Formats that are ours rather than Intl's.
import { expect, it } from 'vitest';
import { ago, countdown, money } from './formats.ts';

it('counts down as a clock', () => {
  expect([0, 9.2, 249, 3729, -5].map(countdown)).toEqual(['0:00', '0:10', '4:09', '1:02:09', '0:00']);
});

it('tells how long ago in the largest fitting unit, and beyond a week the date', () => {
  const now = Date.UTC(2026, 0, 20, 12);
  const before = (seconds: number) => ago(now - seconds * 1000, now);
  expect([before(10), before(300), before(7200), before(86_400)]).toEqual([
    'this minute',
    '5 minutes ago',
    '2 hours ago',
    'yesterday',
  ]);
  expect(before(30 * 86_400)).toContain('2025');
});

it('writes money with the short sign of its currency', () => {
  expect(money(1234.5, 'CNY')).toBe('¥1,234.50');
});
