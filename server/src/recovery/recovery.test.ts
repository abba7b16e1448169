// Forgotten passwords by mail and text message, with second factors, told everywhere and stoppable; through HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flowHash, openFlow } from '../sign-in/flow.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { otherThan, peopleOf } from '../testing/people.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

let numbers = 0;
const fresh = 'five-green-bottles';

/** Somebody signed in at home, with a verified phone and a verified second mailbox. */
async function reachable() {
  const { id, email } = await people.person();
  const home = test.client();
  await home.signIn(email, password);
  const phone = `+86138${String(10_000_000 + ++numbers)}`;
  const backup = `backup${numbers}@elsewhere.example`;
  const points: Record<string, string> = {};
  for (const [kind, value] of [
    ['sms', phone],
    ['email', backup],
  ] as const) {
    const added = await home.post('/contact-points', { kind, value });
    expect(added.status).toBe(201);
    const { code } = await people.latest(value);
    const proved = await home.post(`/contact-points/${added.body.id}/proofs`, { code });
    expect(proved.status).toBe(204);
    points[kind] = added.body.id;
  }
  return { id, email, home, phone, backup, points };
}

async function sentTo(to: string) {
  await test.jobs.settle();
  const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(to)}`)).body;
  return items as { template: string; channel: string; body: string }[];
}

const stopIn = (body: string) => /\/recover\/stop#([\w-]+)/.exec(body)?.[1] ?? '';

async function begin(name: string, via: 'email' | 'sms', client = test.client()) {
  const { flow } = (await client.post('/recovery', { name, via })).body;
  await test.jobs.settle();
  return { client, flow };
}

describe('recovery', () => {
  it('goes by text message, to the verified phone, and sets a password that works', async () => {
    const { email, phone, home } = await reachable();
    const { client, flow } = await begin(email, 'sms');
    const { code, body } = await people.latest(phone);
    expect(body).toMatch(/^【Latchkey】您正在重设密码，验证码 \d{6}，10 分钟内有效/);
    expect((await client.post('/recovery/proofs', { flow, code })).body.kind).toBe('proved');
    expect((await client.post('/recovery/password', { flow, password: fresh })).status).toBe(204);
    expect((await client.get('/session')).status).toBe(401);
    expect((await home.get('/session')).status).toBe(401);
    expect((await home.post('/session', { name: email, password: fresh })).status).toBe(200);
  });

  it('goes to the backup mailbox as well, and L22 to no address that is not verified', async () => {
    const { email, backup, home } = await reachable();
    const unproved = 'not-yet@elsewhere.example';
    await home.post('/contact-points', { kind: 'email', value: unproved });
    const before = (await sentTo(unproved)).length;
    const { client, flow } = await begin(email, 'email');
    expect((await sentTo(unproved)).length).toBe(before);
    const { code } = await people.latest(backup);
    expect(code).toBe((await people.latest(email)).code);
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBe(200);
  });

  it('L10 answers alike by both ways for names that exist, have a phone, and do not exist', async () => {
    const { email } = await reachable();
    const bare = await people.person();
    const shapes = [];
    for (const name of [email, bare.email, 'nobody@example.com'])
      for (const via of ['email', 'sms']) {
        const client = test.client();
        const begun = await client.post('/recovery', { name, via });
        const again = await client.post('/recovery', { name, via, flow: begun.body.flow });
        const wrong = await client.post('/recovery/proofs', { flow: begun.body.flow, code: '000000' });
        shapes.push(
          [begun, again, wrong].map(r => [r.status, Object.keys(r.body).sort(), r.body.detail ?? null]),
        );
      }
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
  });

  it('L25 keeps the misses of a code that is sent again, and kills the one before', async () => {
    const { email } = await people.person();
    const { client, flow } = await begin(email, 'email');
    const first = (await people.latest(email)).code;
    const guess = (code: string) => client.post('/recovery/proofs', { flow, code });
    for (let i = 0; i < 3; i++) expect((await guess(otherThan(first))).body.code).toBe('code-wrong');
    expect((await client.post('/recovery', { name: email, flow })).body.flow).toBe(flow);
    const second = (await people.latest(email)).code;
    if (first !== second) expect((await guess(first)).status).toBe(401);
    expect((await guess(otherThan(second))).status).toBe(401);
    test.turn(5 * 60_000);
    expect((await guess(second)).status).toBeGreaterThanOrEqual(401);
    const opened = openFlow(test.world, 'recovery', flow);
    const row = await test.world.db
      .selectFrom('codes')
      .select(['misses', 'state'])
      .where('flow_hash', '=', opened ? flowHash(opened) : Buffer.alloc(0))
      .executeTakeFirstOrThrow();
    expect(row.state).toBe('open');
    expect(row.misses).toBeGreaterThanOrEqual(5);
    test.turn(-5 * 60_000);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(200);
  });

  it('L24 takes one of fifty parallel uses of one code, and one of fifty new passwords', async () => {
    const { email } = await people.person();
    const { flow } = await begin(email, 'email');
    const { code } = await people.latest(email);
    const all = await Promise.all(
      Array.from({ length: 50 }, () => test.client().post('/recovery/proofs', { flow, code })),
    );
    expect(all.filter(reply => reply.status === 200)).toHaveLength(1);
    const set = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        test.client().post('/recovery/password', { flow, password: `${fresh}-${i}` }),
      ),
    );
    expect(set.filter(reply => reply.status === 204)).toHaveLength(1);
  });

  it('L27 works while locked, by text message too, and lifts the lock', async () => {
    const { email, phone } = await reachable();
    await people.lock(email);
    expect((await people.miss(email)).status).toBe(423);
    const { client, flow } = await begin(email, 'sms');
    const { code } = await people.latest(phone);
    await client.post('/recovery/proofs', { flow, code });
    expect((await client.post('/recovery/password', { flow, password: fresh })).status).toBe(204);
    expect((await test.client().post('/session', { name: email, password: fresh })).status).toBe(200);
  });

  it('L29 sends one phone five codes an hour, and answers the same after that', async () => {
    const { email, phone } = await reachable();
    const before = (await sentTo(phone)).length;
    for (let i = 0; i < 8; i++) expect((await begin(email, 'sms')).flow).toMatch(/\w/);
    expect((await sentTo(phone)).length - before).toBe(5);
  });

  it('leaves other sessions alone when that is asked for', async () => {
    const { email, home } = await reachable();
    const { client, flow } = await begin(email, 'email');
    await client.post('/recovery/proofs', { flow, code: (await people.latest(email)).code });
    await client.post('/recovery/password', { flow, password: fresh, endSessions: false });
    expect((await home.get('/session')).status).toBe(200);
  });
});

describe('L26 with a second factor', () => {
  it('L26 asks for the phone after the mailbox, and takes nothing else', async () => {
    const { email, phone, home, points } = await reachable();
    expect((await home.put(`/contact-points/${points.sms}/factor`, { on: true })).status).toBe(204);
    const { client, flow } = await begin(email, 'email');
    const proved = await client.post('/recovery/proofs', { flow, code: (await people.latest(email)).code });
    expect(proved.body).toMatchObject({ kind: 'factor-needed', proofs: [{ kind: 'sms-code' }] });
    const early = await client.post('/recovery/password', { flow, password: fresh });
    expect([early.status, early.body.code]).toEqual([403, 'factor-first']);
    const shown = (code: string, kind = 'sms-code') => client.post('/recovery/factors', { flow, kind, code });
    expect((await shown((await people.latest(email)).code)).status, 'the mailed code').toBe(401);
    await client.post('/recovery/messages', { flow });
    const { code } = await people.latest(phone);
    expect((await shown(code, 'totp')).status).toBe(401);
    expect((await shown(code)).body.kind).toBe('proved');
    expect((await client.post('/recovery/password', { flow, password: fresh })).status).toBe(204);
  });

  it('L26 does not take the phone that brought the code for a second factor', async () => {
    const { email, phone, home, points } = await reachable();
    await home.put(`/contact-points/${points.sms}/factor`, { on: true });
    const { client, flow } = await begin(email, 'sms');
    const proved = await client.post('/recovery/proofs', { flow, code: (await people.latest(phone)).code });
    expect(proved.body).toMatchObject({ kind: 'factor-needed', proofs: [] });
    await client.post('/recovery/messages', { flow });
    const again = await people.latest(phone);
    const shown = { flow, kind: 'sms-code', code: again.code };
    expect((await client.post('/recovery/factors', shown)).status).toBe(401);
    expect((await client.post('/recovery/password', { flow, password: fresh })).status).toBe(403);
  });

  it('takes a recovery code from paper, once', async () => {
    const { email, home, points } = await reachable();
    await home.put(`/contact-points/${points.sms}/factor`, { on: true });
    const { codes } = (await home.post('/factors/recovery-codes')).body;
    for (const status of [200, 401]) {
      const { client, flow } = await begin(email, 'email');
      await client.post('/recovery/proofs', { flow, code: (await people.latest(email)).code });
      const shown = { flow, kind: 'recovery-code', code: codes[0] };
      expect((await client.post('/recovery/factors', shown)).status).toBe(status);
    }
  });
});

describe('“this was not me”', () => {
  it('tells the other addresses once the code is given back, and stops the recovery there', async () => {
    const { email, phone, backup } = await reachable();
    const { client, flow } = await begin(email, 'sms');
    await client.post('/recovery/proofs', { flow, code: (await people.latest(phone)).code });
    for (const to of [email, backup]) expect((await sentTo(to))[0]?.template).toBe('recovery-proved');
    const [notice] = await sentTo(email);
    const token = stopIn(notice?.body ?? '');
    // L21: opening the link does nothing.
    for (const method of ['GET', 'HEAD']) await test.client().send(`${method} //recover/stop`);
    expect((await test.client().post('/recovery/stop', { token })).body.kind).toBe('stopped');
    expect((await client.post('/recovery/password', { flow, password: fresh })).status).toBe(401);
    expect((await test.client().post('/recovery/stop', { token })).body.kind).toBe('stopped');
    expect((await test.client().post('/session', { name: email, password })).status).toBe(200);
  });

  it('kills the code before it is given back, by the link of its own message', async () => {
    const { email } = await people.person();
    const { client, flow } = await begin(email, 'email');
    const { code, body } = await people.latest(email);
    expect((await test.client().post('/recovery/stop', { token: stopIn(body) })).body.kind).toBe('stopped');
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBe(401);
  });

  it('voids the password afterwards, with what was added since, and ends all sessions', async () => {
    const { email, phone, backup } = await reachable();
    const { client: thief, flow } = await begin(email, 'email');
    await thief.post('/recovery/proofs', { flow, code: (await people.latest(email)).code });
    await thief.post('/recovery/password', { flow, password: fresh });
    for (const to of [email, phone, backup])
      expect((await sentTo(to))[0]?.template).toBe('password-recovered');
    await thief.signIn(email, fresh);
    const theirs = 'thief@elsewhere.example';
    const { id } = (await thief.post('/contact-points', { kind: 'email', value: theirs })).body;
    await thief.post(`/contact-points/${id}/proofs`, { code: (await people.latest(theirs)).code });
    const notice = (await sentTo(phone)).find(message => message.template === 'password-recovered');
    const token = stopIn(notice?.body ?? '');
    expect((await test.client().post('/recovery/stop', { token })).body.kind).toBe('voided');
    expect((await thief.get('/session')).status).toBe(401);
    expect((await thief.post('/session', { name: email, password: fresh })).status).not.toBe(200);
    const before = (await sentTo(theirs)).length;
    await begin(email, 'email');
    expect((await sentTo(theirs)).length).toBe(before);
    expect((await admin.get('/alerts')).body.items[0]).toMatchObject({ kind: 'not-me' });
  });

  it('undoes nothing once the owner has changed the password again, and knows no other token', async () => {
    const { email, home } = await reachable();
    const { client, flow } = await begin(email, 'email');
    await client.post('/recovery/proofs', { flow, code: (await people.latest(email)).code });
    await client.post('/recovery/password', { flow, password: fresh });
    const token = stopIn((await sentTo(email))[0]?.body ?? '');
    await home.signIn(email, fresh);
    await home.post('/me/password', { current: fresh, next: 'ten-red-balloons-rise' });
    expect((await test.client().post('/recovery/stop', { token })).body.kind).toBe('over');
    expect((await home.post('/session', { name: email, password: 'ten-red-balloons-rise' })).status).toBe(
      200,
    );
    const made = `${token.slice(0, -4)}AAAA`;
    expect((await test.client().post('/recovery/stop', { token: made })).status).toBe(404);
  });
});
