// Hand-over through HTTP: by whom, of what, to whom; in the background where it is much; and back.
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as agenda from '../agenda/agenda.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { worldOf } from '../world.ts';
import * as handover from './handover.ts';

let test: Test;
let admin: Client;
let manager: Client;
let rep: Client;
const reason = 'On leave until March';

beforeAll(async () => {
  test = await openTest();
  [admin, manager, rep] = [await test.as('administrator'), await test.as('manager'), await test.as('rep')];
});
afterAll(() => test.close());

const give = (by: Client, body: object, person = test.people.rep) =>
  by.post(`/people/${person}/handovers`, { reason, ...body });
const ownerOf = async (path: string) => (await admin.get(path)).body.owner?.id;

describe('a hand-over', () => {
  it('moves what is in hand customer by customer, and gives back what has not changed hands since', async () => {
    const made: { customer: string; deal: string }[] = [];
    for (let i = 0; i < 4; i++) {
      const customer = (await rep.post('/customers', { name: `Customer ${i}` })).body.id;
      const deal = (await rep.post('/deals', { title: `Deal ${i}`, customerId: customer })).body.id;
      await rep.post('/contacts', { name: `Contact ${i}`, customerId: customer });
      made.push({ customer, deal });
    }
    const loose = (await rep.post('/contacts', { name: 'Without a customer' })).body.id;
    const due = { title: 'Call back', dueOn: '2031-01-01' };
    const task = (await rep.post('/tasks', due)).body.id;
    const pipelines = (await admin.get('/pipelines')).body.items;
    const won = pipelines[0].stages.find((stage: { kind: string }) => stage.kind === 'won').id;
    await rep.post(`/deals/${made[3]?.deal}/move`, { stageId: won });
    const seen = (await manager.get(`/people/${test.people.rep}/handover`)).body;
    expect(seen.parts).toMatchObject([
      { object: 'customer', count: 4 },
      { object: 'contact', count: 1 },
      { object: 'lead', count: 0 },
      { object: 'deal', count: 3 },
      { object: 'order', count: 0 },
      { object: 'task', count: 1 },
    ]);
    expect(seen.targets.map((one: { name: string }) => one.name)).toEqual(['manager person']);
    const objects = ['customer', 'contact', 'deal', 'task'];
    expect((await give(manager, { to: [test.people.rep2], objects })).status).toBe(422);
    expect((await give(admin, { to: [test.people.auditor], objects })).status).toBe(422);
    expect((await give(rep, { to: [test.people.manager], objects })).status).toBe(404);
    expect((await give(await test.as('rep2'), { to: [test.people.rep2], objects })).status).toBe(404);
    const { rep2 } = test.people;
    const done = await give(admin, { to: [rep2, test.people.manager], objects });
    expect(done.status, done.text).toBe(201);
    expect(done.body).toMatchObject({ state: 'moved', total: 6, moved: 6 });
    const owners = await Promise.all(made.map(one => ownerOf(`/customers/${one.customer}`)));
    expect(owners.filter(one => one === rep2)).toHaveLength(2);
    for (const [i, one] of made.slice(0, 3).entries())
      expect(await ownerOf(`/deals/${one.deal}`), `deal ${i}`).toBe(owners[i]);
    expect(await ownerOf(`/deals/${made[3]?.deal}`)).toBe(test.people.rep);
    expect((await rep.get('/customers')).body.items).toEqual([]);
    const history = (await admin.get(`/customers/${made[0]?.customer}/history`)).body.items[0];
    expect(history.changes[0]).toMatchObject({ field: 'owner', before: { name: 'rep person' } });
    // One has been passed on: it stays where it is.
    await admin.patch(`/customers/${made[0]?.customer}`, { ownerId: test.people.administrator });
    // Half of it lies with another team: not for the manager of this one to take from there.
    expect((await manager.post(`/handovers/${done.body.id}/return`, { reason })).status).toBe(403);
    const back = await admin.post(`/handovers/${done.body.id}/return`, { reason: 'Back at work' });
    expect(back.body).toMatchObject({ state: 'returned', returned: 5, kept: 1 });
    expect(await ownerOf(`/customers/${made[0]?.customer}`)).toBe(test.people.administrator);
    expect(await ownerOf(`/customers/${made[1]?.customer}`)).toBe(test.people.rep);
    expect(await ownerOf(`/deals/${made[1]?.deal}`)).toBe(test.people.rep);
    expect(await ownerOf(`/tasks/${task}`)).toBe(test.people.rep);
    expect(await ownerOf(`/contacts/${loose}`)).toBe(test.people.rep);
    expect((await admin.post(`/handovers/${done.body.id}/return`, { reason })).status).toBe(409);
    const log = (await admin.get('/audit?action=handover')).body.items;
    expect(log.map((entry: { action: string }) => entry.action)).toEqual([
      'handover.return',
      'handover.start',
    ]);
  });

  it('of many goes on in the background, batch by batch, and waits for somebody who is not at work', async () => {
    const { workspaceId, db } = test.world;
    await sql`insert into customers (workspace_id, id, name, name_key, name_sort, owner_id, created_at, updated_at)
      select ${workspaceId}, gen_random_uuid(), 'Many ' || i, 'many' || i, 'many' || i, ${test.people.rep2}, now(), now()
      from generate_series(1, 1200) i`.execute(db);
    const to = [test.people.manager];
    const begun = (await give(admin, { to, objects: ['customer'] }, test.people.rep2)).body;
    expect(begun).toMatchObject({ state: 'moving', moved: 0 });
    expect((await admin.post(`/handovers/${begun.id}/return`, { reason })).status).toBe(409);
    const world = worldOf(test.installation, workspaceId);
    await Promise.all([handover.proceed(world), handover.proceed(world)]);
    const done = (await admin.get(`/handovers/${begun.id}`)).body;
    expect(done).toMatchObject({ state: 'moved', total: done.moved });
    expect(done.moved).toBeGreaterThanOrEqual(1_200);
    await admin.post('/desk/actions', {
      action: 'suspend',
      people: [test.people.rep2],
      reason,
      proof: 'in-person',
    });
    expect((await admin.post(`/handovers/${begun.id}/return`, { reason })).status).toBe(409);
  });

  it('leaves a record that cannot be written where it is, moves the rest, and tells whoever began it', async () => {
    const { workspaceId } = test.world;
    const make = async (name: string) => (await rep.post('/customers', { name })).body.id as string;
    const [one, broken, other] = [await make('Sound'), await make('Broken'), await make('Sound too')];
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(test.world.db);
    const address = new URL(inject('clusterUrl'));
    address.pathname = `/${rows[0]?.name}`;
    const owner = new pg.Client({ connectionString: address.href });
    await owner.connect();
    await owner.query(`create function breaks() returns trigger language plpgsql as
      $$ begin raise exception 'cannot be written'; end $$`);
    await owner.query(`create trigger breaks before update of owner_id on customers for each row
      when (old.id = '${broken}') execute function breaks()`);
    const done = await give(admin, { to: [test.people.manager], objects: ['customer'] });
    expect(done.status, done.text).toBe(201);
    const left = [{ object: 'customer', id: broken, name: 'Broken' }];
    expect(done.body).toMatchObject({ state: 'moved', failed: 1, left });
    const owners = await Promise.all([one, broken, other].map(id => ownerOf(`/customers/${id}`)));
    expect(owners).toEqual([test.people.manager, test.people.rep, test.people.manager]);
    const told = (await admin.get('/inbox')).body.items[0];
    expect(told.kind).toBe('handover-left');
    await owner.query('drop trigger breaks on customers');
    await owner.end();
    // In the background the same; it ends, rather than failing every few seconds for ever.
    await sql`update handovers set state = 'returning' where id = ${done.body.id}`.execute(test.world.db);
    await handover.proceed(worldOf(test.installation, workspaceId));
    expect((await admin.get(`/handovers/${done.body.id}`)).body.state).toBe('returned');
  });
});

