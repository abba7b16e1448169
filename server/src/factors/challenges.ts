// Challenges for passkeys: sealed, so that giving them out costs no row; redeemed once, which costs one.
import type { World } from '../world.ts';
import { iso } from '../world.ts';
import * as store from './store.ts';

/** What a challenge may be answered for; one for another purpose is worth nothing (L23). */
export type Purpose = 'sign-in' | 'confirm' | 'enrol' | 'recovery';

export type Challenge = {
  purpose: Purpose;
  /** The session or the recovery it was given to; empty at the door. */
  session: string;
  remember: boolean;
  /** Milliseconds since 1970. */
  begunAt: number;
};

const lifeMs = 5 * 60_000;
export const challengeSeconds = lifeMs / 1_000;

/** A fresh challenge, as the bytes that the authenticator signs. */
export function seal(world: World, input: Omit<Challenge, 'begunAt'>): string {
  const text = JSON.stringify({ ...input, begunAt: world.now(), w: world.workspaceId });
  return world.secrets.seal('factor', text);
}

/** What a challenge was given out for; null for one that is altered, too old, or for something else. */
export function open(
  world: World,
  sealed: string,
  wanted: { purpose: Purpose; session: string },
): Challenge | null {
  // Base64url in one spelling only, so that a redeemed challenge does not come back under another.
  if (Buffer.from(sealed, 'base64url').toString('base64url') !== sealed) return null;
  const text = world.secrets.open('factor', sealed);
  if (!text?.startsWith('{')) return null;
  const found = JSON.parse(text) as Challenge & { w: string };
  const age = world.now() - found.begunAt;
  const fresh = age < lifeMs && age > -60_000;
  const fits = found.purpose === wanted.purpose && found.session === wanted.session;
  return fits && fresh && found.w === world.workspaceId ? found : null;
}

/** Uses a challenge up; true for exactly one of many at once. */
export async function spend(world: World, sealed: string): Promise<boolean> {
  const mark = world.secrets.mac('factor', `challenge ${sealed}`);
  return store.spendChallenge(world, mark, iso(world.now() + 2 * lifeMs));
}

/** Forgets challenges that nobody could redeem any more. */
export async function sweep(world: World): Promise<void> {
  await store.sweepChallenges(world, iso(world.now()));
}
