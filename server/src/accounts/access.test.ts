// Asking for a permission, through HTTP: who may ask, grant and have what, from when until when.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
let rep: Client;
const day = 86_400_000;

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  rep = await test.as('rep');
});
afterAll(() => test.close());
// Decisions are delicate, and the stories below turn the clock.
beforeEach(() => admin.post('/session/confirm', { password }));

const later = (ms: number) => new Date(test.world.now() + ms).toISOString();
const open = async () => (await admin.get('/requests?state=open')).body.items;
const decide = (id: string, body: object, by = admin) => by.post(`/requests/${id}/decision`, body);
const reason = 'I look after incoming leads this week';

describe('a missing permission', () => {
  it('is named by the refusal, asked for once, granted for a time, used at once and gone on the moment', async () => {
    const refused = await rep.get('/intake');
    expect(refused.status).toBe(403);
    const { wants } = refused.body;
    expect(wants).toEqual({ action: 'read', object: 'intake' });
    expect((await rep.get('/session')).body.capabilities).not.toContain('read:intake');
    const [first, second] = await Promise.all([1, 2].map(() => rep.post('/requests', { ...wants, reason })));
    expect([first?.status, second?.status]).toEqual([201, 201]);
    expect(await open()).toHaveLength(1);
    const [{ id }] = await open();
    await test.jobs.settle();
    expect((await admin.get('/alerts')).body.items[0]).toMatchObject({ kind: 'access-request' });
    const letters = (await admin.get('/outbox?to=administrator@example.com')).body.items;
    expect(letters[0]).toMatchObject({ template: 'alert' });
    expect((await rep.get('/requests')).status).toBe(403);
    expect((await decide(id, { decision: 'grant', until: null }, rep)).status).toBe(403);
    expect((await decide(id, { decision: 'grant', until: later(day) })).status).toBe(204);
    expect((await rep.get('/intake')).status).toBe(200);
    expect((await rep.get('/session')).body.capabilities).toContain('read:intake');
    expect((await rep.get('/requests/mine')).body.items[0]).toMatchObject({ state: 'granted' });
    const [notice] = (await rep.get('/notices')).body.items;
    expect(notice).toMatchObject({ kind: 'granted', gained: ['read:intake'], lock: null });
    expect((await admin.delete(`/notices/${notice.id}`)).status).toBe(404);
    expect((await rep.delete(`/notices/${notice.id}`)).status).toBe(204);
    expect((await rep.get('/notices')).body.items).toEqual([]);
    test.turn(day - 1_000);
    expect((await rep.get('/intake')).status).toBe(200);
    test.turn(1_001);
    expect((await rep.get('/intake')).status).toBe(403);
  });

  it('is refused with a reason, which the person reads, and may be asked for anew', async () => {
    await rep.post('/requests', { action: 'export', object: 'audit', reason });
    const [{ id }] = await open();
    expect((await decide(id, { decision: 'refuse', reason: '' })).status).toBe(422);
    expect((await decide(id, { decision: 'refuse', reason: 'the log stays with us' })).status).toBe(204);
    expect((await decide(id, { decision: 'grant', until: null })).status).toBe(409);
    const [notice] = (await rep.get('/notices')).body.items;
    expect(notice).toMatchObject({ kind: 'refused', reason: 'the log stays with us' });
    expect((await rep.post('/requests', { action: 'export', object: 'audit', reason })).status).toBe(201);
    const [again] = await open();
    await decide(again.id, { decision: 'refuse', reason: 'still with us' });
  });

  it('is never given in answer to a wish for what makes an administrator, or for what one has', async () => {
    const wishes = [
      ['help', 'person'],
      ['help', 'lock'],
      ['create', 'person'],
      ['configure', 'policy'],
      ['read', 'outbox'],
      ['become', 'king'],
    ];
    for (const [action, object] of wishes)
      expect((await rep.post('/requests', { action, object, reason })).status).toBe(409);
    const boss = await test.as('administrator');
    expect((await boss.post('/requests', { action: 'read', object: 'customer', reason })).status).toBe(409);
    expect(
      (await rep.post('/locks/00000000-0000-7000-8000-000000000000/lift', { reason, proof: 'video' })).body
        .wants,
    ).toBeUndefined();
  });

  it('reaches as far as was granted, in lists as in single records, and is taken back at once', async () => {
    const rep2 = await test.as('rep2');
    const { id } = (await rep2.post('/customers', { name: 'Far away Ltd' })).body;
    expect((await rep.get(`/customers/${id}`)).status).toBe(404);
    const has = async () =>
      (await rep.get('/customers')).body.items.some((one: { id: string }) => one.id === id);
    expect(await has()).toBe(false);
    await rep.post('/requests', { action: 'read', object: 'customer', reason });
    const [request] = await open();
    expect((await decide(request.id, { decision: 'grant', until: null, reach: 'all' })).status).toBe(204);
    expect((await rep.get(`/customers/${id}`)).status).toBe(200);
    expect(await has()).toBe(true);
    expect((await rep.patch(`/customers/${id}`, { name: 'Mine now' })).status).toBe(404);
    const at = `/people/${test.people.rep}`;
    const [grant] = (await admin.get(`${at}/access`)).body.grants;
    expect(grant).toMatchObject({ action: 'read', object: 'customer', reach: 'all', until: null });
    expect((await rep.get(`${at}/access`)).status).toBe(403);
    expect((await admin.delete(`${at}/grants/${grant.id}`)).status).toBe(204);
    expect((await admin.delete(`${at}/grants/${grant.id}`)).status).toBe(404);
    expect(await has()).toBe(false);
    const [notice] = (await rep.get('/notices')).body.items;
    expect(notice).toMatchObject({ kind: 'grant-ended', lost: ['read:customer'] });
    expect(notice.lock).toMatchObject({ cause: 'permission-changed' });
    expect(notice.lock.waysOut[0]).toMatchObject({ kind: 'ask-permission', href: '/requests' });
  });

  it('L2 of ten decisions at once takes one, and nobody decides for himself', async () => {
    await rep.post('/requests', { action: 'update', object: 'intake', reason });
    const [{ id }] = await open();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        decide(id, n % 2 ? { decision: 'grant', until: null } : { decision: 'refuse', reason: 'not now' }),
      ),
    );
    expect(replies.filter(reply => reply.status === 204)).toHaveLength(1);
    const second = await admin.post('/people', {
      name: 'Second',
      email: 'second-admin@example.com',
      role: 'auditor',
      password,
    });
    const other = test.client();
    await other.signIn('second-admin@example.com', password);
    await other.post('/requests', { action: 'create', object: 'customer', reason });
    const [own] = await open();
    await admin.patch(`/people/${second.body.id}`, { role: 'administrator', reason: 'promoted' });
    expect((await decide(own.id, { decision: 'grant', until: null }, other)).status).toBe(409);
  });
});

