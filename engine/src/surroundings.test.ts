import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLane, spendLane } from './lane.ts';
import { forget, MARKS_KEPT, type Mark, pinFormer, recognise, remember } from './marks.ts';
import {
  addMass,
  isMassLeft,
  MASS_BUDGET,
  MASS_HALVES_IN,
  massAt,
  rankMass,
  shareWithin,
  ZIPF,
} from './mass.ts';
import { becomeFamiliar, FAMILIAR_FOR, FAMILIAR_KEPT, isFamiliar } from './networks.ts';
import { FACTOR_RULES, isCodeAlive, MESSAGE_RULES, proofRules } from './proofs.ts';
import { settlement } from './settlement.ts';
import { BLAME_HALVES_IN, blame, blameAt, blameLimit, isSuspect } from './sources.ts';
import { DAY } from './spans.ts';
import { endDay, FAIR, isAlarm, sprayThreshold, watch } from './spray.ts';

const NOW = Date.UTC(2026, 0, 1);

describe('marks', () => {
  it('recognise a repeat for a day and a former password for thirty', () => {
    let marks = remember([], 'slip', NOW);
    marks = pinFormer(marks, 'old', NOW);
    expect(recognise(marks, 'slip', NOW)).toBeNull();
    marks = remember(marks, 'slip', NOW);
    expect(recognise(marks, 'slip', NOW + DAY - 1)).toBe('repeated');
    expect(recognise(marks, 'slip', NOW + DAY)).toBeNull();
    expect(recognise(marks, 'old', NOW + 30 * DAY - 1)).toBe('former');
    expect(recognise(marks, 'old', NOW + 30 * DAY)).toBeNull();
    expect(forget(marks, NOW).map(one => one.mark)).toEqual(['old']);
  });

  it('drop the oldest plain one for the seventeenth', () => {
    let marks: readonly Mark[] = [];
    for (let i = 0; i < MARKS_KEPT; i++) marks = remember(marks, `slip${i}`, NOW + i);
    marks = remember(marks, 'slip0', NOW + 50);
    marks = remember(marks, 'one more', NOW + 51);
    expect(recognise(marks, 'slip0', NOW + 60)).toBe('repeated');
    expect(recognise(marks, 'slip1', NOW + 60)).toBeNull();
    expect(recognise(marks, 'slip2', NOW + 60)).toBe('repeated');
  });

  it('keep at most sixteen plain ones, never lose a former one, and never know what was not remembered', () => {
    const word = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
    const words = fc.array(fc.tuple(word, fc.nat({ max: DAY / 10 })), { maxLength: 80 });
    fc.assert(
      fc.property(words, list => {
        let marks: readonly Mark[] = pinFormer([], 'former', NOW);
        let now = NOW;
        const seen = new Set<string>();
        for (const [word, step] of list) {
          now = Math.min(now + step, NOW + 29 * DAY);
          const known = recognise(marks, word, now);
          if (known) expect(seen.has(word)).toBe(true);
          marks = remember(marks, word, now);
          seen.add(word);
          expect(recognise(marks, word, now)).toBe('repeated');
          expect(marks.filter(one => !one.former).length).toBeLessThanOrEqual(MARKS_KEPT);
          expect(recognise(remember(marks, 'former', now), 'former', now)).toBe('former');
        }
      }),
    );
  });
});

describe('sources', () => {
  it('forget half of the blame in twelve hours, and none of it when the clock goes back', () => {
    const source = { blame: 8, at: NOW };
    expect(blameAt(source, NOW + BLAME_HALVES_IN)).toBe(4);
    expect(blameAt(source, NOW - DAY)).toBe(8);
    expect(blame(source, NOW - DAY, 1)).toEqual({ blame: 9, at: NOW });
  });

  it('an office earns its headroom, up to a hundred people', () => {
    expect(blameLimit(0)).toBe(6);
    expect(blameLimit(25)).toBe(56);
    expect(blameLimit(100_000)).toBe(206);
    expect(isSuspect({ blame: 6, at: NOW }, 0, NOW)).toBe(true);
    expect(isSuspect({ blame: 50, at: NOW }, 25, NOW)).toBe(false);
  });
});

describe('the watch for sprays', () => {
  it('raises the alarm above five accounts, one per cent, and four times the usual, for a day', () => {
    expect(sprayThreshold(FAIR, 20)).toBe(5);
    expect(sprayThreshold(FAIR, 20_000)).toBe(200);
    const stormy = watch(FAIR, 201, 20_000, NOW);
    expect(isAlarm(watch(FAIR, 200, 20_000, NOW), NOW)).toBe(false);
    expect(isAlarm(stormy, NOW + DAY - 1)).toBe(true);
    expect(isAlarm(stormy, NOW + DAY)).toBe(false);
  });

  it('cannot be trained to overlook more than two per cent of the accounts', () => {
    const touches = fc.array(fc.integer({ min: 0, max: 1e9 }), { maxLength: 400 });
    fc.assert(
      fc.property(touches, fc.integer({ min: 1_000, max: 1e7 }), (days, accounts) => {
        const weather = days.reduce((now, touched) => endDay(now, touched, accounts), FAIR);
        expect(sprayThreshold(weather, accounts)).toBeLessThanOrEqual(0.02 * accounts);
        expect(weather.average).toBeLessThanOrEqual(0.005 * accounts);
      }),
    );
  });

  it('never shortens an alarm that holds', () => {
    const raised = watch(FAIR, 100, 100, NOW);
    expect(watch(raised, 100, 100, NOW - DAY).alarmUntil).toBe(raised.alarmUntil);
  });
});

