// After something was done without saying what comes next: which record the page asks about.
export type Asked = { type: 'customer' | 'lead' | 'deal'; id: string; name: string };

let asked: Asked | null = null;
const listeners = new Set<() => void>();

function set(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** Asks what comes next with a record; the bar looks first whether something is planned already. */
export const askNext = (record: Asked): void => set(record);

/** It is answered, or needs no answer. */
export const settleNext = (): void => set(null);

export const askedNext = (): Asked | null => asked;

export function listenToNext(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
