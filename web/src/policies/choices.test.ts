// What the page itself decides about a choice of lock policy.
import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  bounds,
  type Choice,
  choiceOf,
  harm,
  isSame,
  isSound,
  type Lanes,
  pace,
  queryOf,
  within,
} from './choices.ts';

const lane = { tries: 10, pauseMinutes: 30, reserve: 10, perDay: 1 };
const lanes: Lanes = { knownDevice: lane, familiarNetwork: lane, strangers: lane, alarm: lane };
const arrivals = { newDevice: 'tell', abnormal: 'prove' } as const;
const classic: Choice = { preset: 'classic', failures: 5, minutes: 30, lanes, arrivals };

describe('a choice of lock policy', () => {
  it('takes whole numbers within the bounds only', () => {
    for (const fine of [1, 5, 50]) expect(within(fine, bounds.failures)).toBe(true);
    for (const wrong of [0, 51, 2.5, Number.NaN]) expect(within(wrong, bounds.failures)).toBe(false);
  });

  it('is sound whatever stands in the numbers, unless these count', () => {
    const blank = { ...lanes, alarm: { ...lane, tries: Number.NaN } };
    expect(isSound({ ...classic, preset: 'calm', failures: Number.NaN, minutes: 0, lanes: blank })).toBe(
      true,
    );
    expect(isSound(classic)).toBe(true);
    expect(isSound({ ...classic, failures: 0 })).toBe(false);
    expect(isSound({ ...classic, minutes: 1441 })).toBe(false);
    expect(isSound({ ...classic, preset: 'custom' })).toBe(true);
    expect(isSound({ ...classic, preset: 'custom', lanes: blank })).toBe(false);
  });

  it('is the same as another when its numbers differ but do not count', () => {
    const calm: Choice = { ...classic, preset: 'calm' };
    expect(isSame(calm, { ...calm, failures: 9, minutes: 9 })).toBe(true);
    expect(isSame(classic, { ...classic, failures: 9 })).toBe(false);
    expect(isSame(classic, { ...classic, preset: 'strict' })).toBe(false);
    expect(isSame(calm, { ...calm, arrivals: { newDevice: 'prove', abnormal: 'prove' } })).toBe(false);
    const custom: Choice = { ...classic, preset: 'custom' };
    const { alarm, ...others } = lanes;
    expect(isSame(custom, { ...custom, lanes: { alarm, ...others } })).toBe(true);
    expect(isSame(custom, { ...custom, lanes: { ...lanes, alarm: { ...lane, tries: 11 } } })).toBe(false);
  });

  it('sends what counts and nothing else', () => {
    expect(bodyOf({ ...classic, preset: 'strict' })).toEqual({ preset: 'strict', arrivals });
    expect(bodyOf(classic)).toEqual({ preset: 'classic', failures: 5, minutes: 30, arrivals });
    expect(queryOf({ ...classic, preset: 'strict' })).toEqual({ preset: 'strict', ...arrivals });
    expect(JSON.parse(queryOf({ ...classic, preset: 'custom' }).lanes ?? '')).toEqual(lanes);
  });

  it('begins with what is stored', () => {
    const stored = { preset: 'classic', failures: 3, minutes: 60, lanes, arrivals, warnings: [] };
    expect(choiceOf(stored)).toEqual({ ...classic, failures: 3, minutes: 60 });
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

describe('the harm to owners', () => {
  it('is what the draft would have held up beyond the present policy', () => {
    const none = { visits: 100, refused: 2, asked: 1 };
    expect(harm(none, { visits: 100, refused: 2, asked: 9 })).toBe(8);
    expect(harm(none, { visits: 100, refused: 0, asked: 0 })).toBe(0);
    expect(harm(none, none)).toBe(0);
  });
});
