// A flow: what a sign-in that was not let in yet carries from step to step, sealed so that only the server reads it.
import { createHash } from 'node:crypto';
import type { World } from '../world.ts';

export type Flow = {
  /** What it may be used for; a flow of one kind is worth nothing in another (L23). */
  purpose: 'sign-in' | 'recovery';
  /** Normalised name. */
  name: string;
  /** The password as typed, not looked at yet; it travels sealed with the client and is never stored. */
  password: string;
  remember: boolean;
  /** Milliseconds since 1970. */
  begunAt: number;
  id: string;
};

const lifeMs = { 'sign-in': 15 * 60_000, recovery: 30 * 60_000 };

/** Begins a flow; the sealed text goes to the client and comes back with every step. */
export function sealFlow(
  world: World,
  flow: Pick<Flow, 'purpose' | 'name' | 'password' | 'remember'>,
): string {
  const { purpose, name, password, remember } = flow;
  const id = world.random.bytes(12).toString('base64url');
  const begunAt = world.now();
  return world.secrets.seal(
    'flow',
    JSON.stringify({ purpose, name, password, remember, begunAt, id, w: world.workspaceId }),
  );
}

/** The way on from a refusal: whatever was typed goes along sealed, and nothing of it is stored. */
export function flowOf(world: World, attempt: Pick<Flow, 'name' | 'password' | 'remember'>): string {
  const { name, password, remember } = attempt;
  return sealFlow(world, { name, password, remember, purpose: 'sign-in' });
}

/** The flow behind a sealed text; null for one that is altered, of another workspace or purpose, or too old. */
export function openFlow(world: World, purpose: Flow['purpose'], sealed: string): Flow | null {
  const text = world.secrets.open('flow', sealed);
  if (!text) return null;
  const flow = JSON.parse(text) as Flow & { w: string };
  const age = world.now() - flow.begunAt;
  const fresh = age < lifeMs[purpose] && age > -60_000;
  return flow.w === world.workspaceId && flow.purpose === purpose && fresh ? flow : null;
}

/** How the database knows a flow. */
export function flowHash(flow: Pick<Flow, 'id'>): Buffer {
  return createHash('sha256').update(flow.id).digest();
}
