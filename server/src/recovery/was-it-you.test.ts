// “Was it you?”: a strange device is told to the owner, and his “no” ends it, through HTTP.
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

/** The newest letter about a new device, with the parts of its link. */
async function letterTo(email: string) {
  await test.jobs.settle();
  const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(email)}`)).body;
  const letters = items.filter((item: { template: string }) => item.template === 'new-device');
  const [, id = '', token = ''] = /\/was-it-you\/([\w-]+)#([\w-]+)/.exec(letters[0]?.body ?? '') ?? [];
  return { count: letters.length, body: letters[0]?.body ?? '', id, token };
}

async function owner() {
  const { id, email } = await people.person();
  const own = test.client();
  await own.signIn(email, password);
  return { id, email, own };
}

describe('a sign-in on a strange device', () => {
  it('is not told for the very first device, and is told for the next, with device, place and a link', async () => {
    const { email } = await owner();
    expect((await letterTo(email)).count).toBe(0);
    const headers = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604.1' };
    await test.client('9.9.9.9').post('/session', { name: email, password }, { headers });
    const { count, body, id } = await letterTo(email);
    expect(count).toBe(1);
    expect(body).toContain('iPhone');
    expect(body).toContain('9.9.9.');
    expect(id).not.toBe('');
  });

  it('L21 changes nothing when the link is opened or its page asks what happened', async () => {
    const { email } = await owner();
    const stranger = test.client('9.9.9.10');
    await stranger.signIn(email, password);
    const { id, token } = await letterTo(email);
    for (const method of ['GET', 'HEAD']) await test.client().send(`${method} //was-it-you/${id}`);
    const seen = await test.client().post(`/arrivals/${id}/view`, { token });
    expect(seen.body).toMatchObject({ address: '9.9.9.10', answer: null });
    expect(seen.body.signals).toContain('new-device');
    expect((await stranger.get('/session')).status).toBe(200);
  });

  it('“not me” ends the session, voids the password everywhere, and leads to a new one by mail', async () => {
    const { id: personId, email, own } = await owner();
    const stranger = test.client('9.9.9.11');
    await stranger.signIn(email, password);
    const { id, token } = await letterTo(email);
    const denied = await test.client().post(`/arrivals/${id}`, { token, answer: 'not-me' });
    expect(denied.body).toMatchObject({ kind: 'ended' });
    expect((await stranger.get('/session')).status).toBe(401);
    // The stranger's browser is no known device any more, and the password he knows opens nothing.
    expect((await stranger.post('/session', { name: email, password })).status).toBe(401);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(401);
    // The owner's session goes on; on his known device he is told why the password no longer works.
    expect((await own.get('/session')).status).toBe(200);
    const told = await own.post('/session', { name: email, password });
    expect(told.status).toBe(423);
    expect(told.body.lock).toMatchObject({ cause: 'password-exposed', until: null });
    // The answer's flow opens nothing without the code of the mail.
    const { flow } = denied.body;
    const early = await test.client().post('/recovery/password', { flow, password: 'five-green-bottles' });
    expect(early.status).toBe(401);
    const { code } = await people.latest(email);
    expect((await own.post('/recovery/proofs', { flow, code })).status).toBe(200);
    expect((await own.post('/recovery/password', { flow, password: 'five-green-bottles' })).status).toBe(204);
    expect((await own.post('/session', { name: email, password: 'five-green-bottles' })).status).toBe(200);
    const standing = await admin.get(`/locks?standing=true&person=${personId}`);
    expect(standing.body.items).toEqual([]);
    const log = await admin.get(`/audit?object=${personId}`);
    const actions = log.body.items.map((entry: { action: string }) => entry.action);
    expect(actions).toEqual(expect.arrayContaining(['arrival.deny', 'password.void', 'device.revoke']));
    expect((await admin.get('/alerts')).body.items[0]).toMatchObject({ kind: 'not-me' });
  });

  it('“me” keeps everything, may be taken back once, and “not me” stands', async () => {
    const { email } = await owner();
    const stranger = test.client('9.9.9.12');
    await stranger.signIn(email, password);
    const { id, token } = await letterTo(email);
    const say = (answer: string) => test.client().post(`/arrivals/${id}`, { token, answer });
    expect((await say('me')).body).toEqual({ kind: 'kept', flow: null });
    expect((await stranger.get('/session')).status).toBe(200);
    expect((await say('not-me')).body.kind).toBe('ended');
    expect((await stranger.get('/session')).status).toBe(401);
    expect((await say('me')).body.kind).toBe('kept');
    const seen = await test.client().post(`/arrivals/${id}/view`, { token });
    expect(seen.body.answer).toBe('not-me');
  });

  it('is answered by nobody else: another token, another person, an old link', async () => {
    const { email, own } = await owner();
    await test.client('9.9.9.13').signIn(email, password);
    const { id, token } = await letterTo(email);
    const wrong = `${token.slice(0, -2)}AA`;
    expect((await test.client().post(`/arrivals/${id}`, { token: wrong, answer: 'not-me' })).status).toBe(
      404,
    );
    expect((await test.client().post(`/arrivals/${id}`, { answer: 'not-me' })).status).toBe(404);
    const rep = await test.as('rep');
    expect((await rep.post(`/arrivals/${id}`, { answer: 'not-me' })).status).toBe(404);
    expect((await own.get('/arrivals')).body.items[0]).toMatchObject({ id, answer: null });
    test.turn(15 * 86_400_000);
    expect((await test.client().post(`/arrivals/${id}`, { token, answer: 'not-me' })).status).toBe(404);
    test.turn(-15 * 86_400_000);
    expect((await own.post(`/arrivals/${id}`, { answer: 'not-me' })).body.kind).toBe('ended');
  });

  it('takes fifty answers at once as one', async () => {
    const { email } = await owner();
    await test.client('9.9.9.14').signIn(email, password);
    const { id, token } = await letterTo(email);
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => test.client().post(`/arrivals/${id}`, { token, answer: 'not-me' })),
    );
    expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([200]));
    const voided = await admin.get(`/audit?action=password.void&limit=200`);
    const mine = voided.body.items.filter((entry: { correlationId: string }) =>
      replies.some(reply => reply.headers.get('x-correlation-id') === entry.correlationId),
    );
    expect(mine.length).toBeLessThanOrEqual(1);
    const { count } = await people.latest(email);
    expect(count).toBeLessThan(10);
  });
});

