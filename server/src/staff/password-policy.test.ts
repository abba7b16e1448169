// What a password has to be, and when it is due, through HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as accounts from '../accounts/accounts.ts';
import { makePasswords } from '../passwords.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import { scoreOf } from './strength.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
const day = 86_400_000;
const usual = { least: 12, classes: [], history: 0, rotationDays: null, words: [] };

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

const choose = async (change: object) => {
  await admin.post('/session/confirm', { password });
  return admin.put('/policies/password', { ...usual, ...change });
};

async function owner() {
  const { id, email } = await people.person();
  const own = test.client();
  await own.signIn(email, password);
  const change = (current: string, next: string) => own.post('/me/password', { current, next });
  return { id, email, own, change };
}

describe('the password policy', () => {
  it('is twelve characters and the list unless somebody chooses, and only an administrator may', async () => {
    const policy = (await admin.get('/policies/password')).body;
    expect(policy).toMatchObject({ ...usual, rotationSince: null });
    expect(policy.screened.size).toBeGreaterThan(1_000);
    const rep = await test.as('rep');
    expect((await rep.get('/policies/password')).status).toBe(403);
    expect((await (await test.as('auditor')).put('/policies/password', usual)).status).toBe(403);
    for (const foolish of [
      { least: 7 },
      { least: 65 },
      { history: 25 },
      { rotationDays: 5 },
      { classes: ['emoji'] },
    ])
      expect((await choose(foolish)).status).toBe(422);
  });

  it('holds for every password that is set from then on, and says in words what is asked', async () => {
    const { change } = await owner();
    await choose({ least: 20, classes: ['upper', 'digit'], words: ['Kranich'] });
    const fault = async (next: string) => (await change(password, next)).body.fault;
    expect(await fault('seventeen letters')).toBe('too-short');
    expect(await fault('all of it in lower case')).toBe('lacks-class');
    expect(await fault('Forty 2 k-r-a-n-i-c-h birds')).toBe('holds-own-word');
    const zh = await test
      .client()
      .post('/passwords/strength', { password: '' }, { headers: { 'accept-language': 'zh-CN' } });
    expect(zh.body.rule).toBe('至少 20 个字符，并包含大写字母、数字。用几个词连成一句更好记。');
    expect((await change(password, 'Forty 2 birds in the marsh')).status).toBe(204);
    const entry = (await admin.get('/audit?action=policy.password')).body.items[0];
    expect(entry.after).toMatchObject({ least: 20, ownWords: 1 });
    expect(JSON.stringify(entry)).not.toContain('kranich');
    await choose({});
  });

  it('forbids the last ones where it says so, under the salt of the account and after a dearer hash alike', async () => {
    await choose({ history: 3 });
    const { id, change } = await owner();
    const words = ['first-green-bottle', 'second-green-bottle', 'third-green-bottle', 'fourth-green-bottle'];
    const [one = '', two = '', three = '', four = ''] = words;
    expect((await change(password, password)).body.fault).toBe('used-before');
    expect((await change(password, one)).status).toBe(204);
    expect((await change(one, two)).status).toBe(204);
    expect((await change(two, password)).body.fault).toBe('used-before');
    expect((await change(two, three)).status).toBe(204);
    expect((await change(three, one)).body.fault).toBe('used-before');
    // Three back lies the very first one: it may be used again.
    expect((await change(three, password)).status).toBe(204);
    expect((await change(password, four)).status).toBe(204);
    const kept = await test.world.db
      .selectFrom('former_passwords')
      .selectAll()
      .where('person_id', '=', id)
      .execute();
    expect(kept.length).toBeLessThanOrEqual(3);
    await choose({ history: 0 });
    expect(await test.world.db.selectFrom('former_passwords').selectAll().execute()).toEqual([]);
  });

  it('hashes anew on sign-in when the settings ask for more, and the password stays the same', async () => {
    const { id, email } = await owner();
    const weak = await makePasswords({ memoryCost: 32, timeCost: 1 }, 1);
    const cheap = await weak.hash(password);
    const at = test.world.db.updateTable('people').where('id', '=', id);
    await at.set({ password_hash: cheap }).execute();
    const hashNow = async () =>
      (
        await test.world.db
          .selectFrom('people')
          .select('password_hash')
          .where('id', '=', id)
          .executeTakeFirst()
      )?.password_hash;
    expect((await people.miss(email)).status).toBe(401);
    expect(await hashNow()).toBe(cheap);
    await test.client().signIn(email, password);
    const dear = await hashNow();
    expect(dear).toMatch(/m=64,t=1/);
    await test.client().signIn(email, password);
    expect(await hashNow()).toBe(dear);
  });
});

