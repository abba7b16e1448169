// Who reaches which customers: four roles, every verb, and no way round through owners, ids or another workspace.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyNumber } from '../folding.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { worldOf } from '../world.ts';

type Who = 'administrator' | 'manager' | 'rep' | 'rep2' | 'auditor';
const everybody: Who[] = ['administrator', 'manager', 'rep', 'rep2', 'auditor'];

let test: Test;
const as = {} as Record<Who, Client>;
/** One customer of each owner; `pool` belongs to a team and nobody, `none` to nobody at all. */
const ids = {} as Record<'administrator' | 'manager' | 'rep' | 'rep2' | 'pool' | 'none', string>;

beforeAll(async () => {
  test = await openTest();
  for (const who of everybody) as[who] = await test.as(who);
  const add = async (by: Client, name: string, more: object = {}) =>
    `${(await by.post('/customers', { name: `${name} 客户`, phone: '1390000', ...more })).body.id}`;
  for (const who of ['administrator', 'manager', 'rep', 'rep2'] as const) ids[who] = await add(as[who], who);
  ids.pool = await add(as.manager, 'pool', { ownerId: null });
  ids.none = await add(as.administrator, 'none', { ownerId: null });
});
afterAll(() => test.close());

type Key = keyof typeof ids;
const sees: Record<Who, Key[]> = {
  administrator: ['administrator', 'manager', 'rep', 'rep2', 'pool', 'none'],
  manager: ['manager', 'rep', 'pool'],
  rep: ['rep'],
  rep2: ['rep2'],
  auditor: ['administrator', 'manager', 'rep', 'rep2', 'pool', 'none'],
};
const keys = () => Object.keys(ids) as Key[];
const listed = async (who: Who, query = '') => {
  const reply = await as[who].get(`/customers?limit=200${query}`);
  return (reply.body.items as unknown as { id: string }[]).map(item => item.id).sort();
};

describe.each(everybody)('%s', who => {
  const mine = () => sees[who].map(key => ids[key]).sort();

  it.each([
    '',
    '&sort=updatedAt',
    '&sort=name',
    '&sort=-name',
    '&sort=createdAt',
    '&sort=nextFollowUpAt',
    '&sort=-nextFollowUpAt',
    `&q=${encodeURIComponent('客户')}`,
    '&q=13900',
    '&stage=new,won',
  ])('lists what is in reach and no more (%s)', async query => {
    expect(await listed(who, query)).toEqual(mine());
  });

  it('reads and tells the history of what is in reach; all else is as if it were not there', async () => {
    const nothing = await as[who].get(`/customers/${crypto.randomUUID()}`);
    for (const key of keys()) {
      const expected = sees[who].includes(key) ? 200 : 404;
      const replies = [
        await as[who].get(`/customers/${ids[key]}`),
        await as[who].get(`/customers/${ids[key]}/history`),
        await as[who].get(`/customers/${ids[key]}/timeline`),
      ];
      expect(replies.map(reply => reply.status)).toEqual([expected, expected, expected]);
      if (expected === 404)
        expect({ ...replies[0]?.body, correlationId: '' }).toEqual({ ...nothing.body, correlationId: '' });
    }
  });

  it('changes, bins and restores what is in reach, if the role writes at all', async () => {
    for (const key of keys()) {
      const expected = who === 'auditor' ? 403 : sees[who].includes(key) ? 200 : 404;
      const changed = await as[who].patch(`/customers/${ids[key]}`, { remark: `by ${who}` });
      const removed = await as[who].delete(`/customers/${ids[key]}`);
      const restored = await as[who].post(`/customers/${ids[key]}/restore`);
      expect([changed.status, removed.status, restored.status]).toEqual([
        expected,
        expected === 200 ? 204 : expected,
        expected,
      ]);
    }
    const bulk = await as[who].post('/customers/bulk', { ids: Object.values(ids), patch: { level: who } });
    expect(bulk.status).toBe(who === 'auditor' ? 403 : 200);
    if (who !== 'auditor') {
      const missing = (bulk.body.missing as unknown as string[]).toSorted();
      expect(missing).toEqual(
        Object.values(ids)
          .filter(id => !mine().includes(id))
          .sort(),
      );
      expect(await listed('administrator', `&level=${who}`)).toEqual(mine());
    }
  });

  it('sees in the bin what is in reach', async () => {
    for (const key of keys()) await as.administrator.delete(`/customers/${ids[key]}`);
    expect(await listed(who, '&deleted=true')).toEqual(mine());
    expect(await listed(who)).toEqual([]);
    for (const key of keys()) await as.administrator.post(`/customers/${ids[key]}/restore`);
    expect(await listed(who)).toEqual(mine());
  });
});

