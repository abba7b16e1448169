// The states of an account as they are at a moment, and the locks that follow from them.
import type { Held } from '../http.ts';
import { iso } from '../world.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { PersonRow } from './store.ts';

const day = 86_400_000;

/** Somebody added without an invitation may work so long before the address has to be verified. */
export const VERIFY_WITHIN_DAYS = 7;
/** When a policy begins to let passwords run out, nobody is overdue earlier than so many days after. */
export const ROTATION_NOTICE_DAYS = 14;

type Dated = Pick<
  PersonRow,
  'state' | 'ends_at' | 'email_verified_at' | 'verify_by' | 'password_set_at' | 'password_hash' | 'created_at'
>;

/** The state at `now`: an account whose end has come has expired, whether or not that has been written down yet. */
export function stateAt(person: Pick<Dated, 'state' | 'ends_at'>, now: number): PersonRow['state'] {
  const over = person.ends_at !== null && Date.parse(person.ends_at) <= now;
  return over && person.state === 'active' ? 'expired' : person.state;
}

/** When the password runs out, in milliseconds since 1970; null where it does not. */
export function passwordDue(
  person: Pick<Dated, 'password_set_at' | 'password_hash'>,
  policy: PasswordPolicy,
) {
  if (policy.rotationDays === null || !person.password_hash || !person.password_set_at) return null;
  const notice = Date.parse(policy.rotationSince ?? person.password_set_at) + ROTATION_NOTICE_DAYS * day;
  return Math.max(Date.parse(person.password_set_at) + policy.rotationDays * day, notice);
}

/** When the address has to be verified, in milliseconds since 1970; null where it is. */
export function verifyDue(person: Pick<Dated, 'email_verified_at' | 'verify_by' | 'created_at'>) {
  if (person.email_verified_at) return null;
  return (
    Date.parse(person.verify_by ?? person.created_at) + (person.verify_by ? 0 : VERIFY_WITHIN_DAYS * day)
  );
}

/** The lock that holds back whoever is signed in, for the account's own sake; undefined for none. */
export function holdAt(person: Dated, policy: PasswordPolicy, now: number): Held | undefined {
  const overdue = passwordDue(person, policy);
  if (overdue !== null && overdue <= now) return { cause: 'password-overdue', since: iso(overdue) };
  const unverified = verifyDue(person);
  if (unverified !== null && unverified <= now) return { cause: 'email-unverified', since: iso(unverified) };
  return undefined;
}

/** The lock on signing in that a state amounts to; null while the account works. */
export function stateLock(person: Pick<PersonRow, 'state' | 'ends_at' | 'updated_at'>) {
  if (person.state === 'suspended')
    return { cause: 'suspended' as const, since: person.updated_at, until: null };
  if (person.state === 'expired')
    return { cause: 'account-expired' as const, since: person.ends_at ?? person.updated_at, until: null };
  return null;
}
