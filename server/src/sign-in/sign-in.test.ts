// Signing in, being locked and getting back in, through HTTP against a real PostgreSQL.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTest, password, type Test } from '../testing/harness.ts';

let test: Test;
let auditor: Awaited<ReturnType<Test['as']>>;
beforeAll(async () => {
  test = await openTest();
  auditor = await test.as('auditor');
});
afterAll(() => test.close());
// Else the misses of one test are the spray of the next.
beforeEach(() => test.fairWeather());

let guesses = 0;
// Another guess every time: the same one again costs no try (L16).
const miss = (name: string, client = test.client()) =>
  client.post('/session', { name, password: `wrong guess number ${++guesses}` });

async function codeFor(name: string): Promise<string> {
  await test.jobs.settle();
  const admin = await test.as('administrator');
  const outbox = await admin.get(`/outbox?to=${encodeURIComponent(name)}`);
  const coded = outbox.body.items.find((item: { template: string }) => /code|recovery/.test(item.template));
  return /\b(\d{6})\b/.exec(coded?.body ?? '')?.[1] ?? '';
}

describe('signing in', () => {
  it('opens a session with the right password and names the person', async () => {
    const client = test.client();
    const reply = await client.post('/session', { name: 'rep@example.com', password });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ kind: 'signed-in', user: { email: 'rep@example.com', role: 'rep' } });
    const session = await client.get('/session');
    expect(session.body).toMatchObject({ user: { email: 'rep@example.com' }, locks: [] });
    expect(session.body.capabilities).toContain('read:customer');
  });

  it('keeps cookies out of reach of scripts', async () => {
    const reply = await test.client().post('/session', { name: 'rep@example.com', password });
    for (const cookie of reply.headers.getSetCookie()) {
      expect(cookie).toMatch(/HttpOnly/);
      expect(cookie).toMatch(/SameSite=Lax/);
    }
  });

  it('ends the session on signing out, at once', async () => {
    const client = await test.as('rep2');
    expect((await client.get('/session')).status).toBe(200);
    const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await client.delete('/session')).status).toBe(204);
    expect((await client.get('/session', { headers: { cookie } })).status).toBe(401);
  });

  it('L9 puts every spelling of a name into one bucket', async () => {
    const spellings = [
      'L9@Example.com',
      ' l9@example.com ',
      'Ｌ9@example.com',
      'l9@example\u200b.com',
      'L9@EXAMPLE.COM',
    ];
    for (const name of spellings) expect((await miss(name)).status).toBe(401);
    expect((await miss('l9@example.com')).status).toBe(423);
    expect((await miss('\u00adL9@example.com\t')).status).toBe(423);
  });

  it('L11 gives the same answer while locked, whether the password is right or wrong', async () => {
    for (let i = 0; i < 5; i++) await miss('manager@example.com');
    const right = await test.client().post('/session', { name: 'manager@example.com', password });
    const wrong = await miss('manager@example.com');
    expect(right.status).toBe(423);
    expect(wrong.status).toBe(423);
    for (const reply of [right, wrong])
      expect(Object.keys(reply.body).sort()).toEqual(Object.keys(right.body).sort());
    expect(right.body.lock).toEqual(wrong.body.lock);
  });

  it('tells cause, since, until and the ways out in the reader’s language', async () => {
    const headers = { 'accept-language': 'zh-CN' };
    for (let i = 0; i < 5; i++) await miss('told@example.com');
    const reply = await test
      .client()
      .post('/session', { name: 'told@example.com', password: 'x' }, { headers });
    expect(reply.status).toBe(423);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    const { lock } = reply.body;
    expect(lock).toMatchObject({ cause: 'failed-attempts', scope: ['sign-in'], normal: null });
    const minutes = (Date.parse(`${lock.until}`) - Date.parse(`${lock.since}`)) / 60_000;
    expect(minutes).toBeGreaterThan(29);
    expect(minutes).toBeLessThan(31);
    expect(lock.waysOut.map((way: unknown) => (way as { kind: string }).kind)).toEqual([
      'wait',
      'factor',
      'email-code',
      'recovery',
      'known-device',
      'administrator',
      'support',
    ]);
    expect(`${lock.why}`).toMatch(/密码/);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(1_700);
  });

  it('L4 lets the owner in on a known device while strangers lock the name', async () => {
    const owner = await test.as('auditor');
    for (let i = 0; i < 8; i++) await miss('auditor@example.com');
    expect((await miss('auditor@example.com')).status).toBe(423);
    await owner.delete('/session');
    const again = await owner.post('/session', { name: 'auditor@example.com', password });
    expect(again.status).toBe(200);
  });
});

