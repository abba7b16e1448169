// What must hold over two server processes on one database.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../testing/harness.ts';
import { figure, ownFolder, post, type ServerProcess, startServer } from '../testing/processes.ts';

const admin = { name: 'chief@example.com', password: 'seven-quiet-harbours' };
const folder = ownFolder();
let servers: ServerProcess[] = [];

beforeAll(async () => {
  const { ownerUrl } = await cloneDatabase();
  const secret = join(folder.path, 'secret');
  writeFileSync(secret, Buffer.alloc(48, 9).toString('base64'));
  const env = { DATABASE_URL: ownerUrl, LATCHKEY_DATA: folder.path, LATCHKEY_SECRET_FILE: secret };
  // One after the other: the second finds role, schema and queues made.
  servers = [await startServer(env), await startServer(env)];
  const made = await post(`${servers[0]?.url}/api/v1/setup`, {
    workspace: 'Two Doors',
    name: 'Chief',
    email: admin.name,
    password: admin.password,
    language: 'en',
  });
  expect(made.status).toBe(201);
  keepDevice(made);
}, 60_000);

afterAll(async () => {
  await Promise.all(servers.map(server => server.end()));
  folder.remove();
});

const server = (i: number) => servers[i % servers.length]?.url ?? '';
const verified = async () => {
  const counts = await Promise.all(servers.map(s => figure(s.url, 'latchkey_password_verifications_total')));
  return counts.reduce((a, b) => a + b, 0);
};

describe('two server processes on one database', () => {
  it('L1 let 200 parallel wrong guesses reach the password hash five times at most', async () => {
    const before = await verified();
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        post(`${server(i)}/api/v1/session`, { name: admin.name, password: `wrong guess number ${i}` }),
      ),
    );
    expect((await verified()) - before).toBe(5);
    const statuses = replies.map(reply => reply.status);
    expect(statuses.filter(status => status === 401)).toHaveLength(5);
    expect(statuses.filter(status => status === 423)).toHaveLength(195);
  });

  it('L1 the same for a name that does not exist', async () => {
    const before = await verified();
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        post(`${server(i)}/api/v1/session`, {
          name: 'ghost@example.com',
          password: `wrong guess number ${i}`,
        }),
      ),
    );
    expect((await verified()) - before).toBe(5);
    expect(replies.filter(reply => reply.status === 401)).toHaveLength(5);
  });

  it('L2 let 50 parallel right sign-ins of one person all in, on strange devices', async () => {
    const { cookie } = await knownDevice();
    const added = await post(
      `${server(0)}/api/v1/people`,
      {
        name: 'Fifty Fold',
        email: 'fifty@example.com',
        role: 'rep',
        password: 'many-gates-at-once',
        language: 'en',
      },
      { cookie },
    );
    expect(added.status).toBe(201);
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        post(`${server(i)}/api/v1/session`, { name: 'fifty@example.com', password: 'many-gates-at-once' }),
      ),
    );
    expect(replies.map(reply => reply.status)).toEqual(Array(50).fill(200));
  });

  it('L2 let 50 parallel right sign-ins of one person all in on a known device', async () => {
    const { device } = await knownDevice();
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, i) => post(`${server(i)}/api/v1/session`, admin, { cookie: device })),
    );
    expect(replies.map(reply => reply.status)).toEqual(Array(50).fill(200));
  });

  it('lift a lock on both as soon as one has lifted it, though both refuse it from memory', async () => {
    const { cookie } = await knownDevice();
    for (let i = 0; i < 8; i++)
      await post(`${server(i)}/api/v1/session`, { name: 'fifty@example.com', password: `not this ${i}` });
    const right = { name: 'fifty@example.com', password: 'many-gates-at-once' };
    for (const s of servers) expect((await post(`${s.url}/api/v1/session`, right)).status).toBe(423);
    const listed = (await (
      await fetch(`${server(0)}/api/v1/locks?standing=true`, { headers: { cookie } })
    ).json()) as {
      items: { id: string; subject: { person: { name: string } | null } }[];
    };
    const lock = listed.items.find(item => item.subject.person?.name === 'Fifty Fold');
    const lifted = await post(
      `${server(0)}/api/v1/locks/${lock?.id}/lift`,
      { reason: 'asked at my desk', proof: 'in person' },
      { cookie },
    );
    expect(lifted.status).toBe(204);
    expect((await post(`${server(0)}/api/v1/session`, right)).status).toBe(200);
    await expect
      .poll(async () => (await post(`${server(1)}/api/v1/session`, right)).status, { timeout: 1_000 })
      .toBe(200);
  });

  it('forget a session on both as soon as one has ended it', async () => {
    const { cookie } = await knownDevice();
    for (const s of servers)
      expect((await fetch(`${s.url}/api/v1/session`, { headers: { cookie } })).status).toBe(200);
    await fetch(`${server(0)}/api/v1/session`, { method: 'DELETE', headers: { cookie } });
    expect((await fetch(`${server(0)}/api/v1/session`, { headers: { cookie } })).status).toBe(401);
    await expect
      .poll(async () => (await fetch(`${server(1)}/api/v1/session`, { headers: { cookie } })).status, {
        timeout: 1_000,
      })
      .toBe(401);
  });
});

let device = '';

function keepDevice(reply: Response): string {
  const cookies = reply.headers.getSetCookie().map(cookie => cookie.split(';')[0] ?? '');
  device = cookies.find(cookie => cookie.startsWith('latchkey-device=')) ?? device;
  return cookies.find(cookie => cookie.startsWith('latchkey=')) ?? '';
}

/** A session of the administrator on the device of the set-up, which no stranger's guessing can shut. */
async function knownDevice(): Promise<{ cookie: string; device: string }> {
  const reply = await post(`${server(0)}/api/v1/session`, admin, { cookie: device });
  expect(reply.status).toBe(200);
  return { cookie: `${keepDevice(reply)}; ${device}`, device };
}
