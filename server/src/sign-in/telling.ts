// What somebody is told of a lock while signing in: strangers the bare lock, the owner on a known device its story.
import { offered } from '../factors/factors.ts';
import { type Refusal, refuse, type Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import { latest, type Story, teller } from '../stories/stories.ts';
import type { World } from '../world.ts';
import { openFlow } from './flow.ts';
import type { LockedOut } from './sign-in.ts';
import { whoAsks } from './who.ts';

/** The answer while locked: of the same members for every name, and with a story for who may hear it. */
export async function locked(world: World, visitor: Visitor, outcome: LockedOut): Promise<Refusal> {
  const { personId, subject = null } = outcome.story ?? {};
  const story = personId
    ? await teller(world, visitor.language).met(outcome.lock, { personId, subject })
    : null;
  const on = subject?.kind === 'device' ? 'device' : undefined;
  const told = locks.tell({ ...outcome.lock, on }, visitor.language);
  const lock = { ...told, ...(story ? { normal: story.normal } : {}) };
  const seconds = lock.until ? Math.max(1, (Date.parse(lock.until) - world.now()) / 1_000) : undefined;
  return refuse('locked', {
    members: {
      lock,
      flow: outcome.flow,
      proofs: offered.map(kind => ({ kind })),
      ...(story ? { story } : {}),
    },
    ...(seconds === undefined ? {} : { retryAfter: seconds }),
  });
}

/**
 * The story behind a flow, for a browser that is a known device of the flow's person; null for everything else, with
 * the same queries for names that are nobody's.
 */
export async function storyOfFlow(world: World, visitor: Visitor, sealed: string): Promise<Story | null> {
  const flow = openFlow(world, 'sign-in', sealed);
  const { person, deviceId } = await whoAsks(world, visitor, flow?.name ?? '');
  if (!flow || !person || !deviceId) return null;
  if (person.state === 'suspended') {
    const lock = { cause: 'suspended' as const, since: person.updated_at, until: null };
    return teller(world, visitor.language).met(lock, { personId: person.id, subject: null });
  }
  return latest(world, { personId: person.id, deviceId }, visitor.language);
}
