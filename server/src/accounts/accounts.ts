// Accounts: how one stands — state, permissions, what runs out, what happened lately and what could be better.
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { Me } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as staff from '../staff/staff.ts';
import { iso, type World } from '../world.ts';
import { improvements } from './rules.ts';

export { changeAccess } from './access.ts';
export { standing as standingInvitation } from './invitations.ts';
export { expire, remind, sweep } from './reminders.ts';

const timelineMost = 30;
/** What of the journal somebody is told about his own account. */
const told =
  /^(sign-in\.(refused|turned-away)|session\.(open|end-all)|password\.|person\.(change|suspend|resume|expire|grant|end-grant|verify-address)|device\.|factor\.|lock\.)/;

export type Moment = {
  at: string;
  kind: string;
  address: string | null;
  device: string | null;
  /** The cause of a lock that began or ended. */
  cause: string | null;
};

/** One's own account as a whole. */
export async function standing(world: World, me: Pick<Me, 'id' | 'role'>) {
  const person = await staff.byId(world, me.id);
  if (!person) return null;
  const [policy, grants, proofs, known, open, own, entries] = await Promise.all([
    staff.passwordPolicy(world),
    staff.grantRows(world, me.id),
    factors.own(world, me),
    devices.list(world, me.id),
    devices.sessions(world, me.id),
    locks.mine(world, me.id),
    audit.list(world, { objectType: 'person', objectId: me.id, limit: 80 }),
  ]);
  const passwordDue = staff.passwordDue(person, policy);
  const verifyDue = staff.verifyDue(person);
  const facts = {
    emailVerified: person.email_verified_at !== null,
    factors: proofs.factors.length,
    codesLeft: proofs.codes?.left ?? null,
    passwordSetAt: person.password_set_at === null ? null : Date.parse(person.password_set_at),
    passwordDue,
    endsAt: person.ends_at === null ? null : Date.parse(person.ends_at),
    devices: known.length,
    sessions: open.length,
  };
  return {
    person,
    grants,
    passwordDue: passwordDue === null ? null : iso(passwordDue),
    verifyDue: verifyDue === null ? null : iso(verifyDue),
    factors: proofs.factors.length,
    codesLeft: proofs.codes?.left ?? null,
    devices: known.length,
    sessions: open.length,
    locks: own,
    entries,
    timeline: timeline(entries, own),
    improve: improvements(facts, world.now()),
  };
}

/** What happened to an account lately, newest first: sign-ins, changes, and locks by their own moments. */
function timeline(entries: Awaited<ReturnType<typeof audit.list>>, own: locks.LockRow[]): Moment[] {
  const written = entries
    .filter(entry => told.test(entry.action))
    .map(entry => ({
      at: entry.at,
      kind: entry.action,
      address: entry.address,
      device: entry.device ? devices.deviceLabel(entry.device) : null,
      cause: null,
    }));
  const blank = { address: null, device: null };
  const begun = own.map(lock => ({ at: lock.since, kind: 'locked', cause: lock.cause, ...blank }));
  const over = own.flatMap(lock =>
    lock.lifted_at ? [{ at: lock.lifted_at, kind: 'unlocked', cause: lock.cause, ...blank }] : [],
  );
  const all = [...written.filter(one => !one.kind.startsWith('lock.')), ...begun, ...over];
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, timelineMost);
}
