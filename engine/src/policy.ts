// What a workspace may choose about locks, and the presets to choose from.
import type { BucketRule } from './bucket.ts';
import { DAY, MINUTE } from './spans.ts';

/** The lanes of sign-in: who an attempt can show itself to be before its password is looked at. */
export type LaneKind = 'knownDevice' | 'familiarNetwork' | 'strangers' | 'alarm';

export type Preset = 'calm' | 'balanced' | 'strict' | 'prove' | 'classic';

/** Four lanes in numbers of one's own; whoever stores them holds them against the bounds first. */
export type Custom = 'custom';

/** One lane's numbers as people read them: so many tries at once, the pause after, then so many a day. */
export interface LanePolicy {
  /** Tries at once; 0 closes the lane: whoever comes by it must prove himself. */
  readonly tries: number;
  /** Minutes until the short scale is whole again. */
  readonly pauseMinutes: number;
  /** Tries of the long scale, before it drips. */
  readonly reserve: number;
  /** Tries a day that the long scale gives back. */
  readonly perDay: number;
}

export interface Policy {
  readonly preset: Preset | Custom;
  readonly lanes: Readonly<Record<LaneKind, LanePolicy>>;
}

/** A lane as arithmetic: what a store's conditional statement takes as its parameters. */
export interface LaneRules {
  /** The familiar scale: a few tries, a pause, all fresh again. Its bucket always pauses. */
  readonly short: BucketRule;
  /** The patient scale: what makes waiting useless to a guesser. Its bucket always drips. */
  readonly long: BucketRule;
  /** Consecutive misses after which only a proof opens the lane. */
  readonly ceiling: number;
}

/**
 * NIST SP 800-63B-4 3.2.2 allows 100 consecutive failed attempts on one account. They are dealt out, so that
 * no group of callers can use up another's share: strangers and familiar networks 80, known devices 20. The
 * share is the account's: over its several devices or networks, `Lane.misses` is to be their sum.
 */
export const CEILINGS: Readonly<Record<LaneKind, number>> = {
  knownDevice: 20,
  familiarNetwork: 30,
  strangers: 50,
  alarm: 50,
};

/** Consecutive misses that cost one device its cookie: half of the twenty, so a stolen one cannot burn them. */
export const DEVICE_MISSES = 10;

// 20 at once, 24 a day: nobody but the holder of the cookie can spend it, so it only has to be finite.
const KNOWN_DEVICE: LanePolicy = { tries: 20, pauseMinutes: 30, reserve: 20, perDay: 24 };

// Five tries and half an hour are what people know (and ASVS 5.0 6.3.1 asks for a documented limit); ten in
// reserve and the rates a day come from the simulation (docs/lockout-simulation.md).
function lanes(strangersADay: number, familiarADay: number, alarmADay: number): Policy['lanes'] {
  return {
    knownDevice: KNOWN_DEVICE,
    familiarNetwork: { tries: 10, pauseMinutes: 30, reserve: 10, perDay: familiarADay },
    strangers: { tries: 5, pauseMinutes: 30, reserve: 10, perDay: strangersADay },
    alarm: { tries: 2, pauseMinutes: 30, reserve: 2, perDay: alarmADay },
  };
}

const CLOSED: LanePolicy = { tries: 0, pauseMinutes: 30, reserve: 0, perDay: 0 };

/** Lenient towards strangers: four tries a day to one name in the long run. */
export const CALM: Policy = { preset: 'calm', lanes: lanes(4, 6, 1) };

/** The default: one try a day in the long run. */
export const BALANCED: Policy = { preset: 'balanced', lanes: lanes(1, 1, 1 / 2) };

/** For workspaces under constant attack: one try in four days. */
export const STRICT: Policy = { preset: 'strict', lanes: lanes(1 / 4, 1, 1 / 10) };

/** A stranger's password is never looked at before a proof. */
export const PROVE: Policy = {
  preset: 'prove',
  lanes: { ...lanes(0, 1, 0), strangers: CLOSED, alarm: CLOSED },
};

/**
 * "As our old system": strangers to one name get `failures` tries together, then a pause of `minutes`, and so
 * on up to the ceiling, without a long scale and without the alarm; known devices keep their own tries.
 */
export function classic(failures: number, minutes: number): Policy {
  const strangers: LanePolicy = {
    tries: failures,
    pauseMinutes: minutes,
    reserve: Math.max(failures, CEILINGS.strangers),
    perDay: (failures * DAY) / (minutes * MINUTE),
  };
  return { preset: 'classic', lanes: { ...BALANCED.lanes, strangers, alarm: strangers } };
}

/** The preset by its name; `classic` without numbers is 5 failures, 30 minutes. */
export function presetPolicy(preset: Preset, failures = 5, minutes = 30): Policy {
  switch (preset) {
    case 'calm':
      return CALM;
    case 'balanced':
      return BALANCED;
    case 'strict':
      return STRICT;
    case 'prove':
      return PROVE;
    case 'classic':
      return classic(failures, minutes);
  }
}

/** The arithmetic of one lane under a policy. */
export function laneRules(policy: Policy, kind: LaneKind): LaneRules {
  const { tries, pauseMinutes, reserve, perDay } = policy.lanes[kind];
  return {
    short: { capacity: tries, leakPerMs: perSpan(tries, pauseMinutes * MINUTE), reopenAt: 0 },
    long: { capacity: reserve, leakPerMs: perDay / DAY, reopenAt: Math.max(0, reserve - 1) },
    ceiling: CEILINGS[kind],
  };
}

function perSpan(tries: number, span: number): number {
  return span > 0 ? tries / span : 0;
}
