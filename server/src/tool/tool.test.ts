// The administrator's tool as a process, beside a running server.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownFolder, post, type ServerProcess, startServer } from '../testing/processes.ts';

const folder = ownFolder();
const admin = { name: 'chief@example.com', password: 'seven-quiet-harbours' };
const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));
let server: ServerProcess;

beforeAll(async () => {
  server = await startServer({ LATCHKEY_DATA: folder.path });
  await post(`${server.url}/api/v1/setup`, {
    workspace: 'Tool',
    name: 'Chief',
    email: admin.name,
    password: admin.password,
  });
}, 60_000);
afterAll(async () => {
  await server.end();
  folder.remove();
});

async function latchkey(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, LATCHKEY_DATA: folder.path };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...args], { env });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

describe('latchkey', () => {
  it('names its commands when it does not know one', async () => {
    const { code, err } = await latchkey('nonsense');
    expect(code).toBe(2);
    expect(err).toContain('audit verify');
  });

  it('verifies the journal and tells the state as JSON', async () => {
    expect((await latchkey('audit', 'verify')).out).toMatch(/^intact: [1-9]/);
    const status = JSON.parse((await latchkey('status', '--json')).out);
    expect(status).toMatchObject({ workspace: 'Tool', people: 1, standingLocks: 0 });
    expect(JSON.parse((await latchkey('doctor', '--json')).out)).toMatchObject({ journal: 'intact' });
    expect((await latchkey('files', 'move', '--to', 'bucket')).err).toMatch(/LATCHKEY_S3_/);
  });

  it('tells of alarm and defence mode, and warns of a proxy that the settings do not name', async () => {
    const status = JSON.parse((await latchkey('status', '--json')).out);
    expect(status).toMatchObject({ alarm: 'none', defence: 'off' });
    expect((await latchkey('doctor')).out).not.toContain('LATCHKEY_TRUSTED_PROXIES');
    await fetch(`${server.url}/api/v1/setup`, { headers: { 'x-forwarded-for': '203.0.113.5' } });
    await expect
      .poll(async () => (await latchkey('doctor')).out, { timeout: 20_000, interval: 2_000 })
      .toContain('LATCHKEY_TRUSTED_PROXIES is empty');
  }, 40_000);

  it('L15 lets the last administrator back in with one command, without mail', async () => {
    for (let i = 0; i < 6; i++)
      await post(`${server.url}/api/v1/session`, { name: admin.name, password: `wrong guess number ${i}` });
    expect((await post(`${server.url}/api/v1/session`, admin)).status).toBe(423);
    expect((await latchkey('locks', 'list')).out).toContain('failed-attempts');
    const recovered = JSON.parse((await latchkey('recover', admin.name, '--json')).out);
    expect(
      (await post(`${server.url}/api/v1/session`, { name: admin.name, password: recovered.password })).status,
    ).toBe(200);
    expect((await latchkey('audit', 'export')).out).toContain('recover.break-glass');
    expect((await latchkey('recover', 'nobody@example.com')).code).toBe(1);
  });

  it('L15 tells of factors that a new device asks for, and removes lost ones', async () => {
    const url = `${server.url}/api/v1`;
    const password = JSON.parse((await latchkey('recover', admin.name, '--json')).out).password;
    const known = await post(`${url}/session`, { name: admin.name, password });
    const cookie = known.headers
      .getSetCookie()
      .map(one => one.split(';')[0])
      .join('; ');
    const { secret } = (await (await post(`${url}/factors/totp`, {}, { cookie })).json()) as {
      secret: string;
    };
    const code = new TOTP({ secret }).generate();
    expect((await post(`${url}/factors/totp/confirm`, { code }, { cookie })).status).toBe(204);
    const told = await latchkey('recover', admin.name);
    expect(told.out).toContain('A new device also asks for: authenticator');
    const removed = JSON.parse((await latchkey('recover', '--remove-factors', admin.name, '--json')).out);
    expect(removed.factors).toEqual([]);
    const again = await post(`${url}/session`, { name: admin.name, password: removed.password });
    expect(((await again.json()) as { kind: string }).kind).toBe('signed-in');
  }, 60_000);

  it('helps as the desk does: an initial password that has to be changed, a code that opens one device', async () => {
    const name = 'hanmei@example.com';
    await latchkey('people', 'add', '--name', 'Han Mei', '--email', name, '--role', 'rep');
    expect((await latchkey('people', 'reset', name)).code).toBe(1);
    const reset = JSON.parse(
      (await latchkey('people', 'reset', name, '--reason', 'stood before me', '--json')).out,
    );
    const reply = await post(`${server.url}/api/v1/session`, { name, password: reset.password });
    const cookie = reply.headers
      .getSetCookie()
      .map(one => one.split(';')[0])
      .join('; ');
    const session = await fetch(`${server.url}/api/v1/session`, { headers: { cookie } });
    expect(((await session.json()) as { held: { cause: string } }).held.cause).toBe('password-initial');
    const code = (await latchkey('people', 'unlock', name, '--code', '--reason', 'stood before me')).out;
    expect(code).toMatch(/\b\d{8}\b/);
    expect((await latchkey('audit', 'export')).out).toContain('desk.unlock-code');
    expect((await latchkey('people', 'list')).out).toMatch(/hanmei@example\.com .*rep .*active/);
  }, 60_000);

  it('adds people and lifts a lock with a reason', async () => {
    const added = JSON.parse(
      (
        await latchkey(
          'people',
          'add',
          '--name',
          'Li Lei',
          '--email',
          'lilei@example.com',
          '--role',
          'rep',
          '--json',
        )
      ).out,
    );
    for (let i = 0; i < 6; i++)
      await post(`${server.url}/api/v1/session`, {
        name: 'lilei@example.com',
        password: `wrong guess number ${i}`,
      });
    expect((await latchkey('people', 'unlock', 'lilei@example.com')).code).toBe(1);
    expect(
      (await latchkey('people', 'unlock', 'lilei@example.com', '--reason', 'stood before me')).out,
    ).toContain('1 lifted');
    expect(
      (await post(`${server.url}/api/v1/session`, { name: 'lilei@example.com', password: added.password }))
        .status,
    ).toBe(200);
    expect((await latchkey('people', 'list')).out).toContain('lilei@example.com');
  });
});