describe('owners', () => {
  const give = (by: Who, id: string, ownerId: string | null) => as[by].patch(`/customers/${id}`, { ownerId });
  const fresh = async (by: Who) => `${(await as[by].post('/customers', { name: 'Given' })).body.id}`;

  it('a rep keeps to himself, a manager to his team, an administrator to the workspace', async () => {
    const { rep, rep2, manager, auditor } = test.people;
    expect((await as.rep.post('/customers', { name: 'x', ownerId: rep2 })).status).toBe(403);
    expect((await as.rep.post('/customers', { name: 'x', ownerId: null })).status).toBe(403);
    expect((await give('rep', ids.rep, manager)).status).toBe(403);
    expect((await give('rep', ids.rep, null)).status).toBe(403);
    expect((await give('manager', ids.rep, rep2)).status).toBe(403);
    expect((await give('administrator', ids.rep, auditor)).status).toBe(422);
    expect((await give('administrator', ids.rep, crypto.randomUUID())).status).toBe(422);
    const bulk = { ids: [ids.rep], patch: { ownerId: rep2 } };
    expect((await as.rep.post('/customers/bulk', bulk)).status).toBe(403);
    expect((await as.manager.post('/customers/bulk', bulk)).status).toBe(403);
    expect((await as.rep.get(`/customers/${ids.rep}`)).body.owner).toMatchObject({ id: rep });

    const id = await fresh('rep');
    expect((await give('manager', id, manager)).body.owner).toEqual({ id: manager, name: 'manager person' });
    expect((await as.rep.get(`/customers/${id}`)).status).toBe(404);
    expect((await give('administrator', id, rep2)).status).toBe(200);
    expect((await as.manager.get(`/customers/${id}`)).status).toBe(404);
    expect((await as.rep2.get(`/customers/${id}`)).status).toBe(200);
    const { items } = (await as.rep2.get(`/customers/${id}/history`)).body;
    expect(items[0]?.changes).toEqual([
      {
        field: 'owner',
        before: { id: manager, name: 'manager person' },
        after: { id: rep2, name: 'rep2 person' },
      },
    ]);
  });

  it('are offered as far as one reaches', async () => {
    const names = async (who: Who) =>
      ((await as[who].get('/owners')).body.items as unknown as { name: string }[]).map(person => person.name);
    expect(await names('rep')).toEqual(['rep person']);
    expect(await names('manager')).toEqual(['manager person', 'rep person']);
    const all = ['administrator person', 'manager person', 'rep person', 'rep2 person'];
    expect(await names('administrator')).toEqual(all);
    expect(await names('auditor')).toEqual(all);
  });

  it('take their customers along to another team', async () => {
    const id = await fresh('rep');
    const contact = (await as.rep.post('/contacts', { name: 'Along', customerId: id })).body;
    const team = async (personId: string) => {
      const { rows } = await sql<{
        team_id: string;
      }>`select team_id from people where id = ${personId}`.execute(test.world.db);
      return rows[0]?.team_id;
    };
    const move = (to: string | undefined) =>
      sql`update people set team_id = ${to} where id = ${test.people.rep}`.execute(test.world.db);
    const [north, south] = [await team(test.people.rep), await team(test.people.rep2)];
    await move(south);
    expect((await as.manager.get(`/customers/${id}`)).status).toBe(404);
    expect((await as.manager.get(`/contacts/${contact.id}`)).status).toBe(404);
    await move(north);
    expect((await as.manager.get(`/customers/${id}`)).status).toBe(200);
    expect((await as.manager.get(`/contacts/${contact.id}`)).status).toBe(200);
  });
});