describe('how strong a password would be', () => {
  it('is told to anybody without a trace, and strangers learn no word of the company’s list', async () => {
    await choose({ words: ['Kranich'] });
    const ask = (body: object, client = test.client()) => client.post('/passwords/strength', body);
    expect((await ask({ password: 'password1234' })).body).toMatchObject({ score: 0 });
    expect((await ask({ password: 'weiming wanders far', email: 'weiming@example.com' })).body.score).toBe(0);
    const strong = (await ask({ password: 'kranich velvet otter 9 lanterns' })).body;
    expect(strong).toMatchObject({ score: 3, why: null });
    const inside = (await ask({ password: 'kranich velvet otter 9 lanterns' }, await test.as('rep'))).body;
    expect(inside.score).toBe(0);
    const verified = test.world.passwords.verified();
    await ask({ password: 'lamp otter velvet tin' });
    expect(test.world.passwords.verified()).toBe(verified);
    const rows = await admin.get('/audit?limit=200');
    expect(JSON.stringify(rows.body)).not.toContain('velvet otter');
    await choose({});
  });

  it('is asked no more than so often from one place', async () => {
    const client = test.client();
    const replies = await Promise.all(
      Array.from({ length: 160 }, () => client.post('/passwords/strength', { password: 'x' })),
    );
    const statuses = replies.map(reply => reply.status);
    expect(statuses.filter(status => status === 429).length).toBeGreaterThan(20);
    expect(statuses.filter(status => status === 200).length).toBeGreaterThan(100);
  });

  it.each([
    ['aaaaaaaaaaab', 1],
    ['correct horse', 1],
    ['velvet otter 9 lan', 2],
    ['velvet otter 9 lanterns burn', 3],
    ['青山绿水伴我行走天涯', 3],
  ])('goes by length and variety: %s', (text, score) => {
    expect(scoreOf(text)).toBe(score);
  });
});

describe('passwords that run out', () => {
  it('never, unless chosen; then with two weeks’ notice, a warning each, and a change page in place of a dead end', async () => {
    const { email, own, change } = await owner();
    const present = [own, admin];
    const pass = async (days: number) => {
      for (let n = 0; n < days; n++) {
        test.turn(day);
        for (const one of present) await one.get('/session');
      }
    };
    await pass(40);
    expect((await own.get('/session')).body.held ?? null).toBeNull();
    await own.signIn(email, password);
    await admin.signIn('administrator@example.com', password);
    await choose({ rotationDays: 30 });
    // Older than the policy allows, and yet nobody is caught unawares.
    expect((await own.get('/customers')).status).toBe(200);
    expect((await own.get('/status')).body.improve).toContain('password-due');
    await accounts.remind(test.world);
    await accounts.remind(test.world);
    await test.jobs.settle();
    const letters = (await admin.get(`/outbox?to=${email}`)).body.items;
    expect(letters.filter((one: { template: string }) => one.template === 'password-due')).toHaveLength(1);
    await pass(14);
    test.turn(1_000);
    const held = await own.get('/customers');
    expect(held.status).toBe(423);
    expect(held.body.lock).toMatchObject({ cause: 'password-overdue', until: null });
    expect(held.body.lock.waysOut[0]).toMatchObject({ kind: 'new-password', href: '/new-password' });
    expect((await own.get('/session')).body.held.cause).toBe('password-overdue');
    // Signing in anew leads to the same lock, in the session.
    await own.signIn(email, password);
    expect((await own.get('/customers')).status).toBe(423);
    // Not without the present password, nor to the very same one.
    expect((await own.post('/me/password', { next: 'seven-green-bottles' })).status).toBe(401);
    expect((await change(password, password)).body.fault).toBe('used-before');
    expect((await change(password, 'seven-green-bottles')).status).toBe(204);
    expect((await own.get('/customers')).status).toBe(200);
    await admin.post('/me/password', { current: password, next: 'eight-green-bottles' });
    await admin.post('/session/confirm', { password: 'eight-green-bottles' });
    expect((await choose({ rotationDays: null })).status).toBe(200);
    expect((await (await test.as('rep')).get('/customers')).status).toBe(200);
  });
});
