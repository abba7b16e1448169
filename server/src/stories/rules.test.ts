// A6: each of the six signals, and which of them decides.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Heard,
  inLog,
  type Logged,
  othersLocked,
  ownBehaviour,
  SIGNALS,
  type Tries,
  unknown,
  verdict,
} from './rules.ts';

const tries = (part: Partial<Tries>): Tries => ({
  lane: 'strangers',
  count: 3,
  familiar: false,
  placeless: false,
  ...part,
});

describe('A6 own behaviour', () => {
  it.each([
    ['slips on a known device', [tries({ lane: 'knownDevice' })], 'normal', 'own-slips'],
    ['slips in a familiar network', [tries({ lane: 'familiarNetwork' })], 'normal', 'own-slips'],
    [
      'a place that has become familiar since',
      [tries({ familiar: true }), tries({ lane: 'knownDevice' })],
      'normal',
      'own-slips',
    ],
    ['elsewhere', [tries({}), tries({ lane: 'alarm' })], 'abnormal', 'own-none'],
    ['some of each', [tries({}), tries({ familiar: true })], null, 'own-some'],
    ['behind a proxy that nobody named', [tries({ placeless: true })], null, 'own-placeless'],
    ['nothing known', [], null, 'own-unknown'],
  ] as const)('%s', (_, seen, speaks, because) => {
    expect(ownBehaviour('failed-attempts', [...seen])).toEqual({ kind: 'own-behaviour', speaks, because });
  });

  it('of a password that was exposed the owner has spoken himself', () => {
    expect(ownBehaviour('password-exposed', []).speaks).toBe('abnormal');
    expect(ownBehaviour('suspended', [tries({})]).speaks).toBeNull();
  });
});

describe('A6 other signals', () => {
  it('locks of others and the alarm point to an attack', () => {
    const seen = { alarm: false, others: 0, accounts: 300 };
    const heard = (part: Partial<typeof seen>) => {
      const { speaks, because } = othersLocked({ ...seen, ...part });
      return [speaks, because];
    };
    expect(heard({})).toEqual([null, 'no-others']);
    expect(heard({ others: 2 })).toEqual([null, 'few-others']);
    expect(heard({ others: 3 })).toEqual(['abnormal', 'others']);
    expect(heard({ others: 1, accounts: 6 })).toEqual(['abnormal', 'others']);
    expect(heard({ alarm: true })).toEqual(['abnormal', 'alarm']);
  });

  const lock = { cause: 'failed-attempts', since: '2026-01-01T00:00:00.000Z', until: null };
  const logged = (part: Partial<Logged>): Logged => ({ ...lock, chain: 'intact', ...part });
  it.each([
    ['agrees', logged({}), 'log-agrees', 'normal'],
    ['agrees and is not sealed yet', logged({ chain: 'unsealed' }), 'log-unsealed', 'normal'],
    ['was altered', logged({ chain: 'altered' }), 'log-altered', 'abnormal'],
    ['tells another beginning', logged({ since: '2026-01-01T00:00:00.001Z' }), 'log-differs', 'abnormal'],
    ['tells another end', logged({ until: lock.since }), 'log-differs', 'abnormal'],
    ['tells another cause', logged({ cause: 'suspended' }), 'log-differs', 'abnormal'],
    ['knows nothing', null, 'log-missing', 'abnormal'],
  ] as const)('a log that %s', (_, entry, because, speaks) => {
    expect(inLog(lock, entry)).toEqual({ kind: 'log', because, speaks });
  });

  it('a log is not asked about what it does not keep', () => {
    expect(inLog(null, null).speaks).toBeNull();
  });

  it('nothing is known yet of notices, maintenance and support', () => {
    expect(Object.values(unknown).map(one => one.speaks)).toEqual([null, null, null]);
  });
});

describe('A6 verdict', () => {
  const heard = (said: Partial<Record<(typeof SIGNALS)[number], 'normal' | 'abnormal'>>): Heard[] =>
    SIGNALS.map(kind => ({ kind, speaks: said[kind] ?? null, because: 'no-notice' }));

  it.each([
    [{}, null],
    [{ log: 'normal' }, null],
    [{ log: 'normal', 'own-behaviour': 'normal' }, true],
    [{ log: 'abnormal', 'own-behaviour': 'normal', support: 'normal' }, false],
    [{ 'own-behaviour': 'normal', 'others-locked': 'abnormal' }, true],
    [{ 'own-behaviour': 'abnormal', maintenance: 'normal' }, false],
    [{ support: 'normal', 'own-behaviour': 'abnormal' }, true],
    [{ maintenance: 'normal', 'others-locked': 'abnormal' }, true],
    [{ notice: 'normal', 'others-locked': 'abnormal' }, true],
    [{ 'others-locked': 'abnormal' }, false],
  ] as const)('of %j is %s', (said, expected) => {
    expect(verdict(heard(said))).toBe(expected);
  });

  it('never calls normal what the log does not bear out, and does not depend on the order', () => {
    const speaks = fc.constantFrom('normal' as const, 'abnormal' as const, null);
    const all = fc.tuple(...SIGNALS.map(() => speaks));
    fc.assert(
      fc.property(all, said => {
        const signals = SIGNALS.map(
          (kind, i): Heard => ({
            kind,
            speaks: said[i] ?? null,
            because: 'no-notice',
          }),
        );
        const found = verdict(signals);
        expect(verdict(signals.toReversed())).toBe(found);
        if (said.at(-1) === 'abnormal') expect(found).toBe(false);
        if (said.slice(0, -1).every(one => one === null) && said.at(-1) !== 'abnormal')
          expect(found).toBeNull();
      }),
    );
  });
});
