// OWASP ASVS 5.0, chapters 6 to 8, where no other test shows that a requirement holds; docs/asvs.md is the whole list.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieNames } from './cookies.ts';
import { may, type Role } from './permissions.ts';
import { routes } from './routes.ts';
import type { Client } from './testing/client.ts';
import { openTest, password, type Test } from './testing/harness.ts';
import { peopleOf } from './testing/people.ts';

let test: Test;
let admin: Client;
let person: ReturnType<typeof peopleOf>['person'];
const minute = 60_000;
const nobody = '01900000-0000-7000-8000-000000000000';
const fill = (path: string) => path.replace(/\{\w+\}/g, nobody);
const { session: sessionName } = cookieNames(false);

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  ({ person } = peopleOf(test, admin));
});

afterAll(() => test.close());

const signedIn = async (email: string, typed = password) => {
  const client = test.client();
  await client.signIn(email, typed);
  return client;
};
/** A client that holds what another held a moment ago, as whoever copied its cookies does. */
const copyOf = (client: Client) => {
  const copy = test.client(client.address);
  for (const [name, value] of client.cookies) copy.cookies.set(name, value);
  return copy;
};
const status = async (client: Client) => (await client.get('/session')).status;

describe('passwords', () => {
  const next = `  Ünïcode 密码 😀 ${'"\\<>;&%\u00a3'.repeat(7)}`;

  it('ASVS 6.2.1 6.2.5 6.2.8 6.2.9 are taken whole, of any characters, and compared as they were typed', async () => {
    const { email } = await person();
    const client = await signedIn(email);
    const set = (to: string) => client.post('/me/password', { current: password, next: to });
    expect((await set('short 7')).status).toBe(422);
    expect([...next].length).toBeGreaterThanOrEqual(64);
    expect((await set(next)).status).toBe(204);
    const tries = [next.slice(0, -1), next.slice(0, 64), next.trim(), next.toLowerCase()].filter(
      typed => typed !== next,
    );
    for (const typed of tries)
      expect((await copyOf(client).post('/session', { name: email, password: typed })).status).toBe(401);
    await signedIn(email, next);
  });

  it('ASVS 6.2.2 6.2.3 are changed by their owner, who types the present one', async () => {
    const { email } = await person();
    const client = await signedIn(email);
    const change = (body: object) => client.post('/me/password', body);
    expect((await change({ next: 'five-green-bottles' })).status).toBe(401);
    expect((await change({ current: 'not this one at all', next: 'five-green-bottles' })).status).toBe(401);
    expect((await change({ current: password, next: 'five-green-bottles' })).status).toBe(204);
    await signedIn(email, 'five-green-bottles');
  });

  it('ASVS 6.2.10 go on for ten years unless the workspace asks otherwise', async () => {
    const { email } = await person();
    test.turn(3_650 * 24 * 60 * minute);
    await signedIn(email);
    test.turn(-3_650 * 24 * 60 * minute);
  });

  it('ASVS 6.1.2 6.2.11 hold none of the documented words of the context', async () => {
    const { email } = await person();
    const client = await signedIn(email);
    const local = email.split('@')[0];
    for (const word of ['latchkey-latchkey', 'Latchkey2026!', `${local}-on-the-moon`, 'Test Trading 7 x 9'])
      expect([word, (await client.post('/me/password', { current: password, next: word })).status]).toEqual([
        word,
        422,
      ]);
  });

  it('ASVS 6.3.7 that were changed are told to their owner', async () => {
    const { email } = await person();
    const client = await signedIn(email);
    await client.post('/me/password', { current: password, next: 'five-green-bottles' });
    await test.jobs.settle();
    const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(email)}`)).body;
    expect(items.map((item: { template: string }) => item.template)).toContain('password-changed');
  });
});

describe('the pages', () => {
  const web = fileURLToPath(new URL('../../web/src/', import.meta.url));
  const pages = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.tsx'))
    .map(path => ({ path, text: readFileSync(`${web}${path}`, 'utf8') }));

  it('ASVS 6.2.6 mask every password that is typed, in one field that can show it', () => {
    const asks = pages.filter(({ text }) => /autoComplete="(current|new)-password"/.test(text));
    expect(asks.length).toBeGreaterThan(3);
    // The administrator sees the initial password that is drawn for a colleague.
    const unmasked = asks.filter(({ text }) => !/<(Guided|New)?PasswordField/.test(text));
    expect(unmasked.map(({ path }) => path)).toEqual(['people/AddPerson.tsx']);
    const field = pages.find(({ path }) => path === 'ui/plain.tsx');
    expect(field?.text).toContain("type={shown ? 'text' : 'password'}");
  });

  it('ASVS 6.2.7 hinder nobody from pasting, and name their fields for password managers', () => {
    expect(pages.filter(({ text }) => /\bonPaste=/.test(text)).map(({ path }) => path)).toEqual([]);
    const fields = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/<PasswordField[\s\S]*?\/>/g)].map(([field]) => ({ path, field })),
    );
    expect(fields.length).toBeGreaterThan(3);
    expect(fields.filter(({ field }) => !field.includes('autoComplete=')).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

describe('codes and first passwords', () => {
  it('ASVS 6.4.1 a password that an administrator made for somebody opens one session, to be replaced there', async () => {
    const email = 'newcomer@example.com';
    const made = { name: 'Nora New', email, role: 'rep', password, initial: true };
    expect((await admin.post('/people', made)).status).toBe(201);
    const client = await signedIn(email);
    expect((await client.get('/customers')).status).toBe(423);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(401);
    expect((await client.post('/me/password', { next: password })).status).toBe(422);
    expect((await client.post('/me/password', { next: 'five-green-bottles' })).status).toBe(204);
    expect((await client.get('/customers')).status).toBe(200);
    await signedIn(email, 'five-green-bottles');
  });

  it('ASVS 6.4.1 it is dead after a day', async () => {
    const email = 'latecomer@example.com';
    await admin.post('/people', { name: 'Lars Late', email, role: 'rep', password, initial: true });
    test.turn(24 * 60 * minute + 1_000);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(401);
    test.turn(-24 * 60 * minute - 1_000);
  });

  it('ASVS 6.5.5 a code by message is dead after ten minutes', async () => {
    const { email } = await person();
    const { latest } = peopleOf(test, admin);
    const client = test.client();
    const { flow } = (await client.post('/recovery', { name: email })).body;
    const { code } = await latest(email);
    test.turn(10 * minute + 1_000);
    expect((await client.post('/recovery/proofs', { flow, code })).body.code).toBe('code-dead');
    test.turn(-10 * minute - 1_000);
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBe(200);
  });

  it('ASVS 6.5.3 no secret comes from dice that can be foretold', () => {
    const here = fileURLToPath(new URL('.', import.meta.url));
    const guilty = readdirSync(here, { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts') && !/(test|fixture)\.ts$|^(testing|demo)\//.test(path))
      .filter(path => /Math\.random\(/.test(readFileSync(`${here}${path}`, 'utf8')));
    // There it scatters the waits of a crowd.
    expect(guilty).toEqual(['sign-in/admission.ts']);
  });
});

describe('ways in', () => {
  it('ASVS 6.1.3 6.3.4 are all documented: every route of the code that may open a session', () => {
    const page = readFileSync(new URL('../../docs/ways-in.md', import.meta.url), 'utf8');
    const minting = routes
      .filter(route => route.endpoint.mints)
      .map(route => `${route.method} ${route.path}`);
    expect(minting.filter(route => !page.includes(`\`${route}\``))).toEqual([]);
  });

  it('ASVS 6.3.2 hold no account that nobody made: a new installation has none', async () => {
    const empty = await openTest({ empty: true });
    expect(await empty.world.db.selectFrom('people').selectAll().execute()).toEqual([]);
    for (const name of ['admin', 'root', 'sa', 'administrator'])
      expect((await empty.client().post('/session', { name, password: 'admin' })).status).toBe(409);
    await empty.close();
  });
});

