// Further addresses and phones, and text messages as a proof at the door; through HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
const phoneNumber = () => `+86139${String(10_000_000 + ++numbers)}`;

async function owner() {
  const { id, email } = await people.person();
  const home = test.client();
  await home.signIn(email, password);
  return { id, email, home };
}

async function withPhone() {
  const who = await owner();
  const phone = phoneNumber();
  const { id: point } = (await who.home.post('/contact-points', { kind: 'sms', value: phone })).body;
  const { code } = await people.latest(phone);
  expect((await who.home.post(`/contact-points/${point}/proofs`, { code })).status).toBe(204);
  return { ...who, phone, point };
}

const last = async (to: string) => {
  await test.jobs.settle();
  return (await admin.get(`/outbox?to=${encodeURIComponent(to)}`)).body.items[0];
};

describe('further addresses', () => {
  it('count once their code has come back, and all others are told', async () => {
    const { email, home } = await owner();
    const typed = ' 139 0000 ０００１ ';
    const added = await home.post('/contact-points', { kind: 'sms', value: typed });
    expect(added.status).toBe(201);
    const { code } = await people.latest('+8613900000001');
    expect(
      (await home.post(`/contact-points/${added.body.id}/proofs`, { code: otherThan(code) })).status,
    ).toBe(401);
    expect((await home.get('/contact-points')).body.items[0]).toMatchObject({ verified: false });
    expect((await home.post(`/contact-points/${added.body.id}/proofs`, { code })).status).toBe(204);
    expect((await home.get('/contact-points')).body.items).toMatchObject([
      { kind: 'sms', value: '+86 139 0000 0001', verified: true, purpose: 'primary', factor: false },
    ]);
    const told = await last(email);
    expect(told.template).toBe('contact-added');
    expect(told.body).toContain('+86 139 •••• 01');
    expect((await home.delete(`/contact-points/${added.body.id}`)).status).toBe(204);
    expect((await last(email)).template).toBe('contact-removed');
    expect((await last('+8613900000001')).template).toBe('contact-removed');
    const { items } = (await admin.get('/audit?action=contact-point.&limit=3')).body;
    expect(items.map((entry: { action: string }) => entry.action)).toEqual([
      'contact-point.remove',
      'contact-point.verify',
      'contact-point.add',
    ]);
  });

  it('want the owner to show himself again before they are changed', async () => {
    const { home, point } = await withPhone();
    test.turn(11 * 60_000);
    const refused = [
      await home.post('/contact-points', { kind: 'email', value: 'a@b.example' }),
      await home.delete(`/contact-points/${point}`),
      await home.put(`/contact-points/${point}/factor`, { on: true }),
    ];
    expect(refused.map(reply => reply.body.code)).toEqual(Array(3).fill('confirm-first'));
    expect((await home.post('/session/confirm', { password })).status).toBe(204);
    expect((await home.delete(`/contact-points/${point}`)).status).toBe(204);
    test.turn(-11 * 60_000);
  });

  it('L24 L25 take a code once, and none after five misses, however often it is sent again', async () => {
    const { home } = await owner();
    const phone = phoneNumber();
    const { id } = (await home.post('/contact-points', { kind: 'sms', value: phone })).body;
    const { code } = await people.latest(phone);
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => home.post(`/contact-points/${id}/proofs`, { code })),
    );
    expect(tries.filter(reply => reply.status === 204)).toHaveLength(1);
    const other = phoneNumber();
    const { id: next } = (await home.post('/contact-points', { kind: 'sms', value: other })).body;
    const first = (await people.latest(other)).code;
    test.turn(20 * 60_000);
    for (let i = 0; i < 5; i++) {
      await home.post(`/contact-points/${next}/proofs`, { code: otherThan(first) });
      test.turn(4 * 60_000);
    }
    expect((await home.post(`/contact-points/${next}/messages`)).status).toBe(202);
    const second = (await people.latest(other)).code;
    expect((await home.post(`/contact-points/${next}/proofs`, { code: second })).status).toBe(401);
    test.turn(-40 * 60_000);
  });

  it('belong to their owner: nobody else sees, verifies, switches or removes them', async () => {
    const { point } = await withPhone();
    const rep = await test.as('rep');
    expect((await rep.get('/contact-points')).body.items).toEqual([]);
    expect((await rep.delete(`/contact-points/${point}`)).status).toBe(404);
    expect((await rep.put(`/contact-points/${point}/factor`, { on: true })).status).toBe(404);
    expect((await rep.post(`/contact-points/${point}/messages`)).status).toBe(404);
    expect((await rep.post(`/contact-points/${point}/proofs`, { code: '123456' })).status).toBe(401);
    expect((await test.client().get('/contact-points')).status).toBe(401);
  });

  it.each([
    ['sms', '10086', 422],
    ['sms', '13800138000\n13900139000', 422],
    ['sms', '+86 138 0013 8000, +86 139 0013 9000', 422],
    ['email', 'a@b.example, c@d.example', 422],
    ['email', 'Eve <eve@evil.example>', 422],
    ['email', 'eve@evil.example\r\nbcc: x@y.example', 422],
    ['fax', '13800138000', 422],
  ])('refuse %s %j', async (kind, value, status) => {
    const { home } = await owner();
    expect((await home.post('/contact-points', { kind, value })).status).toBe(status);
  });

  it('are few, each once, and never the sign-in address again', async () => {
    const { email, home } = await owner();
    const add = async (value: string) =>
      (await home.post('/contact-points', { kind: 'email', value })).status;
    expect(await add(email)).toBe(409);
    expect(await add('one@elsewhere.example')).toBe(201);
    expect(await add('ONE@elsewhere.example')).toBe(409);
    expect(await add('two@elsewhere.example')).toBe(201);
    expect(await add('three@elsewhere.example')).toBe(201);
    expect(await add('four@elsewhere.example')).toBe(409);
  });

  it('L29 do not make this server pester strangers', async () => {
    const { home } = await owner();
    const phone = phoneNumber();
    const { id } = (await home.post('/contact-points', { kind: 'sms', value: phone })).body;
    for (let i = 0; i < 8; i++) await home.post(`/contact-points/${id}/messages`);
    await test.jobs.settle();
    const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(phone)}`)).body;
    expect(items.length).toBeLessThanOrEqual(5);
  });
});

describe('a code by text message at the door', () => {
  const locked = async (name: string) => {
    await people.lock(name);
    const client = test.client();
    return { client, reply: await client.post('/session', { name, password }) };
  };

  it('opens a device while locked, and one by mail does not pass for it', async () => {
    const { email, phone } = await withPhone();
    const { client, reply } = await locked(email);
    expect(reply.body.proofs).toContainEqual({ kind: 'sms-code' });
    const { flow } = reply.body;
    await client.post('/session/messages', { flow, kind: 'email-code' });
    const mailed = (await people.latest(email)).code;
    await client.post('/session/messages', { flow, kind: 'sms-code' });
    const texted = (await people.latest(phone)).code;
    const prove = (kind: string, code: string) => client.post('/session/proofs', { flow, kind, code });
    if (mailed !== texted) expect((await prove('sms-code', mailed)).status).toBe(401);
    expect((await prove('sms-code', texted)).body.kind).toBe('signed-in');
  });

  it('L24 gives fifty parallel uses of one code one session', async () => {
    const { email, phone } = await withPhone();
    const { client, reply } = await locked(email);
    const { flow } = reply.body;
    await client.post('/session/messages', { flow, kind: 'sms-code' });
    const { code } = await people.latest(phone);
    const body = { flow, kind: 'sms-code', code };
    const all = await Promise.all(
      Array.from({ length: 50 }, () => test.client().post('/session/proofs', body)),
    );
    expect(all.filter(one => one.status === 200)).toHaveLength(1);
  });

  it('L6 is counted per account by itself, whatever the flow', async () => {
    const { email, phone } = await withPhone();
    const { client, reply } = await locked(email);
    const { flow } = reply.body;
    await client.post('/session/messages', { flow, kind: 'sms-code' });
    const { code } = await people.latest(phone);
    const statuses = [];
    for (let i = 0; i < 7; i++) {
      const body = { flow, kind: 'sms-code', code: otherThan(code) };
      statuses.push((await test.client().post('/session/proofs', body)).status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect((await client.post('/session/proofs', { flow, kind: 'sms-code', code })).status).toBe(429);
    // The mailbox has a counter of its own.
    await client.post('/session/messages', { flow, kind: 'email-code' });
    const mailed = (await people.latest(email)).code;
    const other = await client.post('/session/proofs', { flow, kind: 'email-code', code: mailed });
    expect(other.status).toBe(200);
  });

  it('is a second factor only where the owner has made it one', async () => {
    const { email, home, phone, point } = await withPhone();
    const knock = (client: Client) => client.post('/session', { name: email, password });
    expect((await knock(test.client())).body.kind).toBe('signed-in');
    expect((await home.put(`/contact-points/${point}/factor`, { on: true })).status).toBe(204);
    expect((await home.get('/factors')).body.items).toMatchObject([{ kind: 'sms-code' }]);
    const stranger = test.client();
    const asked = await knock(stranger);
    expect(asked.body).toMatchObject({ kind: 'proof-needed', proofs: [{ kind: 'sms-code' }] });
    const { flow } = asked.body;
    await stranger.post('/session/messages', { flow, kind: 'sms-code' });
    const { code } = await people.latest(phone);
    const proved = await stranger.post('/session/proofs', { flow, kind: 'sms-code', code });
    expect(proved.body.kind).toBe('signed-in');
    await stranger.delete('/session');
    expect((await knock(stranger)).body.kind, 'known, and proved').toBe('signed-in');
    expect((await home.put(`/contact-points/${point}/factor`, { on: false })).status).toBe(204);
    expect((await home.get('/factors')).body.items).toEqual([]);
    expect((await knock(test.client())).body.kind).toBe('signed-in');
  });
});
