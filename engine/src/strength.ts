// How far a tireless guesser gets: guesses he can have verified on one name, and the chance that one of them is right.
import { shareWithin, ZIPF } from './mass.ts';
import { DAY, MINUTE } from './spans.ts';

/**
 * The chance that the password of one account is among the next `guesses` below a screening list of `size` entries, the
 * worst of the fitted distributions of {@link ZIPF}. Accounts whose password was screened use none above it, so that
 * what is left of the distribution counts as the whole (docs/lockout-simulation.md reckons alike).
 */
export function chanceWithin(guesses: number, size: number): number {
  if (!(guesses > 0)) return 0;
  const chances = Object.values(ZIPF).map(fit => {
    const left = 1 - shareWithin(size, fit);
    return left > 0 ? (shareWithin(size + guesses, fit) - shareWithin(size, fit)) / left : 1;
  });
  return Math.min(1, Math.max(...chances));
}

/**
 * Guesses that a plain counter lets through in a span: `failures` at once, then as many again after every `minutes`,
 * as systems without lanes do ("5 strikes, 30 min" of docs/lockout-simulation.md).
 */
export function countedGuesses(failures: number, minutes: number, span: number): number {
  return failures * Math.max(1, Math.floor(span / (minutes * MINUTE)));
}

/** Spans that strength is told over: what NIST counts in, and the length of the simulation. */
export const MONTH = 30 * DAY;
export const HALF_YEAR = 180 * DAY;
