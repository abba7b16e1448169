// States of an account, through HTTP: invited, unverified, ending, overdue, and what each leads to.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, Reply } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import * as accounts from './accounts.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
const day = 86_400_000;

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

/** The administrator comes back to the office: sessions end when nobody uses them for a week. */
const back = () => admin.signIn('administrator@example.com', password);

/** Days go by; the given people come in every day. */
async function pass(days: number, ...present: Client[]): Promise<void> {
  for (let n = 0; n < days; n++) {
    test.turn(day);
    for (const one of [admin, ...present]) await one.get('/session');
  }
}

const later = (ms: number) => new Date(test.world.now() + ms).toISOString();

async function lettersTo(email: string): Promise<{ template: string; subject: string; body: string }[]> {
  await test.jobs.settle();
  return (await admin.get(`/outbox?to=${encodeURIComponent(email)}`)).body.items;
}

const kindsOf = <L extends { template: string }>(letters: L[], template: string): L[] =>
  letters.filter(letter => letter.template === template);

/** Somebody with a session on a known device. */
async function owner() {
  const { id, email } = await people.person();
  const own = test.client();
  await own.signIn(email, password);
  return { id, email, own };
}

let addedSoFar = 0;

describe('an invitation', () => {
  it('sets the first password once, by the token of the link alone, and verifies the address', async () => {
    const { id, email, invitation, token } = await people.invited();
    expect((await admin.get(`/people/${id}`)).body.state).toBe('invited');
    const at = `/invitations/${invitation}`;
    const seen = await test
      .client()
      .post(`${at}/view`, { token }, { headers: { 'accept-language': 'zh-CN' } });
    expect(seen.body).toMatchObject({ state: 'open', name: '王小明', email, lock: { cause: 'invited' } });
    // L23: no token, another token, another invitation’s token.
    const other = await people.invited();
    for (const wrong of ['x'.repeat(32), other.token])
      expect((await test.client().post(at, { token: wrong, password: 'five-green-bottles' })).status).toBe(
        404,
      );
    const weak = await test.client().post(at, { token, password: 'short' });
    expect(weak.body).toMatchObject({ code: 'password-too-weak', fault: 'too-short' });
    const client = test.client();
    expect((await client.post(at, { token, password: 'five-green-bottles', language: 'zh-CN' })).status).toBe(
      204,
    );
    expect((await client.get('/session')).status).toBe(401);
    expect((await client.post(at, { token, password: 'six-green-bottles' })).status).toBe(404);
    await client.signIn(email, 'five-green-bottles');
    const status = (await client.get('/status')).body;
    expect(status).toMatchObject({ state: 'active', verified: { email: true }, user: { language: 'zh-CN' } });
  });

  it('L21 is changed by no GET or HEAD, and L24 of fifty uses at once one passes', async () => {
    const { email, invitation, token } = await people.invited();
    for (const method of ['GET', 'HEAD']) await test.client().send(`${method} //invitation/${invitation}`);
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        test.client().post(`/invitations/${invitation}`, { token, password: `five-green-bottles-${n}` }),
      ),
    );
    const set = replies.flatMap((reply, n) => (reply.status === 204 ? [n] : []));
    expect(set).toHaveLength(1);
    await test.client().signIn(email, `five-green-bottles-${set[0]}`);
  });

  it('runs out after seven days, is renewed by its holder, and a new one kills the old', async () => {
    const first = await people.invited();
    await pass(7);
    test.turn(1_000);
    const { invitation, token, email, id } = first;
    expect((await test.client().post(`/invitations/${invitation}/view`, { token })).body.state).toBe('over');
    const dead = await test
      .client()
      .post(`/invitations/${invitation}`, { token, password: 'five-green-bottles' });
    expect(dead.status).toBe(404);
    for (let n = 0; n < 6; n++)
      expect((await test.client().post(`/invitations/${invitation}/renewal`, { token })).status).toBe(202);
    // Three renewals a day, whoever asks.
    expect(kindsOf(await lettersTo(email), 'invitation')).toHaveLength(4);
    const second = await people.linkTo(email);
    await back();
    expect((await admin.post(`/people/${id}/invitation`)).status).toBe(204);
    const third = await people.linkTo(email);
    expect(
      (
        await test
          .client()
          .post(`/invitations/${second.invitation}`, { token: second.token, password: 'five-green-bottles' })
      ).status,
    ).toBe(404);
    const at = `/invitations/${third.invitation}`;
    expect(
      (await test.client().post(at, { token: third.token, password: 'five-green-bottles' })).status,
    ).toBe(204);
    expect((await admin.post(`/people/${id}/invitation`)).status).toBe(409);
  });

  it('gives nobody in who is suspended meanwhile, and waits again once he is let work', async () => {
    const { id, email, invitation, token } = await people.invited();
    await admin.post(`/people/${id}/suspension`, { reason: 'not coming after all' });
    const body = { token, password: 'five-green-bottles' };
    expect((await test.client().post(`/invitations/${invitation}`, body)).status).toBe(404);
    await admin.delete(`/people/${id}/suspension`);
    expect((await admin.get(`/people/${id}`)).body.state).toBe('invited');
    expect((await test.client().post(`/invitations/${invitation}`, body)).status).toBe(204);
    await test.client().signIn(email, 'five-green-bottles');
  });
});

