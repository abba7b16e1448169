// Signing in: spend, verify, settle. A guess is paid for before the hash; what a stranger is told depends on no secret.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lane, PENDING_FOR, worthWaiting } from '@latchkey/engine';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import { sourceOf } from '../edge/visitor.ts';
import type { MintPermit, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as staff from '../staff/staff.ts';
import { atomically, type World } from '../world.ts';
import { sealFlow } from './flow.ts';
import { turnAway } from './tally.ts';
import { nobody, whoAsks } from './who.ts';

export type LockedOut = {
  kind: 'locked';
  lock: { cause: 'failed-attempts' | 'suspended'; since: string; until: string | null };
  flow: string;
};

export type SignInOutcome =
  | { kind: 'signed-in'; person: staff.Person; opened: devices.Opened }
  | { kind: 'refused' }
  /** The policy wants a proof before a stranger's password is looked at. */
  | { kind: 'proof-needed'; flow: string }
  | { kind: 'busy'; retryAfter: number }
  | LockedOut;

export type Attempt = { name: string; password: string; remember: boolean };

/** Signs a person in by name and password. */
export async function signIn(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  attempt: Attempt,
): Promise<SignInOutcome> {
  const name = staff.normalName(attempt.name);
  // Without a device cookie the lane follows from the name alone: a known lock is refused without a query.
  if (!visitor.browser) {
    const lane = await locks.strangersLane(world, name);
    const closed = locks.knownClosed(world, lane.key);
    if (closed)
      return refusal(world, visitor, { ...attempt, name, lane, personId: closed.personId }, closed.lane);
  }
  const { person, deviceId } = await whoAsks(world, visitor, name);
  const lane =
    person && deviceId
      ? await locks.deviceLane(world, person.id, deviceId)
      : await locks.strangersLane(world, name);
  return verify(world, permit, visitor, { ...attempt, name, person, lane, how: 'password' });
}

type Prepared = Attempt & {
  person: staff.Person | undefined;
  lane: locks.SignInLane;
  how: string;
};

/** Spends from the lane, verifies, and settles; also the last step after a proof has opened a device's own lane. */
export async function verify(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: Prepared,
): Promise<SignInOutcome> {
  const { person, lane } = input;
  if (lane.rules.short.capacity < 1) return { kind: 'proof-needed', flow: flowOf(world, input) };
  const personId = person?.id ?? null;
  const words = locks.wordsSoFar(world);
  const admitted = await admit(world, lane);
  if (admitted.kind === 'closed') {
    locks.keepClosed(world, { key: lane.key, lane: admitted.lane, personId, until: admitted.until, words });
    return refusal(world, visitor, { ...input, personId }, admitted.lane);
  }
  const known = lane.kind === 'knownDevice';
  const verdict = await world.passwords.verify(
    person?.password_hash ?? world.passwords.decoy,
    input.password,
    { urgency: known ? 'known' : 'stranger', source: sourceOf(visitor.address) },
  );
  if (verdict.kind === 'busy') {
    await locks.settle(world, { ...lane, now: world.now(), verdict: 'dropped' });
    return { kind: 'busy', retryAfter: 2 };
  }
  const right = verdict.kind === 'right' && person !== undefined && person.password_hash !== null;
  if (right && person.state === 'active') return succeed(world, permit, visitor, { ...input, person });
  // A suspended person with the right password is told so on a known device only; elsewhere it is a miss like any (L10).
  if (right && known) {
    await locks.settle(world, { ...lane, now: world.now(), verdict: 'right' });
    const lock = { cause: 'suspended' as const, since: person.updated_at, until: null };
    return { kind: 'locked', lock, flow: flowOf(world, input) };
  }
  await miss(world, visitor, input);
  return { kind: 'refused' };
}

/** The answer of a spent lane: the same for every name, whatever was typed. */
async function refusal(
  world: World,
  visitor: Visitor,
  input: Attempt & { lane: locks.SignInLane; personId: string | null },
  state: Lane,
): Promise<SignInOutcome> {
  turnAway(world, { lane: input.lane, personId: input.personId, visitor });
  const lock = await locks.lockOn(world, input.lane, state);
  return lock ? { kind: 'locked', lock, flow: flowOf(world, input) } : { kind: 'busy', retryAfter: 1 };
}

/** The way on from a refusal: whatever was typed goes along sealed, and nothing of it is stored. */
function flowOf(world: World, input: Attempt): string {
  return sealFlow(world, { ...input, purpose: 'sign-in' });
}

async function succeed(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: Prepared & { person: staff.Person },
): Promise<SignInOutcome> {
  const { person, lane, remember, how } = input;
  const known = lane.kind === 'knownDevice';
  const settlement = { ...lane, now: world.now(), verdict: 'right', credit: known ? 1e6 : 3 } as const;
  if (known) {
    const alongside = locks.settling(world, settlement);
    const device = { deviceId: lane.subject.key, alongside };
    const opened = await devices.openOnKnown(world, permit, { person, visitor, remember, how, ...device });
    if (opened) return { kind: 'signed-in', person, opened };
    // Revoked while the hash ran: the try is settled, and the browser a strange one.
  }
  const opened = await atomically(world, async tx => {
    if (!known) await locks.settle(tx, settlement);
    return devices.openSession(tx, permit, { person, visitor, remember, how });
  });
  return { kind: 'signed-in', person, opened };
}

async function miss(world: World, visitor: Visitor, input: Prepared): Promise<void> {
  const { person, lane } = input;
  await atomically(world, async tx => {
    const state = await locks.settle(tx, { ...lane, now: tx.now(), verdict: 'wrong' });
    await audit.record(tx, {
      action: 'sign-in.refused',
      visitor,
      object: { type: 'person', id: person?.id ?? nobody },
      details: { lane: lane.kind, misses: state.misses },
    });
    await locks.keep(tx, { lane, state, personId: person?.id ?? null, visitor });
  });
}

type Admitted = { kind: 'open' } | { kind: 'closed'; lane: Lane; until: number | null };

/**
 * Reserves one try. While tries of the same lane are under way a refusal waits for what they leave behind, since right
 * ones are given back: fifty right sign-ins at once all pass (L2), and never more than the budget is verified (L1).
 */
async function admit(world: World, lane: locks.SignInLane): Promise<Admitted> {
  const patience = Date.now() + PENDING_FOR;
  for (let pause = 4; ; pause = Math.min(pause * 2, 60)) {
    const spent = await locks.spend(world, { ...lane, now: world.now() });
    if (spent.ok) return { kind: 'open' };
    if (Date.now() > patience || !worthWaiting(spent.lane, world.now()))
      return { kind: 'closed', lane: spent.lane, until: spent.until };
    await sleep(pause + Math.random() * pause);
  }
}

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
): Promise<{ cause: 'failed-attempts' | 'suspended'; since: string; until: string | null }[]> {
  const own = await locks.ownStanding(world, personId);
  return own.flatMap(lock =>
    locks.isCause(lock.cause) ? [{ cause: lock.cause, since: lock.since, until: lock.until }] : [],
  );
}
