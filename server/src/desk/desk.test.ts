// The unlock desk through HTTP: every action by role and state, doubled and hostile requests.
import { TOTP } from 'otpauth';
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

describe('who may help', () => {
  it('is an administrator alone: others are refused, and nothing changes', async () => {
    const { id, email } = await desk.people.person();
    for (const role of ['rep', 'manager', 'auditor'] as const) {
      const client = await test.as(role);
      const sent = [
        await desk.act(client, 'end-sessions', [id]),
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
    expect(await desk.one(admin, 'verify-again', me)).toMatchObject({ kind: 'refused', why: 'oneself' });
    const reply = await admin.post(`/people/${me}/initial-password`, because);
    expect([reply.status, reply.body.why]).toEqual([409, 'oneself']);
    expect(await desk.offered(me)).toEqual([]);
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
    const { id } = await desk.people.person();
    expect((await admin.post(`/people/${id}/initial-password`, body)).status).toBe(422);
    expect((await admin.post('/desk/actions', { action: 'suspend', people: [id], ...body })).status).toBe(
      422,
    );
    expect((await desk.story(id)).person.state).toBe('active');
  });

  it('meets nobody under a wrong id', async () => {
    const nobody = '00000000-0000-7000-8000-00000000dead';
    expect(await desk.one(admin, 'suspend', nobody)).toMatchObject({ kind: 'not-found' });
    expect((await admin.post(`/people/${nobody}/unlock-code`, because)).status).toBe(404);
    expect((await admin.post('/people/%27or%271/unlock-code', because)).status).toBe(404);
    expect((await admin.get(`/people/${nobody}/story`)).status).toBe(404);
  });
});

describe('what makes sense', () => {
  it('is offered by the state of the account', async () => {
    const { id, email } = await desk.people.person();
    const usual = ['initial-password', 'unlock-code', 'send-reset', 'verify-again', 'suspend'];
    expect(await desk.offered(id)).toEqual(usual);
    await test.client().signIn(email, password);
    expect(await desk.offered(id)).toContain('end-sessions');
    await desk.people.lock(email);
    expect(await desk.offered(id)).toContain('lift');
    expect(await desk.one(admin, 'suspend', id)).toMatchObject({ kind: 'done' });
    const off = await desk.offered(id);
    expect(off).toContain('resume');
    expect(off).not.toContain('suspend');
    expect(off).not.toContain('initial-password');
    expect(await desk.one(admin, 'suspend', id)).toMatchObject({ kind: 'refused', why: 'suspended-already' });
    expect((await admin.post(`/people/${id}/unlock-code`, because)).body.why).toBe('not-active');
    expect(await desk.one(admin, 'resume', id)).toMatchObject({ kind: 'done' });
    expect(await desk.one(admin, 'resume', id)).toMatchObject({ kind: 'refused', why: 'not-suspended' });
  });

  it('lifts every lock of a person; each is over, told and in the log with reason and proof', async () => {
    const { id, email } = await desk.people.person();
    await desk.people.lock(email);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(423);
    expect(await desk.one(admin, 'lift', id)).toMatchObject({ kind: 'done' });
    expect((await test.client().post('/session', { name: email, password })).status).toBe(200);
    expect(await desk.one(admin, 'lift', id)).toMatchObject({ kind: 'refused', why: 'no-lock' });
    const [entry] = await desk.entries('desk.lift', id);
    expect(entry.details).toMatchObject(because);
    expect(entry.actor.id).toBe(test.people.administrator);
    expect((await desk.mails(email)).map(mail => mail.template)).toContain('account-unlocked');
  });

  it('ends sessions, and tells so', async () => {
    const { id, email } = await desk.people.person();
    const client = test.client();
    await client.signIn(email, password);
    expect(await desk.one(admin, 'end-sessions', id)).toMatchObject({ kind: 'done' });
    expect((await client.get('/session')).status).toBe(401);
    const [mail] = await desk.mails(email);
    expect(mail?.template).toBe('desk-help');
    expect(mail?.body).toContain(because.reason);
  });

  it('removes one lost factor or all, which ends the sessions as well', async () => {
    const { id, email } = await desk.people.person();
    const client = test.client();
    await client.signIn(email, password);
    expect((await client.post('/factors/recovery-codes')).status).toBe(201);
    expect(await desk.one(admin, 'reset-factors', id, { factor: id })).toMatchObject({ why: 'no-factor' });
    expect((await desk.act(admin, 'reset-factors', [id, test.people.rep], { factor: id })).status).toBe(422);
    expect(await desk.one(admin, 'reset-factors', id)).toMatchObject({ kind: 'done' });
    expect((await desk.story(id)).recoveryCodesLeft).toBe(0);
    expect((await client.get('/session')).status).toBe(401);
  });

  it('has an outcome for each of many, and a doubled request acts once', async () => {
    const [a, b] = [await desk.people.person(), await desk.people.person()];
    await desk.one(admin, 'suspend', b.id);
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
    expect(await desk.entries('desk.suspend', a.id)).toHaveLength(1);
    expect((await desk.act(admin, 'suspend', [])).status).toBe(422);
    expect((await desk.act(admin, 'initial-password', [a.id])).status).toBe(422);
  });
});

describe('an initial password', () => {
  const issue = async (id: string, client = admin) =>
    (await client.post(`/people/${id}/initial-password`, because)).body.secret as {
      value: string;
      until: string;
    };

  it('opens one session, which may only change the password, and goes on from there', async () => {
    const { id, email } = await desk.people.person();
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
    const { id, email } = await desk.people.person();
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
    expect((await desk.story(id)).person.account.initialPassword).toMatchObject({ used: true });
  });

  it('is dead after a day, and a new one takes its place', async () => {
    const { id, email } = await desk.people.person();
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
    const { id, email } = await desk.people.person();
    const own = test.client();
    await own.signIn(email, password);
    const { secret } = (await own.post('/factors/totp')).body;
    const code = new TOTP({ secret }).generate();
    expect((await own.post('/factors/totp/confirm', { code })).status).toBe(204);
    const { value } = await issue(id);
    const reply = await test.client().post('/session', { name: email, password: value });
    expect(reply.body).toMatchObject({ kind: 'proof-needed', proofs: [{ kind: 'totp' }] });
    const { flow } = reply.body;
    const opener = (await admin.post(`/people/${id}/unlock-code`, because)).body.secret.value;
    const proof = { flow, kind: 'desk-code', code: opener };
    const opened = await test.client().post('/session/proofs', proof);
    expect(opened.body).toMatchObject({ kind: 'proof-needed', proofs: [{ kind: 'totp' }] });
  });

  it('needs the present password as ever where nothing holds the session back', async () => {
    const { email } = await desk.people.person();
    const client = test.client();
    await client.signIn(email, password);
    expect((await client.post('/me/password', { next: 'seven-quiet-harbours' })).status).toBe(401);
    expect((await client.get('/session')).body.held).toBeNull();
  });

  it('is told once: neither journal nor mail nor a repeated answer holds it', async () => {
    const { id, email } = await desk.people.person();
    const headers = { 'idempotency-key': 'password-1' };
    const { secret } = (await admin.post(`/people/${id}/initial-password`, because, { headers })).body;
    expect(secret.value).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    for (const mail of await desk.mails(email)) expect(mail.body + mail.subject).not.toContain(secret.value);
    expect(JSON.stringify((await admin.get(`/audit?object=${id}`)).body)).not.toContain(secret.value);
    const kept = await test.world.db.selectFrom('idempotency_keys').select('body').execute();
    expect(JSON.stringify(kept)).not.toContain(secret.value);
  });
});

describe('an unlock code', () => {
  const issue = async (id: string) =>
    (await admin.post(`/people/${id}/unlock-code`, because)).body.secret.value as string;

  it('opens one device while strangers go on guessing, who gain no try by it (L4)', async () => {
    const { id, email } = await desk.people.person();
    await desk.people.lock(email);
    const code = await issue(id);
    const client = test.client();
    const { flow } = (await client.post('/session', { name: email, password })).body;
    await desk.people.miss(email);
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => client.post('/session/proofs', { flow, kind: 'desk-code', code })),
    );
    expect(replies.filter(reply => reply.body.kind === 'signed-in').length).toBe(1);
    expect((await client.get('/session')).status).toBe(200);
    expect((await desk.people.miss(email)).status).toBe(423);
    const again = await test.client().post('/session/proofs', { flow, kind: 'desk-code', code });
    // Dead either way: the late ones of the twenty may have used the tries up.
    expect([401, 429]).toContain(again.status);
  });

  it('is that of one person and runs out after ten minutes; a newer one kills it', async () => {
    const [mine, other] = [await desk.people.person(), await desk.people.person()];
    const flowOf = async (email: string) =>
      (await test.client().post('/session', { name: email, password: `no ${Math.random()}` })).body;
    await desk.people.lock(mine.email);
    await desk.people.lock(other.email);
    const first = await issue(mine.id);
    const prove = async (email: string, code: string) => {
      const { flow } = await flowOf(email);
      return (await test.client().post('/session/proofs', { flow, kind: 'desk-code', code })).status;
    };
    expect(await prove(other.email, first)).toBe(401);
    const second = await issue(mine.id);
    expect(await prove(mine.email, first)).toBe(401);
    test.turn(10 * 60_000 + 1_000);
    const late = await prove(mine.email, second);
    test.turn(-10 * 60_000 - 1_000);
    expect(late).toBe(401);
  });

  it('is counted: after a few misses the right one is refused too, for names that are nobody’s alike (L6)', async () => {
    const { id, email } = await desk.people.person();
    await desk.people.lock(email);
    const code = await issue(id);
    const guess = async (name: string, value: string) => {
      const { flow } = (await test.client().post('/session', { name, password: `x ${Math.random()}` })).body;
      return (await test.client().post('/session/proofs', { flow, kind: 'desk-code', code: value })).status;
    };
    await desk.people.lock('nobody-at-the-desk@example.com');
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
