// Signing in: spend, verify, settle. A guess is paid for before the hash; what a stranger is told depends on no secret.
import { examine, isLaneOpen, type Lane, strangersLane } from '@latchkey/engine';
import * as attempts from '../attempts/attempts.ts';
import type * as devices from '../devices/devices.ts';
import { sourceOf } from '../edge/visitor.ts';
import * as factors from '../factors/factors.ts';
import type { MintPermit, Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import * as staff from '../staff/staff.ts';
import * as weather from '../weather/weather.ts';
import type { World } from '../world.ts';
import { admit } from './admission.ts';
import { type Approach, approach } from './approach.ts';
import { atTheDoor } from './door.ts';
import { flowOf } from './flow.ts';
import { listedMiss, listedRefusal, miss, succeed } from './settling.ts';
import { noteStale } from './stale.ts';
import { turnAway } from './tally.ts';
import { whoAsks } from './who.ts';

export { changePassword, signOut, standingLocks } from './own.ts';

export type LockedOut = {
  kind: 'locked';
  lock: { cause: locks.CauseName; since: string; until: string | null };
  flow: string;
  /** Whose lock it is, where that may be told: on a known device. */
  story: { personId: string; name: string; subject?: locks.SignInLane['subject'] } | null;
};

export type SignInOutcome =
  | { kind: 'signed-in'; person: staff.Person; opened: devices.Opened }
  /** `changedAt`: on a known device, when the password was changed that somebody still types. */
  | { kind: 'refused'; changedAt: string | null }
  /** A stranger has to prove himself, whatever the password; or the password was right and is not enough here. */
  | { kind: 'proof-needed'; flow: string; kinds: readonly factors.ProofKind[] }
  /** Too much to do to look at the password; a proof needs no hash and is taken at once. */
  | { kind: 'busy'; retryAfter: number; flow: string }
  | LockedOut;

export type Attempt = { name: string; password: string; remember: boolean };
export type Prepared = Attempt & Approach & { how: string };

/** Signs a person in by name and password. */
export async function signIn(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  attempt: Attempt,
): Promise<SignInOutcome> {
  const name = staff.normalName(attempt.name);
  // Without a device cookie the lane follows from name and place: a known lock is refused without a query.
  if (!visitor.browser) {
    const lane = await locks.strangersLane(world, name);
    const closed = locks.knownClosed(world, lane.key);
    if (closed && !(await locks.isFamiliar(world, closed, visitor.address))) {
      if (closed.lock === undefined) closed.lock = await locks.lockOn(world, lane, closed.lane);
      return told(world, visitor, { ...attempt, name, lane, personId: closed.personId }, closed.lock);
    }
  }
  const asking = visitor.browser ? await whoAsks(world, visitor, name) : undefined;
  const look = () => approach(world, visitor, name, asking);
  const came = asking?.deviceId ? await look() : await atTheDoor(world, visitor, look);
  if (!came) return busy(world, visitor, { ...attempt, name });
  return verify(world, permit, visitor, { ...attempt, ...came, name, how: 'password' });
}

/** Spends from the lane, verifies, and settles; also the last step after a proof has opened a device's own lane. */
export async function verify(
  world: World,
  permit: MintPermit,
  visitor: Visitor,
  input: Prepared,
): Promise<SignInOutcome> {
  const { person, lane, account, source, password } = input;
  const known = lane.kind === 'knownDevice';
  const personId = person?.id ?? null;
  if (known && person?.password_hash === null) {
    const exposed = await locks.exposureOf(world, person.id);
    if (exposed) return { kind: 'locked', lock: exposed, flow: flowOf(world, input), story: storyFor(input) };
  }
  const listed = world.screening.isCommon(password);
  const found = await beforehand(world, input, listed);
  if (found === 'prove') {
    weather.count(world, listed ? 'listed' : 'asked', source);
    await listedRefusal(world, input, listed);
    return { kind: 'proof-needed', flow: flowOf(world, input), kinds: factors.offeredHere(world) };
  }
  const repeat = attempts.knownRepeat(world, { account, source, password });
  if (repeat) {
    const state = (await locks.peek(world, lane.key)) ?? strangersLane(world.now());
    if (!isLaneOpen(state, lane.rules, world.now()))
      return refusal(world, visitor, { ...input, personId }, state);
    weather.count(world, 'repeated', source);
    await noteStale(world, visitor, input, { ...repeat, times: 1 });
    return { kind: 'refused', changedAt: known ? repeat.changedAt : null };
  }
  const words = locks.wordsSoFar(world);
  const urgency = known ? 'known' : lane.kind === 'familiarNetwork' ? 'familiar' : 'stranger';
  // What needs no hash needs no room there.
  const hasRoom = () => found === 'wrong' || world.passwords.hasRoom(urgency, source);
  const admitted = await admit(world, lane, hasRoom);
  if (admitted.kind === 'crowded') return busy(world, visitor, input);
  if (admitted.kind === 'closed') {
    const { key } = lane;
    await locks.keepClosed(world, { key, lane: admitted.lane, personId, until: admitted.until, words });
    return refusal(world, visitor, { ...input, personId }, admitted.lane);
  }
  if (found === 'wrong') {
    await listedMiss(world, visitor, input);
    return { kind: 'refused', changedAt: null };
  }
  const verdict = await world.passwords.verify(staff.hashNow(world, person), password, {
    urgency,
    source,
    decoySalt: attempts.decoySalt(world, input.name),
  });
  if (verdict.kind === 'busy') {
    await locks.settle(world, { ...lane, now: world.now(), verdict: 'dropped' });
    return busy(world, visitor, input);
  }
  const right = verdict.kind === 'right' && person !== undefined;
  if (right && person.state === 'active') return succeed(world, permit, visitor, { ...input, person });
  // An account that is suspended or has ended says so to the right password on a known device only; elsewhere it is a
  // miss like any (L10).
  const lock = right && known ? staff.stateLock(person) : null;
  if (lock) {
    await locks.settle(world, { ...lane, now: world.now(), verdict: 'right' });
    return { kind: 'locked', lock, flow: flowOf(world, input), story: storyFor(input) };
  }
  const { digest } = verdict;
  const changedAt = await miss(world, visitor, { ...input, digest, listed, spent: admitted.lane });
  return { kind: 'refused', changedAt: known ? changedAt : null };
}

/** No room at the hash: told at once, with nothing spent. */
function busy(world: World, visitor: Visitor, attempt: Attempt): SignInOutcome {
  weather.count(world, 'busy', sourceOf(visitor.address));
  return { kind: 'busy', retryAfter: 2, flow: flowOf(world, attempt) };
}

/** What the engine says before anything is spent, asked only where it may say more than “verify”. */
async function beforehand(
  world: World,
  input: Prepared,
  listed: boolean,
): Promise<'verify' | 'wrong' | 'prove' | 'locked'> {
  const { lane, person, suspect } = input;
  const closed = lane.rules.short.capacity < 1;
  if (!listed && !suspect && !closed) return 'verify';
  const now = world.now();
  const state = (await locks.peek(world, lane.key)) ?? strangersLane(now);
  // In defence mode the lane is closed though the policy's is not; what it has spent is beside the point then.
  if (closed) return 'prove';
  const found = examine(
    {
      at: now,
      knownDevice: lane.kind === 'knownDevice',
      familiarNetwork: lane.kind === 'familiarNetwork',
      listed,
    },
    {
      policy: await locks.policyOf(world),
      alarm: lane.kind === 'alarm',
      suspectSource: suspect,
      screened: person ? person.screened_with === world.screening.version : true,
      mass: person ? { guessed: person.listed_mass, at: Number(person.listed_mass_at) } : null,
      elsewhere: 0,
    },
    state,
  );
  return found.kind;
}

function storyFor(input: Prepared): LockedOut['story'] {
  return input.lane.kind === 'knownDevice' && input.person
    ? { personId: input.person.id, name: input.person.sign_in_name }
    : null;
}

/** The answer of a spent lane: the same for every name, whatever was typed. */
async function refusal(
  world: World,
  visitor: Visitor,
  input: Attempt & { lane: locks.SignInLane; personId: string | null },
  state: Lane,
): Promise<SignInOutcome> {
  return told(world, visitor, input, await locks.lockOn(world, input.lane, state));
}

function told(
  world: World,
  visitor: Visitor,
  input: Attempt & { lane: locks.SignInLane; personId: string | null },
  lock: Awaited<ReturnType<typeof locks.lockOn>>,
): SignInOutcome {
  turnAway(world, { lane: input.lane, name: input.name, personId: input.personId, visitor });
  weather.count(world, 'locked', sourceOf(visitor.address));
  if (!lock) return { kind: 'busy', retryAfter: 1, flow: flowOf(world, input) };
  const own = input.lane.kind === 'knownDevice' && input.personId;
  return {
    kind: 'locked',
    lock,
    flow: flowOf(world, input),
    story: own ? { personId: own, name: input.name, subject: input.lane.subject } : null,
  };
}
