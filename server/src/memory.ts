// What a process remembers of the database for a short while, and forgets on word of a change.
import type { Signal, Signals } from './signals.ts';

type Kept<T> = { value: T; at: number };

const most = 20_000;
/** Even without any word a value is read anew after this time. */
export const freshMs = 15_000;

/**
 * A memory by key. `hears` names the keys that a signal makes stale, or `all`. A value that was being read while such a
 * word came is handed out but not kept.
 */
export function memory<T>(hears: (signal: Signal) => string[] | 'all' | null) {
  const memories = new WeakMap<Signals, { kept: Map<string, Kept<T>>; words: number }>();
  const of = (signals: Signals) => {
    const known = memories.get(signals);
    if (known) return known;
    const fresh = { kept: new Map<string, Kept<T>>(), words: 0 };
    memories.set(signals, fresh);
    signals.on(signal => {
      const stale = signal.kind === 'deaf' ? 'all' : hears(signal);
      if (stale === null) return;
      fresh.words++;
      if (stale === 'all') fresh.kept.clear();
      else for (const key of stale) fresh.kept.delete(key);
    });
    return fresh;
  };
  return async (
    world: { signals: Signals; now: () => number },
    key: string,
    read: () => Promise<T>,
  ): Promise<T> => {
    const mine = of(world.signals);
    const now = world.now();
    const kept = mine.kept.get(key);
    if (kept && now - kept.at < freshMs && now >= kept.at) return kept.value;
    const { words } = mine;
    const value = await read();
    if (mine.words === words) {
      if (mine.kept.size >= most) mine.kept.clear();
      mine.kept.set(key, { value, at: now });
    }
    return value;
  };
}
