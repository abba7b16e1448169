// What somebody who is signed in does about his own account: signing out, another password, the locks that stand.
import * as devices from '../devices/devices.ts';
import type { Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import { admit } from './admission.ts';

/** Ends the session that is asking. */
export async function signOut(
  world: World,
  by: { me: { id: string; name: string; sessionId: string }; visitor: Visitor },
): Promise<void> {
  await devices.endSession(world, { personId: by.me.id, sessionId: by.me.sessionId, why: 'signed-out' }, by);
}

/** Changes one's own password; asks for the present one and ends all other sessions. */
export async function changePassword(
  world: World,
  visitor: Visitor,
  input: {
    me: { id: string; name: string; sessionId: string; deviceId: string | null };
    current: string;
    next: string;
  },
): Promise<
  { kind: 'changed' } | { kind: 'refused' | 'busy' | 'locked' } | { kind: 'weak'; fault: staff.PasswordFault }
> {
  const person = await staff.byId(world, input.me.id);
  if (!person?.password_hash || !input.me.deviceId) return { kind: 'refused' };
  const lane = await locks.deviceLane(world, person.id, input.me.deviceId);
  if ((await admit(world, lane)).kind === 'closed') return { kind: 'locked' };
  const verdict = await world.passwords.verify(person.password_hash, input.current, {
    urgency: 'known',
    source: person.id,
  });
  if (verdict.kind !== 'right') {
    await locks.settle(world, {
      ...lane,
      now: world.now(),
      verdict: verdict.kind === 'busy' ? 'dropped' : 'wrong',
    });
    return { kind: verdict.kind === 'busy' ? 'busy' : 'refused' };
  }
  await locks.settle(world, { ...lane, now: world.now(), verdict: 'right', credit: 1e6 });
  const set = await staff.setPassword(world, person, input.next, {
    by: input.me,
    visitor,
    action: 'password.change',
  });
  if (set.kind === 'weak') return set;
  await devices.endAllSessions(
    world,
    { personId: person.id, exceptId: input.me.sessionId, why: 'password-changed' },
    { me: input.me, visitor },
  );
  return { kind: 'changed' };
}

/** The locks that keep this person from something now, though signed in. */
export async function standingLocks(
  world: World,
  personId: string,
): Promise<{ cause: locks.CauseName; since: string; until: string | null }[]> {
  const own = await locks.ownStanding(world, personId);
  return own.flatMap(lock =>
    locks.isCause(lock.cause) ? [{ cause: lock.cause, since: lock.since, until: lock.until }] : [],
  );
}
