// Load that keeps to its rate whatever the server does: a flood of strangers, and people who work beside it.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { keep } from '../processes.ts';

export type Flood = {
  host: string;
  port: number;
  /** Requests a second. */
  rate: number;
  /**
   * `crowd`: a thousand addresses, the same names again and again, some of them people's; most of it is soon cut off.
   * `wide`: every request a name nobody has typed before, from an address of 127.0.0.0/8 not seen before.
   */
  kind: 'crowd' | 'wide';
  /** Sign-in names of people. */
  people: string[];
};

export type Flooded = {
  seconds: number;
  sent: number;
  /** Answers by status; `lost` without one, `unsent` where every connection was in use. */
  statuses: Record<string, number>;
  busy: number;
};

/** What somebody does again and again, so many times a second; each has a connection of its own for every one under way. */
export type Habit = { name: string; request: string; rate: number; expect: number };

export type Pace = { host: string; port: number; seconds: number; habits: Habit[] };

/** Milliseconds from when a request was due until its reply was in, by habit; and what was not answered as expected. */
export type Paced = { waits: Record<string, number[]>; wrong: Record<string, number> };

type Order = { flood: Flood } | { stop: true } | { pace: Pace };

/** A process that floods; `stop` resolves once every answer is in. */
export function openFlooder() {
  const ask = teller('flooder.ts');
  return {
    start: (flood: Flood) => ask<object>({ flood }),
    stop: () => ask<Flooded>({ stop: true }),
  };
}

/** A process in which people work at their pace and every wait is measured. */
export function openPacer() {
  const ask = teller('pacer.ts');
  return { pace: (pace: Pace) => ask<Paced>({ pace }) };
}

function teller(file: string) {
  const child = keep(fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: [] }), file);
  return <T>(order: Order): Promise<T> =>
    new Promise((resolve, reject) => {
      const gone = () => reject(new Error(`${file} has ended`));
      child.once('exit', gone);
      child.once('message', (reply: { done: T } | { failed: string }) => {
        child.off('exit', gone);
        if ('failed' in reply) reject(new Error(reply.failed));
        else resolve(reply.done);
      });
      child.send(order);
    });
}

/** Within a load process: carries out orders, one after the other. */
export function obey(carry: (order: Order) => Promise<object>): void {
  process.on('message', (order: Order) => {
    carry(order).then(
      done => process.send?.({ done }),
      error =>
        process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

/** Calls `act` so many times a second, catching up after a pause; returns how to end it. */
export function atRate(rate: number, act: (due: number) => void): () => void {
  const from = performance.now();
  let done = 0;
  const timer = setInterval(() => {
    const elapsed = performance.now() - from;
    for (; (done * 1_000) / rate <= elapsed; done++) act(from + (done * 1_000) / rate);
  }, 2);
  return () => clearInterval(timer);
}
