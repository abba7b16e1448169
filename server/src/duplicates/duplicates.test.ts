// Merging and what looks alike, through HTTP: what goes along, what comes back, who may, and who is told of what.
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { byForeignId } from '../records/imported.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { moment } from '../world.ts';
import * as duplicates from './duplicates.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let manager: Client;
let auditor: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, manager, auditor] = [
    await test.as('rep'),
    await test.as('rep2'),
    await test.as('manager'),
    await test.as('auditor'),
  ];
});
afterAll(() => test.close());

const customer = async (by: Client, fields: Record<string, unknown>) =>
  (await by.post('/customers', fields)).body;
const made = async (by: Client, path: string, body: unknown) => {
  const reply = await by.post(path, body);
  if (reply.status !== 201) throw new Error(reply.text);
  return reply.body;
};
const ids = async (by: Client, path: string) =>
  (await by.get(path)).body.items.map((item: { id: string }) => item.id).sort();

it('merges two customers field by field, with all that belongs to them, and takes them apart again', async () => {
  const survivor = await customer(rep, {
    name: '华腾科技有限公司',
    phone: '021-5555 1234',
    tags: ['老客户'],
  });
  const other = await customer(rep, {
    name: '华腾科技',
    phone: '021-5555 9999',
    email: 'info@huateng.example',
    tags: ['展会'],
    remark: '展会上认识',
    city: '上海',
  });
  const at = { customerId: other.id };
  const mine = await made(rep, '/contacts', { name: '李雷', customerId: survivor.id, isPrimary: true });
  const contact = await made(rep, '/contacts', { name: '韩梅梅', ...at, isPrimary: true });
  const binned = await made(rep, '/contacts', { name: '已离职', ...at });
  await rep.delete(`/contacts/${binned.id}`);
  const activity = await made(rep, '/activities', { ...at, kind: 'call', body: '电话沟通' });
  const deal = await made(rep, '/deals', { title: '一百台', ...at });
  const order = await made(rep, '/orders', { title: '报价', ...at, lines: [{ name: '灯', unitPrice: 100 }] });
  await made(rep, '/comments', { object: 'customer', objectId: other.id, body: '注意付款' });

  const path = `/customers/${survivor.id}/merge`;
  const preview = await rep.get(`${path}?other=${other.id}`);
  expect(preview.body).toMatchObject({
    choices: { name: 'survivor', phone: 'survivor', email: 'other', tags: 'both', city: 'other' },
    moves: { contacts: 1, activities: 1, deals: 1, orders: 1, comments: 1 },
  });
  const body = { otherId: other.id, otherVersion: preview.body.other.version, choices: { phone: 'other' } };
  const ifMatch = { headers: { 'if-match': preview.headers.get('etag') ?? '' } };
  await rep.patch(`/customers/${survivor.id}`, { city: '苏州' });
  const late = await rep.post(path, body, ifMatch);
  expect([late.status, late.body.current.city]).toEqual([412, '苏州']);

  const [merged, again] = [await rep.post(path, body), await rep.post(path, body)];
  expect(merged.body.customer).toMatchObject({
    name: '华腾科技有限公司',
    phone: '021-5555 9999',
    email: 'info@huateng.example',
    city: '苏州',
    tags: ['老客户', '展会'],
    remark: '展会上认识',
  });
  expect(again.body.merge.id).toBe(merged.body.merge.id);
  expect(await ids(rep, `/contacts?customer=${survivor.id}`)).toEqual([mine.id, contact.id].sort());
  expect(await ids(rep, `/deals?customer=${survivor.id}`)).toEqual([deal.id]);
  expect((await rep.get(`/orders/${order.id}`)).body.customer.id).toBe(survivor.id);
  expect((await rep.get(`/activities/${activity.id}`)).body.customer.id).toBe(survivor.id);
  expect((await rep.get(`/contacts/${contact.id}`)).body.isPrimary).toBe(false);
  // Old links lead on; out of the bin it comes by taking the two apart alone.
  const gone = await rep.get(`/customers/${other.id}`);
  expect([gone.status, gone.body.mergedInto]).toEqual([404, survivor.id]);
  expect((await rep2.get(`/customers/${other.id}`)).body.mergedInto).toBeUndefined();
  expect((await rep.post(`/customers/${other.id}/restore`)).status).toBe(409);
  expect(await ids(rep, '/customers?deleted=true')).toEqual([]);
  for (const [id, action] of [
    [survivor.id, 'customer.merge'],
    [other.id, 'customer.merge-away'],
  ])
    expect((await rep.get(`/customers/${id}/history`)).body.items[0].action).toBe(action);

  const since = await made(rep, '/contacts', { name: '新联系人', customerId: survivor.id });
  await rep.patch(`/customers/${survivor.id}`, { phone: '400-000-0000' });
  const undo = `/merges/${merged.body.merge.id}/undo`;
  expect((await rep2.post(undo)).status).toBe(404);
  const undone = await rep.post(undo);
  expect(undone.body).toMatchObject({
    survivor: { phone: '400-000-0000', email: null, city: '苏州', tags: ['老客户'], remark: null },
    other: { name: '华腾科技', phone: '021-5555 9999', deletedAt: null },
  });
  expect(await ids(rep, `/contacts?customer=${survivor.id}`)).toEqual([mine.id, since.id].sort());
  expect((await rep.get(`/contacts/${contact.id}`)).body).toMatchObject({
    isPrimary: true,
    customer: { id: other.id },
  });
  expect((await rep.get(`/deals/${deal.id}`)).body.customer.id).toBe(other.id);
  expect((await rep.post(undo)).status).toBe(409);
});

