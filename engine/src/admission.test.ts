import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, admit, examine, keepsCookie, laneFor, type Standing } from './admission.ts';
import { emptyLane, type Lane, settleLane } from './lane.ts';
import { lockFrom } from './lock.ts';
import { addMass, MASS_BUDGET } from './mass.ts';
import { BALANCED, CALM, CEILINGS, classic, laneRules, PROVE, STRICT } from './policy.ts';
import { DAY, MINUTE } from './spans.ts';

const NOW = Date.UTC(2026, 0, 1);
const stranger: Attempt = { at: NOW, knownDevice: false, familiarNetwork: false, listed: false };
const plain: Standing = {
  policy: BALANCED,
  alarm: false,
  suspectSource: false,
  screened: true,
  mass: null,
  elsewhere: 0,
};

/** Wrong passwords at one moment until the lane is refused. */
function exhaust(attempt: Attempt, standing: Standing): { lane: Lane; verified: number } {
  let lane = emptyLane(NOW);
  for (let verified = 0; ; verified++) {
    const found = admit(attempt, standing, lane);
    if (found.kind !== 'verify' && found.kind !== 'wrong') return { lane, verified };
    lane = settleLane(found.lane, laneRules(standing.policy, found.by), attempt.at, 'wrong');
  }
}

describe('admission', () => {
  it('picks the best lane an attempt qualifies for', () => {
    expect(laneFor({ ...stranger, knownDevice: true, familiarNetwork: true }, true)).toBe('knownDevice');
    expect(laneFor({ ...stranger, familiarNetwork: true }, true)).toBe('familiarNetwork');
    expect(laneFor(stranger, false)).toBe('strangers');
    expect(laneFor(stranger, true)).toBe('alarm');
  });

  it('L4 ten thousand strangers leave the lanes of the known device and the familiar network untouched', () => {
    let strangers = emptyLane(NOW);
    for (let i = 0; i < 10_000; i++) {
      const found = admit(stranger, plain, strangers);
      if (found.kind === 'verify')
        strangers = settleLane(found.lane, laneRules(BALANCED, 'strangers'), NOW, 'wrong');
    }
    expect(lockFrom({ ...strangers, kind: 'strangers' }, BALANCED, NOW)).not.toBeNull();
    expect(admit({ ...stranger, knownDevice: true }, plain, emptyLane(NOW)).kind).toBe('verify');
    expect(admit({ ...stranger, familiarNetwork: true }, plain, emptyLane(NOW)).kind).toBe('verify');
  });

  it('verifies five from strangers, two under the alarm, ten from a familiar network, twenty from a known device', () => {
    expect(exhaust(stranger, plain).verified).toBe(5);
    expect(exhaust(stranger, { ...plain, alarm: true }).verified).toBe(2);
    expect(exhaust({ ...stranger, familiarNetwork: true }, plain).verified).toBe(10);
    expect(exhaust({ ...stranger, knownDevice: true }, plain).verified).toBe(20);
  });

  it('L11 while locked, the answer does not depend on the password, nor on source or weather', () => {
    const { lane } = exhaust(stranger, plain);
    const answers = [false, true].flatMap(listed =>
      [false, true].map(suspectSource => admit({ ...stranger, listed }, { ...plain, suspectSource }, lane)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ kind: 'locked', lock: { limit: 'short', until: NOW + 30 * MINUTE } });
    const later = admit({ ...stranger, at: NOW + MINUTE }, plain, lane);
    expect(later).toMatchObject({ lock: { since: NOW, until: NOW + 30 * MINUTE } });
  });

  it('never hashes a listed password of a screened account, and lets strangers prove themselves instead', () => {
    const listed = { ...stranger, listed: true };
    expect(admit(listed, plain, emptyLane(NOW))).toMatchObject({ kind: 'prove', because: 'listed' });
    expect(admit({ ...listed, familiarNetwork: true }, plain, emptyLane(NOW)).kind).toBe('wrong');
    expect(admit({ ...listed, knownDevice: true }, plain, emptyLane(NOW)).kind).toBe('wrong');
  });

  it('charges a listed guess like any other miss', () => {
    expect(exhaust({ ...stranger, listed: true, familiarNetwork: true }, plain).verified).toBe(10);
  });

  it('verifies listed passwords of accounts not yet screened within a budget of probability, devices exempt', () => {
    const listed = { ...stranger, listed: true, familiarNetwork: true };
    const spent = addMass({ guessed: 0, at: NOW }, NOW, MASS_BUDGET);
    const fresh = { ...plain, screened: false, mass: { guessed: 0, at: NOW } };
    expect(admit(listed, fresh, emptyLane(NOW)).kind).toBe('verify');
    expect(admit(listed, { ...fresh, mass: spent }, emptyLane(NOW))).toMatchObject({ because: 'mass' });
    expect(admit({ ...listed, knownDevice: true }, { ...fresh, mass: spent }, emptyLane(NOW)).kind).toBe(
      'verify',
    );
    expect(admit({ ...listed, familiarNetwork: false }, fresh, emptyLane(NOW))).toMatchObject({
      because: 'listed',
    });
  });

  it('asks strangers from a suspect source for a proof, and nobody else', () => {
    const suspect = { ...plain, suspectSource: true };
    expect(admit(stranger, suspect, emptyLane(NOW))).toMatchObject({ kind: 'prove', because: 'source' });
    expect(admit({ ...stranger, familiarNetwork: true }, suspect, emptyLane(NOW)).kind).toBe('verify');
    expect(admit({ ...stranger, knownDevice: true }, suspect, emptyLane(NOW)).kind).toBe('verify');
  });

  it('where strangers always prove, never looks at their password', () => {
    const found = admit(stranger, { ...plain, policy: PROVE }, emptyLane(NOW));
    expect(found).toMatchObject({ kind: 'prove', because: 'policy' });
    expect(exhaust({ ...stranger, familiarNetwork: true }, { ...plain, policy: PROVE }).verified).toBe(10);
  });

  it('holds one ceiling over all lanes of a kind', () => {
    const elsewhere = CEILINGS.familiarNetwork - 3;
    expect(exhaust({ ...stranger, familiarNetwork: true }, { ...plain, elsewhere }).verified).toBe(3);
    const { lane } = exhaust({ ...stranger, familiarNetwork: true }, { ...plain, elsewhere });
    expect(lockFrom({ ...lane, kind: 'familiarNetwork' }, BALANCED, NOW, elsewhere)).toMatchObject({
      limit: 'ceiling',
      until: null,
      waysOut: ['prove', 'known-device', 'administrator'],
    });
  });

  it('takes the cookie of a device after ten misses in a row', () => {
    let lane = emptyLane(NOW);
    for (let misses = 0; misses < 10; misses++) {
      expect(keepsCookie(lane)).toBe(true);
      const found = admit({ ...stranger, knownDevice: true }, plain, lane);
      if (found.kind !== 'verify') throw new Error(found.kind);
      lane = settleLane(found.lane, laneRules(BALANCED, 'knownDevice'), NOW, 'wrong');
    }
    expect(keepsCookie(lane)).toBe(false);
  });

  it('examine agrees with admit, and spends nothing', () => {
    const attempts = fc.record({
      knownDevice: fc.boolean(),
      familiarNetwork: fc.boolean(),
      listed: fc.boolean(),
    });
    const standings = fc.record({
      policy: fc.constantFrom(CALM, BALANCED, STRICT, PROVE, classic(3, 5)),
      alarm: fc.boolean(),
      suspectSource: fc.boolean(),
      screened: fc.boolean(),
      elsewhere: fc.integer({ min: 0, max: 60 }),
    });
    const lanes = fc.record({
      value: fc.double({ min: 0, max: 60, noNaN: true }),
      misses: fc.nat({ max: 60 }),
    });
    fc.assert(
      fc.property(attempts, standings, lanes, (attempt, standing, { value, misses }) => {
        const bucket = { value, at: NOW - DAY };
        const lane = { short: bucket, long: bucket, misses, pending: 0 };
        const full = { ...standing, mass: { guessed: 0, at: NOW } };
        const looked = examine({ ...attempt, at: NOW }, full, lane);
        const admitted = admit({ ...attempt, at: NOW }, full, lane);
        expect(admitted.kind).toBe(looked.kind);
        expect(admitted.by).toBe(looked.by);
        if ('lane' in looked) expect(looked.lane).toBe(lane);
        if ('lane' in admitted) expect(admitted.lane.misses).toBe(misses + 1);
      }),
    );
  });
});
