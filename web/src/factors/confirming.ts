// Where the server wants to know again who is there before it acts: the call waits here until it has been shown.
import { Problem } from '../problem.ts';

let waiting: { promise: Promise<boolean>; settle: (shown: boolean) => void } | null = null;
const listeners = new Set<() => void>();

/** Opens the sheet that asks, once for all waiting calls; true when they may try again. */
export function waitForConfirmation(): Promise<boolean> {
  if (!waiting) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    waiting = { promise, settle: resolve };
    tell();
  }
  return waiting.promise;
}

/** Lets the waiting calls go on, or gives them up. */
export function settleConfirmation(shown: boolean): void {
  const before = waiting;
  waiting = null;
  before?.settle(shown);
  tell();
}

export function isAsking(): boolean {
  return waiting !== null;
}

export function listenToAsking(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** What is to be told of an error: nothing where its reader has just closed the sheet that asked. */
export function besidesAsking(error: Error | null): Error | null {
  return error instanceof Problem && error.code === 'confirm-first' ? null : error;
}