describe('out of the ordinary', () => {
  it('asks for a proof after new devices in three networks within a day, and lets the proved one in', async () => {
    const { email } = await owner();
    await test.client('9.9.9.15').signIn(email, password);
    test.turn(20 * 60_000);
    await test.client('4.2.2.15').signIn(email, password);
    const third = test.client('1.1.1.15');
    const asked = await third.post('/session', { name: email, password });
    expect(asked.body.kind).toBe('proof-needed');
    const { flow } = asked.body;
    await third.post('/session/messages', { flow, kind: 'email-code' });
    const { code } = await people.latest(email);
    const proved = await third.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.body.kind).toBe('signed-in');
    test.turn(-20 * 60_000);
  });

  it('asks for nothing of the kind when the policy says so, and for every new device when it says that', async () => {
    const { email } = await owner();
    const policy = (arrivals: object) => admin.put('/policies/lock', { preset: 'balanced', arrivals });
    await policy({ newDevice: 'prove', abnormal: 'prove' });
    expect((await test.client('9.9.9.16').post('/session', { name: email, password })).body.kind).toBe(
      'proof-needed',
    );
    await policy({ newDevice: 'tell', abnormal: 'tell' });
    test.turn(20 * 60_000);
    for (const address of ['9.9.9.16', '4.2.2.16', '1.1.1.16', '8.8.8.16'])
      await test.client(address).signIn(email, password);
    expect((await admin.put('/policies/lock', { preset: 'balanced' })).body.arrivals.abnormal).toBe('tell');
    await policy({ newDevice: 'tell', abnormal: 'prove' });
    test.turn(-20 * 60_000);
  });
});
