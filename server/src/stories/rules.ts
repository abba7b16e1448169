// Whether a lock is as it should be: six signals, and which of them decides; pure.
import type { CauseName } from '../locks/locks.ts';

export const SIGNALS = ['notice', 'maintenance', 'own-behaviour', 'support', 'others-locked', 'log'] as const;

export type SignalKind = (typeof SIGNALS)[number];
export type Speaks = 'normal' | 'abnormal' | null;

/** Why a signal speaks as it does; each has its words. */
export type Because =
  | 'no-notice'
  | 'no-maintenance'
  | 'own-slips'
  | 'own-none'
  | 'own-some'
  | 'own-placeless'
  | 'own-unknown'
  | 'own-report'
  | 'own-no-matter'
  | 'no-support'
  | 'alarm'
  | 'others'
  | 'few-others'
  | 'no-others'
  | 'log-agrees'
  | 'log-unsealed'
  | 'log-missing'
  | 'log-differs'
  | 'log-altered'
  | 'log-no-matter';

export type Heard = { kind: SignalKind; speaks: Speaks; because: Because };

/** Failed tries of one lane from one source. */
export type Tries = { lane: string; count: number; familiar: boolean; placeless: boolean };

/** Notices, maintenance windows and support tickets are kept nowhere yet: nothing is known of any. */
export const unknown: Record<'notice' | 'maintenance' | 'support', Heard> = {
  notice: { kind: 'notice', speaks: null, because: 'no-notice' },
  maintenance: { kind: 'maintenance', speaks: null, because: 'no-maintenance' },
  support: { kind: 'support', speaks: null, because: 'no-support' },
};

/** Slips on the owner's own devices and networks are normal; tries from elsewhere are somebody else's. */
export function ownBehaviour(cause: CauseName, tries: Tries[]): Heard {
  const kind = 'own-behaviour';
  if (cause === 'password-exposed') return { kind, speaks: 'abnormal', because: 'own-report' };
  if (cause !== 'failed-attempts') return { kind, speaks: null, because: 'own-no-matter' };
  const sum = (of: Tries[]) => of.reduce((total, { count }) => total + count, 0);
  const own = tries.filter(t => t.lane === 'knownDevice' || t.lane === 'familiarNetwork' || t.familiar);
  const placeless = tries.filter(t => !own.includes(t) && t.placeless);
  const all = sum(tries);
  if (all === 0) return { kind, speaks: null, because: 'own-unknown' };
  if (sum(own) === all) return { kind, speaks: 'normal', because: 'own-slips' };
  if (sum(placeless) > 0) return { kind, speaks: null, because: 'own-placeless' };
  return sum(own) > 0
    ? { kind, speaks: null, because: 'own-some' }
    : { kind, speaks: 'abnormal', because: 'own-none' };
}

/**
 * Locks of many at the same time point to an attack on the company rather than to one person's slips: one in a hundred
 * accounts, as it takes to raise the alarm of a spray.
 */
export function othersLocked(seen: { alarm: boolean; others: number; accounts: number }): Heard {
  const kind = 'others-locked';
  if (seen.alarm) return { kind, speaks: 'abnormal', because: 'alarm' };
  if (seen.others === 0) return { kind, speaks: null, because: 'no-others' };
  return seen.others * 100 >= seen.accounts
    ? { kind, speaks: 'abnormal', because: 'others' }
    : { kind, speaks: null, because: 'few-others' };
}

type Moments = { cause: string; since: string; until: string | null };

/** What the journal says of a lock: its entry, and whether the chain up to it holds. */
export type Logged = Moments & { chain: 'unsealed' | 'intact' | 'altered' };

/** A lock stands in the log as it stands in its table, or something is wrong with one of them. */
export function inLog(lock: Moments | null, logged: Logged | null): Heard {
  const kind = 'log';
  if (!lock) return { kind, speaks: null, because: 'log-no-matter' };
  if (!logged) return { kind, speaks: 'abnormal', because: 'log-missing' };
  if (logged.chain === 'altered') return { kind, speaks: 'abnormal', because: 'log-altered' };
  const same = (a: string | null, b: string | null) =>
    a === null || b === null ? a === b : Date.parse(a) === Date.parse(b);
  const agrees =
    lock.cause === logged.cause && same(lock.since, logged.since) && same(lock.until, logged.until);
  if (!agrees) return { kind, speaks: 'abnormal', because: 'log-differs' };
  return { kind, speaks: 'normal', because: logged.chain === 'intact' ? 'log-agrees' : 'log-unsealed' };
}

/** Who is believed first. The log is heard before all others where it speaks against the lock, else not at all. */
const believed: SignalKind[] = ['support', 'own-behaviour', 'notice', 'maintenance', 'others-locked'];

/**
 * The verdict: a log that does not bear the lock out makes it abnormal; else the most believed signal that speaks
 * decides. That the log agrees proves the lock real, not normal.
 */
export function verdict(signals: Heard[]): boolean | null {
  const says = (kind: SignalKind) => signals.find(signal => signal.kind === kind)?.speaks ?? null;
  if (says('log') === 'abnormal') return false;
  for (const kind of believed) {
    const speaks = says(kind);
    if (speaks) return speaks === 'normal';
  }
  return null;
}
