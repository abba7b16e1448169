// Lessons of other systems about links, mail scanners and the set-up page, each shown through HTTP (lessons.md).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

const person = () => people.person();
const latest = (to: string) => people.latest(to);

describe('L20 L21 links and mail scanners', () => {
  it('L20 refuses a foreign Host before any mail is queued, and builds links from the configured address alone', async () => {
    const { email } = await person();
    const foreign = await test
      .client()
      .post('/recovery', { name: email }, { headers: { host: 'evil.example' } });
    expect(foreign.status).toBe(421);
    expect((await latest(email)).count).toBe(0);
    const headers = {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'x-forwarded-proto': 'https',
    };
    expect((await test.client().post('/recovery', { name: email }, { headers })).status).toBe(202);
    const { body } = await latest(email);
    expect(body).toContain(`${test.installation.config.url}/recover/`);
    expect(body).not.toContain('evil');
  });

  it('L21 changes nothing by GET or HEAD of anything in the message', async () => {
    const { email } = await person();
    const client = test.client();
    const { flow } = (await client.post('/recovery', { name: email })).body;
    const { code, body } = await latest(email);
    const link = /https?:\/\/\S+\/recover\/\S+/.exec(body)?.[0] ?? '';
    const path = new URL(link).pathname;
    for (const method of ['GET', 'HEAD', 'GET'])
      for (const at of [
        `/${path}`,
        `//api/v1/recovery/${encodeURIComponent(flow)}`,
        '//api/v1/recovery/proofs',
      ])
        await test.client().send(`${method} ${at.startsWith('//') ? at : `/${at}`}`);
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBe(200);
    expect((await client.post('/recovery/password', { flow, password: 'five-green-bottles' })).status).toBe(
      204,
    );
  });
});

describe('L30 the set-up page', () => {
  it('L30 is gone once an administrator exists, and of two set-ups at once one succeeds', async () => {
    const empty = await openTest({ empty: true });
    const form = (n: number) => ({
      workspace: `W${n}`,
      name: 'First',
      email: `first${n}@example.com`,
      password,
      language: 'zh-CN',
    });
    expect((await empty.client().get('/setup')).body.needed).toBe(true);
    expect((await empty.client().post('/session', { name: 'x', password: 'y' })).status).toBe(409);
    const replies = await Promise.all([1, 2, 3, 4].map(n => empty.client().post('/setup', form(n))));
    expect(replies.map(reply => reply.status).sort()).toEqual([201, 404, 404, 404]);
    expect((await empty.client().get('/setup')).body.needed).toBe(false);
    expect((await empty.client().post('/setup', form(9))).status).toBe(404);
    await empty.close();
  });
});
