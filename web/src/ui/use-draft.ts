// The hook forms stand on: a value that outlives tap-out, reload and an expired session (L42).
import { useCallback, useEffect, useRef, useState } from 'react';
import { useMe } from '../session.ts';
import { dropWords, leaveWords, type Place } from './last-words.ts';

const pause = 250;

export type DraftHold<T> = {
  value: T;
  /** Changes the value by a patch or a function; the draft follows within a quarter of a second. */
  set: (change: Partial<T> | ((before: T) => T)) => void;
  /** False while the kept draft is still being read: show a skeleton, take no input. */
  ready: boolean;
  /** When the draft was kept (epoch milliseconds); null when nothing differs from the start. */
  keptAt: number | null;
  /** Throws the draft away on purpose and goes back to the start. */
  discard: () => void;
  /** Call after a successful save: the draft is done with. */
  saved: () => void;
};

type Box = typeof import('./drafts.ts');
type Waiting = {
  key: string;
  value: unknown;
  /** Where it was typed: leaving the page sets off the writing, and then the address is another one. */
  place: Place;
  timer: ReturnType<typeof setTimeout>;
};

function herePlace(): Place {
  const where = location.pathname + location.search;
  return { where, title: document.title.split(' · ')[0] ?? where };
}

// Writes and deletions of drafts happen in the order they were asked for, so no late write revives a saved draft. Once
// the box is there nothing waits for another task: a page that is being left has none to come.
let box: Box | null = null;
let queue: Promise<unknown> = Promise.resolve();
function inOrder<R>(work: (box: Box) => Promise<R>): Promise<R> {
  const turn = queue.then(async () => {
    box ??= await import('./drafts.ts');
    return work(box);
  });
  queue = turn.catch(() => undefined);
  return turn;
}

/** Keeps what is typed under a key such as `customer:new` or `customer:<id>`; `initial` is read once per key. */
export function useDraft<T extends object>(key: string, initial: T): DraftHold<T> {
  const person = useMe().user.id;
  const [state, setState] = useState({ key: '', value: initial, keptAt: null as number | null });
  const start = useRef(initial);
  const latest = useRef(initial);
  const waiting = useRef<Waiting | null>(null);

  const flush = useCallback(() => {
    const work = waiting.current;
    if (!work) return;
    clearTimeout(work.timer);
    waiting.current = null;
    const undone = JSON.stringify(work.value) === JSON.stringify(start.current);
    // The page may go before the box has taken it, as when a sheet is closed by the tap that leads away.
    const at = Date.now();
    leaveWords({ person, key: work.key, at, place: work.place, value: undone ? null : work.value });
    void inOrder(async box => {
      if (undone) await box.dropDraft(person, work.key);
      const kept = !undone && (await box.keepDraft(person, work.key, work.value, work.place));
      dropWords({ person, key: work.key, at });
      setState(now => (now.key === work.key ? { ...now, keptAt: kept ? Date.now() : null } : now));
    });
  }, [person]);

  const forget = useCallback(() => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = null;
    dropWords({ person, key });
    void inOrder(async box => {
      await box.dropDraft(person, key);
      setState(now => (now.key === key ? { ...now, keptAt: null } : now));
    });
  }, [person, key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `initial` is read once per key on purpose
  useEffect(() => {
    let gone = false;
    start.current = initial;
    void inOrder(box => box.readDraft(person, key))
      .catch(() => null)
      .then(kept => {
        if (gone) return;
        latest.current = kept ? { ...initial, ...(kept.value as Partial<T>) } : initial;
        setState({ key, value: latest.current, keptAt: kept?.at ?? null });
      });
    return () => {
      gone = true;
      flush();
    };
  }, [person, key]);

  useEffect(() => {
    document.addEventListener('visibilitychange', flush);
    addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      removeEventListener('pagehide', flush);
    };
  }, [flush]);

  const set = useCallback(
    (change: Partial<T> | ((before: T) => T)) => {
      const value = typeof change === 'function' ? change(latest.current) : { ...latest.current, ...change };
      latest.current = value;
      setState(now => ({ ...now, value }));
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { key, value, place: herePlace(), timer: setTimeout(flush, pause) };
    },
    [key, flush],
  );

  const discard = useCallback(() => {
    forget();
    latest.current = start.current;
    setState(now => ({ ...now, value: start.current }));
  }, [forget]);

  const ready = state.key === key;
  return {
    value: ready ? state.value : initial,
    keptAt: ready ? state.keptAt : null,
    ready,
    set,
    discard,
    saved: forget,
  };
}
