// The lanes in PostgreSQL against the engine's own arithmetic: the same walk must leave the same numbers.
import {
  BALANCED,
  CALM,
  classic,
  emptyLane,
  FACTOR_RULES,
  type Lane,
  type LaneRules,
  laneRules,
  MESSAGE_RULES,
  PROVE,
  STRICT,
  settleLane,
  spendLane,
  type Verdict,
} from '@latchkey/engine';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTest, type Test } from '../testing/harness.ts';
import { laneKey, peek, settle, spend } from './lanes.ts';

let test: Test;
beforeAll(async () => {
  test = await openTest();
});
afterAll(() => test.close());

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

const rules = fc.constantFrom<LaneRules>(
  ...[CALM, BALANCED, STRICT, PROVE, classic(3, 1), classic(5, 30)].flatMap(policy => [
    laneRules(policy, 'strangers'),
    laneRules(policy, 'alarm'),
    laneRules(policy, 'familiarNetwork'),
    laneRules(policy, 'knownDevice'),
  ]),
  FACTOR_RULES,
  MESSAGE_RULES,
);
const verdicts = fc.constantFrom<Verdict>('right', 'wrong', 'repeated', 'former', 'dropped');
// Forward by moments and by days, and backward; a reservation settles before the next spends or stays open a while.
const steps = fc.array(
  fc.record({
    step: fc.oneof(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: -DAY, max: 3 * DAY })),
    verdict: fc.option(verdicts),
    credit: fc.constantFrom(0, 1, 3, 1e6),
  }),
  { minLength: 1, maxLength: 25 },
);

let walks = 0;

describe('a stored lane', () => {
  it('L1 spends and settles exactly as the engine does, whatever the clock and the policy', async () => {
    await fc.assert(
      fc.asyncProperty(rules, rules, steps, async (first, second, walk) => {
        const key = laneKey(test.world, 'walk', String(++walks));
        let lane: Lane = emptyLane(START);
        let now = START;
        let touched = false;
        for (const [index, { step, verdict, credit }] of walk.entries()) {
          const law = index < walk.length / 2 ? first : second;
          now += step;
          const stored = await spend(test.world, { key, kind: 'strangers', rules: law, now });
          const lawful = spendLane(touched ? lane : emptyLane(now), law, now);
          expect(stored.ok).toBe(lawful.ok);
          if (!stored.ok && !lawful.ok) expect(stored.until).toBe(lawful.until);
          if (stored.ok) touched = true;
          // The store lets reservations of dead processes go, which the pure law cannot know of.
          lane = { ...lawful.lane, pending: stored.lane.pending };
          if (stored.ok && verdict) {
            await settle(test.world, { key, rules: law, now, verdict, credit });
            lane = settleLane(lane, law, now, verdict, credit);
          }
          expect(await peek(test.world, key)).toEqual(touched ? lane : null);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('L1 sells each try once, however many ask at the same moment', async () => {
    const law = laneRules(BALANCED, 'strangers');
    const key = laneKey(test.world, 'crowd');
    const asked = Array.from({ length: 60 }, () =>
      spend(test.world, { key, kind: 'strangers', rules: law, now: START }),
    );
    const sold = (await Promise.all(asked)).filter(spent => spent.ok);
    expect(sold).toHaveLength(5);
  });
});
