// Starts that cannot work: one clear sentence each, an exit code, and nothing damaged.

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from './testing/harness.ts';
import { ownFolder, post, startProcess } from './testing/processes.ts';

const folder = ownFolder();
afterAll(() => folder.remove());

async function refused(env: Record<string, string>, args: string[] = []) {
  const started = await startProcess({ LATCHKEY_DATA: folder.path, ...env }, args);
  if (started.kind === 'ready') {
    await started.server.end();
    throw new Error('it started');
  }
  return started;
}

describe('a start on any free port', () => {
  it('knows the port in the links of its messages', async () => {
    const { ownerUrl } = await cloneDatabase();
    const started = await startProcess({ LATCHKEY_DATA: folder.path, DATABASE_URL: ownerUrl }, ['--demo']);
    if (started.kind !== 'ready') throw new Error(started.output);
    const { url, end } = started.server;
    await post(`${url}/api/v1/recovery`, { name: 'rep@demo.test' });
    const reply = await fetch(`${url}/api/v1/outbox?to=rep@demo.test`);
    const { items } = (await reply.json()) as { items: { body: string }[] };
    expect(items[0]?.body).toContain(`${url}/recover/`);
    await end();
  }, 90_000);
});

describe('a start that cannot work', () => {
  it('lists all wrong settings with a remedy each and ends with 2', async () => {
    const { code, output } = await refused(
      {
        PORT: '99999',
        LATCHKEY_URL: 'crm.example.com',
        SMTP_URL: 'mail',
        LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/99',
        LATCHKEY_GEOIP: `${folder.path}/missing.mmdb`,
      },
      ['--dmeo'],
    );
    expect(code).toBe(2);
    for (const key of [
      'PORT',
      'LATCHKEY_URL',
      'SMTP_URL',
      'LATCHKEY_TRUSTED_PROXIES',
      'LATCHKEY_GEOIP',
      '--dmeo',
    ])
      expect(output).toContain(key);
    expect(output).toContain('e.g. PORT=3000');
    expect(output).not.toMatch(/at .*\.ts:/);
  });

  it('names a used port before touching anything', async () => {
    const other = createServer();
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, output } = await refused({ PORT: String(port) });
    other.close();
    expect(code).toBe(3);
    expect(output).toMatch(new RegExp(`Port ${port} .* is in use`));
  });

  it.each([
    ['nobody listens', 'postgres://user:secret-word@127.0.0.1:9/none', /no PostgreSQL answers/],
    [
      'the host does not exist',
      'postgres://user:secret-word@no-such-host.invalid:5432/none',
      /no PostgreSQL answers/,
    ],
  ])('says so when %s at DATABASE_URL, without its password', async (_, url, words) => {
    const { code, output } = await refused({ DATABASE_URL: url });
    expect(code).toBe(3);
    expect(output).toMatch(words);
    expect(output).not.toContain('secret-word');
  });

  it('says so when the password or the database of DATABASE_URL is wrong', async () => {
    const { ownerUrl } = await cloneDatabase();
    const wrong = new URL(ownerUrl);
    wrong.password = 'not-this-one';
    const password = await refused({ DATABASE_URL: wrong.href });
    expect(password.code).toBe(3);
    expect(password.output).toMatch(/user name or password is refused/);
    const none = new URL(ownerUrl);
    none.pathname = '/no_such_database';
    expect((await refused({ DATABASE_URL: none.href })).output).toMatch(/does not exist/);
  });

  it('leaves a database of a newer version alone', async () => {
    const { ownerUrl } = await cloneDatabase();
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    await client.query(
      "insert into schema_migrations (version, name, checksum) values (9000, '9000_future.sql', 'x')",
    );
    const { code, output } = await refused({ DATABASE_URL: ownerUrl });
    const { rows } = await client.query('select max(version) as version from schema_migrations');
    await client.end();
    expect(code).toBe(3);
    expect(output).toMatch(/newer Latchkey \(schema 9000/);
    expect(rows[0].version).toBe(9000);
  });
});
