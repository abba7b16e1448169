// The leaky bucket: one number and one moment; no counter to reset, no timer to run.
import { END_OF_TIME } from './spans.ts';

/** How full the bucket was at one moment (milliseconds since 1970). */
export interface Bucket {
  readonly value: number;
  readonly at: number;
}

/**
 * What a bucket holds and how it drains. It closes when another try would overflow it, and opens again once it
 * has drained to `reopenAt`. `0` makes it pause: five tries, half an hour, five fresh ones; it counts in whole
 * tries, so that slow tries are as many as quick ones and the pause is a full one. `capacity - 1` makes it drip:
 * single tries come free one by one.
 */
export interface BucketRule {
  readonly capacity: number;
  readonly leakPerMs: number;
  readonly reopenAt: number;
}

export type Spent =
  | { readonly ok: true; readonly bucket: Bucket }
  | { readonly ok: false; readonly bucket: Bucket; readonly until: number | null };

/** A bucket nobody has spent from. */
export function emptyBucket(now: number): Bucket {
  return { value: 0, at: now };
}

/**
 * How full the bucket is at `now`. A clock that went backwards, or is no number at all, drains nothing.
 * SQL, on `float8` columns: `greatest(0, value - $leak * greatest(0, $now - at))`
 */
export function level(bucket: Bucket, rule: BucketRule, now: number): number {
  const elapsed = later(bucket.at, now) - bucket.at;
  return Math.max(0, bucket.value - rule.leakPerMs * elapsed);
}

/**
 * Whether a try may be spent at `now`. The stored value says how full the last try left it, hence whether
 * the bucket has closed; the level says whether it has opened again.
 * SQL: `$capacity >= 1 and (value <= $capacity - 1 or <level> <= least($reopen, $capacity - 1))`
 */
export function isOpen(bucket: Bucket, rule: BucketRule, now: number): boolean {
  if (!(rule.capacity >= 1)) return false;
  return bucket.value <= rule.capacity - 1 || level(bucket, rule, now) <= reopening(rule);
}

/**
 * Takes one try out of the bucket, or tells when the next one comes free. A refusal changes nothing, so
 * hammering on a closed bucket never prolongs the wait.
 * SQL: `update … set value = <level> + 1, at = greatest(at, $now) where <is open>`, and `ceil(<level>) + 1` for
 * a bucket that pauses
 */
export function spend(bucket: Bucket, rule: BucketRule, now: number): Spent {
  if (!isOpen(bucket, rule, now)) return { ok: false, bucket, until: untilFree(bucket, rule, now) };
  const before = level(bucket, rule, now);
  const value = (rule.reopenAt > 0 ? before : Math.ceil(before)) + 1;
  return { ok: true, bucket: { value, at: later(bucket.at, now) } };
}

/**
 * Gives tries back, never below empty; an amount that is not positive changes nothing.
 * SQL: `update … set value = greatest(0, <level> - $amount), at = greatest(at, $now)`
 */
export function refund(bucket: Bucket, rule: BucketRule, now: number, amount = 1): Bucket {
  if (!(amount > 0)) return bucket;
  return { value: Math.max(0, level(bucket, rule, now) - amount), at: later(bucket.at, now) };
}

/**
 * The first whole millisecond at which a try may be spent: `now` when it is open, `null` when waiting alone
 * never opens it.
 */
export function untilFree(bucket: Bucket, rule: BucketRule, now: number): number | null {
  if (isOpen(bucket, rule, now)) return now;
  if (!(rule.capacity >= 1) || !(rule.leakPerMs > 0)) return null;
  let until = Math.ceil(bucket.at + (bucket.value - reopening(rule)) / rule.leakPerMs);
  if (!(until < END_OF_TIME)) return null;
  // Division and multiplication round differently: settle on the very millisecond at which isOpen turns.
  while (!isOpen(bucket, rule, until)) until += 1;
  while (until - 1 > now && isOpen(bucket, rule, until - 1)) until -= 1;
  return until;
}

function reopening(rule: BucketRule): number {
  return Math.max(0, Math.min(rule.reopenAt, rule.capacity - 1));
}

function later(at: number, now: number): number {
  return Number.isFinite(now) && now > at ? now : at;
}
