import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyLane,
  isLaneOpen,
  type Lane,
  laneUntil,
  liftedLane,
  PENDING_FOR,
  provenLane,
  settleLane,
  spendLane,
  type Verdict,
  worthWaiting,
} from './lane.ts';
import { BALANCED, CALM, classic, type LaneKind, laneRules, PROVE, STRICT } from './policy.ts';
import { DAY, MINUTE } from './spans.ts';

const START = Date.UTC(2026, 0, 1);
const policies = fc.oneof(
  fc.constantFrom(CALM, BALANCED, STRICT, PROVE),
  fc
    .record({ failures: fc.integer({ min: 1, max: 50 }), minutes: fc.integer({ min: 1, max: 1_440 }) })
    .map(c => classic(c.failures, c.minutes)),
);
const kinds = fc.constantFrom<LaneKind>('knownDevice', 'familiarNetwork', 'strangers', 'alarm');
const verdicts = fc.constantFrom<Verdict>('right', 'wrong', 'repeated', 'former', 'dropped');

/** Spends until refused at one moment, settling nothing. */
function drain(lane: Lane, rules: ReturnType<typeof laneRules>, now: number): { lane: Lane; spent: number } {
  let spent = 0;
  for (;;) {
    const next = spendLane(lane, rules, now);
    if (!next.ok) return { lane, spent };
    lane = next.lane;
    spent += 1;
  }
}

