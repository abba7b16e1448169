// Keeps a workspace from choosing a foolish policy: hard bounds, and warnings with their price in guesses.
import { CEILINGS, type LaneKind, type LanePolicy, laneRules, type Policy } from './policy.ts';
import { DAY } from './spans.ts';

/** A number outside its bounds: the policy must not be stored. */
export interface PolicyFault {
  readonly lane: LaneKind;
  readonly field: keyof LanePolicy;
  readonly kind: 'not-a-number' | 'not-whole' | 'too-small' | 'too-large';
  readonly min: number;
  readonly max: number;
}

/** Allowed, but to be said aloud before storing. */
export interface PolicyWarning {
  readonly kind:
    | 'many-guesses' // a patient stranger gets more than the target allows
    | 'few-tries' // strangers' lane closes on honest slips
    | 'long-pause' // owners on a new device wait longer than they will
    | 'no-alarm' // the alarm lane is no narrower than the strangers'
    | 'strangers-prove'; // people without a second proof cannot use a new device
  readonly value: number;
}

type Bounds = Readonly<Record<keyof LanePolicy, readonly [min: number, max: number]>>;

/**
 * Bounds per lane. Known devices and familiar networks can be narrowed but never closed, so no policy can
 * lock owners out; no lane may allow more at once than its share of the NIST hundred.
 */
export const BOUNDS: Readonly<Record<LaneKind, Bounds>> = {
  knownDevice: { tries: [10, 20], pauseMinutes: [1, 1_440], reserve: [10, 20], perDay: [10, 100] },
  familiarNetwork: { tries: [3, 30], pauseMinutes: [1, 1_440], reserve: [3, 30], perDay: [1 / 10, 5_000] },
  strangers: { tries: [0, 50], pauseMinutes: [1, 1_440], reserve: [0, 50], perDay: [0, 72_000] },
  alarm: { tries: [0, 50], pauseMinutes: [1, 1_440], reserve: [0, 50], perDay: [0, 72_000] },
};

/** Guesses at one account in thirty days above which a policy is warned about (lockout.md's target). */
export const GUESSES_A_MONTH = 40;

/** All faults and warnings of a policy; it may be stored when there is no fault. */
export function checkPolicy(policy: Policy): {
  readonly faults: readonly PolicyFault[];
  readonly warnings: readonly PolicyWarning[];
} {
  const faults = (Object.keys(BOUNDS) as LaneKind[]).flatMap(lane => laneFaults(lane, policy.lanes[lane]));
  return { faults, warnings: faults.length > 0 ? [] : policyWarnings(policy) };
}

/** How many passwords a tireless stranger can have verified at one name in a span, proofs aside. */
export function guessesWithin(policy: Policy, lane: LaneKind, span: number): number {
  const { short, long, ceiling } = laneRules(policy, lane);
  const most = Math.min(
    short.capacity + short.leakPerMs * span,
    long.capacity + long.leakPerMs * span,
    ceiling,
    CEILINGS[lane],
  );
  return short.capacity < 1 || long.capacity < 1 ? 0 : Math.floor(most);
}

function laneFaults(lane: LaneKind, numbers: LanePolicy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  for (const field of ['tries', 'pauseMinutes', 'reserve', 'perDay'] as const) {
    const [min, max] = BOUNDS[lane][field];
    const value = numbers[field];
    const whole = field === 'tries' || field === 'reserve';
    const kind = !Number.isFinite(value)
      ? 'not-a-number'
      : value < min
        ? 'too-small'
        : value > max
          ? 'too-large'
          : whole && !Number.isInteger(value)
            ? 'not-whole'
            : null;
    if (kind) faults.push({ lane, field, kind, min, max });
  }
  return faults;
}

function policyWarnings(policy: Policy): PolicyWarning[] {
  const warnings: PolicyWarning[] = [];
  const { strangers } = policy.lanes;
  const guesses = guessesWithin(policy, 'strangers', 30 * DAY);
  if (guesses > GUESSES_A_MONTH) warnings.push({ kind: 'many-guesses', value: guesses });
  if (strangers.tries < 1 || strangers.reserve < 1) {
    warnings.push({ kind: 'strangers-prove', value: 0 });
  } else {
    if (strangers.tries < 3) warnings.push({ kind: 'few-tries', value: strangers.tries });
    if (strangers.pauseMinutes > 120) warnings.push({ kind: 'long-pause', value: strangers.pauseMinutes });
    const alarmed = guessesWithin(policy, 'alarm', DAY);
    if (alarmed >= guessesWithin(policy, 'strangers', DAY))
      warnings.push({ kind: 'no-alarm', value: alarmed });
  }
  return warnings;
}
