// Replays of made records: small ones whose numbers can be reckoned by hand.
import { classic, DAY, HOUR, type LaneKind, MINUTE, type Policy, presetPolicy } from '@latchkey/engine';
import { describe, expect, it } from 'vitest';
import { MANY_DEVICES } from '../arrivals/rules.ts';
import type { Arrivals } from './policy.ts';
import { Replay } from './preview-replay.ts';
import { type Happening, MANY_NETWORKS, place, type Try, type Turn } from './preview-visits.ts';

const start = Date.UTC(2026, 0, 5);
const usual: Arrivals = { newDevice: 'tell', abnormal: 'prove' };
const policies = {
  balanced: presetPolicy('balanced'),
  strict: presetPolicy('strict'),
  prove: presetPolicy('prove'),
  classic: classic(5, 30),
};

function one(at: number, turn: Turn, more: Partial<Try> = {}): Try {
  const lane: LaneKind = more.lane ?? 'strangers';
  const source = more.source ?? 'stranger';
  const placed = lane === 'knownDevice' ? 'phone' : lane === 'familiarNetwork' ? source : '';
  return { at, until: at, count: 1, account: 1, lane, place: placed, source, turn, ...more };
}

const times = (count: number, every: number, make: (at: number) => Try, from = start) =>
  Array.from({ length: count }, (_, index) => make(from + index * every));

function run(policy: Policy, happenings: Happening[], arrivals = usual) {
  const sorted = [...happenings].sort((a, b) => a.at - b.at);
  const work = place(sorted, 3);
  let step = work.next();
  while (!step.done) step = work.next();
  const replay = new Replay(policy, arrivals);
  for (const placed of step.value) replay.step(placed);
  return replay.figures();
}

describe('strangers', () => {
  it('who hammer on one name get five, and the rest is stopped', () => {
    const attack = times(100, 1_000, at => one(at, 'wrong'));
    for (const policy of [policies.balanced, policies.strict, policies.classic])
      expect(run(policy, attack).strangers).toEqual({
        tries: 100,
        verified: 5,
        stopped: 95,
        names: 1,
        locked: 1,
      });
    expect(run(policies.prove, attack).strangers).toMatchObject({ verified: 0, stopped: 100, locked: 0 });
  });

  it('who are patient meet the long scale, which the old way has not', () => {
    // Every hour for ten days. The long scale of ten: ten at once, then one a day or one in four days.
    const patient = times(240, HOUR, at => one(at, 'wrong'));
    expect(run(policies.balanced, patient).strangers.verified).toBe(19);
    expect(run(policies.strict, patient).strangers.verified).toBe(12);
    // One an hour never fills five in half an hour: the run of fifty misses is what stops it.
    expect(run(policies.classic, patient).strangers.verified).toBe(50);
  });

  it('are told from one another by the name, and every name counts once', () => {
    const spray = [1, 2, 3, 4].flatMap(account =>
      times(account === 4 ? 6 : 2, 1_000, at => one(at, 'wrong', { account })),
    );
    expect(run(policies.balanced, spray).strangers).toEqual({
      tries: 12,
      verified: 11,
      stopped: 1,
      names: 4,
      locked: 1,
    });
  });

  it('have refusals replayed that were told in sums, evenly over their time', () => {
    const sum = one(start, 'unseen', { count: 1_000_001, until: start + HOUR });
    // Five at once, half an hour, five fresh ones; the second pause is not quite over at the end.
    expect(run(policies.balanced, [sum]).strangers).toMatchObject({ tries: 1_000_001, verified: 10 });
    expect(run(policies.classic, [sum]).strangers.verified).toBe(10);
    expect(run(policies.prove, [sum]).strangers).toMatchObject({ verified: 0, stopped: 1_000_001 });
  });

  it('spend nothing by repeats, nor by what is asked for a proof', () => {
    const repeats = times(40, 1_000, at => one(at, 'repeated'));
    expect(run(policies.balanced, repeats).strangers).toMatchObject({ verified: 40, locked: 0 });
    expect(run(policies.balanced, [one(start, 'listed')]).strangers).toMatchObject({
      verified: 0,
      stopped: 1,
    });
  });

  it('find a lane fresh again that somebody has lifted', () => {
    const attack = times(10, 1_000, at => one(at, 'wrong'));
    const lift: Happening = { at: start + 5_500, account: 1, turn: 'lift' };
    // Five of the first six, then the four that come after the lift.
    expect(run(policies.balanced, [...attack, lift]).strangers.verified).toBe(9);
  });
});

