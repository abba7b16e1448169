// The page's reading of a lock policy agrees with the engine's law.
import { describe, expect, it } from 'vitest';
import { bounds, pace, policyFor, presets, warningsFor, within } from './choices.ts';

const numbers = { failures: 5, minutes: 30 };

describe('choices of lock policy', () => {
  it('give every preset its four lanes', () => {
    for (const preset of presets) {
      const policy = policyFor({ preset, ...numbers });
      expect(policy.preset).toBe(preset);
      expect(Object.keys(policy.lanes).sort()).toEqual([
        'alarm',
        'familiarNetwork',
        'knownDevice',
        'strangers',
      ]);
    }
  });

  it('never narrow the lane of known devices, whatever is chosen (L4)', () => {
    for (const preset of presets)
      expect(policyFor({ preset, failures: 1, minutes: 1440 }).lanes.knownDevice.tries).toBe(20);
  });

  it('say aloud what a choice costs before it is saved', () => {
    const kinds = (choice: Parameters<typeof warningsFor>[0]) => warningsFor(choice).map(one => one.kind);
    expect(kinds({ preset: 'balanced', ...numbers })).toEqual([]);
    expect(kinds({ preset: 'prove', ...numbers })).toEqual(['strangers-prove']);
    expect(kinds({ preset: 'classic', failures: 5, minutes: 30 })).toContain('many-guesses');
    expect(kinds({ preset: 'classic', failures: 2, minutes: 600 })).toEqual(
      expect.arrayContaining(['few-tries', 'long-pause']),
    );
  });

  it('accept whole numbers within the bounds only', () => {
    expect(within(1, bounds.failures)).toBe(true);
    expect(within(50, bounds.failures)).toBe(true);
    for (const wrong of [0, 51, 2.5, Number.NaN]) expect(within(wrong, bounds.failures)).toBe(false);
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
