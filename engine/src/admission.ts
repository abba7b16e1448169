// Before the hash: which lane an attempt comes by, and whether its password is looked at at all.
import { type Lane, spendLane } from './lane.ts';
import { type LaneLock, lockFrom, withinCeiling } from './lock.ts';
import { isMassLeft, type Mass } from './mass.ts';
import { DEVICE_MISSES, type LaneKind, laneRules, type Policy } from './policy.ts';

/** What an attempt shows before its password is verified. */
export interface Attempt {
  readonly at: number;
  /** It carries a cookie of a device that is known for this very account and has not lost it. */
  readonly knownDevice: boolean;
  /** This account has signed in well from this network (see {@link isFamiliar}). */
  readonly familiarNetwork: boolean;
  /** The password stands in the list that new passwords are screened against. */
  readonly listed: boolean;
}

/** What is known about the name, the place and the weather. A name that does not exist counts as screened. */
export interface Standing {
  readonly policy: Policy;
  readonly alarm: boolean;
  /** Strangers from this source must prove themselves. */
  readonly suspectSource: boolean;
  /** The account's own password was checked against the same list when it was set. */
  readonly screened: boolean;
  /** Listed mass already tried on an account that was not screened. */
  readonly mass: Mass | null;
  /** Consecutive misses on the account's other lanes of the same kind: they share one ceiling. */
  readonly elsewhere: number;
}

/** Why a stranger is asked for a proof before his password is looked at. */
export type Reason = 'policy' | 'listed' | 'source' | 'mass';

/**
 * `verify`: one try is spent, hash it and settle. `wrong`: one try is spent, answer as wrong without hashing.
 * `prove`: nothing is spent, ask for a proof. `locked`: nothing is spent, and the answer must not depend on
 * the password.
 */
export type Admission =
  | { readonly kind: 'verify' | 'wrong'; readonly by: LaneKind; readonly lane: Lane }
  | { readonly kind: 'prove'; readonly by: LaneKind; readonly because: Reason }
  | { readonly kind: 'locked'; readonly by: LaneKind; readonly lock: LaneLock };

/** The best lane an attempt qualifies for. It never falls through to a lesser one: spent means prove or wait. */
export function laneFor(attempt: Attempt, alarm: boolean): LaneKind {
  if (attempt.knownDevice) return 'knownDevice';
  if (attempt.familiarNetwork) return 'familiarNetwork';
  return alarm ? 'alarm' : 'strangers';
}

/**
 * Admits an attempt to `lane`, the state of the lane that {@link laneFor} names. A store that spends by a
 * conditional statement calls {@link examine} with the row it has read, then spends, and takes a refusal as
 * `locked`.
 */
export function admit(attempt: Attempt, standing: Standing, lane: Lane): Admission {
  const found = examine(attempt, standing, lane);
  if (found.kind === 'prove' || found.kind === 'locked') return found;
  const rules = withinCeiling(laneRules(standing.policy, found.by), standing.elsewhere);
  const spent = spendLane(lane, rules, attempt.at);
  return { kind: found.kind, by: found.by, lane: spent.lane };
}

/** Like {@link admit}, without spending. */
export function examine(attempt: Attempt, standing: Standing, lane: Lane): Admission {
  const by = laneFor(attempt, standing.alarm);
  const lock = lockFrom({ ...lane, kind: by }, standing.policy, attempt.at, standing.elsewhere);
  if (lock?.limit === 'closed') return { kind: 'prove', by, because: 'policy' };
  if (lock) return { kind: 'locked', by, lock };
  if (by === 'strangers' || by === 'alarm') {
    if (standing.suspectSource) return { kind: 'prove', by, because: 'source' };
    if (attempt.listed) return { kind: 'prove', by, because: 'listed' };
  } else if (attempt.listed && standing.screened) {
    return { kind: 'wrong', by, lane };
  } else if (attempt.listed && by === 'familiarNetwork' && standing.mass) {
    // Known devices are exempt: else a colleague's guesses would shut the owner out of his own machine.
    if (!isMassLeft(standing.mass, attempt.at)) return { kind: 'prove', by, because: 'mass' };
  }
  return { kind: 'verify', by, lane };
}

/** Whether a device keeps its cookie after this run of misses on it. */
export function keepsCookie(lane: Lane): boolean {
  return lane.misses < DEVICE_MISSES;
}
