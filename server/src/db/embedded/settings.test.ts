// The settings file: safe by default, the owner's own lines win, nothing is lost on the way.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settings, type Tuning, writeSettings } from './settings.ts';

const made = (tuning: Tuning = {}, version = '18.4.0') =>
  settings({
    logDir: "/data/it's/log",
    socketDir: '/data/socket',
    clusterName: 'latchkey-1',
    version,
    tuning,
  });

test('the data is safe unless a test asks otherwise', () => {
  const safe = made().text;
  for (const line of ['fsync = on', 'synchronous_commit = on', 'full_page_writes = on'])
    expect(safe).toContain(line);
  expect(made({ durable: false }).text).toContain('fsync = off');
});

test('shared buffers stay between 32 MB and 2 GB whatever the machine', () => {
  const buffers = Number(/shared_buffers = (\d+)MB/.exec(made().text)?.[1]);
  expect(buffers).toBeGreaterThanOrEqual(32);
  expect(buffers).toBeLessThanOrEqual(2048);
});

test('a quote in a path does not break out of its value', () => {
  expect(made().text).toContain("log_directory = '/data/it''s/log'");
});

test('another version or other settings make another build, so that an old server is not taken over', () => {
  const builds = [made(), made({}, '18.5.0'), made({ maxConnections: 300 })].map(set => set.build);
  expect(new Set(builds).size).toBe(3);
  expect(made().build).toBe(builds[0]);
});

test('writing twice adds one include, ahead of lines the owner adds later', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-settings-'));
  const main = join(folder, 'postgresql.conf');
  writeFileSync(main, 'work_mem = 1MB\n');
  writeSettings(folder, 'a = 1\n', () => {});
  writeFileSync(main, `${readFileSync(main, 'utf8')}work_mem = 64MB\n`);
  writeSettings(folder, 'a = 2\n', () => {});
  const lines = readFileSync(main, 'utf8');
  expect(lines.split("include 'latchkey.conf'")).toHaveLength(2);
  expect(lines.trimEnd().endsWith('work_mem = 64MB')).toBe(true);
  expect(readFileSync(join(folder, 'latchkey.conf'), 'utf8')).toBe('a = 2\n');
  rmSync(folder, { recursive: true });
});
