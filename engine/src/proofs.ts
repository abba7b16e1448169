// Lanes of the proofs themselves: second factors, one-time codes, and the messages that carry them.
import { CEILINGS, type LaneKind, type LaneRules } from './policy.ts';
import { DAY, MINUTE } from './spans.ts';

// NIST SP 800-63B-4 3.2.2: at most 100 consecutive failed attempts on one authenticator.
const CEILING = 100;
const SHORT = { capacity: 5, leakPerMs: 5 / (15 * MINUTE), reopenAt: 0 };

/**
 * Per account and factor, on the server: a new flow, a new cookie, a resent code keep the count. Five in a
 * quarter of an hour; even with one step of drift a hundred guesses find a six-digit code with 0.03 %.
 */
export const FACTOR_RULES: LaneRules = {
  short: SHORT,
  // No long scale of its own: the ceiling ends patience after five hours.
  long: { capacity: CEILING, leakPerMs: SHORT.leakPerMs, reopenAt: CEILING - 1 },
  ceiling: CEILING,
};

/** Recovery codes typed for one account, through whatever flow. They never touch the lanes of sign-in. */
export const RECOVERY_RULES: LaneRules = FACTOR_RULES;

/**
 * The same, dealt out by who is asking. Where strangers can reach a proof by a name alone, give known devices,
 * familiar networks and strangers lanes of their own: else anybody could spend the owner's way out. An
 * unguessable link in the same message needs no lane at all, and stays open when all of these are spent.
 */
export function proofRules(by: LaneKind): LaneRules {
  return { ...FACTOR_RULES, ceiling: CEILINGS[by] };
}

/** One code sent by message dies after so many misses; asking for another neither revives it nor resets the lane. */
export const CODE_MISSES = 5;

/** Messages to one recipient: the next code at once, a third if it got lost, then a quarter of an hour; ten a day. */
export const MESSAGE_RULES: LaneRules = {
  short: { capacity: 3, leakPerMs: 3 / (15 * MINUTE), reopenAt: 0 },
  long: { capacity: 10, leakPerMs: 10 / DAY, reopenAt: 9 },
  ceiling: Number.MAX_SAFE_INTEGER,
};

/** Whether one sent code may still be tried, given the misses it has seen. */
export function isCodeAlive(misses: number): boolean {
  return misses < CODE_MISSES;
}
