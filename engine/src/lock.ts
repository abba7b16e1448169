// A spent lane told as a lock: since when, until when, and what helps.
import { isOpen } from './bucket.ts';
import { isLaneOpen, type Lane, laneUntil } from './lane.ts';
import { type LaneKind, type LaneRules, laneRules, type Policy } from './policy.ts';

/** What helps: wait; prove who you are; use a device you are known on; ask an administrator. */
export type WayOut = 'wait' | 'prove' | 'known-device' | 'administrator';

/** Which limit holds: the pause, the long scale, the run of misses, or a lane the policy keeps closed. */
export type Limit = 'short' | 'long' | 'ceiling' | 'closed';

export interface LaneLock {
  readonly cause: 'failed-attempts';
  readonly limit: Limit;
  readonly since: number;
  /** The first moment a try is possible; `null`: waiting alone does not help. */
  readonly until: number | null;
  readonly waysOut: readonly WayOut[];
}

/**
 * The lock that a lane amounts to at `now`, or `null` when it takes tries. It depends on nothing but the lane,
 * so it is the same for names that do not exist. `elsewhere`: consecutive misses on the account's other lanes
 * of this kind, which share one ceiling.
 */
export function lockFrom(
  lane: Lane & { readonly kind: LaneKind },
  policy: Policy,
  now: number,
  elsewhere = 0,
): LaneLock | null {
  const rules = withinCeiling(laneRules(policy, lane.kind), elsewhere);
  if (isLaneOpen(lane, rules, now)) return null;
  const until = laneUntil(lane, rules, now);
  const waysOut: WayOut[] = until === null ? ['prove'] : ['wait', 'prove'];
  if (lane.kind !== 'knownDevice') waysOut.push('known-device');
  waysOut.push('administrator');
  const limit = limitOf(lane, rules, now);
  // Refusals leave a bucket untouched, so its moment is that of the try which closed it.
  const since = limit === 'closed' ? now : Math.max(lane.short.at, lane.long.at);
  return { cause: 'failed-attempts', limit, since, until, waysOut };
}

/** The rules of a lane whose account already has misses in a row on its other lanes of the same kind. */
export function withinCeiling(rules: LaneRules, elsewhere: number): LaneRules {
  return elsewhere > 0 ? { ...rules, ceiling: rules.ceiling - elsewhere } : rules;
}

function limitOf(lane: Lane, rules: LaneRules, now: number): Limit {
  if (rules.short.capacity < 1 || rules.long.capacity < 1) return 'closed';
  if (lane.misses >= rules.ceiling) return 'ceiling';
  return isOpen(lane.long, rules.long, now) ? 'short' : 'long';
}
