// One running PostgreSQL server: launched by us or found running, watched until it ends.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnvironment } from './cluster-folder.ts';
import { begunAt, commandLine, ended, pause, signal, startingWith } from './processes.ts';
import type { Runner } from './runner.ts';

/** What the server writes about itself into its folder. */
export type Report = { pid: number; socketDir: string; status: string };

export type Postmaster = {
  pid: number;
  child: boolean;
  output: () => string;
  alive: () => boolean;
  whenEnded: (then: (code: number | null) => void) => void;
};

/** Reads the server's own report; null when there is none or it is not written to its end. */
export function readReport(cluster: string): Report | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0
      ? { pid, socketDir: lines[4] ?? '', status: lines[7]?.trim() ?? '' }
      : null;
  } catch {
    return null;
  }
}

/** Whether that process is alive and a PostgreSQL server started on this very folder. */
export function serves(pid: number, cluster: string): boolean {
  const words = begunAt(pid) === null ? null : commandLine(pid);
  return words !== null && /postgres(ql)? -D /.test(words) && words.endsWith(`-D ${cluster}`);
}

/** Starts a server in a session of its own, so that Ctrl-C in the terminal reaches Latchkey alone. */
export function launch(runner: Runner, program: string, cluster: string): Postmaster {
  const { file, args, identity } = runner.as(program, ['-D', cluster]);
  const child = spawn(file, args, {
    cwd: '/',
    env: plainEnvironment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...identity,
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-16_384);
  };
  let over = false;
  let exit: number | null = null;
  const listeners: ((code: number | null) => void)[] = [];
  const finish = (code: number | null) => {
    if (over) return;
    over = true;
    exit = code;
    for (const then of listeners) then(code);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', collect);
    // A forgotten stop must not keep the program alive.
    (stream as unknown as { unref: () => void }).unref();
  }
  child.on('error', error => {
    collect(Buffer.from(error.message));
    finish(-1);
  });
  child.on('exit', code => finish(code));
  child.unref();
  return {
    pid: child.pid ?? 0,
    child: true,
    output: () => output,
    alive: () => !over,
    whenEnded: then => {
      if (over) then(exit);
      else listeners.push(then);
    },
  };
}

/** Watches a server that somebody else started. */
export function follow(pid: number): Postmaster {
  const began = begunAt(pid);
  const alive = () => began !== null && begunAt(pid) === began;
  return {
    pid,
    child: false,
    output: () => '',
    alive,
    whenEnded: then => {
      const timer = setInterval(() => {
        if (alive()) return;
        clearInterval(timer);
        then(null);
      }, 250);
      timer.unref();
    },
  };
}

/** Waits until the server takes connections; false when it ended before. Recovery may take its time. */
export async function untilReady(server: Postmaster, cluster: string, onWait: () => void): Promise<boolean> {
  let next = performance.now() + 5_000;
  while (server.alive()) {
    const report = readReport(cluster);
    if (report?.pid === server.pid && report.status === 'ready') return true;
    if (performance.now() > next) {
      onWait();
      next += 10_000;
    }
    await pause(5);
  }
  return false;
}

/** Shuts a server down, politely first: sessions are ended, the data is flushed. */
export async function shutDown(pid: number): Promise<void> {
  if (begunAt(pid) === null) return;
  signal(pid, 'SIGINT');
  if (await ended(pid, 60_000)) return;
  signal(pid, 'SIGQUIT');
  if (await ended(pid, 10_000)) return;
  signal(pid, 'SIGKILL');
  await ended(pid, 5_000);
}

/**
 * Clears the way for a new server after one that was killed: its sessions end by themselves or are ended, and
 * lock files that name a process of somebody else (ids are reused) are removed.
 */
export async function clearRemains(cluster: string, clusterName: string, socketDir: string): Promise<void> {
  const report = join(cluster, 'postmaster.pid');
  const socket = join(socketDir, '.s.PGSQL.5432');
  const marks = [report, `${socket}.lock`].filter(path => existsSync(path));
  if (marks.length === 0) return;
  await endSessions(`postgres: ${clusterName}: `);
  for (const path of marks) {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    // PostgreSQL takes any process of that id for its rival, even one that has ended and waits to be collected.
    if (signal(pid, 0) && !serves(pid, cluster)) rmSync(path, { force: true });
  }
}

async function endSessions(title: string): Promise<void> {
  const stages: [NodeJS.Signals | 0, number][] = [
    [0, 2_000],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_000],
  ];
  for (const [name, ms] of stages) {
    const sessions = startingWith(title);
    for (const pid of sessions) signal(pid, name);
    const gone = await Promise.all(sessions.map(pid => ended(pid, ms)));
    if (gone.every(Boolean)) return;
  }
}
