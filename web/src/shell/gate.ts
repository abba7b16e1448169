// The gate: when a call finds the session ended, the page waits here until somebody has signed in again (B9).
import { api } from '../api.ts';
import { forgetKept } from '../session.ts';

let waiting: { promise: Promise<boolean>; settle: (signedIn: boolean) => void } | null = null;
const listeners = new Set<() => void>();

/** Opens the sign-in sheet once for all waiting calls; true when they may try again. */
export async function waitForSignIn(): Promise<boolean> {
  // The call may have left before another one, or another tab, was given a new session.
  if (!waiting && (await isSignedIn())) return true;
  if (!waiting) {
    void forgetKept();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    waiting = {
      promise,
      settle: signedIn => {
        waiting = null;
        resolve(signedIn);
        tell();
      },
    };
    tell();
  }
  return waiting.promise;
}

export function settleGate(signedIn: boolean): void {
  waiting?.settle(signedIn);
}

export function isGateOpen(): boolean {
  return waiting !== null;
}

export function listenToGate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

async function isSignedIn(): Promise<boolean> {
  return api('GET /session', { gate: false }).then(
    () => true,
    () => false,
  );
}