describe('owners', () => {
  const right = (at: number, more: Partial<Try> = {}) =>
    one(at, 'right', { device: 'd1', network: '203.0.113.0/24', ...more });

  it('who slip and then get in are one visit, and their slips nobody else’s', () => {
    const slips = times(3, MINUTE, at => one(at, 'wrong', { source: 'home' }));
    const visit = [...slips, right(start + 5 * MINUTE, { source: 'home', newDevice: true })];
    expect(run(policies.balanced, visit)).toMatchObject({
      owners: { visits: 1, refused: 0, asked: 0 },
      strangers: { tries: 0, names: 0, locked: 0 },
    });
    expect(run(classic(2, 30), visit).owners).toEqual({ visits: 1, refused: 1, asked: 0 });
    expect(run(policies.prove, visit).owners).toEqual({ visits: 1, refused: 0, asked: 1 });
  });

  it('are not blamed for what came from elsewhere, nor longer than half an hour before', () => {
    const happenings = [
      one(start, 'wrong', { source: 'home' }),
      one(start + 20 * MINUTE, 'wrong', { source: 'far away' }),
      one(start + 40 * MINUTE, 'wrong', { source: 'home' }),
      right(start + 41 * MINUTE, { source: 'home' }),
    ];
    const { owners, strangers } = run(policies.balanced, happenings);
    expect([owners.visits, strangers.tries]).toEqual([1, 2]);
  });

  it('on a known device pass while strangers hammer; on a new one they meet the lock', () => {
    const attack = times(200, 1_000, at => one(at, 'wrong'));
    const known = right(start + 150_000, { lane: 'knownDevice', place: 'phone', source: 'home' });
    const fresh = right(start + 160_000, { source: 'hotel', newDevice: true, device: 'd2' });
    expect(run(policies.balanced, [...attack, known]).owners).toEqual({ visits: 1, refused: 0, asked: 0 });
    expect(run(policies.balanced, [...attack, known, fresh]).owners).toEqual({
      visits: 2,
      refused: 1,
      asked: 0,
    });
    expect(run(policies.prove, [...attack, known, fresh]).owners).toEqual({
      visits: 2,
      refused: 0,
      asked: 1,
    });
  });

  it('who proved themselves are taken back to where they came by', () => {
    const attack = times(9, 1_000, at => one(at, 'wrong'));
    const proved = right(start + 60_000, {
      lane: 'knownDevice',
      place: 'laptop',
      source: 'hotel',
      proved: true,
    });
    expect(run(policies.balanced, [...attack, proved]).owners).toEqual({ visits: 1, refused: 1, asked: 0 });
    const later = right(start + DAY, { lane: 'knownDevice', place: 'laptop', source: 'hotel', proved: true });
    expect(run(policies.balanced, [...attack, proved, later]).owners).toEqual({
      visits: 2,
      refused: 1,
      asked: 0,
    });
  });

  it('in an office share nothing but the source: each has a lane, and runs apart by half an hour are visits', () => {
    const office = [1, 2, 3].flatMap(account =>
      times(6, MINUTE, at => one(at, 'wrong', { account, lane: 'familiarNetwork', source: 'office' })),
    );
    const again = one(start + HOUR, 'wrong', { account: 1, lane: 'familiarNetwork', source: 'office' });
    expect(run(policies.balanced, [...office, again])).toMatchObject({
      owners: { visits: 4, refused: 0 },
      strangers: { tries: 0 },
    });
    const narrow: Policy = {
      preset: 'custom',
      lanes: {
        ...policies.balanced.lanes,
        familiarNetwork: { tries: 3, pauseMinutes: 30, reserve: 3, perDay: 1 },
      },
    };
    expect(run(narrow, [...office, again]).owners).toEqual({ visits: 4, refused: 4, asked: 0 });
  });

  it('on new devices are asked when the draft says so, but for their first visit on record', () => {
    const visits = [0, 1, 2, 3].map(index =>
      right(start + index * HOUR, {
        source: `place ${index}`,
        network: `198.51.${index}.0/24`,
        newDevice: true,
        device: `d${index}`,
      }),
    );
    expect(run(policies.balanced, visits, { newDevice: 'tell', abnormal: 'tell' }).owners.asked).toBe(0);
    expect(run(policies.balanced, visits, { newDevice: 'prove', abnormal: 'tell' }).owners.asked).toBe(3);
    expect(run(policies.balanced, visits, usual).owners.asked).toBe(2);
  });

  it('are judged by the same number of networks as arrivals are', () => {
    expect(MANY_NETWORKS).toBe(MANY_DEVICES);
  });
});
