// One lane: two buckets and the run of misses; spent before the hash, settled after it.
import { type Bucket, emptyBucket, isOpen, level, refund, spend, untilFree } from './bucket.ts';
import type { LaneRules } from './policy.ts';
import { SECOND } from './spans.ts';

export interface Lane {
  readonly short: Bucket;
  readonly long: Bucket;
  /** Consecutive misses, tries under way counted as misses until they settle. */
  readonly misses: number;
  /** Tries spent and not yet settled. */
  readonly pending: number;
}

export type LaneSpent =
  | { readonly ok: true; readonly lane: Lane }
  | { readonly ok: false; readonly lane: Lane; readonly until: number | null };

/**
 * How a verified try turned out: `repeated` is a wrong password already counted, `former` one the account
 * used to have, `dropped` a try that was never verified (queue full).
 */
export type Verdict = 'right' | 'wrong' | 'repeated' | 'former' | 'dropped';

/** How long a reservation may stay unsettled before nobody waits for it: a hash takes a tenth of this. */
export const PENDING_FOR = 10 * SECOND;

/** A lane nobody has spent from. */
export function emptyLane(now: number): Lane {
  return { short: emptyBucket(now), long: emptyBucket(now), misses: 0, pending: 0 };
}

/** The lane of strangers to a typed name, before its first try. */
export const strangersLane = emptyLane;

/** Whether the lane takes a try at `now`. */
export function isLaneOpen(lane: Lane, rules: LaneRules, now: number): boolean {
  return (
    lane.misses < rules.ceiling && isOpen(lane.short, rules.short, now) && isOpen(lane.long, rules.long, now)
  );
}

/**
 * Reserves one try before the slow hash; both scales and the ceiling must allow it.
 * SQL: one `insert … on conflict do update set <short>, <long>, misses = misses + 1, pending = pending + 1
 * where <short is open> and <long is open> and misses < $ceiling returning *`; the insert itself only where
 * both capacities are at least 1. No row returned means refused, and nothing was written. The short value is
 * `ceil(<level>) + 1`, as its bucket pauses.
 */
export function spendLane(lane: Lane, rules: LaneRules, now: number): LaneSpent {
  if (!isLaneOpen(lane, rules, now)) return { ok: false, lane, until: laneUntil(lane, rules, now) };
  return {
    ok: true,
    lane: {
      short: spend(lane.short, rules.short, now).bucket,
      long: spend(lane.long, rules.long, now).bucket,
      misses: lane.misses + 1,
      pending: lane.pending + 1,
    },
  };
}

/**
 * Settles one reserved try. Right: the try and up to `credit` earlier strikes come back and the run of misses
 * ends, but tries still under way stay counted. Repeated, former, dropped: the try comes back. Wrong: it stays.
 * SQL: `update … set value = greatest(0, <level> - 1 - least($credit, greatest(0, <level> - 1 - pending'))) …`
 * with `pending' = greatest(0, pending - 1)`.
 */
export function settleLane(lane: Lane, rules: LaneRules, now: number, verdict: Verdict, credit = 0): Lane {
  const pending = Math.max(0, lane.pending - 1);
  if (verdict === 'wrong') return { ...lane, pending };
  if (verdict !== 'right') {
    return {
      short: refund(lane.short, rules.short, now),
      long: refund(lane.long, rules.long, now),
      misses: Math.max(0, lane.misses - 1),
      pending,
    };
  }
  const giveBack = (bucket: Bucket, rule: LaneRules['short']) => {
    const earlier = Math.max(0, level(bucket, rule, now) - 1 - pending);
    return refund(bucket, rule, now, 1 + Math.min(Math.max(0, credit), earlier));
  };
  return {
    short: giveBack(lane.short, rules.short),
    long: giveBack(lane.long, rules.long),
    misses: pending,
    pending,
  };
}

/**
 * The first moment at which the whole lane takes a try: `now` when it is open, `null` when only a proof or an
 * administrator opens it.
 */
export function laneUntil(lane: Lane, rules: LaneRules, now: number): number | null {
  if (lane.misses >= rules.ceiling) return null;
  const short = untilFree(lane.short, rules.short, now);
  const long = untilFree(lane.long, rules.long, now);
  return short === null || long === null ? null : Math.max(short, long);
}

/**
 * Whether a refused try should wait a moment instead: tries under way may yet come back, and fifty right
 * sign-ins at once must all succeed (L2).
 */
export function worthWaiting(lane: Lane, now: number): boolean {
  return lane.pending > 0 && now - Math.max(lane.short.at, lane.long.at) < PENDING_FOR;
}

/**
 * The lane after its owner has proved himself by other means: the run of misses ends, the strikes stay, as the
 * proof has made his own device known.
 */
export function provenLane(lane: Lane): Lane {
  return { ...lane, misses: lane.pending };
}

/** The lane after a lift: by an administrator, by the owner from a known device, by a completed recovery. */
export function liftedLane(lane: Lane, now: number): Lane {
  return { ...emptyLane(now), pending: lane.pending };
}