describe('L43 “is this customer taken?”', () => {
  it('answers yes or no and whose, nothing else, and is on record', async () => {
    const sent = { name: '蓝海贸易有限公司', phone: '+86 139-1111-2222', email: 'a@lanhai.example' };
    await as.rep2.post('/customers', sent);
    const ask = (query: string) => as.rep.get(`/customers/duplicates?${query}`);
    const yes = { taken: true, owner: { name: 'rep2 person' } };
    for (const query of [
      `name=${encodeURIComponent('蓝海贸易(集团)股份有限公司')}`,
      `name=${encodeURIComponent(' 蓝 海 贸易 ')}`,
      'phone=13911112222',
      'email=A@LANHAI.example',
      `name=Other&phone=${encodeURIComponent('139 1111 2222')}`,
    ])
      expect((await ask(query)).body).toEqual(yes);
    expect((await ask('name=Nobody&phone=1&email=x@y.example')).body).toEqual({ taken: false, owner: null });
    expect((await ask('')).status).toBe(422);
    expect((await as.auditor.get('/customers/duplicates?name=x')).status).toBe(403);
    const log = await as.administrator.get('/audit?action=customer.ask-taken');
    expect(log.body.items[0]).toMatchObject({
      actor: { name: 'rep person' },
      details: { name: 'Nobody', taken: false },
    });
  });

  it('stops after 200 questions an hour', async () => {
    const replies = [];
    for (let i = 0; i < 205; i++) replies.push(await as.manager.get(`/customers/duplicates?name=guess${i}`));
    expect(replies.filter(reply => reply.status === 200)).toHaveLength(200);
    const last = replies.at(-1);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

it('a customer of another workspace is not there, even for who knows its id and forgets the workspace', async () => {
  const other = worldOf(test.installation, test.installation.random.id());
  await sql`insert into workspace_directory (workspace_id, slug) values (${other.workspaceId}, 'other')`.execute(
    other.db,
  );
  await sql`insert into workspaces (workspace_id, name) values (${other.workspaceId}, 'Other')`.execute(
    other.db,
  );
  const id = test.installation.random.id();
  await sql`insert into customers (workspace_id, id, name, name_key, name_sort, created_at, updated_at)
    values (${other.workspaceId}, ${id}, '别家客户', '别家客户', '别家客户', now(), now())`.execute(other.db);
  // The mark of the keys may even be the same: what is found is fenced again.
  const mark = test.world.workspaceId.slice(-4);
  await sql`insert into customer_keys (workspace_id, id, keys)
    values (${other.workspaceId}, ${id}, ${[keyNumber(`${mark}n别家`)]})`.execute(other.db);
  for (const who of everybody) {
    expect((await as[who].get(`/customers/${id}`)).status).toBe(404);
    expect(await listed(who, `&q=${encodeURIComponent('别家')}`)).toEqual([]);
  }
  const admin = as.administrator;
  expect((await admin.patch(`/customers/${id}`, { remark: 'x' })).status).toBe(404);
  expect((await admin.delete(`/customers/${id}`)).status).toBe(404);
  const bulk = await admin.post('/customers/bulk', { ids: [id], patch: { level: 'x' } });
  expect(bulk.body).toEqual({ changed: 0, missing: [id] });
  const taken = await admin.get(`/customers/duplicates?name=${encodeURIComponent('别家客户')}`);
  expect(taken.body).toEqual({ taken: false, owner: null });
  const blind = await sql`select 1 from customers where id = ${id}`.execute(test.world.db);
  expect(blind.rows).toEqual([]);
  const seen = await sql`select 1 from customers where id = ${id}`.execute(other.db);
  expect(seen.rows).toHaveLength(1);
  const through = await sql`select * from customers_with(${[keyNumber(`${mark}n别家`)]}, null, null)`.execute(
    test.world.db,
  );
  expect(through.rows).toEqual([]);
});
