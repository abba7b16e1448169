// One command, one group of processes: what `npm start` brings up, it takes down.
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ownFolder } from '../server/src/testing/processes.ts';

const start = fileURLToPath(new URL('start.mjs', import.meta.url));
const folder = ownFolder();
afterAll(() => folder.remove());

type Process = { pid: number; parent: number; kilobytes: number; what: string };

function processes(): Process[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap(line => {
      const [, pid, parent, kilobytes, what = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid ? [{ pid: Number(pid), parent: Number(parent), kilobytes: Number(kilobytes), what }] : [];
    });
}

function familyOf(pid: number): Process[] {
  const all = processes();
  const family = all.filter(one => one.pid === pid);
  for (const member of family) family.push(...all.filter(one => one.parent === member.pid));
  return family;
}

describe('npm start', () => {
  it('L48 brings up everything as one family of processes within a small memory, and takes all of it down', async () => {
    const child = spawn(process.execPath, [start, '--demo'], {
      env: {
        ...process.env,
        PORT: '0',
        LATCHKEY_DATA: folder.path,
        LATCHKEY_SKIP_BUILD: '1',
        LATCHKEY_LOG: 'warn',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
    let output = '';
    const url = await new Promise<string>(resolve => {
      child.stdout.on('data', chunk => {
        output += chunk;
        const ready = /ready at (http\S+)/.exec(output)?.[1];
        if (ready) resolve(ready);
      });
    });
    expect(output).toMatch(/admin@demo\.test/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const family = familyOf(child.pid ?? 0);
    expect(family.some(one => /postgres/.test(one.what))).toBe(true);
    // Shared memory is counted once for each PostgreSQL process here, so the true sum is lower still.
    expect(family.reduce((sum, one) => sum + one.kilobytes, 0) / 1_024).toBeLessThan(1_024);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    const left = processes().filter(one => family.some(was => was.pid === one.pid && was.what === one.what));
    expect(left).toEqual([]);
  }, 60_000);
});