describe('sessions', () => {
  it('ASVS 7.2.3 have tokens of 256 bits, each another, of which the database keeps a hash', async () => {
    const { email, id } = await person();
    const tokens = new Set<string>();
    for (let i = 0; i < 5; i++) tokens.add((await signedIn(email)).cookies.get(sessionName) ?? '');
    expect(tokens.size).toBe(5);
    const rows = await test.world.db.selectFrom('sessions').selectAll().where('person_id', '=', id).execute();
    for (const token of tokens) {
      const secret = token.split('.')[1] ?? '';
      expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
  });

  it('ASVS 7.2.4 get another token when their owner shows himself again; the one before is dead', async () => {
    const client = await signedIn((await person()).email);
    const copy = copyOf(client);
    expect((await client.post('/session/confirm', { password: 'not this one' })).status).toBe(401);
    expect(await status(copy)).toBe(200);
    expect((await client.post('/session/confirm', { password })).status).toBe(204);
    expect([await status(client), await status(copy)]).toEqual([200, 401]);
  });

  it('ASVS 7.2.4 end when their browser signs in again, and when the password changes but for one new token', async () => {
    const { email } = await person();
    const client = await signedIn(email);
    const before = copyOf(client);
    await client.signIn(email, password);
    expect([await status(client), await status(before)]).toEqual([200, 401]);
    const copy = copyOf(client);
    await client.post('/me/password', { current: password, next: 'five-green-bottles' });
    expect([await status(client), await status(copy)]).toEqual([200, 401]);
  });

  it('ASVS 7.4.1 end for whoever holds a copy of the cookie', async () => {
    const client = await signedIn((await person()).email);
    const copy = copyOf(client);
    await client.delete('/session');
    expect(await status(copy)).toBe(401);
  });

  it('ASVS 7.4.2 of somebody suspended are over for good, also when he may work again', async () => {
    const { email, id } = await person();
    const client = await signedIn(email);
    expect((await admin.post(`/people/${id}/suspension`, { reason: 'on leave' })).status).toBe(204);
    expect(await status(client)).toBe(401);
    expect((await admin.delete(`/people/${id}/suspension`)).status).toBe(204);
    expect(await status(client)).toBe(401);
    await signedIn(email);
  });

  it('ASVS 7.5.2 are seen by their owner, and ended once he has shown himself again', async () => {
    const { email } = await person();
    const [client, other] = [await signedIn(email), await signedIn(email)];
    test.turn(11 * minute);
    const seen = (await client.get('/sessions')).body.items;
    const [away] = seen.filter((one: { current: boolean }) => !one.current);
    const [device] = (await client.get('/devices')).body.items.filter(
      (one: { current: boolean }) => !one.current,
    );
    const paths = [`/sessions/${away.id}`, '/sessions', `/devices/${device.id}`];
    for (const path of paths) expect((await client.delete(path)).body.code).toBe('confirm-first');
    expect(await status(other)).toBe(200);
    await client.post('/session/confirm', { password });
    expect((await client.delete(`/sessions/${away.id}`)).status).toBe(204);
    expect([await status(client), await status(other)]).toEqual([200, 401]);
    test.turn(-11 * minute);
  });

  it('ASVS 7.4.3 7.4.5 are ended all but one by their owner, and all by an administrator', async () => {
    const { email, id } = await person();
    const [one, two] = [await signedIn(email), await signedIn(email)];
    expect((await one.delete('/sessions')).body).toEqual({ ended: 1 });
    expect([await status(one), await status(two)]).toEqual([200, 401]);
    const help = { action: 'end-sessions', people: [id], reason: 'lost the phone', proof: 'call-back' };
    expect((await admin.post('/desk/actions', help)).status).toBe(200);
    expect(await status(one)).toBe(401);
  });
});

describe('permissions', () => {
  it('ASVS 7.2.1 8.3.1 no route but the public ones answers without a session', async () => {
    const open: string[] = [];
    for (const { method, path, endpoint } of routes) {
      if (endpoint.access === 'public') continue;
      const reply = await test
        .client()
        .send(`${method} ${fill(path)}`, { body: method === 'GET' ? undefined : {} });
      if (reply.status !== 401) open.push(`${method} ${path} ${reply.status}`);
    }
    expect(open).toEqual([]);
  });

  it.each(['manager', 'rep', 'auditor'] as Role[])(
    'ASVS 8.2.1 let no %s in where the role does not permit it, at any route',
    async role => {
      const client = await test.as(role);
      const open: string[] = [];
      let refused = 0;
      for (const { method, path, endpoint } of routes) {
        if (!Array.isArray(endpoint.access)) continue;
        const [action, object] = endpoint.access;
        if (may({ role }, action, object) !== 'none') continue;
        const reply = await client.send(`${method} ${fill(path)}`, {
          body: method === 'GET' ? undefined : {},
        });
        if (reply.status === 403 && reply.body.code === 'not-allowed') refused++;
        else open.push(`${method} ${path} ${reply.status}`);
      }
      expect(open).toEqual([]);
      expect(refused).toBeGreaterThan(10);
    },
  );

  it('ASVS 8.3.2 that are taken away are gone from sessions that are open', async () => {
    const { email, id } = await person();
    const client = await signedIn(email);
    const may = async () => (await client.get('/locks')).status;
    expect(await may()).toBe(403);
    const change = { role: 'auditor', reason: 'moves to revision' };
    expect((await admin.patch(`/people/${id}`, change)).status).toBeLessThan(300);
    expect(await may()).toBe(200);
    expect((await admin.patch(`/people/${id}`, { ...change, role: 'rep' })).status).toBeLessThan(300);
    expect(await may()).toBe(403);
  });
});

describe('the list', () => {
  it('names, for what it calls met, tests that are there', () => {
    const root = new URL('../../', import.meta.url);
    const rows = readFileSync(new URL('docs/asvs.md', root), 'utf8').match(/^\| \d\.\d\.\d+ .*$/gm) ?? [];
    const wrong: string[] = [];
    for (const row of rows) {
      let text = '';
      for (const [, file, title] of row.matchAll(/`([\w./-]+\.test\.ts)`|“([^”]*)”/g)) {
        if (file) {
          const path = /^(engine|journeys)\//.test(file) ? file : `server/src/${file}`;
          text = existsSync(new URL(path, root)) ? readFileSync(new URL(path, root), 'utf8') : '';
          if (!text) wrong.push(`${file} of ${row.slice(2, 8)}`);
        } else if (text && title) {
          const parts = title.split('…').map(part => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
          if (!new RegExp(parts.join('.*')).test(text)) wrong.push(`“${title}” of ${row.slice(2, 8)}`);
        }
      }
    }
    expect(rows.length).toBeGreaterThanOrEqual(79);
    expect(wrong).toEqual([]);
  });
});
