// Sharing through HTTP: what it opens and for whom, what it does not, and that a list costs two short looks.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contacts } from '../contacts/contacts.ts';
import { customers } from '../customers/customers.ts';
import { pageStatement, type RecordRow, type Shape } from '../db/records.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { worldOf } from '../world.ts';

type Who = 'administrator' | 'manager' | 'rep' | 'rep2' | 'auditor';
let test: Test;
const as = {} as Record<Who, Client>;
let id: string;
const ids = async (client: Client, path: string) =>
  (await client.get(path)).body.items.map((item: { id: string }) => item.id) as string[];

beforeAll(async () => {
  test = await openTest();
  for (const who of ['administrator', 'manager', 'rep', 'rep2', 'auditor'] as const)
    as[who] = await test.as(who);
  id = (await as.rep.post('/customers', { name: 'Shared Ltd 共享公司', phone: '13900001111' })).body.id;
});
afterAll(() => test.close());

const share = (by: Client, more: object) => by.post('/shares', { type: 'customer', id, ...more });

it('counts a shared deal in the board’s columns of whoever sees it, once', async () => {
  const deal = (await as.rep.post('/deals', { title: 'Pumps', customerId: id, amount: 70_000 })).body;
  const columns = async (who: Who) =>
    (await as[who].get('/deals/board')).body.stages
      .filter((stage: { count: number }) => stage.count > 0)
      .map(({ count, sums }: { count: number; sums: { amount: number }[] }) => [count, sums[0]?.amount]);
  const [own, before] = [await columns('rep'), await columns('rep2')];
  const made = await as.rep.post('/shares', { type: 'deal', id: deal.id, personId: test.people.rep2 });
  expect(before).toEqual([]);
  expect(await columns('rep2')).toEqual([[1, 70_000]]);
  expect(await columns('rep')).toEqual(own);
  await as.rep.delete(`/shares/${made.body.id}`);
  expect(await columns('rep2')).toEqual([]);
  await as.rep.delete(`/deals/${deal.id}`);
});

it('counts a shared order in the sums of whoever sees it', async () => {
  const lines = [{ name: 'Pump', quantity: '2', unitPrice: 500 }];
  const order = (await as.rep.post('/orders', { title: 'Pumps', customerId: id, lines })).body;
  await as.rep.post(`/orders/${order.id}/status`, { status: 'confirmed' });
  await as.rep.put(`/orders/${order.id}/instalments`, {
    instalments: [{ dueOn: '2030-01-01', amount: 400 }],
  });
  const sums = async () => (await as.rep2.get('/orders/outstanding')).body.items;
  expect(await sums()).toEqual([]);
  const made = await as.rep.post('/shares', {
    type: 'order',
    id: order.id,
    personId: test.people.rep2,
  });
  expect(await sums()).toMatchObject([{ total: 1_000, outstanding: 1_000 }]);
  expect((await as.rep2.get('/orders/due')).body.items).toMatchObject([{ open: 400 }]);
  await as.rep.delete(`/shares/${made.body.id}`);
  expect(await sums()).toEqual([]);
  await as.rep.post(`/orders/${order.id}/status`, { status: 'cancelled' });
});

