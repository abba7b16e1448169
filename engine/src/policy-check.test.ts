import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLane, settleLane, spendLane } from './lane.ts';
import {
  BALANCED,
  CALM,
  CEILINGS,
  classic,
  type LaneKind,
  laneRules,
  type Policy,
  PROVE,
  presetPolicy,
  STRICT,
} from './policy.ts';
import { BOUNDS, checkPolicy, guessesWithin } from './policy-check.ts';
import { DAY, HOUR } from './spans.ts';

const kinds = Object.keys(BOUNDS) as LaneKind[];

describe('the presets', () => {
  it('are all allowed, and only those that are lenient or harsh to strangers are warned about', () => {
    for (const policy of [CALM, BALANCED, STRICT, PROVE, classic(5, 30)])
      expect(checkPolicy(policy).faults).toEqual([]);
    expect(checkPolicy(BALANCED).warnings).toEqual([]);
    expect(checkPolicy(STRICT).warnings).toEqual([]);
    expect(checkPolicy(CALM).warnings).toEqual([{ kind: 'many-guesses', value: 50 }]);
    expect(checkPolicy(PROVE).warnings).toEqual([{ kind: 'strangers-prove', value: 0 }]);
    expect(checkPolicy(classic(5, 30)).warnings.map(one => one.kind)).toEqual(['many-guesses', 'no-alarm']);
  });

  it('deal out the hundred misses in a row that NIST SP 800-63B-4 3.2.2 allows, and not one more', () => {
    expect(CEILINGS.strangers + CEILINGS.familiarNetwork + CEILINGS.knownDevice).toBe(100);
    expect(CEILINGS.alarm).toBe(CEILINGS.strangers);
    for (const kind of kinds) {
      for (const policy of [CALM, BALANCED, STRICT, PROVE, classic(50, 1)]) {
        expect(laneRules(policy, kind).ceiling).toBe(CEILINGS[kind]);
      }
    }
  });

  it('are found by their name', () => {
    for (const name of ['calm', 'balanced', 'strict', 'prove', 'classic'] as const) {
      expect(presetPolicy(name).preset).toBe(name);
    }
    expect(presetPolicy('classic', 3, 10).lanes.strangers).toMatchObject({ tries: 3, pauseMinutes: 10 });
  });

  it('classic locks a typed name after so many failures for so many minutes, then gives them all again', () => {
    const rules = laneRules(classic(3, 10), 'strangers');
    let lane = emptyLane(0);
    const verified: number[] = [];
    for (let now = 0; now < 30 * 60_000; now += 1_000) {
      const spent = spendLane(lane, rules, now);
      if (spent.ok) verified.push(now / 1_000);
      lane = spent.ok ? settleLane(spent.lane, rules, now, 'wrong') : spent.lane;
    }
    expect(verified).toEqual([0, 1, 2, 602, 603, 604, 1204, 1205, 1206]);
  });
});

describe('a checked policy', () => {
  it('never closes known devices or familiar networks, whatever is asked', () => {
    for (const lane of ['knownDevice', 'familiarNetwork'] as const) {
      const closed = { tries: 0, pauseMinutes: 30, reserve: 0, perDay: 0 };
      const policy: Policy = { ...BALANCED, lanes: { ...BALANCED.lanes, [lane]: closed } };
      expect(checkPolicy(policy).faults.map(fault => fault.field)).toEqual(['tries', 'reserve', 'perDay']);
    }
  });

  it('refuses numbers that are none, not whole, zero or huge, and says the bounds', () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(0, -1, 1e300, Number.NaN, Number.POSITIVE_INFINITY, 2.5),
    );
    const field = fc.constantFrom('tries', 'pauseMinutes', 'reserve', 'perDay');
    fc.assert(
      fc.property(fc.constantFrom(...kinds), field, number, (lane, name, value) => {
        const lanes = { ...BALANCED.lanes, [lane]: { ...BALANCED.lanes[lane], [name]: value } };
        const { faults } = checkPolicy({ ...BALANCED, lanes });
        const [min, max] = BOUNDS[lane][name];
        const whole = name === 'perDay' || name === 'pauseMinutes' || Number.isInteger(value);
        const sound = value >= min && value <= max && whole;
        expect(faults.length).toBe(sound ? 0 : 1);
        if (!sound) expect(faults[0]).toMatchObject({ lane, field: name, min, max });
      }),
    );
  });

  it('says truly how many guesses it sells: no walk of a tireless stranger gets more', () => {
    const policies = fc.constantFrom(
      CALM,
      BALANCED,
      STRICT,
      PROVE,
      classic(1, 1),
      classic(5, 30),
      classic(50, 1_440),
    );
    fc.assert(
      fc.property(
        policies,
        fc.constantFrom(...kinds),
        fc.integer({ min: 1, max: 60 }),
        (policy, kind, days) => {
          const rules = laneRules(policy, kind);
          let lane = emptyLane(0);
          let verified = 0;
          for (let now = 0; now <= days * DAY; now += HOUR) {
            for (let spent = spendLane(lane, rules, now); spent.ok; spent = spendLane(lane, rules, now)) {
              lane = settleLane(spent.lane, rules, now, 'wrong');
              verified += 1;
            }
          }
          expect(verified).toBeLessThanOrEqual(guessesWithin(policy, kind, days * DAY));
        },
      ),
    );
  });
});
