// Claims on a data folder: living, dead, impersonated, from elsewhere.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder, claimIsDead } from './claim.ts';
import { begunAt, pidRealm } from './processes.ts';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-claim-'));
  lock = join(folder, 'latchkey.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plant = (holder: object | string) =>
  writeFileSync(lock, typeof holder === 'string' ? holder : JSON.stringify(holder));

async function claimed(): Promise<boolean> {
  const claim = await claimFolder(folder);
  if (claim.kind === 'held') claim.release();
  return claim.kind === 'held';
}

test('a held claim refuses a second one, names its holder, and is gone once released', async () => {
  const first = await claimFolder(folder);
  expect(first.kind).toBe('held');
  expect(await claimFolder(folder)).toEqual({ kind: 'taken', by: process.pid });
  if (first.kind === 'held') first.release();
  expect(existsSync(lock)).toBe(false);
  expect(await claimed()).toBe(true);
});

test('of many that claim at once exactly one gets the folder', async () => {
  const claims = await Promise.all(Array.from({ length: 20 }, () => claimFolder(folder)));
  expect(claims.filter(claim => claim.kind === 'held')).toHaveLength(1);
});

test('the claim of a process that was killed is taken over', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  const holder = { pid: child.pid, began: begunAt(child.pid ?? 0), realm: pidRealm() };
  plant(holder);
  expect(await claimed()).toBe(false);
  expect(claimIsDead(folder)).toBe(false);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  expect(claimIsDead(folder)).toBe(true);
  expect(await claimed()).toBe(true);
});

test('a living stranger under a reused process id holds nothing', async () => {
  plant({ pid: process.pid, began: 'long ago', realm: pidRealm() });
  expect(await claimed()).toBe(true);
});

test('a claim from another container counts while its beat goes on, and not long after', async () => {
  plant({ pid: 1, began: '1', realm: 'elsewhere' });
  const beats = setInterval(() => utimesSync(lock, new Date(), new Date()), 100);
  expect(await claimed()).toBe(false);
  clearInterval(beats);
  const minuteAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, minuteAgo, minuteAgo);
  expect(await claimed()).toBe(true);
});

test('a claim file cut short by a crash is overcome', async () => {
  plant('{"pid":12');
  const minuteAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, minuteAgo, minuteAgo);
  expect(await claimed()).toBe(true);
});

test('releasing after the folder was lost to somebody else leaves their claim alone', async () => {
  const claim = await claimFolder(folder);
  plant('somebody else');
  if (claim.kind === 'held') claim.release();
  expect(readFileSync(lock, 'utf8')).toBe('somebody else');
});
