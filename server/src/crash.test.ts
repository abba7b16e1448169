// What holds when processes are killed: no acknowledged write is lost, and the next start works by itself (E5).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { ownFolder, post, type ServerProcess, startServer } from './testing/processes.ts';

const admin = { name: 'chief@example.com', password: 'seven-quiet-harbours' };
const rounds = 20;

/** Writes customers as fast as it can and keeps the ids that were acknowledged; stops when the server goes away. */
function writer(server: ServerProcess, cookie: string, acknowledged: Map<string, string>) {
  let stopped = false;
  const refusals: string[] = [];
  const loop = async (lane: number) => {
    for (let n = 0; !stopped; n++) {
      const name = `Kept ${lane}-${n}-${crypto.randomUUID()}`;
      try {
        const reply = await post(`${server.url}/api/v1/customers`, { name }, { cookie });
        if (reply.status === 201) acknowledged.set(((await reply.json()) as { id: string }).id, name);
        else {
          refusals.push(`${reply.status} ${(await reply.text()).slice(0, 200)}`);
          await sleep(10);
        }
      } catch {
        await sleep(20);
      }
    }
  };
  const loops = [0, 1, 2, 3].map(loop);
  return async () => {
    stopped = true;
    await Promise.all(loops);
    return refusals;
  };
}

/** The acknowledged writes that are not there; while the database is away it asks again. */
async function missing(
  server: ServerProcess,
  cookie: string,
  acknowledged: Map<string, string>,
): Promise<string[]> {
  const lost: string[] = [];
  const until = Date.now() + 30_000;
  for (const [id, name] of acknowledged) {
    let reply = await fetch(`${server.url}/api/v1/customers/${id}`, { headers: { cookie } });
    while (reply.status === 503 && Date.now() < until) {
      await sleep(50);
      reply = await fetch(`${server.url}/api/v1/customers/${id}`, { headers: { cookie } });
    }
    const found = reply.status === 200 ? ((await reply.json()) as { name: string }).name : `${reply.status}`;
    if (found !== name) lost.push(`${id}: ${found}`);
  }
  return lost;
}

async function signedIn(server: ServerProcess): Promise<string> {
  const made = await post(`${server.url}/api/v1/setup`, {
    workspace: 'Kept',
    name: 'Chief',
    email: admin.name,
    password: admin.password,
    language: 'en',
  });
  expect(made.status).toBe(201);
  return made.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ');
}

describe('killed in the middle of writes', () => {
  const folders = [ownFolder(), ownFolder()] as const;
  afterAll(() => folders.map(folder => folder.remove()));

  it(`keeps every acknowledged write over ${rounds} kills of Node`, async () => {
    const env = { LATCHKEY_DATA: folders[0].path };
    let server = await startServer(env);
    const cookie = await signedIn(server);
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < rounds; round++) {
      const stop = writer(server, cookie, acknowledged);
      const before = acknowledged.size;
      await expect
        .poll(() => acknowledged.size, { timeout: 10_000, interval: 5 })
        .toBeGreaterThan(before + 4);
      await sleep((round * 37) % 150);
      await server.end('SIGKILL');
      await stop();
      server = await startServer(env);
      if (round % 5 === 4) expect(await missing(server, cookie, acknowledged)).toEqual([]);
    }
    expect(acknowledged.size).toBeGreaterThan(rounds * 5);
    expect(await missing(server, cookie, acknowledged)).toEqual([]);
    expect(await server.end()).toBe(0);
  }, 240_000);

  it(`keeps every acknowledged write over ${rounds} kills of PostgreSQL, and Node goes on`, async () => {
    const folder = folders[1];
    const server = await startServer({ LATCHKEY_DATA: folder.path });
    const cookie = await signedIn(server);
    const acknowledged = new Map<string, string>();
    const stop = writer(server, cookie, acknowledged);
    for (let round = 0; round < rounds; round++) {
      await sleep(60 + ((round * 53) % 200));
      await expect.poll(() => alive(postmaster(folder.path)), { timeout: 20_000, interval: 20 }).toBe(true);
      process.kill(postmaster(folder.path), 'SIGKILL');
      await sleep(100);
      const before = acknowledged.size;
      const until = Date.now() + 40_000;
      while (acknowledged.size < before + 4 && Date.now() < until) await sleep(20);
      if (acknowledged.size < before + 4)
        throw new Error(
          `no writes in round ${round}: ${(await stop()).at(-1)}\n${server.output().slice(-2_000)}`,
        );
    }
    await stop();
    expect(await missing(server, cookie, acknowledged)).toEqual([]);
    const pid = postmaster(folder.path);
    expect(await server.end()).toBe(0);
    expect(alive(pid)).toBe(false);
  }, 240_000);
});

function postmaster(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function alive(pid: number): boolean {
  try {
    return !/^Z/.test(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)]).toString());
  } catch {
    return false;
  }
}