it('merges contacts and leads in the same way: all that hangs on them moves, and comes back', async () => {
  const [a, b] = [await customer(rep, { name: 'Merge A' }), await customer(rep, { name: 'Merge B' })];
  const contact = (name: string, more: object) => made(rep, '/contacts', { name, ...more });
  const [stays, goes] = [
    await contact('Wang Xiaoming', { customerId: a.id, phone: '13811112222' }),
    await contact('Wang X.', {
      customerId: b.id,
      phone: '13811112222',
      email: 'wang@b.example',
      isPrimary: true,
    }),
  ];
  const lead = (fields: object) => made(rep, '/leads', fields);
  const [first, second] = [
    await lead({ name: 'Li Lei', company: 'Huateng', tags: ['fair'] }),
    await lead({
      name: 'Li',
      phone: '13922223333',
      tags: ['web'],
      status: 'unqualified',
      unqualifiedReason: 'no-budget',
    }),
  ];
  const deal = await made(rep, '/deals', { title: 'Lamps', customerId: b.id, contactId: goes.id });
  const call = { kind: 'call', body: 'Talked' };
  const talk = await made(rep, '/activities', { ...call, customerId: b.id, contactId: goes.id });
  const asked = await made(rep, '/activities', { ...call, leadId: second.id });
  const pairs = [
    { path: '/contacts', object: 'contact', into: stays.id, from: goes.id },
    { path: '/leads', object: 'lead', into: first.id, from: second.id },
  ];
  const reads = async (path: string) => (await rep2.get(path)).status;
  const whose = async () => ({
    deal: (await rep.get(`/deals/${deal.id}`)).body.contact.id,
    talk: (await rep.get(`/activities/${talk.id}`)).body.contact.id,
    asked: (await rep.get(`/activities/${asked.id}`)).body.lead.id,
  });
  const choices: Record<string, string> = { status: 'other' };
  for (const { path, object, into, from } of pairs) {
    const task = await made(rep, '/tasks', { title: 'Ring back', about: { type: object, id: from } });
    await made(rep, '/comments', { object, objectId: from, body: 'Knows us' });
    await made(rep, '/shares', { type: object, id: from, personId: test.people.rep2 });
    const follow = { object, objectId: from, following: true };
    expect((await rep2.put('/follows', follow)).status).toBe(200);
    const followers = async (id: string) =>
      (await rep.get(`/follows?object=${object}&id=${id}`)).body.followers;
    const alone = await followers(into);
    const said = async (id: string) =>
      (await rep.get(`/comments?object=${object}&id=${id}`)).body.items.length;
    expect([await reads(`${path}/${into}`), await reads(`${path}/${from}`)]).toEqual([404, 200]);
    const preview = (await rep.get(`${path}/${into}/merge?other=${from}`)).body;
    expect(preview.moves, JSON.stringify(preview)).toMatchObject({ activities: 1, tasks: 1, comments: 1 });
    const foreign = { foreign_id: `elsewhere ${object}` };
    const table = path === '/leads' ? 'leads' : 'contacts';
    await test.world.db.updateTable(table).set(foreign).where('id', '=', from).execute();
    const called = async () =>
      (await byForeignId(test.world, table, { kind: 'all' }, [foreign.foreign_id])).map(one => one.id);
    expect(await called()).toEqual([from]);
    const merged = await rep.post(`${path}/${into}/merge`, { otherId: from, choices });
    expect(await called()).toEqual([into]);
    expect(merged.status, merged.text).toBe(200);
    expect([await said(into), (await rep.get(`/tasks/${task.id}`)).body.about.id]).toEqual([1, into]);
    expect([await reads(`${path}/${into}`), await reads(`${path}/${from}`)]).toEqual([200, 404]);
    expect((await rep.get(`${path}/${from}`)).body.mergedInto).toBe(into);
    expect(await followers(into)).toBe(alone + 1);
    expect((await rep.post(`${path}/${from}/restore`)).status).toBe(409);
    expect(await ids(rep, `${path}?deleted=true`)).not.toContain(from);
    const listed = (await rep.get(`/merges?object=${object}`)).body.items;
    expect(listed).toMatchObject([{ object, survivor: { id: into }, other: { id: from } }]);
    if (object === 'contact') {
      expect(merged.body.contact).toMatchObject({
        email: 'wang@b.example',
        isPrimary: false,
        customer: { id: a.id },
      });
      expect(await whose()).toMatchObject({ deal: into, talk: into });
    } else {
      const both = { phone: '13922223333', tags: ['fair', 'web'], status: 'unqualified' };
      expect(merged.body.lead).toMatchObject({ ...both, unqualifiedReason: 'no-budget' });
      expect(await whose()).toMatchObject({ asked: into });
    }
    const undone = await rep.post(`/merges/${merged.body.merge.id}/undo`);
    expect(undone.body, undone.text).toMatchObject({
      object,
      survivor: { id: into },
      other: { deletedAt: null },
    });
    expect([await said(into), await said(from)]).toEqual([0, 1]);
    expect([await followers(into), await followers(from)]).toEqual([alone, alone + 1]);
    expect((await rep.get(`/tasks/${task.id}`)).body).toMatchObject({ about: { id: from }, deletedAt: null });
    expect([await reads(`${path}/${into}`), await reads(`${path}/${from}`)]).toEqual([404, 200]);
    const { items } = (await rep.get(`${path}/${from}/history`)).body;
    expect(items[0].action).toBe(`${object}.unmerge`);
  }
  expect(await whose()).toEqual({ deal: goes.id, talk: goes.id, asked: second.id });
  expect((await rep.get(`/leads/${first.id}`)).body).toMatchObject({
    status: 'new',
    phone: null,
    tags: ['fair'],
  });
  expect((await rep.get(`/contacts/${goes.id}`)).body).toMatchObject({
    isPrimary: true,
    customer: { id: b.id },
  });
  // One that has become a customer is merged there.
  expect((await rep.post(`/leads/${first.id}/convert`, { customer: { id: a.id } })).status).toBeLessThan(300);
  expect((await rep.post(`/leads/${second.id}/merge`, { otherId: first.id })).status).toBe(409);
});

