// What somebody who is signed in does about his own account: signing out, another password, the locks that stand.
import * as devices from '../devices/devices.ts';
import type { Me, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { admit } from './admission.ts';

/** Ends the session that is asking. */
export async function signOut(
  world: World,
  by: { me: { id: string; name: string; sessionId: string }; visitor: Visitor },
): Promise<void> {
  await devices.endSession(world, { personId: by.me.id, sessionId: by.me.sessionId, why: 'signed-out' }, by);
}

/** Ends the session that a browser came with, now that it has another. */
export async function makeWay(world: World, by: { me: Me; visitor: Visitor }): Promise<void> {
  const session = { personId: by.me.id, sessionId: by.me.sessionId };
  await devices.endSession(world, { ...session, why: 'signed-in-again' }, by);
}

/** Changes one's own password; asks for the present one and ends all other sessions. */
export async function changePassword(
  world: World,
  visitor: Visitor,
  input: {
    me: Pick<Me, 'id' | 'name' | 'sessionId' | 'deviceId' | 'held'>;
    current?: string | undefined;
    next: string;
  },
): Promise<
  | { kind: 'changed' | 'same' }
  | { kind: 'refused' | 'busy' | 'locked' }
  | { kind: 'weak'; fault: staff.PasswordFault }
> {
  const person = await staff.byId(world, input.me.id);
  if (!person?.password_hash || !input.me.deviceId) return { kind: 'refused' };
  if (input.me.held?.cause === 'password-initial') return replaceInitial(world, visitor, person, input);
  if (input.current === undefined) return { kind: 'refused' };
  const lane = await locks.deviceLane(world, person.id, input.me.deviceId);
  const admitted = await admit(world, lane);
  if (admitted.kind !== 'open') return { kind: admitted.kind === 'closed' ? 'locked' : 'busy' };
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
  const { me, next } = input;
  const set = await staff.setPassword(world, person, next, { by: me, visitor, action: 'password.change' });
  if (set.kind === 'weak') return set;
  const rest = { personId: person.id, exceptId: me.sessionId, why: 'password-changed' };
  await devices.endAllSessions(world, rest, { me, visitor });
  await tellOfChange(world, visitor, person);
  return { kind: 'changed' };
}

/** The owner is told by mail, should it have been somebody else (ASVS 5.0 6.3.7). */
async function tellOfChange(world: World, visitor: Visitor, person: staff.Person): Promise<void> {
  if (!person.email_verified_at) return;
  const device = devices.deviceLabel(visitor.userAgent);
  await messages.post(world, {
    to: person.email,
    personId: person.id,
    channel: 'email',
    template: 'password-changed',
    language: person.language as Language,
    data: { name: person.name, at: moment(world), address: visitor.address, device },
  });
}

/** The session was opened by the initial password a moment ago, so that it is not asked for again. */
async function replaceInitial(
  world: World,
  visitor: Visitor,
  person: staff.Person,
  { me, next }: { me: Pick<Me, 'id' | 'name' | 'sessionId'>; next: string },
): ReturnType<typeof changePassword> {
  const asked = { urgency: 'known' as const, source: person.id };
  const verdict = await world.passwords.verify(person.password_hash, next, asked);
  if (verdict.kind === 'busy') return { kind: 'busy' };
  if (verdict.kind === 'right') return { kind: 'same' };
  return atomically(world, async tx => {
    const set = await staff.setPassword(tx, person, next, { by: me, visitor, action: 'password.change' });
    if (set.kind === 'weak') return set;
    const rest = { personId: person.id, exceptId: me.sessionId, why: 'password-changed' };
    await devices.endAllSessions(tx, rest, { me, visitor });
    await tellOfChange(tx, visitor, person);
    await devices.release(tx, me);
    return { kind: 'changed' };
  });
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