describe('guessed mass', () => {
  it('is the Zipf share of the rank, ends the budget, and halves in ninety days', () => {
    expect(shareWithin(10)).toBeCloseTo(0.0576, 4);
    expect(rankMass(1)).toBe(ZIPF.rockYou.c);
    expect(rankMass(0)).toBe(0);
    const spent = addMass({ guessed: 0, at: NOW }, NOW, MASS_BUDGET);
    expect(isMassLeft(spent, NOW)).toBe(false);
    expect(massAt(spent, NOW + MASS_HALVES_IN)).toBe(MASS_BUDGET / 2);
    expect(isMassLeft(spent, NOW - DAY)).toBe(false);
    expect(addMass(spent, NOW, -1)).toEqual(spent);
  });

  it('adds up over the ranks to the share within them', () => {
    let sum = 0;
    for (let rank = 1; rank <= 1_000; rank++) sum += rankMass(rank, ZIPF.csdn);
    expect(sum).toBeCloseTo(shareWithin(1_000, ZIPF.csdn), 9);
  });
});

describe('familiar networks', () => {
  it('are forgotten after sixty days, and at most sixteen are kept, the newest', () => {
    const one = becomeFamiliar([], 'home', NOW);
    expect(isFamiliar(one, 'home', NOW + FAMILIAR_FOR - 1)).toBe(true);
    expect(isFamiliar(one, 'home', NOW + FAMILIAR_FOR)).toBe(false);
    // Out of order, as two server processes may store them.
    const shuffled = Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
    let many = one;
    for (const i of shuffled) many = becomeFamiliar(many, `net${i}`, NOW + i);
    expect(many).toHaveLength(FAMILIAR_KEPT);
    expect(isFamiliar(many, 'net39', NOW + 40)).toBe(true);
    expect(isFamiliar(many, 'net0', NOW + 40)).toBe(false);
    expect(isFamiliar(many, 'home', NOW + 40)).toBe(false);
  });
});

describe('settlement', () => {
  it('gives a stranger three recent slips back, a known device all', () => {
    expect(settlement('strangers', 'right', 9).credit).toBe(3);
    expect(settlement('strangers', 'right', 1).credit).toBe(1);
    expect(settlement('knownDevice', 'right', 0).credit).toBe(Number.POSITIVE_INFINITY);
    expect(settlement('strangers', 'wrong', 9).credit).toBe(0);
  });

  it('blames the place for new misses only, and watches strangers only', () => {
    expect(settlement('strangers', 'wrong', 0)).toMatchObject({ blame: 1, touches: true, remember: true });
    expect(settlement('alarm', 'wrong', 0, true)).toMatchObject({ blame: 3, touches: true, remember: false });
    expect(settlement('familiarNetwork', 'wrong', 0)).toMatchObject({ blame: 1, touches: false });
    expect(settlement('knownDevice', 'wrong', 0)).toMatchObject({ blame: 0, touches: false });
    expect(settlement('strangers', 'repeated', 0)).toMatchObject({
      blame: 0,
      touches: false,
      remember: true,
    });
    expect(settlement('strangers', 'former', 0)).toMatchObject({ blame: 0, touches: false, stale: true });
  });
});

describe('lanes of proofs', () => {
  it('L6 five codes in a quarter of an hour, a hundred in a row; one sent code dies after five misses', () => {
    let lane = emptyLane(NOW);
    let verified = 0;
    for (let at = NOW; at < NOW + 2 * DAY; at += 60_000) {
      const spent = spendLane(lane, FACTOR_RULES, at);
      if (spent.ok) verified += 1;
      lane = spent.lane;
      if (at === NOW + 15 * 60_000) expect(verified).toBe(5);
    }
    expect(verified).toBe(100);
    expect([0, 4, 5].map(isCodeAlive)).toEqual([true, true, false]);
  });

  it("deal the hundred out among those who ask, so that strangers cannot spend the owner's way out", () => {
    const kinds = ['knownDevice', 'familiarNetwork', 'strangers'] as const;
    expect(kinds.reduce((sum, kind) => sum + proofRules(kind).ceiling, 0)).toBe(FACTOR_RULES.ceiling);
  });

  it('L29 messages to one recipient end at three at once', () => {
    let lane = emptyLane(NOW);
    let sent = 0;
    for (let i = 0; i < 100; i++) {
      const spent = spendLane(lane, MESSAGE_RULES, NOW);
      if (spent.ok) sent += 1;
      lane = spent.lane;
    }
    expect(sent).toBe(3);
  });
});
