// Accounts whose password nobody has screened (imported hashes): a budget of guessed probability mass.
import { DAY } from './spans.ts';

/** Probability mass of the listed passwords tried on one account so far. */
export interface Mass {
  readonly guessed: number;
  readonly at: number;
}

/**
 * The share of all passwords that may be tried on an account, after Blocki and Zhang, DALock (2020), who lock
 * at 2⁻⁹ to 2⁻¹⁰ ("distribution-aware").
 */
export const MASS_BUDGET = 2 ** -10;
/** Half of the budget comes back in ninety days. */
export const MASS_HALVES_IN = 90 * DAY;

/** CDF-Zipf fits, P(rank ≤ r) = c·r^s: Wang et al., Zipf's Law in Passwords (TIFS 2017). */
export const ZIPF = {
  rockYou: { c: 0.037433, s: 0.187227 },
  csdn: { c: 0.058799, s: 0.148573 },
  yahoo: { c: 0.03315, s: 0.1811 },
} as const;

/** The share of people whose password is among the `rank` commonest. */
export function shareWithin(rank: number, fit: { c: number; s: number } = ZIPF.rockYou): number {
  return rank > 0 ? Math.min(1, fit.c * rank ** fit.s) : 0;
}

/** The share of people who use the password at exactly this rank of the list (1 is the commonest). */
export function rankMass(rank: number, fit: { c: number; s: number } = ZIPF.rockYou): number {
  return Math.max(0, shareWithin(rank, fit) - shareWithin(rank - 1, fit));
}

/** The mass still held against an account at `now`. SQL: `guessed * power(0.5, greatest(0, $now - at) / 7776000000.0)` */
export function massAt(mass: Mass, now: number): number {
  const elapsed = now > mass.at ? now - mass.at : 0;
  return mass.guessed * 0.5 ** (elapsed / MASS_HALVES_IN);
}

/** Whether another listed guess may be verified; one guess may overrun, as its weight is known by rank only. */
export function isMassLeft(mass: Mass, now: number): boolean {
  return massAt(mass, now) < MASS_BUDGET;
}

/** The mass after a listed guess of this weight has been verified and was wrong. */
export function addMass(mass: Mass, now: number, weight: number): Mass {
  return { guessed: massAt(mass, now) + Math.max(0, weight), at: Math.max(mass.at, now) };
}
