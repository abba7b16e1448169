// Real server processes for tests that need more than one, or that kill them.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export type ServerProcess = {
  url: string;
  pid: number;
  output: () => string;
  /** Sends the signal and waits for the end; the exit code, or null when it was killed. */
  end: (signal?: NodeJS.Signals) => Promise<number | null>;
};

export type Started =
  | { kind: 'ready'; server: ServerProcess }
  | { kind: 'ended'; code: number | null; output: string };

/** Starts `main.ts` with these settings on a free port and waits until it says that it is ready, or ends. */
export async function startProcess(env: Record<string, string>, args: string[] = []): Promise<Started> {
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PORT: '0',
      LATCHKEY_LOG: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)));
  const ready = new Promise<string>(resolve => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /ready at (http\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const first = await Promise.race([ready, ended]);
  if (typeof first !== 'string') return { kind: 'ended', code: first, output };
  return {
    kind: 'ready',
    server: {
      url: first,
      pid: child.pid ?? 0,
      output: () => output,
      end: signal => endOf(child, ended, signal),
    },
  };
}

/** Like {@link startProcess}, for tests that cannot go on without it. */
export async function startServer(env: Record<string, string>, args: string[] = []): Promise<ServerProcess> {
  const started = await startProcess(env, args);
  if (started.kind === 'ended') throw new Error(`the server ended with ${started.code}: ${started.output}`);
  return started.server;
}

async function endOf(child: ChildProcess, ended: Promise<number | null>, signal: NodeJS.Signals = 'SIGTERM') {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return ended;
}

/** A folder of the test's own, and how to be rid of it. */
export function ownFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-own-'));
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** The value of one figure of `/metrics`. */
export async function figure(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}

/** Posts JSON as a machine would. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
