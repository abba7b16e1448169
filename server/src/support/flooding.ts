// How much support takes from one place and altogether, so that nobody can bury it; counted the same for everybody.
import type { LaneRules } from '@latchkey/engine';
import { sourceOf } from '../edge/visitor.ts';
import type { Visitor } from '../http.ts';
import * as locks from '../locks/locks.ts';
import type { World } from '../world.ts';

export type SlowDown = { kind: 'slow-down'; retryAfter: number };

const hour = 3_600_000;
const rules = (inAnHour: number, inADay: number): LaneRules => ({
  short: { capacity: inAnHour, leakPerMs: inAnHour / hour, reopenAt: 0 },
  long: { capacity: inADay, leakPerMs: inADay / (24 * hour), reopenAt: inADay - 1 },
  ceiling: Number.MAX_SAFE_INTEGER,
});

/** An office behind one address has a bad morning at times. */
const perSource = rules(10, 40);
const altogether = rules(200, 1_000);
const perTicket = rules(40, 120);
const picturesPerSource = rules(20, 60);

async function take(world: World, purpose: string, whose: string, of: LaneRules): Promise<SlowDown | null> {
  const key = locks.proofKey(world, purpose, whose);
  const now = world.now();
  const spent = await locks.spend(world, { key, kind: 'proof', rules: of, now });
  if (spent.ok) return null;
  return { kind: 'slow-down', retryAfter: Math.max(1, ((spent.until ?? now + hour) - now) / 1_000) };
}

/** Counts a ticket against its source; strangers also against all strangers, known people not: those get through. */
export async function mayOpen(world: World, visitor: Visitor, known: boolean): Promise<SlowDown | null> {
  const full = await take(world, 'tickets', sourceOf(visitor.address), perSource);
  return full ?? (known ? null : take(world, 'tickets', 'strangers', altogether));
}

/** Counts an entry against its ticket. */
export async function mayWrite(world: World, ticketId: string): Promise<SlowDown | null> {
  return take(world, 'ticket words', ticketId, perTicket);
}

/** Counts a picture against its source. */
export async function maySendPicture(world: World, visitor: Visitor): Promise<SlowDown | null> {
  return take(world, 'ticket pictures', sourceOf(visitor.address), picturesPerSource);
}