describe('an address not verified', () => {
  const added = async () => {
    const email = `unverified${++addedSoFar}@example.com`;
    const { id } = (await admin.post('/people', { name: 'New One', email, role: 'rep', password })).body;
    const own = test.client();
    await own.signIn(email, password);
    return { id: id as string, email, own };
  };

  it('is warned of, holds back after a week, and is settled by a code from the lock itself', async () => {
    const { email, own } = await added();
    expect((await own.get('/status')).body).toMatchObject({
      verified: { email: false },
      improve: expect.arrayContaining(['verify-email']),
    });
    expect((await own.get('/customers')).status).toBe(200);
    await pass(5, own);
    await accounts.remind(test.world);
    await accounts.remind(test.world);
    expect(kindsOf(await lettersTo(email), 'verify-due')).toHaveLength(1);
    await pass(2, own);
    test.turn(1_000);
    const held = await own.get('/customers');
    expect(held.status).toBe(423);
    expect(held.body.lock).toMatchObject({ cause: 'email-unverified' });
    expect(held.body.lock.waysOut[0]).toMatchObject({ kind: 'verify-email', href: '/verify-email' });
    expect((await own.get('/session')).body.held.cause).toBe('email-unverified');
    expect((await own.post('/me/email/message')).body.kind).toBe('sent');
    const code =
      /\b(\d{6})\b/.exec(kindsOf(await lettersTo(email), 'verify-email')[0]?.body ?? '')?.[1] ?? '';
    const wrong = code === '000000' ? '111111' : '000000';
    expect((await own.post('/me/email/proof', { code: wrong })).status).toBe(401);
    expect((await own.post('/me/email/proof', { code })).status).toBe(204);
    expect((await own.get('/customers')).status).toBe(200);
    expect((await own.post('/me/email/proof', { code })).status).toBe(401);
    expect((await own.post('/me/email/message')).body.kind).toBe('verified');
  });

  it('L6 is guessed at no more than other codes are, whatever the session', async () => {
    const { email, own } = await added();
    const other = test.client();
    await other.signIn(email, password);
    await own.post('/me/email/message');
    await other.post('/me/email/message');
    const statuses: number[] = [];
    for (let n = 0; n < 8; n++)
      statuses.push((await (n % 2 ? own : other).post('/me/email/proof', { code: `00000${n}` })).status);
    expect(statuses.filter(status => status === 401).length).toBeLessThanOrEqual(20);
    expect((await other.post('/me/email/proof', { code: '123123' })).status).toBeGreaterThanOrEqual(401);
  });

  it('is deferred by an administrator, so that a mail server in trouble keeps nobody out', async () => {
    const { id, own } = await added();
    await pass(8, own);
    expect((await own.get('/session')).body.held.cause).toBe('email-unverified');
    expect(
      (await (await test.as('rep')).post(`/people/${id}/verifying`, { reason: 'mail is down' })).status,
    ).toBe(403);
    expect((await admin.post(`/people/${id}/verifying`, { reason: 'mail is down' })).status).toBe(200);
    expect((await own.get('/customers')).status).toBe(200);
    await pass(7, own);
    test.turn(1_000);
    expect((await own.get('/customers')).status).toBe(423);
  });
});

