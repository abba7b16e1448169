// The end of trust, from lengths and from days of the reader's calendar.
import { describe, expect, it } from 'vitest';
import { dayAhead, endOf, mostDays } from './until.ts';

const now = new Date(2026, 2, 4, 15, 30).getTime();

describe('the end of trust', () => {
  it('lies whole days ahead', () => {
    expect(Date.parse(endOf('7', '', now) ?? '') - now).toBe(7 * 86_400_000);
  });

  it('is the last second of a chosen day, also of today', () => {
    expect(new Date(endOf('day', '2026-03-04', now) ?? '')).toEqual(new Date(2026, 2, 4, 23, 59, 59));
  });

  it.each(['', '2026-03-03', '2027-03-06', '4 March', '2026-3-9'])('is not “%s”', day => {
    expect(endOf('day', day, now)).toBeNull();
  });

  it('may lie as far ahead as the server takes it', () => {
    expect(dayAhead(0, now)).toBe('2026-03-04');
    expect(dayAhead(mostDays - 1, now)).toBe('2027-03-04');
    expect(endOf('day', dayAhead(mostDays - 1, now), now)).not.toBeNull();
    expect(endOf('day', dayAhead(mostDays, now), now)).toBeNull();
  });
});