describe('a shared customer', () => {
  it('opens with what belongs to it, in every list, and closes again', async () => {
    const own = (await as.rep2.post('/customers', { name: 'Own of rep2' })).body.id;
    const contact = (await as.rep.post('/contacts', { name: 'Ann', customerId: id })).body.id;
    const deal = (await as.rep.post('/deals', { title: 'Forty pumps', customerId: id })).body.id;
    await as.rep.post('/activities', { customerId: id, kind: 'call', body: 'They called back' });
    const order = (await as.rep.post('/orders', { title: 'Forty pumps', customerId: id })).body.id;
    expect(await ids(as.rep2, '/customers')).toEqual([own]);
    const until = new Date(test.world.now() + 86_400_000).toISOString();
    const made = await share(as.rep, { personId: test.people.rep2, until, reason: 'Covers my holiday' });
    expect(made.status, made.text).toBe(201);
    expect(made.body).toMatchObject({ person: { name: 'rep2 person' }, mayUpdate: false, until });
    for (const sort of ['', '?sort=name', '?sort=-createdAt', '?sort=nextFollowUpAt', '?q=Ltd'])
      expect(await ids(as.rep2, `/customers${sort}`), sort).toContain(id);
    const first = (await as.rep2.get('/customers?limit=1&sort=createdAt')).body;
    expect(first.items[0].id).toBe(id);
    expect(await ids(as.rep2, `/customers?limit=1&sort=createdAt&after=${first.next}`)).toEqual([own]);
    for (const [path, one] of [
      ['/contacts', contact],
      ['/deals', deal],
    ] as const) {
      expect(await ids(as.rep2, path)).toEqual([one]);
      expect((await as.rep2.get(`${path}/${one}`)).status).toBe(200);
      expect((await as.rep2.get(`${path}/${one}/history`)).status).toBe(200);
      expect((await as.rep2.patch(`${path}/${one}`, {})).status).toBe(404);
    }
    // Orders do not open with their customer, nor by what is said about them.
    for (const path of [
      `/orders/${order}`,
      `/comments?object=order&id=${order}`,
      `/follows?object=order&id=${order}`,
    ])
      expect((await as.rep2.get(path)).status, path).toBe(404);
    expect((await as.rep2.get('/activities')).body.items).toHaveLength(1);
    expect((await as.rep2.get(`/customers/${id}/timeline`)).status).toBe(200);
    // Reading is all that was given: no change, no bin, no export, no counting as one’s own, no sharing on.
    expect((await as.rep2.patch(`/customers/${id}`, { remark: 'x' })).status).toBe(404);
    expect((await as.rep2.delete(`/customers/${id}`)).status).toBe(404);
    expect((await as.rep2.post('/contacts', { name: 'Bob', customerId: id })).status).toBe(422);
    expect((await as.rep2.get('/exports/customer.csv')).text).not.toContain('Shared Ltd');
    expect((await share(as.rep2, { teamId: test.people.rep })).status).toBe(403);
    const { items, mine } = (await as.rep2.get(`/shares?type=customer&id=${id}`)).body;
    expect([items.length, mine]).toEqual([1, false]);
    expect((await as.auditor.get(`/shares?type=customer&id=${id}`)).body.mine).toBe(false);
    // Colleagues are found as one types, some at a time; by nobody to whom it does not belong.
    const targets = (client: Client, more = '') =>
      client.get(`/shares/targets?type=customer&id=${id}${more}`);
    expect([(await targets(as.rep2)).status, (await targets(as.auditor)).status]).toEqual([404, 404]);
    const found = (await targets(as.rep, '&q=REP2')).body.items;
    expect(found.map((one: { name: string }) => one.name)).toEqual(['rep2 person']);
    expect((await targets(as.rep, '&limit=1')).body.items).toHaveLength(1);
    const called = (q: string) => as.rep.get(`/comments/people?object=customer&id=${id}&q=${q}&limit=1`);
    expect((await called('EP2')).body.items).toMatchObject([{ name: 'rep2 person' }]);
    expect((await called('rep')).body.items).toHaveLength(1);
    expect((await called('nobody')).body.items).toEqual([]);
    const told = await as.rep2.get('/inbox');
    expect(told.body.items[0].text).toContain('shared “Shared Ltd 共享公司” with you');
    // It ends by itself.
    test.turn(86_400_001);
    expect(await ids(as.rep2, '/customers')).toEqual([own]);
    expect((await as.rep2.get(`/customers/${id}`)).status).toBe(404);
    expect((await as.rep.get(`/shares?type=customer&id=${id}`)).body.items).toEqual([]);
  });

  it('may be opened for changes, to a team, and is on record', async () => {
    const { items } = (await as.administrator.get('/teams')).body;
    const south = items.find((team: { name: string }) => team.name.startsWith('South')).id;
    const made = (await share(as.rep, { teamId: south, mayUpdate: true })).body;
    expect(made.team.name).toBe('South 南区');
    expect((await as.rep2.patch(`/customers/${id}`, { remark: 'seen' })).body.remark).toBe('seen');
    expect((await as.rep2.patch(`/customers/${id}`, { ownerId: test.people.rep2 })).status).toBe(404);
    expect((await as.rep2.post('/contacts', { name: 'Bob', customerId: id })).status).toBe(201);
    expect((await as.rep2.delete(`/customers/${id}`)).status).toBe(404);
    expect((await as.rep2.delete(`/shares/${made.id}`)).status).toBe(403);
    expect((await as.manager.delete(`/shares/${made.id}`)).status).toBe(204);
    expect((await as.rep2.get(`/customers/${id}`)).status).toBe(404);
    const log = (await as.administrator.get('/audit?action=share')).body.items;
    expect(log.map((entry: { action: string }) => entry.action).slice(0, 2)).toEqual([
      'share.end',
      'share.add',
    ]);
    const refusals = [
      [as.rep2, { personId: test.people.rep2 }, 404],
      [as.rep, { personId: test.people.rep }, 422],
      [as.rep, { personId: crypto.randomUUID() }, 422],
      [as.rep, {}, 422],
      [as.rep, { personId: test.people.rep2, teamId: south }, 422],
      [as.rep, { personId: test.people.rep2, until: '2001-01-01T00:00:00Z' }, 422],
    ] as const;
    for (const [client, body, status] of refusals)
      expect((await share(client, body)).status, JSON.stringify(body)).toBe(status);
    // Sent twice at once, one stands in place of the other.
    const twice = await Promise.all([1, 2, 3].map(() => share(as.rep, { personId: test.people.rep2 })));
    expect(twice.map(one => one.status)).toEqual([201, 201, 201]);
    expect((await as.rep.get(`/shares?type=customer&id=${id}`)).body.items).toHaveLength(1);
  });
});

