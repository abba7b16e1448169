// Keeps the server alive while Latchkey lives, and takes it down with it.
import type { Faulted } from './faults.ts';
import { type Postmaster, shutDown } from './postmaster.ts';
import { pause, signal } from './processes.ts';

export type Embedded = {
  ownerUrl: string;
  stop: () => Promise<void>;
  readonly pid: number;
  adopted: boolean;
};

type Log = (line: string, detail?: object) => void;

// Waits before each new try; a run of a minute counts as recovered and starts the row anew.
const backoff = [50, 200, 500, 1_000, 2_000, 5_000, 10_000];
const recovered = 60_000;
const cameUp = 3;
const untilThereIsRoom = 5_000;

/**
 * Watches a server and starts it again, at the same address, whenever it ends unasked. `onExit` hears that the
 * tries are used up; a full disk never uses them up, as room may return.
 */
export function supervise(input: {
  first: Postmaster;
  ownerUrl: string;
  bringUp: () => Promise<{ kind: 'up'; server: Postmaster } | Faulted>;
  release: () => void;
  log: Log;
  onExit?: ((code: number | null) => void) | undefined;
}): Embedded {
  const { log } = input;
  let server = input.first;
  let upSince = performance.now();
  let tries = 0;
  let stopping: Promise<void> | null = null;
  let reviving: Promise<void> = Promise.resolve();

  const watch = () =>
    server.whenEnded(code => {
      if (stopping === null) reviving = revive(code);
    });

  const revive = async (code: number | null): Promise<void> => {
    log('PostgreSQL ended unexpectedly; starting it again', { code });
    if (performance.now() - upSince > recovered) tries = 0;
    while (stopping === null) {
      const wait = backoff[tries++];
      if (wait === undefined) {
        log('PostgreSQL keeps ending; no further tries', { code });
        input.onExit?.(code);
        return;
      }
      await pause(wait);
      if (stopping !== null) return;
      const outcome = await input.bringUp();
      if (outcome.kind === 'up') {
        server = outcome.server;
        // It can be brought up, so it is worth bringing up again, however often somebody kills it.
        tries = Math.min(tries, cameUp);
        upSince = performance.now();
        log('PostgreSQL is running again', { pid: server.pid });
        watch();
        return;
      }
      log('PostgreSQL could not be started again', outcome.fault);
      if (outcome.fault.kind !== 'disk-full') continue;
      tries = 0;
      await pause(untilThereIsRoom);
    }
  };

  // A program that ends without having stopped us leaves no server behind; only kill -9 does.
  const lastWord = () => {
    signal(server.pid, 'SIGINT');
    input.release();
  };
  process.once('exit', lastWord);
  const unguard = guard(lastWord);

  const stop = async (): Promise<void> => {
    await reviving;
    await shutDown(server.pid);
    process.off('exit', lastWord);
    unguard();
    input.release();
    log('PostgreSQL has stopped');
  };

  watch();
  return {
    ownerUrl: input.ownerUrl,
    adopted: !input.first.child,
    get pid() {
      return server.pid;
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

const guards = new Set<unknown>();

// Ctrl-C while the program is still starting, before it listens itself, would end it without the event 'exit'.
function guard(lastWord: () => void): () => void {
  const names = ['SIGINT', 'SIGTERM'] as const;
  const act = (name: NodeJS.Signals) => {
    if (!process.listeners(name).every(listener => guards.has(listener))) return;
    lastWord();
    unguard();
    if (process.listenerCount(name) === 0) process.kill(process.pid, name);
  };
  const unguard = () => {
    guards.delete(act);
    for (const name of names) process.off(name, act);
  };
  guards.add(act);
  for (const name of names) process.on(name, act);
  return unguard;
}
