// What a process remembers of the database for a short while, and forgets on word of a change.
import type { Signal, Signals } from './signals.ts';

type Kept<T> = { value: T; at: number };
type Mine<T> = {
  kept: Map<string, Kept<T>>;
  /** How often word came. */
  words: number;
  reading: Map<string, { words: number; value: Promise<T> }>;
};

const most = 20_000;
/** Even without any word a value is read anew after this time. */
export const freshMs = 15_000;

/**
 * A memory by key. `hears` names the keys that a signal makes stale, or `all`. A value that was being read while such a
 * word came is handed out but not kept. Many who ask for what is not there wait for one reading: else a crowd reads the
 * same a thousand times whenever a value has become too old.
 */
export function memory<T>(hears: (signal: Signal) => string[] | 'all' | null) {
  const memories = new WeakMap<Signals, Mine<T>>();
  const of = (signals: Signals) => {
    const known = memories.get(signals);
    if (known) return known;
    const fresh: Mine<T> = { kept: new Map(), words: 0, reading: new Map() };
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
    world: { signals: Signals; now: () => number; inTransaction?: boolean },
    key: string,
    read: () => Promise<T>,
  ): Promise<T> => {
    const mine = of(world.signals);
    const now = world.now();
    const kept = mine.kept.get(key);
    if (kept && now - kept.at < freshMs && now >= kept.at) return kept.value;
    const { words } = mine;
    // What a transaction reads is its own affair: others neither see it before the end nor fail with it.
    const under = world.inTransaction ? undefined : mine.reading.get(key);
    if (under?.words === words) return under.value;
    const reading = read();
    if (!world.inTransaction) {
      const mark = { words, value: reading };
      mine.reading.set(key, mark);
      const done = () => {
        if (mine.reading.get(key) === mark) mine.reading.delete(key);
      };
      reading.then(done, done);
    }
    const value = await reading;
    if (mine.words === words) {
      if (mine.kept.size >= most) mine.kept.clear();
      mine.kept.set(key, { value, at: now });
    }
    return value;
  };
}
