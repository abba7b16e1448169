// What somebody is told of a lock while signing in: strangers the bare lock, the owner on a known device its story.
import { offeredHere } from '../factors/factors.ts';
import { type Refusal, refuse, type Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import { readyDocument } from '../problems.ts';
import { stateLock } from '../staff/staff.ts';
import { latest, type Story, teller } from '../stories/stories.ts';
import type { World } from '../world.ts';
import { openFlow } from './flow.ts';
import type { LockedOut } from './sign-in.ts';
import { whoAsks } from './who.ts';

/** The answer while locked: of the same members for every name, and with a story for who may hear it. */
export async function locked(world: World, visitor: Visitor, outcome: LockedOut): Promise<Refusal> {
  const { until } = outcome.lock;
  const seconds = until ? Math.max(1, (Date.parse(until) - world.now()) / 1_000) : undefined;
  const retry = seconds === undefined ? {} : { retryAfter: seconds };
  const { flow } = outcome;
  if (!outcome.story)
    return refuse('locked', { ready: bare(world, outcome, visitor), members: { flow }, ...retry });
  const { personId, subject = null } = outcome.story;
  const story = await teller(world, visitor.language).met(outcome.lock, { personId, subject });
  const on = subject?.kind === 'device' ? 'device' : undefined;
  const lock = { ...locks.tell({ ...outcome.lock, on }, visitor.language), normal: story.normal };
  return refuse('locked', { members: { lock, flow, proofs: proofsOf(world), story }, ...retry });
}

/** The ways to prove oneself that every name is offered here. */
export const proofsOf = (world: World) => offeredHere(world).map(kind => ({ kind }));

/** What strangers are told of a lock, by its words; in a flood the same few are told over and over. */
const bares = new Map<string, string>();
const most = 2_000;

function bare(world: World, { lock }: LockedOut, visitor: Visitor): string {
  const key = `${world.sms.configured} ${world.mail.configured} ${visitor.language} ${lock.cause} ${lock.since} ${lock.until}`;
  let text = bares.get(key);
  if (text === undefined) {
    const members = { lock: locks.tell(lock, visitor.language), proofs: proofsOf(world) };
    text = readyDocument({ code: 'locked', members }, visitor.language);
    if (bares.size >= most) bares.clear();
    bares.set(key, text);
  }
  return text;
}

/**
 * The story behind a flow, for a browser that is a known device of the flow's person; null for everything else, with
 * the same queries for names that are nobody's.
 */
export async function storyOfFlow(world: World, visitor: Visitor, sealed: string): Promise<Story | null> {
  const flow = openFlow(world, 'sign-in', sealed);
  const { person, deviceId } = await whoAsks(world, visitor, flow?.name ?? '');
  if (!flow || !person || !deviceId) return null;
  const lock = stateLock(person);
  if (lock) return teller(world, visitor.language).met(lock, { personId: person.id, subject: null });
  return latest(world, { personId: person.id, deviceId }, visitor.language);
}
