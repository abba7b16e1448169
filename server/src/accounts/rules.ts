// When somebody is warned, what an account could do better, and what changed about permissions; pure.
import { capabilities, type Hand } from '../permissions.ts';

/** Days before something ends at which its owner is warned. */
export const WARN_DAYS = [14, 3, 1] as const;

const day = 86_400_000;

/** The nearest warning that is due before `due`; null outside of the last fortnight. */
export function warningAt(due: number, now: number): number | null {
  if (due <= now) return null;
  const left = due - now;
  return [...WARN_DAYS].reverse().find(days => left <= days * day) ?? null;
}

export type Improvement =
  | 'verify-email'
  | 'add-factor'
  | 'recovery-codes'
  | 'old-password'
  | 'password-due'
  | 'many-devices'
  | 'many-sessions'
  | 'account-ends';

/** So many known devices or open sessions are worth a look. */
const many = { devices: 5, sessions: 5 };
/** A password as old as that deserves a thought, though none has to be changed for its age alone. */
const oldPasswordMs = 3 * 365 * day;
/** With so few recovery codes left new ones are due. */
const fewCodes = 3;

/** What an account could do better, the most important first. */
export function improvements(
  facts: {
    emailVerified: boolean;
    factors: number;
    codesLeft: number | null;
    passwordSetAt: number | null;
    passwordDue: number | null;
    endsAt: number | null;
    devices: number;
    sessions: number;
  },
  now: number,
): Improvement[] {
  const near = (at: number | null) => at !== null && at - now <= WARN_DAYS[0] * day;
  const found: [Improvement, boolean][] = [
    ['verify-email', !facts.emailVerified],
    ['account-ends', near(facts.endsAt)],
    ['password-due', near(facts.passwordDue)],
    ['add-factor', facts.factors === 0],
    ['recovery-codes', facts.factors > 0 && (facts.codesLeft ?? 0) < fewCodes],
    ['old-password', facts.passwordSetAt !== null && now - facts.passwordSetAt > oldPasswordMs],
    ['many-devices', facts.devices > many.devices],
    ['many-sessions', facts.sessions > many.sessions],
  ];
  return found.flatMap(([kind, is]) => (is ? [kind] : []));
}

/** What a change gave and took, as `action:object`. */
export function difference(before: Hand, after: Hand): { gained: string[]; lost: string[] } {
  const had = capabilities(before);
  const has = capabilities(after);
  return { gained: has.filter(one => !had.includes(one)), lost: had.filter(one => !has.includes(one)) };
}