describe('an account with an end', () => {
  it('is warned of at 14, 3 and 1 days, each time once', async () => {
    const { id, email } = await owner();
    const ends = test.world.now() + 20 * day;
    await back();
    await admin.patch(`/people/${id}`, { endsAt: new Date(ends).toISOString(), reason: 'temporary help' });
    const told: number[] = [];
    for (const left of [15, 13.9, 10, 2.9, 2, 0.9, 0.5]) {
      test.turn(ends - left * day - test.world.now());
      await accounts.remind(test.world);
      await accounts.remind(test.world);
      await back();
      told.push(kindsOf(await lettersTo(email), 'account-ends').length);
    }
    expect(told).toEqual([0, 1, 1, 2, 2, 3, 3]);
  });

  it('ends on the moment, tells so on a known device, takes a request from there and works again', async () => {
    const { id, email, own } = await owner();
    await admin.patch(`/people/${id}`, { endsAt: later(day), reason: 'temporary help' });
    expect((await own.get('/customers')).status).toBe(200);
    test.turn(day + 1_000);
    // The chore that writes it down has not run yet.
    expect((await own.get('/customers')).status).toBe(401);
    await back();
    expect((await admin.get(`/people/${id}`)).body.state).toBe('expired');
    expect((await test.client().post('/session', { name: email, password })).status).toBe(401);
    const told = await own.post('/session', { name: email, password });
    expect(told.status).toBe(423);
    expect(told.body.lock).toMatchObject({ cause: 'account-expired', until: null });
    expect(told.body.lock.waysOut.map((way: { kind: string }) => way.kind).slice(0, 2)).toEqual([
      'extension',
      'administrator',
    ]);
    await accounts.expire(test.world);
    const { flow } = told.body;
    // A stranger's flow asks for nothing, and is answered alike.
    const strange = (await test.client().post('/session', { name: email, password: 'a stranger tries' })).body
      .flow;
    const reason = 'the project goes on until spring';
    if (strange)
      expect((await test.client().post('/extensions', { flow: strange, reason })).status).toBe(202);
    expect((await admin.get('/requests?state=open')).body.items).toEqual([]);
    for (let n = 0; n < 3; n++) expect((await own.post('/extensions', { flow, reason })).status).toBe(202);
    const { items } = (await admin.get('/requests?state=open')).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ kind: 'extension', reason, person: { id } });
    await test.jobs.settle();
    expect((await admin.get('/alerts')).body.items[0]).toMatchObject({ kind: 'access-request' });
    const decide = (body: object) => admin.post(`/requests/${items[0].id}/decision`, body);
    expect((await decide({ decision: 'grant', until: later(-day) })).status).toBe(409);
    expect((await decide({ decision: 'grant', until: later(90 * day) })).status).toBe(204);
    expect((await decide({ decision: 'refuse', reason: 'changed my mind' })).status).toBe(409);
    await own.signIn(email, password);
    expect((await own.get('/status')).body.endsAt).toBe(
      (await admin.get(`/people/${id}/access`)).body.endsAt,
    );
    expect((await own.get('/notices')).body.items[0]).toMatchObject({ kind: 'extended' });
  });

  it('is told after one proof by mail on a strange device, which becomes no known one by it', async () => {
    const { id, email } = await owner();
    await admin.patch(`/people/${id}`, { endsAt: later(day), reason: 'temporary help' });
    test.turn(day + 1_000);
    await back();
    await test.fairWeather();
    await people.lock(email);
    const client = test.client();
    const { flow } = (await client.post('/session', { name: email, password })).body;
    await client.post('/session/messages', { flow, kind: 'email-code' });
    const { code } = await people.latest(email);
    const proved = await client.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.status).toBe(423);
    expect(proved.body.lock.cause).toBe('account-expired');
    expect((await client.get('/session')).status).toBe(401);
    const reason = 'please let me finish the month';
    await client.post('/extensions', { flow, reason });
    const { items } = (await admin.get('/requests?state=open')).body;
    expect(items.map((one: { reason: string }) => one.reason)).toContain(reason);
  });

  it('leaves the last administrator without an end, and nobody sets his own', async () => {
    const { administrator = '' } = test.people as Record<string, string>;
    const own = await admin.patch(`/people/${administrator}`, { endsAt: later(day), reason: 'on oneself' });
    expect(own.status).toBe(409);
    const second = await admin.post('/people', {
      name: 'Second',
      email: 'second@example.com',
      role: 'administrator',
      password,
    });
    const other = test.client();
    await other.signIn('second@example.com', password);
    expect((await other.patch(`/people/${administrator}`, { role: 'rep', reason: 'moves on' })).status).toBe(
      200,
    );
    expect((await admin.get('/people/x')).status).toBe(404);
    expect((await admin.patch(`/people/${second.body.id}`, { role: 'rep', reason: 'revenge' })).status).toBe(
      403,
    );
    expect(
      (await other.patch(`/people/${administrator}`, { role: 'administrator', reason: 'is back' })).status,
    ).toBe(200);
    expect(
      (await admin.patch(`/people/${second.body.id}`, { endsAt: later(day), reason: 'holiday cover' }))
        .status,
    ).toBe(200);
    expect((await other.patch(`/people/${administrator}`, { role: 'rep', reason: 'moves on' })).status).toBe(
      409,
    );
  });
});

