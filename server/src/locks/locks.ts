// Locks: the one idea. A lane that is spent becomes a lock with a cause, an end and ways out; locks are told and lifted.
import { type Lane, lockFrom } from '@latchkey/engine';
import * as audit from '../audit/audit.ts';
import * as devices from '../devices/devices.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import { announce, type Signal } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { causes } from './causes.ts';
import { announceOpened } from './closed.ts';
import * as lanes from './lanes.ts';
import { policyOf } from './policy.ts';
import { stands } from './rules.ts';
import { type SignInLane, strangersLane } from './sign-in-lanes.ts';
import * as store from './store.ts';

export { type CauseName, isCause } from './causes.ts';
export { type Choice, check, choiceOf, choose, policyFrom, policyOf } from './policy.ts';
export { faultWords, warningWords } from './policy-words.ts';
export { type Preview, preview } from './preview.ts';
export { heldBack, stands, type ToldLock, tell, toldHeld } from './rules.ts';
export { deviceLane, endRuns, familiarLane, type SignInLane, strangersLane } from './sign-in-lanes.ts';
export type { LockRow } from './store.ts';

/** The lane of proofs of one kind for one name: codes typed by whoever, through whatever flow (L6). */
export function proofKey(world: World, purpose: string, name: string): Buffer {
  return lanes.laneKey(world, 'proof', purpose, name);
}

export { isFamiliar, keepClosed, knownClosed, wordsSoFar } from './closed.ts';
export { endRunsOf, peek, settle, settling, spend, sweep as sweepLanes } from './lanes.ts';

/** The lock that this lane amounts to now, or null when it takes tries. */
export async function lockOn(world: World, lane: SignInLane, state: Lane) {
  const elsewhere = lane.account ? await lanes.elsewhereOf(world, lane.account, lane.key) : 0;
  const lock = lockFrom({ ...state, kind: lane.kind }, await policyOf(world), world.now(), elsewhere);
  return (
    lock && {
      cause: lock.cause,
      since: iso(lock.since),
      until: lock.until === null ? null : iso(lock.until),
    }
  );
}

/**
 * Writes down the lock that a miss has just closed the lane with, ends every flow begun before (L12), and has the owner
 * told. Does the same for names that belong to nobody, so that nothing can be told from the time it takes.
 */
export async function keep(
  world: World,
  input: { lane: SignInLane; state: Lane; personId: string | null; visitor: Visitor },
): Promise<void> {
  const lock = await lockOn(world, input.lane, input.state);
  if (!lock) return;
  const subject = {
    subject_kind: input.lane.subject.kind,
    subject_key: input.lane.subject.key,
    cause: lock.cause,
  };
  await store.closeEnded(world, subject, moment(world));
  const row = await store.upsert(world, {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    ...subject,
    person_id: input.personId,
    scope: [...causes[lock.cause].scope],
    since: lock.since,
    until: lock.until,
    evidence: JSON.stringify({
      misses: input.state.misses,
      lane: input.lane.kind,
      lastAddress: input.visitor.address,
      lastDevice: devices.deviceLabel(input.visitor.userAgent),
    }),
  });
  await staff.voidFlows(world, input.personId ?? row.id);
  await audit.record(world, {
    action: 'lock.set',
    visitor: input.visitor,
    object: { type: 'lock', id: row.id },
    after: { cause: lock.cause, since: lock.since, until: lock.until },
    details: { person: input.personId, misses: input.state.misses, lane: input.lane.kind },
  });
  await announce(world, changed(world, input.personId ?? row.id));
  await world.jobs.send(world, 'notices', { lockId: row.id });
}

const noticeEveryMs = 12 * 3_600_000;

/** Tells the owner of a lock by e-mail, at most once in twelve hours; a lock that is nobody's tells nobody. */
export async function tellOwner(world: World, lockId: string): Promise<void> {
  const lock = await store.byId(world, lockId);
  if (!lock?.person_id) return;
  const person = await staff.byId(world, lock.person_id);
  if (!person?.email_verified_at) return;
  const since = iso(world.now() - noticeEveryMs);
  if (await messages.toldSince(world, { personId: person.id, template: 'account-locked', since })) return;
  await messages.post(world, {
    to: person.email,
    personId: person.id,
    channel: 'email',
    template: 'account-locked',
    language: person.language as Language,
    data: { name: person.name, since: lock.since, until: lock.until ?? '' },
  });
}

/** How many locks hold at that moment. */
export const countStanding = store.countStanding;

/** Locks, newest first. */
export const list = store.list;

/** One lock, whoever it is about. */
export const find = store.byId;

/** The lock of a subject that stands, or has run out without anybody having noticed. */
export const standingOn = store.bySubject;

/** How many other people's sign-ins were locked within a span. */
export const othersIn = store.othersIn;

/** One's own locks, past and present. */
export async function mine(world: World, personId: string) {
  return store.list(world, { limit: 50, personId });
}

