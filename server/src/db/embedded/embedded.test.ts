// The embedded PostgreSQL through good and bad days: real servers, real kills.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { throwAwayPlace } from '../../testing/place.ts';
import { runningUrl, startEmbedded } from './embedded.ts';
import { readReport } from './postmaster.ts';
import { begunAt, ended, pause } from './processes.ts';

const fixture = fileURLToPath(new URL('embedded.fixture.ts', import.meta.url));

type Said = {
  kind?: string;
  pid?: number;
  adopted?: boolean;
  url?: string;
  log?: string;
  drained?: number;
  fault?: { kind: string; detail: string };
};

type Owner = {
  process: ChildProcess;
  said: Said[];
  first: (match: (line: Said) => boolean) => Promise<Said>;
};

let folder: string;
let owners: ChildProcess[];
let made: string;

// Making a cluster takes most of a first start: tests of later days begin from a copy of one.
beforeAll(async () => {
  made = mkdtempSync(join(throwAwayPlace(), 'latchkey-embedded-'));
  const server = await start(made);
  await query(server.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await server.stop();
});

afterAll(() => rmSync(made, { recursive: true, force: true }));

const copyMade = () => spawnSync('cp', ['-a', `${made}/.`, folder]);

beforeEach(() => {
  folder = mkdtempSync(join(throwAwayPlace(), 'latchkey-embedded-'));
  owners = [];
});

afterEach(async () => {
  for (const owner of owners) owner.kill('SIGKILL');
  const report = readReport(join(folder, 'postgres'));
  if (report !== null && begunAt(report.pid) !== null) {
    process.kill(report.pid, 'SIGQUIT');
    await ended(report.pid, 5_000);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function own(dataDir = folder, mode = 'listening'): Owner {
  const child = spawn(process.execPath, [fixture, dataDir, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  owners.push(child);
  const said: Said[] = [];
  const waiting = new Set<() => void>();
  const stir = () => {
    for (const look of waiting) look();
  };
  createInterface({ input: child.stdout }).on('line', line => {
    said.push(JSON.parse(line) as Said);
    stir();
  });
  const first = (match: (line: Said) => boolean) =>
    new Promise<Said>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not said: ${JSON.stringify(said)}`)), 15_000);
      const look = () => {
        const line = said.find(match);
        if (line === undefined) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      look();
    });
  return { process: child, said, first };
}

const outcome = (owner: Owner) => owner.first(line => line.kind !== undefined);

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function query(url: string | undefined, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function start(dataDir = folder) {
  const started = await startEmbedded({ dataDir, log: () => {} });
  if (started.kind === 'fault') throw new Error(`${started.fault.kind}: ${started.fault.detail}`);
  return started.server;
}

const read = async (url: string | undefined) => (await query(url, 'SELECT answer FROM kept'))[0]?.answer;

describe('an ordinary day', () => {
  test('the first start makes a safe cluster, the second finds what was written, and stopping leaves nothing running', async () => {
    const first = await start();
    const names = [
      'data_checksums',
      'fsync',
      'full_page_writes',
      'synchronous_commit',
      'server_encoding',
      'TimeZone',
    ];
    const rows = await query(
      first.ownerUrl,
      `SELECT string_agg(current_setting(n), ' ' ORDER BY o) AS all FROM unnest('{${names}}'::text[]) WITH ORDINALITY AS t(n, o)`,
    );
    expect(rows[0]?.all).toBe('on on on on UTF8 UTC');
    await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const { pid } = first;
    await first.stop();
    expect(begunAt(pid)).toBeNull();
    expect(existsSync(join(folder, 'latchkey.lock'))).toBe(false);

    const second = await start();
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(second.adopted).toBe(false);
    expect(await read(second.ownerUrl)).toBe(42);
    expect(runningUrl(folder)).toBe(second.ownerUrl);
    await second.stop();
    expect(runningUrl(folder)).toBeNull();
  });

  test('Ctrl-C in a terminal reaches every process of the group, yet the database serves until it is told to stop', async () => {
    copyMade();
    const owner = own();
    const { pid = 0 } = await outcome(owner);
    const gone = once(owner.process, 'exit');
    process.kill(-(owner.process.pid ?? 0), 'SIGINT');
    expect((await gone)[0]).toBe(0);
    expect(owner.said.some(line => line.drained === 1)).toBe(true);
    expect(begunAt(pid)).toBeNull();
  });

  test('Ctrl-C before the program listens for it, as while it migrates, ends both all the same', async () => {
    copyMade();
    const owner = own(folder, 'deaf');
    const { pid = 0 } = await outcome(owner);
    const gone = once(owner.process, 'exit');
    owner.process.kill('SIGINT');
    expect((await gone)[1]).toBe('SIGINT');
    expect(await ended(pid, 5_000)).toBe(true);
    expect(existsSync(join(folder, 'latchkey.lock'))).toBe(false);
  });

  test('the password opens the server and nothing else does', async () => {
    copyMade();
    const server = await start();
    const wrong = server.ownerUrl.replace(/:[0-9a-f]{48}@/, ':wrong@');
    await expect(query(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    await server.stop();
  });

  test('a lost or foreign password file costs nothing: a new password is set', async () => {
    copyMade();
    rmSync(join(folder, 'postgres-password'));
    const without = await start();
    expect(await read(without.ownerUrl)).toBe(42);
    await without.stop();
    writeFileSync(join(folder, 'postgres-password'), 'one-of-another-folder');
    const other = await start();
    expect(await read(other.ownerUrl)).toBe(42);
    await other.stop();
  });

  test('a data folder with a long path works though sockets allow 107 bytes only', async () => {
    const deep = join(folder, 'a'.repeat(120), 'data');
    const server = await start(deep);
    expect(await query(server.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });
});

describe('sudden ends', () => {
  beforeEach(copyMade);

  test('after kill -9 of Latchkey the next start takes over the very server that kept running', async () => {
    const first = own();
    const before = await outcome(first);
    await killed(first.process);
    expect(begunAt(before.pid ?? 0)).not.toBeNull();
    const second = own();
    const after = await outcome(second);
    expect(after).toMatchObject({ kind: 'ready', adopted: true, pid: before.pid, url: before.url });
    expect(await read(after.url)).toBe(42);
    const gone = once(second.process, 'exit');
    second.process.kill('SIGTERM');
    await gone;
    expect(begunAt(before.pid ?? 0)).toBeNull();
  });

  test('after kill -9 of PostgreSQL the owner brings it back at the same address, started or taken over', async () => {
    const first = own();
    const ready = await outcome(first);
    process.kill(ready.pid ?? 0, 'SIGKILL');
    await first.first(line => line.log === 'PostgreSQL is running again');
    expect(await read(ready.url)).toBe(42);
    await killed(first.process);

    const second = own();
    const adopted = await outcome(second);
    expect(adopted.adopted).toBe(true);
    process.kill(adopted.pid ?? 0, 'SIGKILL');
    await second.first(line => line.log === 'PostgreSQL is running again');
    expect(await read(ready.url)).toBe(42);
  });

  test('after kill -9 of both at once the next start recovers', async () => {
    const first = own();
    const ready = await outcome(first);
    process.kill(ready.pid ?? 0, 'SIGKILL');
    await killed(first.process);
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await read(server.ownerUrl)).toBe(42);
    await server.stop();
  });

  test('a lock file that names a living stranger, as reused process ids do, is no obstacle', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    owners.push(stranger);
    const report = `${stranger.pid}\n${folder}/postgres\n1\n5432\n${folder}/postgres-socket\n\n0 0\nready   \n`;
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), report);
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await read(server.ownerUrl)).toBe(42);
    expect(stranger.exitCode).toBeNull();
    await server.stop();
  });
});

describe('what is in the way', () => {
  test('a first start killed in the middle of making the cluster is made anew', async () => {
    const first = own();
    while (!readdirSync(folder).some(name => name.startsWith('postgres.making-'))) await pause(5);
    await pause(50);
    await killed(first.process);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    const server = await start();
    expect(await query(server.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(folder).filter(name => name.startsWith('postgres.making-'))).toEqual([]);
    await server.stop();
  });

  test('of two owners of one data folder the second is refused and the first goes on', async () => {
    copyMade();
    const first = own();
    const ready = await outcome(first);
    const second = own();
    expect((await outcome(second)).fault?.kind).toBe('data-folder-in-use');
    expect(begunAt(ready.pid ?? 0)).not.toBeNull();
    expect(await query(ready.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('data of a newer PostgreSQL is told and left alone', async () => {
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '99\n');
    const started = await startEmbedded({ dataDir: folder, log: () => {} });
    expect(started).toMatchObject({ kind: 'fault', fault: { kind: 'newer-version' } });
    expect(readFileSync(join(folder, 'postgres', 'PG_VERSION'), 'utf8')).toBe('99\n');
    expect(existsSync(join(folder, 'latchkey.lock'))).toBe(false);
  });

  test('files that are no cluster are set aside, never deleted', async () => {
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'letter.txt'), 'dear');
    const server = await start();
    await server.stop();
    const aside = readdirSync(folder).find(name => name.startsWith('postgres.unfinished-')) ?? '';
    expect(readFileSync(join(folder, aside, 'letter.txt'), 'utf8')).toBe('dear');
  });

  test('a data folder that cannot be made is told', async () => {
    writeFileSync(join(folder, 'file'), '');
    const started = await startEmbedded({ dataDir: join(folder, 'file', 'data'), log: () => {} });
    expect(started).toMatchObject({ kind: 'fault', fault: { kind: 'not-writable' } });
  });
});

const mountable = process.getuid?.() === 0 && process.platform === 'linux' && tryMount();

function tryMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'latchkey-mount-'));
  const right = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]).status === 0;
  if (right) spawnSync('umount', [place]);
  rmSync(place, { recursive: true });
  return right;
}

// Mounting needs root; elsewhere the words of a full disk are tested in faults.test.ts.
if (mountable)
  describe('a full disk', () => {
    const size = (megabytes: number) => {
      const options = `${existsSync(join(folder, 'disk', 'mounted')) ? 'remount,' : ''}size=${megabytes}m`;
      spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', join(folder, 'disk')]);
      writeFileSync(join(folder, 'disk', 'mounted'), '');
    };

    test('is named at the first start and at later ones, harms nothing, and is over when there is room', async () => {
      const dataDir = join(folder, 'disk', 'data');
      mkdirSync(join(folder, 'disk'));
      size(30);
      try {
        const full = { kind: 'fault', fault: { kind: 'disk-full' } };
        expect(await startEmbedded({ dataDir, log: () => {} })).toMatchObject(full);
        size(160);
        const first = await start(dataDir);
        await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
        await first.stop();
        spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'disk', 'filler')}`, 'bs=1M']);
        expect(await startEmbedded({ dataDir, log: () => {} })).toMatchObject(full);
        rmSync(join(folder, 'disk', 'filler'));
        const second = await start(dataDir);
        expect(await read(second.ownerUrl)).toBe(42);
        await second.stop();
      } finally {
        spawnSync('umount', [join(folder, 'disk')]);
      }
    });
  });