describe('L10 strangers learn nothing of any state', () => {
  it('L10 answers alike for unknown, invited, unverified, ended, suspended and overdue accounts', async () => {
    await test.fairWeather();
    const ended = await people.person();
    await admin.patch(`/people/${ended.id}`, { endsAt: later(1_000), reason: 'a short while' });
    const suspended = await people.person();
    await admin.post(`/people/${suspended.id}/suspension`, { reason: 'on leave' });
    const unverified = await people.person();
    await test.world.db
      .updateTable('people')
      .set({ email_verified_at: null, verify_by: new Date(test.world.now() - day) })
      .where('id', '=', unverified.id)
      .execute();
    const known = await people.person();
    const guest = await people.invited();
    test.turn(2_000);
    await test.fairWeather();
    const names = [known, ended, suspended, unverified, guest]
      .map(one => one.email)
      .concat('never@example.com');
    const shape = (reply: Reply) => ({
      status: reply.status,
      headers: [...reply.headers.keys()].sort(),
      body: Object.keys(reply.body).sort(),
      lock: Object.keys(reply.body.lock ?? {}).sort(),
      words: [reply.body.title, reply.body.detail],
    });
    const told: ReturnType<typeof shape>[][] = [];
    for (const name of names) {
      const replies: Reply[] = [];
      // Misses on many names are a spray, which tightens the rules for the later ones.
      await test.fairWeather();
      for (let n = 0; n < 6; n++) replies.push(await people.miss(name));
      replies.push(await test.client().post('/session', { name, password }));
      const { flow } = (await people.miss(name)).body;
      replies.push(await test.client().post('/session/messages', { flow, kind: 'email-code' }));
      replies.push(await test.client().post('/session/proofs', { flow, kind: 'email-code', code: '123456' }));
      replies.push(await test.client().post('/extensions', { flow, reason: 'more time please' }));
      replies.push(await test.client().post('/recovery', { name }));
      told.push(replies.map(shape));
    }
    for (const replies of told) expect(replies).toEqual(told[0]);
  });
});
