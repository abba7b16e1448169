// The public pool through HTTP: what it takes by its rules, who may take from it, and what is seen of it before.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import * as pool from './pool.ts';

const day = 86_400_000;
let test: Test;
let admin: Client;
let manager: Client;
let rep: Client;
let rep2: Client;

const rule = {
  active: true,
  idleDays: 30,
  deallessDays: null,
  exemptStages: ['won'],
  exemptOpenDeals: true,
  warnDays: 5,
  protectDays: 10,
  claimsPerDay: null,
  claimsPerWeek: null,
  holdingCap: null,
};

async function signIn() {
  [admin, manager, rep, rep2] = [
    await test.as('administrator'),
    await test.as('manager'),
    await test.as('rep'),
    await test.as('rep2'),
  ];
}

beforeAll(async () => {
  test = await openTest();
  await signIn();
});
afterAll(() => test.close());
beforeEach(async () => {
  await sql`delete from customers`.execute(test.world.db);
  await sql`delete from pool_rules`.execute(test.world.db);
});

const set = (more: object = {}, client = admin, team = 'default') =>
  client.send(`PUT /pool/rules/${team}`, { body: { ...rule, ...more } });
const added = async (client: Client, name: string, more: object = {}): Promise<string> =>
  (await client.post('/customers', { name, phone: '13800001111', city: '宁波', ...more })).body.id;
const released = async (name: string, client = rep): Promise<string> => {
  const id = await added(client, name);
  expect((await client.post('/pool', { customerId: id, reason: 'No time' })).status).toBe(204);
  return id;
};
const ownerOf = async (id: string) => (await admin.get(`/customers/${id}`)).body.owner?.id ?? null;
/** Lets days pass, after which the chore runs; sessions have ended meanwhile. */
async function pass(days: number) {
  test.turn(days * day);
  await pool.tend(test.world);
  await signIn();
}

describe('the rules', () => {
  it('are off until somebody sets them: nothing goes anywhere', async () => {
    const id = await added(rep, 'Left alone');
    await pass(60);
    expect(await ownerOf(id)).toBe(test.people.rep);
    expect((await rep.post('/pool', { customerId: id, reason: 'No time' })).status).toBe(409);
  });

  it('warn first and take afterwards, tell why, and keep whose it was', async () => {
    await set();
    const [idle, busy, won] = [
      await added(rep, 'Idle'),
      await added(rep, 'Busy'),
      await added(rep, 'Won', { stage: 'won' }),
    ];
    const dealt = await added(rep, 'Dealt');
    await rep.post('/deals', { title: 'Open', customerId: dealt });
    await pass(26);
    const told = (await rep.get('/inbox')).body.items.filter(
      (notice: { kind: string }) => notice.kind === 'pool-warning',
    );
    expect(told.map((notice: { text: string }) => notice.text)).toEqual([
      expect.stringContaining('2 of your'),
    ]);
    await rep.post('/activities', { customerId: busy, kind: 'call', body: 'Talked' });
    await pass(6);
    expect(await Promise.all([idle, busy, won, dealt].map(ownerOf))).toEqual([
      null,
      test.people.rep,
      test.people.rep,
      test.people.rep,
    ]);
    const found = (await rep.get(`/pool/${idle}`)).body;
    expect(found).toMatchObject({
      name: 'Idle',
      city: '宁波',
      reason: 'idle',
      formerOwner: { id: test.people.rep },
    });
    expect(found.holders).toMatchObject([{ owner: { id: test.people.rep }, why: 'idle' }]);
    expect((await admin.get(`/customers/${idle}/history`)).body.items[0].action).toBe('pool.return');
  });

  it('leave those alone who are locked out or suspended, and begin anew when they are back', async () => {
    await set();
    const people = peopleOf(test, admin);
    const { id: personId } = await people.person();
    const id = await added(admin, 'Of somebody away', { ownerId: personId });
    await test.world.db
      .updateTable('people')
      .set({ state: 'suspended' })
      .where('id', '=', personId)
      .execute();
    await pass(40);
    expect(await ownerOf(id)).toBe(personId);
    await test.world.db.updateTable('people').set({ state: 'active' }).where('id', '=', personId).execute();
    await pass(2);
    expect(await ownerOf(id)).toBe(personId);
    await pass(5);
    expect(await ownerOf(id)).toBe(null);
  });

  it('leave those alone who are paused, and count none of these days when they are back', async () => {
    await set({ protectDays: 40 });
    const id = await added(rep, 'Of somebody on leave');
    const late = await added(rep, 'Called lately');
    await pass(26);
    await rep.post('/activities', { customerId: late, kind: 'call', body: 'Talked' });
    const away = { reason: 'On leave', untilOn: null };
    expect((await admin.post(`/people/${test.people.rep}/pause`, away)).status).toBe(201);
    const warnings = async () => {
      const { rows } = await sql<{
        count: number;
      }>`select count(*)::integer as count from pool_warnings`.execute(test.world.db);
      return rows[0]?.count;
    };
    test.turn(30 * day);
    await pool.tend(test.world);
    admin = await test.as('administrator');
    expect([await ownerOf(id), await ownerOf(late)]).toEqual([test.people.rep, test.people.rep]);
    expect(await warnings()).toBe(0);
    expect((await admin.post(`/people/${test.people.rep}/resume`, {})).status).toBe(200);
    // Day 56: 26 days have counted of the 30 without a follow-up and of the 40 of protection.
    await pass(8);
    expect(await warnings()).toBe(0);
    await pass(2);
    expect(await warnings()).toBe(1);
    expect(await ownerOf(id)).toBe(test.people.rep);
    await pass(5);
    expect([await ownerOf(id), await ownerOf(late)]).toEqual([null, test.people.rep]);
  });

  it('protect what has just come to an owner', async () => {
    await set({ idleDays: 3, warnDays: 1, protectDays: 10 });
    const id = await released('Fresh');
    await rep.post(`/pool/${id}/claim`, {});
    await pass(9);
    expect(await ownerOf(id)).toBe(test.people.rep);
    await pass(3);
    expect(await ownerOf(id)).toBe(null);
  });

  it('are set by administrators for all, by managers for their own team, by nobody else', async () => {
    const { items: teams } = (await admin.get('/teams')).body;
    const [north, south] = teams.map((team: { id: string }) => team.id);
    expect((await set({}, manager)).status).toBe(403);
    expect((await set({ idleDays: 7 }, manager, north)).status).toBe(200);
    expect((await set({}, manager, south)).status).toBe(403);
    expect((await rep.get('/pool/rules')).status).toBe(403);
    expect((await set({}, admin, test.people.rep)).status).toBe(404);
    const seen = (await manager.get('/pool/rules')).body;
    expect(seen).toMatchObject({
      default: null,
      mayDefault: false,
      teams: [{ rule: { idleDays: 7, version: 1 } }],
    });
    const stale = { body: rule, headers: { 'if-match': '"v9"' } };
    expect((await manager.send(`PUT /pool/rules/${north}`, stale)).status).toBe(412);
    await added(rep, 'One');
    test.turn(4 * day);
    await signIn();
    const asked = { team: north, rule: { ...rule, idleDays: 7, protectDays: 0 } };
    expect((await manager.post('/pool/preview', asked)).body).toEqual({ due: 0, soon: 1 });
  });
});

