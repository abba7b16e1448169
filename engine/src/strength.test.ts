import { describe, expect, it } from 'vitest';
import { BALANCED, PROVE, STRICT } from './policy.ts';
import { guessesWithin } from './policy-check.ts';
import { chanceWithin, countedGuesses, HALF_YEAR, MONTH } from './strength.ts';

/** The size of the list that shipped with the simulation. */
const size = 49_233;
const percent = (share: number) => `${(share * 100).toFixed(4)} %`;

describe('the chance of a targeted attacker', () => {
  it('is what the simulation found for screened passwords', () => {
    expect(percent(chanceWithin(guessesWithin(BALANCED, 'strangers', HALF_YEAR), size))).toBe('0.0075 %');
    expect((chanceWithin(countedGuesses(5, 30, HALF_YEAR), size) * 100).toFixed(2)).toBe('4.94');
    expect((chanceWithin(countedGuesses(10, 1_440, HALF_YEAR), size) * 100).toFixed(3)).toBe('0.266');
  });

  it('is none without a guess, grows with guesses, shrinks with the list, and never exceeds one', () => {
    expect(chanceWithin(guessesWithin(PROVE, 'strangers', HALF_YEAR), size)).toBe(0);
    expect(chanceWithin(Number.NaN, size)).toBe(0);
    expect(chanceWithin(100, size)).toBeGreaterThan(chanceWithin(50, size));
    expect(chanceWithin(50, 2 * size)).toBeLessThan(chanceWithin(50, size));
    expect(chanceWithin(1e30, size)).toBe(1);
    expect(chanceWithin(5, 1e12)).toBeLessThanOrEqual(1);
  });
});

describe('guesses in a span', () => {
  it('are the simulation’s dearest month, or what the long scale yields', () => {
    expect(countedGuesses(5, 30, MONTH)).toBe(7_200);
    expect(countedGuesses(10, 1_440, MONTH)).toBe(300);
    expect(guessesWithin(BALANCED, 'strangers', MONTH)).toBe(40);
    expect(guessesWithin(STRICT, 'strangers', MONTH)).toBe(17);
  });

  it('are at least one round of a counter', () => {
    expect(countedGuesses(3, 1_440, 60_000)).toBe(3);
  });
});
