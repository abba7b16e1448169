// Follow-ups are near by the calendar: a minute past midnight is tomorrow.
import { describe, expect, it } from 'vitest';
import { daysUntil, nearness, startOfDay } from './due.ts';

const now = new Date(2026, 2, 31, 23, 30).getTime();
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).toISOString();

describe('a follow-up', () => {
  it('is counted in calendar days, across the end of a month', () => {
    expect(daysUntil(at(31, 1), now)).toBe(0);
    expect(daysUntil(at(32, 0), now)).toBe(1);
    expect(daysUntil(at(30, 23), now)).toBe(-1);
  });

  it('is overdue only once its day is over', () => {
    expect(nearness(at(31, 1), now)).toBe('today');
    expect(nearness(at(30, 23), now)).toBe('overdue');
    expect(nearness(at(38, 12), now)).toBe('soon');
    expect(nearness(at(39, 12), now)).toBe('later');
  });

  it('starts its day at midnight in the reader’s own zone', () => {
    expect(startOfDay(1, now).getTime()).toBe(new Date(2026, 3, 1).getTime());
  });
});