it('refuses what is no merge: with itself, out of reach, in the bin, twice at once, in a ring, too late', async () => {
  const [a, b, c] = [
    await customer(rep, { name: 'Ring A' }),
    await customer(rep, { name: 'Ring B' }),
    await customer(rep2, { name: 'Ring C' }),
  ];
  const merge = (by: Client, into: string, otherId: string) =>
    by.post(`/customers/${into}/merge`, { otherId });
  expect((await merge(rep, a.id, a.id)).status).toBe(422);
  expect((await merge(rep, a.id, c.id)).status).toBe(404);
  expect((await merge(manager, a.id, c.id)).status).toBe(404);
  expect((await merge(auditor, a.id, b.id)).status).toBe(403);
  const both = await Promise.all([merge(rep, a.id, b.id), merge(rep, b.id, a.id)]);
  expect(both.map(reply => reply.status).sort()).toEqual([200, 404]);
  const { merge: done } = both.find(reply => reply.status === 200)?.body ?? {};
  expect((await merge(rep, done.other.id, done.survivor.id)).status).toBe(404);
  await rep.delete(`/customers/${done.survivor.id}`);
  expect((await rep.post(`/merges/${done.id}/undo`)).status).toBe(409);
  await rep.post(`/customers/${done.survivor.id}/restore`);
  expect(await ids(rep, '/merges')).toEqual([done.id]);
  test.turn(31 * 86_400_000);
  [rep, rep2, manager] = [await test.as('rep'), await test.as('rep2'), await test.as('manager')];
  expect((await rep.post(`/merges/${done.id}/undo`)).status).toBe(409);
});

