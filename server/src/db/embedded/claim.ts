// One living Latchkey per data folder: a claim file that survives neither kill -9 nor a reused process id.
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { begunAt, pause, pidRealm } from './processes.ts';

type Holder = { pid: number; began: string; realm: string };

export type Claim = { kind: 'held'; release: () => void } | { kind: 'taken'; by: number };

const beat = 5_000;
const silence = 3 * beat;

function readHolder(path: string): { text: string; holder: Holder | null; touched: number } | null {
  try {
    const text = readFileSync(path, 'utf8');
    const touched = statSync(path).mtimeMs;
    try {
      return { text, holder: JSON.parse(text) as Holder, touched };
    } catch {
      return { text, holder: null, touched };
    }
  } catch {
    return null;
  }
}

// Where process ids can be compared they decide; a claim from another container or machine shows life by its beat.
async function lives(path: string, found: { holder: Holder | null; touched: number }): Promise<boolean> {
  const { holder, touched } = found;
  if (holder !== null && holder.realm === pidRealm()) return begunAt(holder.pid) === holder.began;
  for (
    const until = touched + silence;
    Date.now() < until && Date.now() >= touched - silence;
    await pause(500)
  ) {
    const again = readHolder(path);
    if (again === null) return false;
    if (again.touched !== touched) return true;
  }
  return false;
}

// Moves a dead claim aside; should a quicker rival have put its own there meanwhile, gives that back.
function clear(path: string, dead: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') !== dead) {
    try {
      linkSync(aside, path);
    } catch {
      // A third one has claimed it: the holder moved aside finds out at its next beat.
    }
  }
  rmSync(aside, { force: true });
}

/** Claims a data folder for this process; told who has it when another living process does. Throws on a bad disk. */
export async function claimFolder(folder: string): Promise<Claim> {
  const path = join(folder, 'latchkey.lock');
  const mine = JSON.stringify({ pid: process.pid, began: begunAt(process.pid) ?? '', realm: pidRealm() });
  const draft = `${path}.${process.pid}.new`;
  try {
    writeFileSync(draft, mine, { mode: 0o644 });
    for (let tries = 0; tries < 20; tries++) {
      try {
        // A link appears whole or not at all, and only where nothing is.
        linkSync(draft, path);
        return hold(path, mine);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const found = readHolder(path);
      if (found === null) continue;
      if (await lives(path, found)) return { kind: 'taken', by: found.holder?.pid ?? 0 };
      clear(path, found.text);
    }
    return { kind: 'taken', by: 0 };
  } finally {
    rmSync(draft, { force: true });
  }
}

function hold(path: string, mine: string): Claim {
  const timer = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(path, now, now);
    } catch {
      // A disk that is full or gone for a while must not end a server that still works.
    }
  }, beat);
  timer.unref();
  const release = () => {
    clearInterval(timer);
    if (readHolder(path)?.text === mine) rmSync(path, { force: true });
  };
  return { kind: 'held', release };
}

/** Whether the claim on a folder is provably that of a process that has ended. */
export function claimIsDead(folder: string): boolean {
  const holder = readHolder(join(folder, 'latchkey.lock'))?.holder ?? null;
  return holder !== null && holder.realm === pidRealm() && begunAt(holder.pid) !== holder.began;
}
