// Every number the simulation assumes, with where it comes from; printed into the report.
import { DAY, HOUR, MINUTE, SECOND } from '../../engine/src/index.ts';

export const START = Date.UTC(2026, 0, 1);
export const SEED = 20_260_101;

export const PEOPLE = {
  /** Mean time between visits, log-uniform between the two. */
  paceFrom: 12 * HOUR,
  paceTo: 30 * DAY,
  /** Devices that know the person: one to three. */
  devices: 3,
  officeSize: 25,
  /** Where a visit comes from; the rest is elsewhere. */
  office: 0.55,
  home: 0.25,
  mobile: 0.12,
  /** A carrier's exits change from visit to visit. */
  carriers: 10,
  exitsOfCarrier: 8,
  networksElsewhere: 50_000,
  /** Visits without a cookie. */
  newDevice: 0.015,
  clearedCookies: 0.02,
  privateWindow: 0.02,
  /** No second proof: whatever asks for one locks this person out. */
  withoutProof: 0.03,
} as const;

export const SLIPS = {
  /** Mistyped tries, and the part of caps lock in them: Chatterjee et al., pASSWORD tYPOS (S&P 2016). */
  mistyped: 0.05,
  capsLock: 0.14,
  /** Caps lock is repeated unchanged two times in three. */
  capsLockAgain: 2 / 3,
  /** Another of five own passwords. */
  otherPassword: 0.024,
  ownPasswords: 5,
  /** Forgotten at a visit, from the quickest to the slowest pace (linear in the logarithm). */
  forgottenFrom: 0.001,
  forgottenTo: 0.04,
  /** Chance to remember at each further try; half of the other tries are own passwords, half new inventions. */
  recalls: 0.3,
  tries: 12,
  between: 10 * SECOND,
} as const;

export const CHANGES = {
  /** Password changes a year. */
  aYear: 1,
  /** The old one is typed first in half of the next visits, and falling by this factor a visit. */
  oldFirst: 0.5,
  oldFading: 0.7,
} as const;

export const CLIENTS = {
  /** People with a client that keeps the password and polls. */
  share: 0.25,
  every: 15 * MINUTE,
  /** It goes stale at a change, and is mended after this long on average (exponential). */
  staleFor: 2 * DAY,
  withCookie: 0.4,
  fromHome: 0.3,
} as const;

/** An administrator lifts a lock so long after the owner first ran into it. */
export const ADMINISTRATOR_AFTER = 8 * HOUR;

export const ATTACK = {
  days: 180,
  sprayAddresses: 5_000,
  sprayGuessesADay: 2,
  /** How soon an attacker who hammers without pause notices that a lane has opened. */
  notices: 1 * SECOND,
} as const;

/**
 * Sizes of the list of common passwords: the one of the literature, and the one that ships. What the rules for habits
 * and a breach file catch beyond the list is not counted, as its rank among all passwords is not known.
 */
export const LISTS = { large: 100_000, shipped: 49_233 } as const;