it('brings along what is just being made, and what own fields link to', async () => {
  const linking = { object: 'deal', label: 'Bought through', kind: 'record', target: 'customer' };
  const { key } = (await (await test.as('administrator')).post('/custom-fields', linking)).body;
  const [stays, goes] = [await customer(rep, { name: 'Stays' }), await customer(rep, { name: 'Goes' })];
  const custom = { [key]: goes.id };
  const linked = (await rep.post('/deals', { title: 'Linked', customerId: stays.id, custom })).body.id;
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  const waiting = async (count: number) =>
    vi.waitUntil(async () => {
      // Within a transaction it would go on showing who was there when it was first asked.
      await owner.query('select pg_stat_clear_snapshot()');
      const { rows } = await owner.query(`select count(*)::int as count from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database()`);
      return rows[0].count >= count;
    });
  await owner.query('begin');
  await owner.query('select from customers where id = any($1::uuid[]) for update', [[stays.id, goes.id]]);
  const merging = rep.post(`/customers/${stays.id}/merge`, { otherId: goes.id });
  await waiting(1);
  // Their customer is there still when they are asked for, and gone when they are written.
  const making = [
    rep.post('/contacts', { name: 'Being made', customerId: goes.id }),
    rep.post('/deals', { title: 'Being made', customerId: goes.id }),
    rep.post('/activities', { kind: 'note', body: 'Being made', customerId: goes.id }),
  ];
  await waiting(1 + making.length);
  await owner.query('commit');
  await owner.end();
  const { merge } = (await merging).body;
  for (const reply of await Promise.all(making)) expect(reply.status, reply.text).toBe(201);
  for (const path of ['contacts', 'deals', 'activities']) {
    const { items } = (await rep.get(`/${path}?customer=${stays.id}`)).body;
    expect(items.length, path).toBe(path === 'deals' ? 2 : 1);
    expect((await rep.get(`/${path}?customer=${goes.id}`)).body.items, path).toEqual([]);
  }
  const link = async () => (await rep.get(`/deals/${linked}`)).body.custom[key];
  expect(await link()).toBe(stays.id);
  expect((await rep.post(`/merges/${merge.id}/undo`)).status).toBe(200);
  expect(await link()).toBe(goes.id);
});

it('tells what looks alike to whoever reaches all of it, until it is merged or called two', async () => {
  const one = await customer(rep, { name: '北京蓝海贸易有限公司', email: 'a@lanhai.example' });
  const two = await customer(rep, { name: '北京蓝海贸易', email: 'b@lanhai.example' });
  const shared = { phone: '13912345678' };
  await customer(rep, { name: 'Mine alone', ...shared });
  await customer(rep2, { name: 'Another’s', ...shared });
  test.turn(60_000);
  expect(await duplicates.look(test.world)).toBeGreaterThan(3);
  expect(await duplicates.look(test.world)).toBe(0);
  const names = /蓝海|Mine alone/;
  const groups = async (by: Client) =>
    (await by.get('/duplicates')).body.items.filter((one: { members: { name: string }[] }) =>
      one.members.some(member => names.test(member.name)),
    );
  const [group] = await groups(rep);
  expect(group.members.map((member: { id: string }) => member.id)).toEqual([one.id, two.id]);
  expect(group.alike.map((mark: { kind: string }) => mark.kind).sort()).toEqual(['domain', 'name']);
  expect(await groups(rep2)).toEqual([]);
  auditor = await test.as('auditor');
  expect((await groups(auditor)).length).toBe(2);
  const apart = { object: 'customer', ids: [one.id, two.id] };
  expect((await rep2.post('/duplicates/apart', apart)).status).toBe(404);
  expect((await rep.post('/duplicates/apart', apart)).status).toBe(204);
  expect(await groups(rep)).toEqual([]);
  expect((await groups(auditor)).length).toBe(1);
});

it('waits with the marks while a file is coming in, and makes them afterwards', async () => {
  await duplicates.look(test.world);
  test.turn(60_000);
  await sql`insert into contacts (workspace_id, id, name, name_sort, created_at, updated_at)
    select ${test.world.workspaceId}, gen_random_uuid(), 'Brought ' || n, 'brought', at, at
    from generate_series(1, 5000) n, (select ${moment(test.world)}::timestamptz as at) clock`.execute(
    test.world.db,
  );
  test.turn(12_000);
  expect(await duplicates.look(test.world)).toBe(0);
  test.turn(20_000);
  expect(await duplicates.look(test.world)).toBe(5_000);
});