describe('L46 a list with shared records', () => {
  it('reads two short stretches of indexes, not all that is one’s own', async () => {
    const { workspaceId, db } = test.world;
    const rows = 20_000;
    await sql`insert into customers (workspace_id, id, name, name_key, name_sort, owner_id, created_at, updated_at)
      select ${workspaceId}, gen_random_uuid(), 'C' || i, 'c' || i, 'c' || i,
        case when i % 2 = 0 then ${test.people.rep}::uuid else ${test.people.rep2}::uuid end, now(),
        timestamptz '2025-01-01' + i * interval '1 minute' from generate_series(1, ${rows}::int) i`.execute(
      db,
    );
    await sql`insert into contacts (workspace_id, id, customer_id, name, name_sort, owner_id, created_at, updated_at)
      select workspace_id, gen_random_uuid(), id, name, name_sort, owner_id, created_at, updated_at from customers
      where name like 'C%'`.execute(db);
    await sql`select freshen_statistics()`.execute(db);
    const { rows: some } = await sql<{
      id: string;
    }>`select id from customers where owner_id = ${test.people.rep}
      and name like 'C%' order by id limit 40`.execute(db);
    const shared = { ids: some.map(row => row.id), customers: some.map(row => row.id) };
    const world = worldOf(test.installation, workspaceId);
    const kinds = [customers.shape, contacts.shape] as unknown as Shape<RecordRow>[];
    for (const shape of kinds) {
      const order = shape.orders['-updatedAt'];
      if (!order) throw new Error('no order');
      const fence = { kind: 'owner', id: test.people.rep2, shared } as const;
      const asked = { conditions: [], deleted: false, particular: true, order, place: null, limit: 51 };
      const statement = pageStatement(world, shape, fence, asked);
      type Node = { 'Node Type': string; 'Actual Rows': number; 'Actual Loops': number; Plans?: Node[] };
      const { rows: plans } = await sql<{
        'QUERY PLAN': { Plan: Node }[];
      }>`explain (analyze, format json) ${statement}`.execute(db);
      const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
      const nodes = plans[0]?.['QUERY PLAN'].flatMap(({ Plan }) => flat(Plan)) ?? [];
      const read = nodes
        .filter(node => /Scan/.test(node['Node Type']))
        .map(node => node['Actual Rows'] * node['Actual Loops']);
      expect(Math.max(...read), JSON.stringify(nodes)).toBeLessThan(400);
      expect(nodes.some(node => /^Seq/.test(node['Node Type']) && node['Actual Rows'] > 100)).toBe(false);
    }
  });
});
