// Throw-away servers: quick, gone afterwards, and swept up when a test run was killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, test } from 'vitest';
import { readReport } from '../db/embedded/postmaster.ts';
import { begunAt } from '../db/embedded/processes.ts';
import { startThrowAwayCluster, sweepAbandoned } from './cluster.ts';

const folderOf = (url: string) => dirname(new URL(url).searchParams.get('host') ?? '');
const serverOf = (folder: string) => readReport(`${folder}/postgres`)?.pid ?? 0;

test('takes three hundred sessions and removes itself', async () => {
  const cluster = await startThrowAwayCluster();
  const client = new pg.Client(cluster.ownerUrl);
  await client.connect();
  expect((await client.query('SHOW max_connections')).rows[0]).toEqual({ max_connections: '300' });
  await client.end();
  const folder = folderOf(cluster.ownerUrl);
  const pid = serverOf(folder);
  await cluster.stop();
  expect(begunAt(pid)).toBeNull();
  expect(existsSync(folder)).toBe(false);
});

test('what a killed run left is removed, what a living run uses is not', async () => {
  const living = await startThrowAwayCluster();
  const here = fileURLToPath(new URL('cluster.ts', import.meta.url));
  const code = `const { startThrowAwayCluster } = await import(${JSON.stringify(here)});
    console.log((await startThrowAwayCluster()).ownerUrl); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const folder = folderOf(url);
  const pid = serverOf(folder);
  expect(begunAt(pid)).not.toBeNull();
  await sweepAbandoned();
  expect(begunAt(pid)).not.toBeNull();
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await sweepAbandoned();
  expect(begunAt(pid)).toBeNull();
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(folderOf(living.ownerUrl))).toBe(true);
  await living.stop();
});
