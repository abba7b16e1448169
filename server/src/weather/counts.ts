// Counts of what sign-ins came to, summed up in each process and written down every few seconds.
import type { Signals } from '../signals.ts';
import { type Installation, iso, type World, worldOf } from '../world.ts';
import * as store from './store.ts';

/** What a sign-in came to. */
export const counted = [
  'known', // signed in on a known device
  'familiar', // signed in on a strange device in a familiar network
  'stranger', // signed in from elsewhere
  'wrong', // a wrong password
  'repeated', // a wrong or former password that cost nothing
  'listed', // a listed guess that was not looked at
  'asked', // a stranger asked for a proof
  'locked', // refused, since the lane was spent
  'busy', // no room at the hash
] as const;
export type Count = (typeof counted)[number];
export type Counts = Record<Count, number>;

/** A point of the charts covers so long. */
export const SPAN = 5 * 60_000;
const mostSources = 10_000;

type Sum = { workspaceId: string; at: number; counts: Map<Count, number>; sources: Set<string> };
type Mine = { sums: Map<string, Sum>; totals: Map<Count, number> };
const processes = new WeakMap<Signals, Mine>();

function mineOf(signals: Signals): Mine {
  const known = processes.get(signals);
  if (known) return known;
  const fresh = { sums: new Map<string, Sum>(), totals: new Map<Count, number>() };
  processes.set(signals, fresh);
  return fresh;
}

const add = (to: Map<Count, number>, what: Count, times = 1) => to.set(what, (to.get(what) ?? 0) + times);

/** Counts one sign-in. */
export function count(world: World, what: Count, source: string): void {
  const { sums, totals } = mineOf(world.signals);
  add(totals, what);
  const at = Math.floor(world.now() / SPAN) * SPAN;
  const key = `${at}${world.workspaceId}`;
  let sum = sums.get(key);
  if (!sum) {
    sum = { workspaceId: world.workspaceId, at, counts: new Map(), sources: new Set() };
    sums.set(key, sum);
  }
  add(sum.counts, what);
  const well = what === 'known' || what === 'familiar' || what === 'stranger';
  if (!well && sum.sources.size < mostSources) sum.sources.add(source);
}

/** What sign-ins came to in this process since it started, over all workspaces. */
export function totals(installation: Installation): Counts {
  return complete(Object.fromEntries(mineOf(installation.signals).totals));
}

/** Every kind of count, those that nobody counted as nought. */
export function complete(some: Partial<Record<string, number>>): Counts {
  return Object.fromEntries(counted.map(what => [what, some[what] ?? 0])) as Counts;
}

/**
 * Writes the sums down; what could not be written stays for the next time. Sources are counted in each process by
 * itself: the greatest number stands.
 */
export async function flush(installation: Installation): Promise<void> {
  const { sums } = mineOf(installation.signals);
  const now = Math.floor(installation.now() / SPAN) * SPAN;
  for (const [key, sum] of [...sums]) {
    if (sum.at < now) sums.delete(key);
    if (sum.counts.size === 0) continue;
    const { counts } = sum;
    sum.counts = new Map();
    try {
      const world = worldOf(installation, sum.workspaceId);
      await store.addCounts(world, iso(sum.at), Object.fromEntries(counts), sum.sources.size);
    } catch (error) {
      for (const [what, times] of counts) add(sum.counts, what, times);
      sums.set(key, sum);
      throw error;
    }
  }
}