/** An administrator lifts a lock: with a reason and the way the person was identified (L28). */
export async function lift(
  world: World,
  input: { lockId: string; reason: string; proof: string },
  by: { me: Pick<Me, 'id' | 'name'> | null; visitor: Visitor | null },
): Promise<{ kind: 'lifted' } | { kind: 'not-found' } | { kind: 'over' }> {
  return atomically(world, async tx => {
    const lock = await store.byId(tx, input.lockId);
    if (!lock) return { kind: 'not-found' };
    const done = await store.lift(tx, lock.id, {
      at: moment(tx),
      by: by.me?.id ?? null,
      how: by.me ? 'administrator' : 'server',
      reason: input.reason,
      proof: input.proof,
    });
    if (!done) return { kind: 'over' };
    await open(tx, done);
    await announce(tx, changed(tx, lock.person_id ?? lock.id));
    await audit.record(tx, {
      action: 'lock.lift',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'lock', id: lock.id },
      before: { cause: lock.cause, since: lock.since, until: lock.until },
      details: {
        person: lock.person_id,
        how: by.me ? 'administrator' : 'server',
        reason: input.reason,
        proof: input.proof,
      },
    });
    const person = lock.person_id ? await staff.byId(tx, lock.person_id) : undefined;
    if (person?.email_verified_at)
      await messages.post(tx, {
        to: person.email,
        personId: person.id,
        channel: 'email',
        template: 'account-unlocked',
        language: person.language as Language,
        data: { name: person.name, by: by.me?.name ?? 'latchkey', reason: input.reason },
      });
    return { kind: 'lifted' };
  });
}

/**
 * The person has proved to be the owner. `everything` (a completed recovery, L27) lifts all failure locks about him and
 * empties the strangers' lane. A code alone opens but the device it was typed on, so that an attacker who keeps guessing
 * gains no tries by it: the lock on strangers stands, and is told as standing.
 */
export async function liftByOwner(
  world: World,
  input: { person: staff.Person; how: string; everything: boolean; visitor: Visitor },
): Promise<void> {
  const all = await store.standingOf(world, input.person.id, 'failed-attempts');
  const here = await devices.recognise(world, input.person.id, input.visitor.browser);
  const isHere = (lock: store.LockRow) => lock.subject_kind === 'device' && lock.subject_key === here?.id;
  const failures = input.everything ? all : all.filter(isHere);
  const exposures = input.everything
    ? await store.standingOf(world, input.person.id, 'password-exposed')
    : [];
  const standing = [...failures, ...exposures];
  for (const lock of standing) {
    await store.lift(world, lock.id, {
      at: moment(world),
      by: input.person.id,
      how: input.how,
      reason: null,
      proof: input.how,
    });
    await open(world, lock);
    await audit.record(world, {
      action: 'lock.lift',
      by: input.person,
      visitor: input.visitor,
      object: { type: 'lock', id: lock.id },
      before: { cause: lock.cause, since: lock.since, until: lock.until },
      details: { person: input.person.id, how: input.how },
    });
  }
  if (standing.length > 0) await announce(world, changed(world, input.person.id));
  if (input.everything) await openForStrangers(world, input.person.sign_in_name);
}

/** Empties the strangers' lane of a name: all its tries are fresh. */
export async function openForStrangers(world: World, name: string): Promise<void> {
  await empty(world, (await strangersLane(world, name)).key);
}

const changed = (world: World, id: string): Extract<Signal, { kind: 'person-changed' }> => ({
  kind: 'person-changed',
  workspaceId: world.workspaceId,
  ids: [id],
});

async function open(world: World, lock: store.LockRow): Promise<void> {
  if (lock.cause !== 'failed-attempts') return;
  if (lock.subject_kind === 'typed-name' || lock.subject_kind === 'network')
    await empty(world, Buffer.from(lock.subject_key, 'hex'));
  else if (lock.person_id)
    await empty(world, lanes.laneKey(world, 'device', lock.person_id, lock.subject_key));
}

async function empty(world: World, key: Buffer): Promise<void> {
  await lanes.empty(world, key);
  await announceOpened(world, key);
}

/** The person said that a sign-in was not his: the password is void until he sets another. */
export async function expose(
  world: World,
  input: { personId: string; evidence: Record<string, unknown> },
): Promise<void> {
  const subject = { subject_kind: 'person' as const, subject_key: input.personId };
  const cause = 'password-exposed';
  const row = await store.upsert(world, {
    workspace_id: world.workspaceId,
    id: world.random.id(),
    ...subject,
    cause,
    person_id: input.personId,
    scope: [...causes[cause].scope],
    since: moment(world),
    until: null,
    evidence: JSON.stringify(input.evidence),
  });
  await announce(world, changed(world, input.personId));
  await audit.record(world, {
    action: 'lock.set',
    object: { type: 'lock', id: row.id },
    after: { cause, since: row.since, until: null },
    details: { person: input.personId },
  });
}

/** The lock of a password that was exposed, if it stands. */
export async function exposureOf(world: World, personId: string) {
  const [lock] = await store.standingOf(world, personId, 'password-exposed');
  return lock ? { cause: 'password-exposed' as const, since: lock.since, until: null } : null;
}

const own = memory<store.LockRow[]>(signal => (signal.kind === 'person-changed' ? signal.ids : null));

/** The failure locks about a person that stand now. */
export async function ownStanding(world: World, personId: string): Promise<store.LockRow[]> {
  const stored = await own(world, personId, () => store.standingOf(world, personId, 'failed-attempts'));
  return stored.filter(lock => stands(lock, world.now()));
}
