// What the page itself decides about a choice of lock policy.
import { describe, expect, it } from 'vitest';
import { bounds, type Choice, isSame, isSound, pace, within } from './choices.ts';

const classic: Choice = { preset: 'classic', failures: 5, minutes: 30 };

describe('a choice of lock policy', () => {
  it('takes whole numbers within the bounds only', () => {
    for (const fine of [1, 5, 50]) expect(within(fine, bounds.failures)).toBe(true);
    for (const wrong of [0, 51, 2.5, Number.NaN]) expect(within(wrong, bounds.failures)).toBe(false);
  });

  it('is sound whatever stands in the numbers, unless these count', () => {
    expect(isSound({ preset: 'calm', failures: Number.NaN, minutes: 0 })).toBe(true);
    expect(isSound(classic)).toBe(true);
    expect(isSound({ ...classic, failures: 0 })).toBe(false);
    expect(isSound({ ...classic, minutes: 1441 })).toBe(false);
  });

  it('is the same as another when its numbers differ but do not count', () => {
    expect(isSame({ ...classic, preset: 'calm' }, { preset: 'calm', failures: 9, minutes: 9 })).toBe(true);
    expect(isSame(classic, { ...classic, failures: 9 })).toBe(false);
    expect(isSame(classic, { ...classic, preset: 'strict' })).toBe(false);
  });
});

describe('the pace of a lane', () => {
  it('is told in tries a day, or in days between tries', () => {
    expect(pace(4)).toEqual({ kind: 'per-day', count: 4 });
    expect(pace(1 / 4)).toEqual({ kind: 'every-days', count: 4 });
    expect(pace(1 / 10)).toEqual({ kind: 'every-days', count: 10 });
    expect(pace(0)).toEqual({ kind: 'never', count: 0 });
  });
});
