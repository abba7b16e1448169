// Counts of what sign-ins came to, summed up in each process and written down every few seconds.
import { type Installation, iso, type World, worldOf } from '../world.ts';
import * as store from './store.ts';

/** What a sign-in came to. */
export type Count =
  | 'known' // signed in on a known device
  | 'familiar' // signed in on a strange device in a familiar network
  | 'stranger' // signed in from elsewhere
  | 'wrong' // a wrong password
  | 'repeated' // a wrong or former password that cost nothing
  | 'listed' // a listed guess that was not looked at
  | 'asked' // a stranger asked for a proof
  | 'locked' // refused, since the lane was spent
  | 'busy'; // no room at the hash

/** A point of the charts covers so long. */
export const SPAN = 5 * 60_000;
const mostSources = 10_000;

type Sum = { workspaceId: string; at: number; counts: Map<Count, number>; sources: Set<string> };
const sums = new WeakMap<Installation['signals'], Map<string, Sum>>();

/** Counts one sign-in. */
export function count(world: World, what: Count, source: string): void {
  const mine = sums.get(world.signals) ?? new Map<string, Sum>();
  sums.set(world.signals, mine);
  const at = Math.floor(world.now() / SPAN) * SPAN;
  const key = `${at}${world.workspaceId}`;
  let sum = mine.get(key);
  if (!sum) {
    sum = { workspaceId: world.workspaceId, at, counts: new Map(), sources: new Set() };
    mine.set(key, sum);
  }
  sum.counts.set(what, (sum.counts.get(what) ?? 0) + 1);
  const well = what === 'known' || what === 'familiar' || what === 'stranger';
  if (!well && sum.sources.size < mostSources) sum.sources.add(source);
}

/** Writes the sums down. Sources are counted in each process by itself: the greatest number stands. */
export async function flush(installation: Installation): Promise<void> {
  const mine = sums.get(installation.signals);
  if (!mine) return;
  const now = Math.floor(installation.now() / SPAN) * SPAN;
  for (const [key, sum] of [...mine]) {
    if (sum.at < now) mine.delete(key);
    if (sum.counts.size === 0) continue;
    const counts = Object.fromEntries(sum.counts);
    sum.counts.clear();
    await store.addCounts(worldOf(installation, sum.workspaceId), iso(sum.at), counts, sum.sources.size);
  }
}
