// What the shell shows of working without the server: since when the records are as they are, and what waits.

export type OfflineState = {
  /** Whether records come from this device, as the server is out of reach. */
  away: boolean;
  /** When they were read (epoch milliseconds); null where none are kept. */
  asOf: number | null;
  /** Writes that wait for the server, and those that wait for a decision. */
  waiting: number;
  stuck: number;
};

let state: OfflineState = { away: false, asOf: null, waiting: 0, stuck: 0 };
const listeners = new Set<() => void>();

export function offlineState(): OfflineState {
  return state;
}

export function listenToOffline(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function noteOffline(change: Partial<OfflineState>): void {
  const next = { ...state, ...change };
  if (JSON.stringify(next) === JSON.stringify(state)) return;
  state = next;
  for (const listener of listeners) listener();
}