describe('the pool', () => {
  beforeEach(async () => void (await set()));

  it('shows of a customer what tells nobody how to reach it, and to its own team only', async () => {
    const id = await released('青藤商贸');
    const { items } = (await rep.get('/pool?q=青藤')).body;
    expect(items).toHaveLength(1);
    expect(Object.keys(items[0]).sort()).toEqual(
      'city formerOwner id industry level name reason remark since source stage team'.split(' ').sort(),
    );
    expect(JSON.stringify(items)).not.toContain('13800001111');
    expect((await rep.get(`/customers/${id}`)).status).toBe(404);
    expect((await rep2.get('/pool')).body.items).toEqual([]);
    expect((await rep2.get(`/pool/${id}`)).status).toBe(404);
    expect((await rep2.post(`/pool/${id}/claim`, {})).status).toBe(409);
    expect((await admin.get('/pool')).body.items).toHaveLength(1);
  });

  it('gives a customer to one of twenty who claim it at once', async () => {
    const id = await released('Wanted');
    const clients = Array.from({ length: 20 }, (_, i) => (i % 2 ? rep : manager));
    const replies = await Promise.all(clients.map(client => client.post(`/pool/${id}/claim`, {})));
    expect(replies.map(reply => reply.status).sort()).toEqual([
      204,
      ...Array.from({ length: 19 }, () => 409),
    ]);
    expect([test.people.rep, test.people.manager]).toContain(await ownerOf(id));
    expect((await admin.get('/pool')).body.items).toEqual([]);
  });

  it.each([
    ['claims of a day', { claimsPerDay: 3 }],
    ['claims of a week', { claimsPerWeek: 3 }],
    ['customers held', { holdingCap: 3 }],
  ])('holds the cap of %s, also when all are claimed at once', async (_, cap) => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await released(`Customer ${i}`));
    await set(cap);
    await sql`delete from pool_claims`.execute(test.world.db);
    expect((await rep.get('/pool/mine')).body).toMatchObject({ active: true, left: 3 });
    const replies = await Promise.all(ids.map(id => rep.post(`/pool/${id}/claim`, {})));
    expect(replies.filter(reply => reply.status === 204)).toHaveLength(3);
    expect((await rep.get('/customers')).body.items).toHaveLength(3);
    expect((await rep.get('/pool/mine')).body.left).toBe(0);
  });

  it('lets managers assign within their team and count what somebody holds', async () => {
    const [one, two] = [await released('One'), await released('Two')];
    const { rep: repId, rep2: elsewhere } = test.people;
    expect((await rep.post(`/pool/${one}/assign`, { ownerId: repId })).status).toBe(403);
    expect((await manager.post(`/pool/${one}/assign`, { ownerId: elsewhere })).status).toBe(403);
    await set({ holdingCap: 1 });
    expect((await manager.post(`/pool/${one}/assign`, { ownerId: repId })).status).toBe(204);
    expect((await manager.post(`/pool/${two}/assign`, { ownerId: repId })).status).toBe(409);
    expect((await rep.get(`/customers/${one}/holders`)).body.items).toMatchObject([
      { owner: { id: repId }, until: null },
      { owner: { id: repId }, why: 'released' },
    ]);
  });

  it('is left by whatever way a customer gets an owner', async () => {
    const id = await released('Given by hand');
    await admin.patch(`/customers/${id}`, { ownerId: test.people.rep2 });
    expect((await admin.get('/pool')).body.items).toEqual([]);
    expect((await rep.post(`/pool/${id}/claim`, {})).status).toBe(409);
  });
});
