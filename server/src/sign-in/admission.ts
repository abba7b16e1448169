// Reserving a try before the slow hash.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lane, PENDING_FOR, worthWaiting } from '@latchkey/engine';
import * as locks from '../locks/locks.ts';
import type { World } from '../world.ts';

type Admitted = { kind: 'open' } | { kind: 'closed'; lane: Lane; until: number | null };

/**
 * Reserves one try. While tries of the same lane are under way a refusal waits for what they leave behind, since right
 * ones are given back: fifty right sign-ins at once all pass (L2), and never more than the budget is verified (L1).
 */
export async function admit(world: World, lane: locks.SignInLane): Promise<Admitted> {
  const patience = Date.now() + PENDING_FOR;
  for (let pause = 4; ; pause = Math.min(pause * 2, 60)) {
    const spent = await locks.spend(world, { ...lane, now: world.now() });
    if (spent.ok) return { kind: 'open' };
    if (Date.now() > patience || !worthWaiting(spent.lane, world.now()))
      return { kind: 'closed', lane: spent.lane, until: spent.until };
    await sleep(pause + Math.random() * pause);
  }
}
