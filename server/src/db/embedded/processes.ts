// What the operating system knows about a process: whether it lives, since when, and its command line.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const linux = process.platform === 'linux';

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function ps(...args: string[]): string | null {
  const run = spawnSync('ps', args, { encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trim() : null;
}

/** The moment a living process began, in the system's own notation; null when it has ended (a zombie has). */
export function begunAt(pid: number): string | null {
  if (!linux) {
    const line = ps('-o', 'state=,lstart=', '-p', String(pid));
    return line === null || line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
  }
  const stat = readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field holds the program's name and may contain blanks and brackets: count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? 'X';
  return state === 'Z' || state === 'X' ? null : (fields[19] ?? null);
}

/** The command line of a process, its words separated by blanks; null when it cannot be read. */
export function commandLine(pid: number): string | null {
  if (!linux) return ps('-ww', '-o', 'command=', '-p', String(pid));
  const raw = readOrNull(`/proc/${pid}/cmdline`);
  return raw === null ? null : raw.replaceAll('\0', ' ').trim();
}

/** Every process whose command line starts with the given words. */
export function startingWith(words: string): number[] {
  if (!linux) {
    const lines = (ps('-axww', '-o', 'pid=,command=') ?? '').split('\n');
    return lines.flatMap(line => {
      const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid !== undefined && command?.startsWith(words) ? [Number(pid)] : [];
    });
  }
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => commandLine(pid)?.startsWith(words) === true && begunAt(pid) !== null);
}

/** Names this run of this machine and this view of its process ids: pids compare only under equal names. */
export function pidRealm(): string {
  if (!linux) return 'one';
  const boot = readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  try {
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return boot;
  }
}

/** Sends a signal (0 only asks); false when there is no such process or it is not ours to signal. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

export const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));

/** Waits until a process has ended; false when it still lives after so many milliseconds. */
export async function ended(pid: number, ms: number): Promise<boolean> {
  const began = begunAt(pid);
  for (const until = performance.now() + ms; performance.now() < until; ) {
    if (began === null || begunAt(pid) !== began) return true;
    await pause(10);
  }
  return begunAt(pid) !== began;
}