describe('a lane', () => {
  it('L1 never verifies more than both scales and the ceiling allow, in any window, whatever the clock does', () => {
    const walk = fc.array(fc.oneof(fc.integer({ min: -DAY, max: 4 * DAY }), fc.constant(0)), {
      maxLength: 150,
    });
    fc.assert(
      fc.property(policies, kinds, walk, (policy, kind, steps) => {
        const rules = laneRules(policy, kind);
        let lane = emptyLane(START);
        let now = START;
        let latest = START;
        const at: number[] = [];
        for (const step of steps) {
          now += step;
          latest = Math.max(latest, now);
          const spent = spendLane(lane, rules, now);
          if (spent.ok) at.push(latest);
          lane = spent.ok ? settleLane(spent.lane, rules, now, 'wrong') : lane;
        }
        expect(at.length).toBeLessThanOrEqual(rules.ceiling);
        at.forEach((from, first) => {
          at.slice(first).forEach((to, more) => {
            for (const rule of [rules.short, rules.long]) {
              expect(more + 1).toBeLessThanOrEqual(rule.capacity + rule.leakPerMs * (to - from) + 1e-6);
            }
          });
        });
      }),
    );
  });

  it('counts strikes exactly: what is spent is what was missed or is under way, whatever order they settle in', () => {
    const moves = fc.array(fc.oneof(fc.constant('spend' as const), verdicts), { maxLength: 80 });
    fc.assert(
      fc.property(kinds, moves, (kind, list) => {
        const rules = laneRules(BALANCED, kind);
        let lane = emptyLane(START);
        let pending = 0;
        let missed = 0;
        for (const move of list) {
          if (move === 'spend') {
            const spent = spendLane(lane, rules, START);
            lane = spent.lane;
            if (spent.ok) pending += 1;
          } else if (pending > 0) {
            lane = settleLane(lane, rules, START, move);
            pending -= 1;
            if (move === 'wrong') missed += 1;
          }
          expect(lane.pending).toBe(pending);
          expect(lane.short.value).toBe(pending + missed);
          expect(lane.long.value).toBe(pending + missed);
          expect(lane.misses).toBeGreaterThanOrEqual(pending);
        }
      }),
    );
  });

  it('never opens before the moment it names, and then does', () => {
    const history = fc.array(fc.tuple(fc.integer({ min: -DAY, max: 2 * DAY }), verdicts), { maxLength: 60 });
    fc.assert(
      fc.property(
        policies,
        kinds,
        history,
        fc.integer({ min: 0, max: 60 * DAY }),
        (policy, kind, list, ahead) => {
          const rules = laneRules(policy, kind);
          let lane = emptyLane(START);
          let now = START;
          for (const [step, verdict] of list) {
            now += step;
            const spent = spendLane(lane, rules, now);
            lane = spent.ok ? settleLane(spent.lane, rules, now, verdict) : spent.lane;
          }
          const until = laneUntil(lane, rules, now);
          if (until === null) expect(isLaneOpen(lane, rules, now + ahead)).toBe(false);
          else {
            expect(isLaneOpen(lane, rules, until)).toBe(true);
            if (until > now) expect(isLaneOpen(lane, rules, Math.min(until - 1, now + ahead))).toBe(false);
          }
        },
      ),
    );
  });

  it('survives a policy change in mid-lock: no strike is lost, no budget is handed out twice', () => {
    fc.assert(
      fc.property(policies, policies, kinds, fc.integer({ min: 0, max: 20 }), (before, after, kind, days) => {
        const first = drain(emptyLane(START), laneRules(before, kind), START);
        const rules = laneRules(after, kind);
        const now = START + days * DAY;
        const second = drain(first.lane, rules, now);
        // What the new policy grants is at most its own budget over the whole time; old strikes count in it.
        const granted = Math.min(rules.short.capacity, rules.long.capacity, rules.ceiling);
        expect(second.spent).toBeLessThanOrEqual(granted);
        if (days === 0)
          expect(first.spent + second.spent).toBeLessThanOrEqual(Math.max(first.spent, granted));
        const until = laneUntil(second.lane, rules, now);
        if (until !== null) expect(isLaneOpen(second.lane, rules, until)).toBe(true);
      }),
    );
  });

  it('L2 fifty right sign-ins at once all pass, each waiting at most for those under way', () => {
    const rules = laneRules(BALANCED, 'strangers');
    let lane = emptyLane(START);
    let done = 0;
    let underWay = 0;
    while (done < 50) {
      const spent = spendLane(lane, rules, START);
      if (spent.ok && done + underWay < 50) {
        lane = spent.lane;
        underWay += 1;
        continue;
      }
      expect(worthWaiting(lane, START)).toBe(true);
      lane = settleLane(lane, rules, START, 'right');
      underWay -= 1;
      done += 1;
    }
    expect(lane).toEqual(emptyLane(START));
  });

  it('is not waited for when nothing is under way, nor for a reservation whose process died', () => {
    const rules = laneRules(BALANCED, 'strangers');
    const { lane } = drain(emptyLane(START), rules, START);
    expect(worthWaiting(lane, START + 1)).toBe(true);
    expect(worthWaiting(lane, START + PENDING_FOR)).toBe(false);
    let settled = lane;
    for (let i = 0; i < 5; i++) settled = settleLane(settled, rules, START, 'wrong');
    expect(worthWaiting(settled, START)).toBe(false);
  });

  it('L16 the same wrong password, or a former one, costs nothing however often it comes', () => {
    const rules = laneRules(STRICT, 'strangers');
    let lane = emptyLane(START);
    for (let i = 0; i < 1_000; i++) {
      const spent = spendLane(lane, rules, START + i);
      expect(spent.ok).toBe(true);
      lane = settleLane(spent.lane, rules, START + i, i % 2 ? 'repeated' : 'former');
    }
    expect(lane).toMatchObject({ misses: 0, pending: 0 });
  });

  it('gives credit for the right password, but never for tries still under way', () => {
    const rules = laneRules(BALANCED, 'knownDevice');
    let lane = emptyLane(START);
    for (let i = 0; i < 4; i++) lane = spendLane(lane, rules, START).lane;
    lane = settleLane(lane, rules, START, 'wrong');
    lane = settleLane(lane, rules, START, 'right', Number.POSITIVE_INFINITY);
    expect(lane).toMatchObject({ pending: 2, misses: 2, short: { value: 2 }, long: { value: 2 } });
  });

  it('closes at the ceiling until a proof, and a proof ends the run without giving strikes back', () => {
    const rules = laneRules(classic(50, 1), 'strangers');
    const { lane, spent } = drain(emptyLane(START), rules, START);
    expect(spent).toBe(50);
    const settled = { ...lane, pending: 0 };
    expect(laneUntil(settled, rules, START + 1_000 * DAY)).toBeNull();
    expect(laneUntil(provenLane(settled), rules, START)).toBe(START + MINUTE);
    expect(isLaneOpen(liftedLane(settled, START), rules, START)).toBe(true);
  });
});