describe('a pause', () => {
  it('lets reminders and due tasks of somebody stand still until he signs in again', async () => {
    const day = (days: number) => new Date(test.world.now() + days * 86_400_000).toISOString();
    const person = test.people.rep2;
    const again = { action: 'resume', people: [person], reason, proof: 'in-person' };
    expect((await admin.post('/desk/actions', again)).status).toBeLessThan(300);
    const own = await test.as('rep2');
    expect((await own.put('/today/settings', { quietFrom: 0, quietTo: 0 })).status).toBe(200);
    const task = (body: object) => own.post('/tasks', body).then(reply => reply.body.id as string);
    const due = await task({ title: 'Due meanwhile', dueAt: day(2), remindBefore: 0 });
    const over = await task({ title: 'Overdue before', dueOn: day(-3).slice(0, 10) });
    const later = await task({ title: 'Due later', dueOn: day(20).slice(0, 10) });
    const path = `/people/${person}/pause`;
    expect((await manager.post(path, { reason })).status).toBe(404);
    expect((await admin.post(path, { reason, untilOn: day(-1).slice(0, 10) })).status).toBe(422);
    const begun = await admin.post(path, { reason });
    expect(begun.status, begun.text).toBe(201);
    expect((await admin.post(path, { reason })).status).toBe(409);
    expect((await own.get('/today')).body.pause).toMatchObject({ reason });
    const { world } = test;
    test.turn(5 * 86_400_000);
    await agenda.remind(world);
    admin = await test.as('administrator');
    const seen = (await admin.get(`/people/${person}/handover`)).body;
    expect(seen.pause).toMatchObject({ reason, waiting: 1, by: { id: test.people.administrator } });
    const back = await test.as('rep2');
    const told = async () => (await back.get('/inbox')).body.items.map((one: { kind: string }) => one.kind);
    expect(await told()).not.toContain('task-due');
    await agenda.remind(world);
    expect(await told()).toContain('task-due');
    expect((await admin.get(`/people/${person}/handover`)).body.pause).toBeNull();
    const dues = await Promise.all(
      [due, over, later].map(async id => {
        const { dueOn, dueAt } = (await back.get(`/tasks/${id}`)).body;
        return (dueOn ?? dueAt).slice(0, 10);
      }),
    );
    expect(dues[0] >= day(-1).slice(0, 10)).toBe(true);
    expect(dues.slice(1)).toEqual([day(-8).slice(0, 10), day(15).slice(0, 10)]);
    expect((await admin.post(`/people/${person}/resume`)).status).toBe(404);
    const actions = (await admin.get('/audit?action=handover&limit=2')).body.items;
    expect(actions.map((one: { action: string }) => one.action)).toEqual([
      'handover.resume',
      'handover.pause',
    ]);
  });
});