describe('getting back in', () => {
  it('opens a strange device by an e-mailed code, and the password typed before is enough', async () => {
    for (let i = 0; i < 5; i++) await miss('rep@example.com');
    const stranger = test.client();
    const locked = await stranger.post('/session', { name: 'rep@example.com', password });
    expect(locked.status).toBe(423);
    const flow = locked.body.flow;
    expect((await stranger.post('/session/messages', { flow, kind: 'email-code' })).status).toBe(202);
    const code = await codeFor('rep@example.com');
    expect(code).toMatch(/^\d{6}$/);
    const proved = await stranger.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.body).toMatchObject({ kind: 'signed-in' });
    expect((await stranger.get('/session')).status).toBe(200);
    expect((await miss('rep@example.com')).status).toBe(423);
  });

  it('knows the device after a right code even when the password was wrong', async () => {
    for (let i = 0; i < 5; i++) await miss('rep2@example.com');
    const stranger = test.client();
    const locked = await miss('rep2@example.com', stranger);
    const flow = locked.body.flow;
    await stranger.post('/session/messages', { flow, kind: 'email-code' });
    const proved = await stranger.post('/session/proofs', {
      flow,
      kind: 'email-code',
      code: await codeFor('rep2@example.com'),
    });
    expect(proved.status).toBe(401);
    expect(proved.body).toMatchObject({ code: 'refused', deviceKnown: true });
    expect((await stranger.post('/session', { name: 'rep2@example.com', password })).status).toBe(200);
  });

  it('lifts itself when the time is over, and a new lock needs fresh misses (L3)', async () => {
    for (let i = 0; i < 5; i++) await miss('later@example.com');
    expect((await miss('later@example.com')).status).toBe(423);
    test.turn(31 * 60_000);
    for (let i = 0; i < 5; i++) expect((await miss('later@example.com')).status).toBe(401);
    expect((await miss('later@example.com')).status).toBe(423);
    test.turn(-31 * 60_000);
  });

  it('is lifted by an administrator with a reason, and all of it is in the log', async () => {
    const admin = await test.as('administrator');
    const added = await admin.post('/people', {
      name: 'Lin Yue',
      email: 'lin@example.com',
      role: 'rep',
      password: 'bridge-over-water-9',
    });
    expect(added.status).toBe(201);
    for (let i = 0; i < 5; i++) await miss('lin@example.com');
    const listed = await admin.get(`/locks?standing=true&person=${added.body.id}`);
    expect(listed.body.items.length).toBe(1);
    const lock = listed.body.items[0];
    expect(lock).toMatchObject({ cause: 'failed-attempts', stands: true, subject: { kind: 'typed-name' } });
    expect((await admin.post(`/locks/${lock?.id}/lift`, { reason: '', proof: '' })).status).toBe(422);
    const lifted = await admin.post(`/locks/${lock?.id}/lift`, {
      reason: 'called me, knew her last order',
      proof: 'video call',
    });
    expect(lifted.status).toBe(204);
    expect(
      (await admin.post(`/locks/${lock?.id}/lift`, { reason: 'once more', proof: 'video call' })).status,
    ).toBe(409);
    const back = await test
      .client()
      .post('/session', { name: 'lin@example.com', password: 'bridge-over-water-9' });
    expect(back.status).toBe(200);
    const log = await admin.get(`/audit?object=${lock?.id}`);
    expect(log.body.items.map((e: unknown) => (e as { action: string }).action)).toEqual([
      'lock.lift',
      'lock.set',
    ]);
    expect(log.body.items[0]?.details).toMatchObject({
      reason: 'called me, knew her last order',
      proof: 'video call',
    });
    expect(
      (await auditor.post(`/locks/${lock?.id}/lift`, { reason: 'hello there', proof: 'none' })).status,
    ).toBe(403);
  });

  it('sets a new password by recovery while locked, and lifts the lock (L27)', async () => {
    for (let i = 0; i < 5; i++) await miss('manager@example.com');
    const client = test.client();
    const begun = await client.post('/recovery', { name: 'manager@example.com', via: 'email' });
    expect(begun.status).toBe(202);
    const flow = begun.body.flow;
    const early = await client.post('/recovery/password', { flow, password: 'nine-rivers-run-east' });
    expect(early.status).toBe(401);
    const code = await codeFor('manager@example.com');
    expect(
      (await client.post('/recovery/proofs', { flow, code: code === '000000' ? '111111' : '000000' })).status,
    ).toBe(401);
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBe(200);
    expect((await client.post('/recovery/password', { flow, password: 'short' })).status).toBe(422);
    expect((await client.post('/recovery/password', { flow, password: 'nine-rivers-run-east' })).status).toBe(
      204,
    );
    expect((await client.get('/session')).status).toBe(401);
    expect((await client.post('/recovery/password', { flow, password: 'ten-rivers-run-west' })).status).toBe(
      401,
    );
    const back = await client.post('/session', {
      name: 'manager@example.com',
      password: 'nine-rivers-run-east',
    });
    expect(back.status).toBe(200);
  });

  it('answers a recovery the same for names that nobody has', async () => {
    const known = await test.client().post('/recovery', { name: 'auditor@example.com' });
    const unknown = await test.client().post('/recovery', { name: 'nobody@example.com' });
    expect(unknown.status).toBe(known.status);
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body));
    expect(Math.abs(`${unknown.body.flow}`.length - `${known.body.flow}`.length)).toBeLessThan(8);
  });
});
