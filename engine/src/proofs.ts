// Lanes of the proofs themselves: second factors, one-time codes, and the messages that carry them.
import type { LaneRules } from './policy.ts';
import { DAY, MINUTE } from './spans.ts';

/** NIST SP 800-63B-4 3.2.2: at most 100 consecutive failed attempts on one authenticator. */
const CEILING = 100;

/**
 * Per account and factor, on the server: a new flow, a new cookie, a resent code keep the count. Five in a
 * quarter of an hour; a six-digit code that drifts one step then yields to a hundred guesses with 0.03 %.
 */
export const FACTOR_RULES: LaneRules = {
  short: { capacity: 5, leakPerMs: 5 / (15 * MINUTE), reopenAt: 0 },
  long: { capacity: 20, leakPerMs: 20 / DAY, reopenAt: 19 },
  ceiling: CEILING,
};

/** Recovery codes typed for one account, through whatever flow. They never touch the lanes of sign-in. */
export const RECOVERY_RULES: LaneRules = FACTOR_RULES;

/** One code sent by message dies after so many misses; asking for another neither revives it nor resets the lane. */
export const CODE_MISSES = 5;

/** Messages to one recipient: the next code at once, a third if it got lost, then patience; ten a day. */
export const MESSAGE_RULES: LaneRules = {
  short: { capacity: 3, leakPerMs: 3 / (15 * MINUTE), reopenAt: 2 },
  long: { capacity: 10, leakPerMs: 10 / DAY, reopenAt: 9 },
  ceiling: Number.MAX_SAFE_INTEGER,
};

/** Whether one sent code may still be tried, given the misses it has seen. */
export function isCodeAlive(misses: number): boolean {
  return misses < CODE_MISSES;
}