describe('a change of role', () => {
  it('keeps the session, says what was given and taken, and holds at once', async () => {
    const email = 'changes@example.com';
    const { id } = (await admin.post('/people', { name: 'Changes', email, role: 'manager', password })).body;
    const own = test.client();
    await own.signIn(email, password);
    expect((await own.post('/customers', { name: 'Before' })).status).toBe(201);
    const reply = await admin.patch(`/people/${id}`, { role: 'auditor', reason: 'moves to audit' });
    expect(reply.body.role).toBe('auditor');
    expect((await own.get('/session')).body.user.role).toBe('auditor');
    expect((await own.post('/customers', { name: 'After' })).status).toBe(403);
    expect((await own.get('/audit')).status).toBe(200);
    const [notice] = (await own.get('/notices')).body.items;
    expect(notice).toMatchObject({
      kind: 'access-changed',
      reason: 'moves to audit',
      by: 'administrator person',
    });
    expect(notice.lost).toContain('create:customer');
    expect(notice.gained).toContain('read:audit');
    await test.jobs.settle();
    const [letter] = (await admin.get(`/outbox?to=${email}`)).body.items;
    expect(letter).toMatchObject({ template: 'access-changed' });
    expect((await own.patch(`/people/${id}`, { role: 'administrator', reason: 'by myself' })).status).toBe(
      403,
    );
    const entry = (await admin.get('/audit?action=person.change')).body.items[0];
    expect(entry).toMatchObject({ before: { role: 'manager' }, after: { role: 'auditor' } });
  });
});
