// L28 through HTTP: accounts with administrator rights wait for a second administrator, whoever asks and however.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { because, deskOf } from './desk.fixture.ts';

let test: Test;
let admin: Client;
let desk: ReturnType<typeof deskOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  desk = deskOf(test, admin);
});
beforeEach(() => test.fairWeather());
afterAll(() => test.close());

describe('L28 an account with administrator rights', () => {
  it('L28 cannot be helped by its only colleague: break-glass is named in words', async () => {
    const lone = await desk.administrator();
    for (const path of ['initial-password', 'unlock-code']) {
      const reply = await admin.post(`/people/${lone.id}/${path}`, because);
      expect([reply.status, reply.body.why]).toEqual([409, 'no-approver']);
      expect(reply.body.detail).toContain('latchkey -- recover');
    }
    expect(await desk.one(admin, 'reset-factors', lone.id)).toMatchObject({ kind: 'refused' });
    expect(await desk.one(admin, 'end-sessions', lone.id)).toMatchObject({ kind: 'done' });
    await desk.retire(lone.id);
  });

  it('L28 waits for a third: not whoever asks, not whom it is for, not somebody else’s role', async () => {
    const [concerned, third] = [await desk.administrator(), await desk.administrator()];
    const asked = await admin.post(`/people/${concerned.id}/initial-password`, because);
    expect(asked.body.kind).toBe('waiting');
    const again = await admin.post(`/people/${concerned.id}/initial-password`, because);
    expect(again.body.request).toBe(asked.body.request);
    await test.client().signIn(concerned.email, password);
    const at = `/desk/requests/${asked.body.request}`;
    expect((await admin.post(`${at}/approval`)).status).toBe(409);
    expect((await concerned.client.post(`${at}/approval`)).status).toBe(409);
    expect((await (await test.as('manager')).post(`${at}/approval`)).status).toBe(403);
    expect((await admin.post(`${at}/collection`)).status).toBe(409);
    const seen = (await third.client.get('/desk/requests?open=true')).body.items;
    expect(seen.find((row: { id: string }) => row.id === asked.body.request)).toMatchObject({
      person: { id: concerned.id },
      askedBy: { id: test.people.administrator },
      may: ['approve', 'refuse'],
      ...because,
    });
    expect((await third.client.post(`${at}/approval`)).body).toEqual({ kind: 'approved' });
    expect((await third.client.post(`${at}/collection`)).status).toBe(403);
    const got = await Promise.all(Array.from({ length: 10 }, () => admin.post(`${at}/collection`)));
    expect(got.map(reply => reply.status).sort()).toEqual([200, ...Array(9).fill(409)]);
    const value = got.find(reply => reply.status === 200)?.body.secret.value;
    const session = test.client();
    await session.signIn(concerned.email, value);
    expect((await session.get('/session')).body.held.cause).toBe('password-initial');
    const [entry] = await desk.entries('desk.initial-password', concerned.id);
    expect(entry.details).toMatchObject({ approvedBy: third.id, request: asked.body.request });
    expect((await desk.entries('desk.approve', concerned.id))[0].actor.id).toBe(third.id);
    expect((await desk.mails(concerned.email)).map(mail => mail.template)).toContain('desk-help');
    expect((await desk.mails(third.email)).filter(mail => mail.template === 'alert').length).toBeGreaterThan(
      0,
    );
    for (const { id } of [concerned, third]) await desk.retire(id);
  });

  it('L28 of two approving at once one does, and the help is given once', async () => {
    const [concerned, b, c] = [
      await desk.administrator(),
      await desk.administrator(),
      await desk.administrator(),
    ];
    await desk.people.lock(concerned.email);
    const asked = await desk.one(admin, 'lift', concerned.id);
    expect(asked.kind).toBe('waiting');
    const at = `/desk/requests/${asked.request}/approval`;
    const replies = await Promise.all([b, c, b, c].map(({ client }) => client.post(at)));
    expect(replies.map(reply => reply.status).sort()).toEqual([200, 409, 409, 409]);
    expect(await desk.entries('desk.lift', concerned.id)).toHaveLength(1);
    expect((await test.client().post('/session', { name: concerned.email, password })).status).toBe(200);
    for (const { id } of [concerned, b, c]) await desk.retire(id);
  });

  it('L28 holds on the address of a single lock as well, and of a lock that is over says so', async () => {
    const [concerned, third] = [await desk.administrator(), await desk.administrator()];
    await desk.people.lock(concerned.email);
    const lock = (await admin.get(`/locks?standing=true&person=${concerned.id}`)).body.items[0];
    const at = `/locks/${lock.id}/lift`;
    expect((await admin.post(at, { reason: 'was known', proof: 'he said so' })).status).toBe(422);
    const reply = await admin.post(at, { reason: 'was known', proof: 'in person' });
    expect([reply.status, reply.body.kind]).toEqual([202, 'waiting']);
    expect((await test.client().post('/session', { name: concerned.email, password })).status).toBe(423);
    expect((await third.client.post(`/desk/requests/${reply.body.request}/approval`)).status).toBe(200);
    expect((await admin.post(at, { reason: 'was known', proof: 'in person' })).status).toBe(409);
    for (const { id } of [concerned, third]) await desk.retire(id);
  });

  it('L28 holds for letting a suspended administrator back: the older address refuses, the desk asks', async () => {
    const [concerned, third] = [await desk.administrator(), await desk.administrator()];
    const at = `/people/${concerned.id}/suspension`;
    expect((await admin.post(at, { reason: 'seen on two continents' })).status).toBe(204);
    expect((await admin.delete(at)).status).toBe(409);
    const { request } = await desk.one(admin, 'resume', concerned.id);
    expect((await test.client().post('/session', { name: concerned.email, password })).status).toBe(401);
    expect((await third.client.post(`/desk/requests/${request}/approval`)).status).toBe(200);
    expect((await test.client().post('/session', { name: concerned.email, password })).status).toBe(200);
    const { id } = await desk.people.person();
    await admin.post(`/people/${id}/suspension`, { reason: 'on leave' });
    expect((await admin.delete(`/people/${id}/suspension`)).status).toBe(204);
    for (const one of [concerned, third]) await desk.retire(one.id);
  });

  it('L28 runs out after a day, can be refused or taken back, and needs an approver who is there now', async () => {
    const [concerned, third] = [await desk.administrator(), await desk.administrator()];
    const ask = async (action: string) => (await desk.one(admin, action, concerned.id)).request;
    const late = await ask('verify-again');
    test.turn(11 * 60_000);
    const stale = await third.client.post(`/desk/requests/${late}/approval`);
    expect([stale.status, stale.body.code]).toEqual([403, 'confirm-first']);
    test.turn(24 * 3_600_000);
    expect((await third.client.post('/session/confirm', { password })).status).toBe(204);
    expect((await third.client.post(`/desk/requests/${late}/approval`)).status).toBe(409);
    const row = (await admin.get('/desk/requests')).body.items.find((r: { id: string }) => r.id === late);
    expect([row.state, row.may]).toEqual(['expired', []]);
    const next = await ask('verify-again');
    expect(next).not.toBe(late);
    const no = await third.client.post(`/desk/requests/${next}/refusal`, { reason: 'the voice was not his' });
    expect(no.status).toBe(204);
    expect((await third.client.post(`/desk/requests/${next}/approval`)).status).toBe(409);
    const back = await ask('verify-again');
    expect((await admin.post(`/desk/requests/${back}/refusal`, { reason: 'asked in error' })).status).toBe(
      204,
    );
    expect((await desk.story(concerned.id)).person.account.verified.email).toBe(true);
    for (const { id } of [concerned, third]) await desk.retire(id);
    test.turn(-24 * 3_600_000 - 11 * 60_000);
  });

  it('L28 is not carried out for somebody who has lost his office meanwhile', async () => {
    const [concerned, asker, third] = [
      await desk.administrator(),
      await desk.administrator(),
      await desk.administrator(),
    ];
    const { request } = await desk.one(asker.client, 'verify-again', concerned.id);
    await test.world.db.updateTable('people').set({ role: 'rep' }).where('id', '=', asker.id).execute();
    expect((await third.client.post(`/desk/requests/${request}/approval`)).status).toBe(409);
    for (const { id } of [concerned, asker, third]) await desk.retire(id);
  });
});
