// Spend, look, settle: how every try at a factor is paid for, whatever the flow, cookie or session it comes by (L6).
import type { LaneKind } from '@latchkey/engine';
import * as locks from '../locks/locks.ts';
import { atomically, type World } from '../world.ts';
import { type ProofKind, registry } from './registry.ts';

export type Tried =
  | { kind: 'right'; personId: string }
  | { kind: 'wrong' }
  /** Right once, but used up or too old. */
  | { kind: 'dead' }
  | { kind: 'slow-down'; until: number | null };

export type Found = {
  personId: string;
  /** Takes the proof by one statement, in the transaction that settles the try; false when it is used up. */
  take: (tx: World) => Promise<boolean>;
};

/** No room for a slow hash: nothing was looked at, and nothing is paid. */
const comeBackMs = 3_000;

/**
 * Pays for one try in the lane of that kind and owner, then looks at it. Known devices and strangers have lanes of their
 * own, so that nobody else can spend the owner's way in; names that are nobody's have lanes like any.
 */
export async function counted(
  world: World,
  lane: { kind: ProofKind; by: LaneKind; whose: string },
  look: () => Promise<Found | 'dead' | 'busy' | null>,
): Promise<Tried> {
  const rules = registry[lane.kind].counter(lane.by);
  const key = locks.proofKey(world, `${lane.kind} ${lane.by}`, lane.whose);
  const now = world.now();
  const spent = await locks.spend(world, { key, kind: 'proof', rules, now });
  if (!spent.ok) return { kind: 'slow-down', until: spent.until };
  const found = await look();
  if (found === 'busy') {
    await locks.settle(world, { key, rules, now, verdict: 'dropped' });
    return { kind: 'slow-down', until: now + comeBackMs };
  }
  if (found === null || found === 'dead') {
    await locks.settle(world, { key, rules, now, verdict: 'wrong' });
    return { kind: found ?? 'wrong' };
  }
  const taken = await atomically(world, async tx => {
    const mine = await found.take(tx);
    await locks.settle(tx, { key, rules, now, verdict: mine ? 'right' : 'wrong', credit: 1e6 });
    return mine;
  });
  return taken ? { kind: 'right', personId: found.personId } : { kind: 'dead' };
}

/** No person has this id; asking for it costs what asking for a real one costs (L10). */
export const nobody = '00000000-0000-0000-0000-000000000000';
