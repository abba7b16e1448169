// The unlock desk through HTTP: every action by role and state, second approvers (L28), doubled and hostile requests.
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
const because = { reason: 'called and was known by voice', proof: 'call-back' };

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
beforeEach(() => test.fairWeather());
afterAll(() => test.close());

const act = (client: Client, action: string, ids: string[], more: object = {}) =>
  client.post('/desk/actions', { action, people: ids, ...because, ...more });
const one = async (client: Client, action: string, id: string, more: object = {}) =>
  (await act(client, action, [id], more)).body.items[0];
const story = async (id: string) => (await admin.get(`/people/${id}/story`)).body;
const offered = async (id: string) =>
  (await story(id)).offers
    .filter((offer: { why: string | null }) => offer.why === null)
    .map((offer: { action: string }) => offer.action);
const entries = async (action: string, id: string) =>
  (await admin.get(`/audit?action=${action}&object=${id}`)).body.items;
const mails = async (to: string) => {
  await test.jobs.settle();
  const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(to)}`)).body;
  return items as { template: string; body: string; subject: string }[];
};

/** Another administrator, with a client that is signed in. */
async function administrator(): Promise<{ id: string; email: string; client: Client }> {
  const made = await people.person();
  await test.world.db
    .updateTable('people')
    .set({ role: 'administrator' })
    .where('id', '=', made.id)
    .execute();
  const client = test.client();
  await client.signIn(made.email, password);
  return { ...made, client };
}

async function retire(id: string) {
  await test.world.db.updateTable('people').set({ state: 'suspended' }).where('id', '=', id).execute();
}

describe('who may help', () => {
  it('is an administrator alone: others are refused, and nothing changes', async () => {
    const { id, email } = await people.person();
    for (const role of ['rep', 'manager', 'auditor'] as const) {
      const client = await test.as(role);
      const sent = [
        await act(client, 'end-sessions', [id]),
        await client.post(`/people/${id}/initial-password`, because),
        await client.post(`/people/${id}/unlock-code`, because),
        await client.get('/desk/requests'),
        await client.get('/kit'),
      ];
      expect(sent.map(reply => reply.status)).toEqual([403, 403, 403, 403, 403]);
    }
    expect((await test.client().post('/session', { name: email, password })).status).toBe(200);
    expect((await test.client().post(`/people/${id}/unlock-code`, because)).status).toBe(401);
  });

  it('is nobody for himself', async () => {
    const me = test.people.administrator;
    expect(await one(admin, 'verify-again', me)).toMatchObject({ kind: 'refused', why: 'oneself' });
    const reply = await admin.post(`/people/${me}/initial-password`, because);
    expect([reply.status, reply.body.why]).toEqual([409, 'oneself']);
    expect(await offered(me)).toEqual([]);
  });

  it.each([
    ['no reason', { proof: 'video' }],
    ['an empty reason', { reason: '  ', proof: 'video' }],
    ['no proof', { reason: 'was known' }],
    ['a proof outside the closed set', { reason: 'was known', proof: 'he said so' }],
    ['a reason with control characters', { reason: 'a\u0000bcd', proof: 'video' }],
    ['a reason beyond all measure', { reason: 'x'.repeat(501), proof: 'video' }],
    ['a member nobody asked for', { ...because, role: 'administrator' }],
  ])('is refused with %s', async (_, body) => {
    const { id } = await people.person();
    expect((await admin.post(`/people/${id}/initial-password`, body)).status).toBe(422);
    expect((await admin.post('/desk/actions', { action: 'suspend', people: [id], ...body })).status).toBe(
      422,
    );
    expect((await story(id)).person.state).toBe('active');
  });

  it('meets nobody under a wrong id', async () => {
    const nobody = '00000000-0000-7000-8000-00000000dead';
    expect(await one(admin, 'suspend', nobody)).toMatchObject({ kind: 'not-found' });
    expect((await admin.post(`/people/${nobody}/unlock-code`, because)).status).toBe(404);
    expect((await admin.post('/people/%27or%271/unlock-code', because)).status).toBe(404);
    expect((await admin.get(`/people/${nobody}/story`)).status).toBe(404);
  });
});

describe('what makes sense', () => {
  it('is offered by the state of the account', async () => {
    const { id, email } = await people.person();
    const usual = ['initial-password', 'unlock-code', 'verify-again', 'suspend'];
    expect(await offered(id)).toEqual(usual);
    await test.client().signIn(email, password);
    expect(await offered(id)).toContain('end-sessions');
    await people.lock(email);
    expect(await offered(id)).toContain('lift');
    expect(await one(admin, 'suspend', id)).toMatchObject({ kind: 'done' });
    const off = await offered(id);
    expect(off).toContain('resume');
    expect(off).not.toContain('suspend');
    expect(off).not.toContain('initial-password');
    expect(await one(admin, 'suspend', id)).toMatchObject({ kind: 'refused', why: 'suspended-already' });
    expect((await admin.post(`/people/${id}/unlock-code`, because)).body.why).toBe('not-active');
    expect(await one(admin, 'resume', id)).toMatchObject({ kind: 'done' });
    expect(await one(admin, 'resume', id)).toMatchObject({ kind: 'refused', why: 'not-suspended' });
  });

  it('lifts every lock of a person; each is over, told and in the log with reason and proof', async () => {
    const { id, email } = await people.person();
    await people.lock(email);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(423);
    expect(await one(admin, 'lift', id)).toMatchObject({ kind: 'done' });
    expect((await test.client().post('/session', { name: email, password })).status).toBe(200);
    expect(await one(admin, 'lift', id)).toMatchObject({ kind: 'refused', why: 'no-lock' });
    const [entry] = await entries('desk.lift', id);
    expect(entry.details).toMatchObject(because);
    expect(entry.actor.id).toBe(test.people.administrator);
    expect((await mails(email)).map(mail => mail.template)).toContain('account-unlocked');
  });

  it('ends sessions, and tells so', async () => {
    const { id, email } = await people.person();
    const client = test.client();
    await client.signIn(email, password);
    expect(await one(admin, 'end-sessions', id)).toMatchObject({ kind: 'done' });
    expect((await client.get('/session')).status).toBe(401);
    const [mail] = await mails(email);
    expect(mail?.template).toBe('desk-help');
    expect(mail?.body).toContain(because.reason);
  });

  it('removes one lost factor or all, which ends the sessions as well', async () => {
    const { id, email } = await people.person();
    const client = test.client();
    await client.signIn(email, password);
    expect((await client.post('/factors/recovery-codes')).status).toBe(201);
    expect(await one(admin, 'reset-factors', id, { factor: id })).toMatchObject({ why: 'no-factor' });
    expect((await act(admin, 'reset-factors', [id, test.people.rep], { factor: id })).status).toBe(422);
    expect(await one(admin, 'reset-factors', id)).toMatchObject({ kind: 'done' });
    expect((await story(id)).recoveryCodesLeft).toBe(0);
    expect((await client.get('/session')).status).toBe(401);
  });

  it('has an outcome for each of many, and a doubled request acts once', async () => {
    const [a, b] = [await people.person(), await people.person()];
    await one(admin, 'suspend', b.id);
    const nobody = '00000000-0000-7000-8000-00000000dead';
    const body = { action: 'suspend', people: [a.id, b.id, nobody, a.id], ...because };
    const headers = { 'idempotency-key': 'bulk-1' };
    const first = await admin.post('/desk/actions', body, { headers });
    expect(first.body.items.map((item: { kind: string; why: string }) => item.why ?? item.kind)).toEqual([
      'done',
      'suspended-already',
      'not-found',
    ]);
    const again = await admin.post('/desk/actions', body, { headers });
    expect(again.body).toEqual(first.body);
    expect(await entries('desk.suspend', a.id)).toHaveLength(1);
    expect((await act(admin, 'suspend', [])).status).toBe(422);
    expect((await act(admin, 'initial-password', [a.id])).status).toBe(422);
  });
});

describe('an initial password', () => {
  const issue = async (id: string, client = admin) =>
    (await client.post(`/people/${id}/initial-password`, because)).body.secret as {
      value: string;
      until: string;
    };

  it('opens one session, which may only change the password, and goes on from there', async () => {
    const { id, email } = await people.person();
    const before = test.client();
    await before.signIn(email, password);
    const { value } = await issue(id);
    expect((await before.get('/session')).status).toBe(401);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(401);
    const client = test.client();
    await client.signIn(email, value);
    const session = await client.get('/session');
    expect(session.body.held.cause).toBe('password-initial');
    const kept = [
      await client.get('/customers'),
      await client.post('/customers', { name: 'Never' }),
      await client.get('/devices'),
      await client.post('/session/confirm', { password: value }),
      await client.post('/factors/recovery-codes'),
    ];
    expect(kept.map(reply => [reply.status, reply.body.code, reply.body.lock?.cause])).toEqual(
      kept.map(() => [423, 'locked', 'password-initial']),
    );
    expect(kept[0]?.body.lock.waysOut[0]).toMatchObject({ kind: 'new-password', href: '/new-password' });
    expect((await client.post('/me/password', { next: value })).status).toBe(422);
    expect((await client.post('/me/password', { next: 'short' })).status).toBe(422);
    expect((await client.post('/me/password', { next: 'seven-quiet-harbours' })).status).toBe(204);
    expect((await client.get('/session')).body.held).toBeNull();
    expect((await client.get('/customers')).status).toBe(200);
    await test.client().signIn(email, 'seven-quiet-harbours');
    expect((await test.client().post('/session', { name: email, password: value })).status).toBe(401);
  });

  it('is dead once used, of fifty at once one gets in', async () => {
    const { id, email } = await people.person();
    const own = test.client();
    await own.signIn(email, password);
    const { value } = await issue(id);
    const cookie = [...own.cookies].map(pair => pair.join('=')).join('; ');
    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        test.client().post('/session', { name: email, password: value }, { headers: { cookie } }),
      ),
    );
    expect(replies.filter(reply => reply.status === 200)).toHaveLength(1);
    expect((await test.client().post('/session', { name: email, password: value })).status).toBe(401);
    expect((await story(id)).person.account.initialPassword).toMatchObject({ used: true });
  });

  it('is dead after a day, and a new one takes its place', async () => {
    const { id, email } = await people.person();
    const first = await issue(id);
    const second = await issue(id);
    expect((await test.client().post('/session', { name: email, password: first.value })).status).toBe(401);
    test.turn(24 * 3_600_000 + 1_000);
    const late = await test.client().post('/session', { name: email, password: second.value });
    test.turn(-24 * 3_600_000 - 1_000);
    expect(late.status).toBe(401);
    expect((await test.client().post('/session', { name: email, password: second.value })).status).toBe(200);
  });

  it('lifts no second factor: it is asked for as ever (L26)', async () => {
    const { id, email } = await people.person();
    const own = test.client();
    await own.signIn(email, password);
    const { secret } = (await own.post('/factors/totp')).body;
    const code = new TOTP({ secret }).generate();
    expect((await own.post('/factors/totp/confirm', { code })).status).toBe(204);
    const { value } = await issue(id);
    const reply = await test.client().post('/session', { name: email, password: value });
    expect(reply.body).toMatchObject({ kind: 'proof-needed', proofs: [{ kind: 'totp' }] });
    const { flow } = reply.body;
    const desk = (await admin.post(`/people/${id}/unlock-code`, because)).body.secret.value;
    const proof = { flow, kind: 'desk-code', code: desk };
    const opened = await test.client().post('/session/proofs', proof);
    expect(opened.body).toMatchObject({ kind: 'proof-needed', proofs: [{ kind: 'totp' }] });
  });

  it('needs the present password as ever where nothing holds the session back', async () => {
    const { email } = await people.person();
    const client = test.client();
    await client.signIn(email, password);
    expect((await client.post('/me/password', { next: 'seven-quiet-harbours' })).status).toBe(401);
    expect((await client.get('/session')).body.held).toBeNull();
  });

  it('is told once: neither journal nor mail nor a repeated answer holds it', async () => {
    const { id, email } = await people.person();
    const headers = { 'idempotency-key': 'password-1' };
    const { secret } = (await admin.post(`/people/${id}/initial-password`, because, { headers })).body;
    expect(secret.value).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    for (const mail of await mails(email)) expect(mail.body + mail.subject).not.toContain(secret.value);
    expect(JSON.stringify((await admin.get(`/audit?object=${id}`)).body)).not.toContain(secret.value);
    const kept = await test.world.db.selectFrom('idempotency_keys').select('body').execute();
    expect(JSON.stringify(kept)).not.toContain(secret.value);
  });
});

describe('an unlock code', () => {
  const issue = async (id: string) =>
    (await admin.post(`/people/${id}/unlock-code`, because)).body.secret.value as string;

  it('opens one device while strangers go on guessing, who gain no try by it (L4)', async () => {
    const { id, email } = await people.person();
    await people.lock(email);
    const code = await issue(id);
    const client = test.client();
    const { flow } = (await client.post('/session', { name: email, password })).body;
    await people.miss(email);
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => client.post('/session/proofs', { flow, kind: 'desk-code', code })),
    );
    expect(replies.filter(reply => reply.body.kind === 'signed-in').length).toBe(1);
    expect((await client.get('/session')).status).toBe(200);
    expect((await people.miss(email)).status).toBe(423);
    const again = await test.client().post('/session/proofs', { flow, kind: 'desk-code', code });
    expect(again.status).toBe(401);
  });

  it('is that of one person and runs out after fifteen minutes; a newer one kills it', async () => {
    const [mine, other] = [await people.person(), await people.person()];
    const flowOf = async (email: string) =>
      (await test.client().post('/session', { name: email, password: `no ${Math.random()}` })).body;
    await people.lock(mine.email);
    await people.lock(other.email);
    const first = await issue(mine.id);
    const prove = async (email: string, code: string) => {
      const { flow } = await flowOf(email);
      return (await test.client().post('/session/proofs', { flow, kind: 'desk-code', code })).status;
    };
    expect(await prove(other.email, first)).toBe(401);
    const second = await issue(mine.id);
    expect(await prove(mine.email, first)).toBe(401);
    test.turn(15 * 60_000 + 1_000);
    const late = await prove(mine.email, second);
    test.turn(-15 * 60_000 - 1_000);
    expect(late).toBe(401);
  });

  it('is counted: after a few misses the right one is refused too, for names that are nobody’s alike (L6)', async () => {
    const { id, email } = await people.person();
    await people.lock(email);
    const code = await issue(id);
    const guess = async (name: string, value: string) => {
      const { flow } = (await test.client().post('/session', { name, password: `x ${Math.random()}` })).body;
      return (await test.client().post('/session/proofs', { flow, kind: 'desk-code', code: value })).status;
    };
    await people.lock('nobody-at-the-desk@example.com');
    const told: number[][] = [[], []];
    for (let i = 0; i < 7; i++) {
      told[0]?.push(await guess(email, `1000000${i}`));
      told[1]?.push(await guess('nobody-at-the-desk@example.com', `1000000${i}`));
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toContain(429);
    expect(await guess(email, code)).toBe(429);
  });
});

describe('L28 an account with administrator rights', () => {
  it('L28 cannot be helped by its only colleague: break-glass is named in words', async () => {
    const lone = await administrator();
    for (const path of ['initial-password', 'unlock-code']) {
      const reply = await admin.post(`/people/${lone.id}/${path}`, because);
      expect([reply.status, reply.body.why]).toEqual([409, 'no-approver']);
      expect(reply.body.detail).toContain('latchkey -- recover');
    }
    expect(await one(admin, 'reset-factors', lone.id)).toMatchObject({ kind: 'refused' });
    expect(await one(admin, 'end-sessions', lone.id)).toMatchObject({ kind: 'done' });
    await retire(lone.id);
  });

  it('L28 waits for a third: not whoever asks, not whom it is for, not somebody else’s role', async () => {
    const [concerned, third] = [await administrator(), await administrator()];
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
    const [entry] = await entries('desk.initial-password', concerned.id);
    expect(entry.details).toMatchObject({ approvedBy: third.id, request: asked.body.request });
    expect((await entries('desk.approve', concerned.id))[0].actor.id).toBe(third.id);
    expect((await mails(concerned.email)).map(mail => mail.template)).toContain('desk-help');
    expect((await mails(third.email)).filter(mail => mail.template === 'alert').length).toBeGreaterThan(0);
    for (const { id } of [concerned, third]) await retire(id);
  });

  it('L28 of two approving at once one does, and the help is given once', async () => {
    const [concerned, b, c] = [await administrator(), await administrator(), await administrator()];
    await people.lock(concerned.email);
    const asked = await one(admin, 'lift', concerned.id);
    expect(asked.kind).toBe('waiting');
    const at = `/desk/requests/${asked.request}/approval`;
    const replies = await Promise.all([b, c, b, c].map(({ client }) => client.post(at)));
    expect(replies.map(reply => reply.status).sort()).toEqual([200, 409, 409, 409]);
    expect(await entries('desk.lift', concerned.id)).toHaveLength(1);
    expect((await test.client().post('/session', { name: concerned.email, password })).status).toBe(200);
    for (const { id } of [concerned, b, c]) await retire(id);
  });

  it('L28 holds on the address of a single lock as well, and of a lock that is over says so', async () => {
    const [concerned, third] = [await administrator(), await administrator()];
    await people.lock(concerned.email);
    const lock = (await admin.get(`/locks?standing=true&person=${concerned.id}`)).body.items[0];
    const at = `/locks/${lock.id}/lift`;
    expect((await admin.post(at, { reason: 'was known', proof: 'he said so' })).status).toBe(422);
    const reply = await admin.post(at, { reason: 'was known', proof: 'in person' });
    expect([reply.status, reply.body.kind]).toEqual([202, 'waiting']);
    expect((await test.client().post('/session', { name: concerned.email, password })).status).toBe(423);
    expect((await third.client.post(`/desk/requests/${reply.body.request}/approval`)).status).toBe(200);
    expect((await admin.post(at, { reason: 'was known', proof: 'in person' })).status).toBe(409);
    for (const { id } of [concerned, third]) await retire(id);
  });

  it('L28 runs out after a day, can be refused or taken back, and needs an approver who is there now', async () => {
    const [concerned, third] = [await administrator(), await administrator()];
    const ask = async (action: string) => (await one(admin, action, concerned.id)).request;
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
    expect((await story(concerned.id)).person.account.verified.email).toBe(true);
    for (const { id } of [concerned, third]) await retire(id);
    test.turn(-24 * 3_600_000 - 11 * 60_000);
  });

  it('L28 is not carried out for somebody who has lost his office meanwhile', async () => {
    const [concerned, asker, third] = [await administrator(), await administrator(), await administrator()];
    const { request } = await one(asker.client, 'verify-again', concerned.id);
    await test.world.db.updateTable('people').set({ role: 'rep' }).where('id', '=', asker.id).execute();
    expect((await third.client.post(`/desk/requests/${request}/approval`)).status).toBe(409);
    for (const { id } of [concerned, asker, third]) await retire(id);
  });
});
