import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bucket,
  type BucketRule,
  emptyBucket,
  isOpen,
  level,
  refund,
  spend,
  untilFree,
} from './bucket.ts';
import { DAY, END_OF_TIME, MINUTE } from './spans.ts';

const START = Date.UTC(2026, 0, 1);

const rules = fc
  .record({
    capacity: fc.integer({ min: 0, max: 60 }),
    span: fc.integer({ min: 1, max: 400 * DAY }),
    leaks: fc.boolean(),
    pause: fc.boolean(),
  })
  .map(
    ({ capacity, span, leaks, pause }): BucketRule => ({
      capacity,
      leakPerMs: leaks ? Math.max(1, capacity) / span : 0,
      reopenAt: pause ? 0 : Math.max(0, capacity - 1),
    }),
  );

const buckets = fc.record({
  value: fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(0, 1e-300, 1e300, 5, 10)),
  at: fc.oneof(fc.constant(0), fc.integer({ min: START - 400 * DAY, max: START + 400 * DAY })),
});

const times = fc.oneof(fc.constant(0), fc.integer({ min: START - 800 * DAY, max: START + 800 * DAY }));

// Steps forward and backward, from a millisecond to months.
const steps = fc.array(
  fc.oneof(fc.integer({ min: -DAY, max: 3 * DAY }), fc.integer({ min: 0, max: 60_000 })),
  {
    maxLength: 120,
  },
);

describe('a bucket', () => {
  it('never hands out more tries than capacity and leak allow, in any window, whatever the clock does', () => {
    fc.assert(
      fc.property(rules, steps, (rule, walk) => {
        let bucket: Bucket = emptyBucket(START);
        let now = START;
        let latest = START;
        const spentAt: number[] = [];
        for (const step of walk) {
          now += step;
          latest = Math.max(latest, now);
          const spent = spend(bucket, rule, now);
          bucket = spent.bucket;
          if (spent.ok) spentAt.push(latest);
        }
        for (let first = 0; first < spentAt.length; first++) {
          for (let last = first; last < spentAt.length; last++) {
            const window = (spentAt[last] ?? 0) - (spentAt[first] ?? 0);
            expect(last - first + 1).toBeLessThanOrEqual(rule.capacity + rule.leakPerMs * window + 1e-6);
          }
        }
      }),
    );
  });

  it('opens at the very millisecond it promised, and not one earlier', () => {
    fc.assert(
      fc.property(buckets, rules, times, (bucket, rule, now) => {
        const until = untilFree(bucket, rule, now);
        if (isOpen(bucket, rule, now)) expect(until).toBe(now);
        else if (until !== null) {
          expect(until).toBeGreaterThan(now);
          expect(isOpen(bucket, rule, until)).toBe(true);
          expect(isOpen(bucket, rule, until - 1)).toBe(false);
          expect(until).toBeLessThanOrEqual(END_OF_TIME);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('that pauses counts slow tries like quick ones, and pauses in full after the last', () => {
    const rule = { capacity: 3, leakPerMs: 3 / MINUTE, reopenAt: 0 };
    let bucket = emptyBucket(START);
    for (const after of [0, 19_000, 38_000]) bucket = spend(bucket, rule, START + after).bucket;
    const closed = START + 38_000;
    expect(spend(bucket, rule, closed + 19_000)).toMatchObject({ ok: false, until: closed + MINUTE });
  });

  it('is not a millisecond late where division rounds up', () => {
    const rule = { capacity: 3, leakPerMs: 3 / 497, reopenAt: 0 };
    expect(untilFree({ value: 3, at: 0 }, rule, 0)).toBe(497);
  });

  it('once open stays open until somebody spends, and refusals neither change nor prolong it', () => {
    fc.assert(
      fc.property(
        buckets,
        rules,
        times,
        fc.integer({ min: 0, max: 900 * DAY }),
        (bucket, rule, now, wait) => {
          if (isOpen(bucket, rule, now)) expect(isOpen(bucket, rule, now + wait)).toBe(true);
          const spent = spend(bucket, rule, now);
          if (!spent.ok) expect(spent.bucket).toBe(bucket);
        },
      ),
    );
  });

  it('drains nothing when the clock goes backwards or is no number', () => {
    fc.assert(
      fc.property(buckets, rules, fc.integer({ min: 0, max: 900 * DAY }), (bucket, rule, back) => {
        for (const now of [
          bucket.at - back,
          Number.NaN,
          Number.POSITIVE_INFINITY,
          Number.NEGATIVE_INFINITY,
        ]) {
          expect(level(bucket, rule, now)).toBe(bucket.value);
          const spent = spend(bucket, rule, now);
          expect(spent.bucket.at).toBe(bucket.at);
          expect(refund(bucket, rule, now, 1).at).toBe(bucket.at);
        }
      }),
    );
  });

  it('takes back a refund exactly, never below empty, and gives nothing for amounts that are not positive', () => {
    fc.assert(
      fc.property(buckets, rules, times, fc.double(), (bucket, rule, now, amount) => {
        const after = refund(bucket, rule, now, amount);
        if (amount > 0) expect(after.value).toBe(Math.max(0, level(bucket, rule, now) - amount));
        else expect(after).toBe(bucket);
        expect(after.value).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('with no capacity is closed for good, and without a leak closes for good once full', () => {
    const none = { capacity: 0, leakPerMs: 1, reopenAt: 0 };
    expect(spend(emptyBucket(START), none, START)).toMatchObject({ ok: false, until: null });
    const once = { capacity: 1, leakPerMs: 0, reopenAt: 0 };
    const spent = spend(emptyBucket(START), once, START);
    expect(spent.ok).toBe(true);
    expect(untilFree(spent.bucket, once, START + 1_000 * DAY)).toBeNull();
  });

  it('L3 after a pause all tries are fresh: five tries, half an hour, five tries', () => {
    const rule = { capacity: 5, leakPerMs: 5 / (30 * MINUTE), reopenAt: 0 };
    let bucket = emptyBucket(START);
    for (let i = 0; i < 5; i++) bucket = spend(bucket, rule, START).bucket;
    expect(spend(bucket, rule, START)).toMatchObject({ ok: false, until: START + 30 * MINUTE });
    for (let i = 0; i < 5; i++) {
      const again = spend(bucket, rule, START + 30 * MINUTE);
      expect(again.ok).toBe(true);
      bucket = again.bucket;
    }
    expect(spend(bucket, rule, START + 30 * MINUTE).ok).toBe(false);
  });

  it('that drips gives one try at a time', () => {
    const rule = { capacity: 10, leakPerMs: 1 / DAY, reopenAt: 9 };
    let bucket = emptyBucket(START);
    for (let i = 0; i < 10; i++) bucket = spend(bucket, rule, START).bucket;
    expect(spend(bucket, rule, START)).toMatchObject({ ok: false, until: START + DAY });
    bucket = spend(bucket, rule, START + DAY).bucket;
    expect(spend(bucket, rule, START + DAY)).toMatchObject({ ok: false, until: START + 2 * DAY });
  });
});
