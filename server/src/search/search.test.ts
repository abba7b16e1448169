// One search over everything: by characters, sound, digits, slips of the finger; and never beyond what one may see.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { isNear } from './rules.ts';
import { rekey } from './search.ts';

let test: Test;
let rep: Client;
let other: Client;
let admin: Client;

type Group = {
  object: string;
  near: boolean;
  items: { id: string; title: string; owner: { name: string } | null }[];
};
const search = async (client: Client, q: string, more = ''): Promise<Group[]> =>
  (await client.get(`/search?q=${encodeURIComponent(q)}${more}`)).body.groups;
const titles = async (client: Client, q: string, object = 'customer') =>
  ((await search(client, q)).find(group => group.object === object)?.items ?? []).map(item => item.title);

beforeAll(async () => {
  test = await openTest();
  [rep, other, admin] = [await test.as('rep'), await test.as('rep2'), await test.as('administrator')];
  const add = async (client: Client, name: string, more: object = {}) =>
    (await client.post('/customers', { name, ...more })).body.id as string;
  const bank = await add(rep, '上海银行股份有限公司', {
    phone: '+86 139 1234 5678',
    email: 'info@bosc.example.cn',
  });
  await add(rep, '单县嘉越紧固件商行');
  await add(rep, 'Falconmere Trading LLP');
  await add(other, '上海海蓝家居用品有限公司');
  await rep.post('/contacts', { name: '曾小贤', customerId: bank, phone: '13800138000' });
  await rep.post('/deals', { title: '银企直连接口', customerId: bank });
  await rep.post('/leads', { name: '吕子乔', company: '爱情公寓' });
  await rep.post('/activities', { customerId: bank, kind: 'call', body: '对方说下季度要换供应商，关注报价' });
});
afterAll(() => test.close());

describe('L40 a customer is found', () => {
  it.each([
    ['two characters anywhere', '银行'],
    ['full pinyin', 'shanghai'],
    ['full pinyin with another reading', 'yinhang'],
    ['a syllable begun', 'shanghaiy'],
    ['initials', 'shyh'],
    ['the first two initials', 'sh'],
    ['pinyin with a space', 'shanghai yinhang'],
    ['digits anywhere in the phone', '1234 56'],
    ['the e-mail', 'bosc'],
  ])('by %s: %s', async (_, q) => {
    expect(await titles(rep, q)).toContain('上海银行股份有限公司');
  });

  it('by a surname that is read in its own way, and as anywhere else', async () => {
    for (const q of ['shanxian', 'danxian', 'sxjy', 'dxjy'])
      expect(await titles(rep, q)).toEqual(['单县嘉越紧固件商行']);
    expect(await titles(rep, 'zengxiaoxian', 'contact')).toEqual(['曾小贤']);
    expect(await titles(rep, 'lvziqiao', 'lead')).toEqual(['吕子乔']);
  });

  it('although one letter slipped, which is said', async () => {
    for (const q of ['Falconmere', 'Falconmeer', 'Falcnmere', 'Falkonmere trading', 'falconmeree']) {
      const [group] = await search(rep, q);
      expect([q, group?.items[0]?.title, group?.near]).toEqual([
        q,
        'Falconmere Trading LLP',
        q !== 'Falconmere',
      ]);
    }
    expect(await search(rep, 'Falkonmeer')).toEqual([]);
  });

  it('in the list as in the search', async () => {
    const { items } = (await rep.get('/customers?q=shyh')).body;
    expect(items.map((row: { name: string }) => row.name)).toEqual(['上海银行股份有限公司']);
  });
});

describe('what is found', () => {
  it('are all kinds of records, and the words of notes', async () => {
    for (const q of ['银企', '直连 接口', 'yinqizhilian', 'yqzl'])
      expect([q, await titles(rep, q, 'deal')]).toEqual([q, ['银企直连接口']]);
    expect(await titles(rep, '爱情公寓', 'lead')).toEqual(['吕子乔']);
    expect((await titles(rep, '供应商', 'activity'))[0]).toContain('换供应商');
  });

  it('are words of a note however old and however written, as it reads today', async () => {
    const { items } = (await rep.get('/customers?q=shyh')).body;
    const body = 'Ｇａｌａｔｅａ 合同第八条待法务确认';
    const at = '2019-05-05T08:00:00Z';
    const { body: note } = await rep.post('/activities', { customerId: items[0].id, kind: 'note', body, at });
    await sql`insert into activities (workspace_id, id, customer_id, kind, body, at, author_id, owner_id, team_id, created_at, updated_at)
      select workspace_id, gen_random_uuid(), customer_id, 'note', 'said since then', now() - n * interval '1 minute', author_id,
        owner_id, team_id, now(), now() from activities, generate_series(1, 20001) n where id = ${note.id}`.execute(
      test.world.db,
    );
    for (const q of ['第八', '法务确认', 'galatea', '合同'])
      expect([q, (await titles(rep, q, 'activity')).length]).toEqual([q, 1]);
    await rep.patch(`/activities/${note.id}`, { body: 'Galatea：第九条已确认' });
    expect(await titles(rep, '第八', 'activity')).toEqual([]);
    expect((await titles(rep, '第九', 'activity')).length).toBe(1);
  });

  it('lies within reach, one’s own first', async () => {
    expect(await titles(rep, '海蓝')).toEqual([]);
    expect(await titles(other, '银行')).toEqual([]);
    expect(await search(other, '供应商')).toEqual([]);
    expect((await titles(admin, '上海')).length).toBe(2);
    await admin.post('/customers', { name: '上海自有客户' });
    expect((await titles(admin, '上海'))[0]).toBe('上海自有客户');
  });

  it('is nothing for hostile texts', async () => {
    for (const q of ["'; drop table customers; --", '%', '_', '\\', '(((', 'a'.repeat(200), '😀😀', 'ǚǚ'])
      expect((await rep.get(`/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
    expect((await rep.get('/search?q=')).status).toBe(422);
    expect((await test.client().get('/search?q=x1')).status).toBe(401);
  });
});

describe('a quote or a task is found', () => {
  beforeAll(async () => {
    const customers = (await rep.get('/customers?q=falconmere')).body.items as { id: string }[];
    const quote = { kind: 'quote', customerId: customers[0]?.id, lines: [] };
    await rep.post('/orders', { ...quote, title: '钢带年度框架 2031' });
    const { id } = (await rep.post('/orders', { ...quote, title: 'Anvils' })).body;
    await rep.patch(`/orders/${id}`, { title: '铁砧' });
    for (const title of ['寄送样品', 'Ring Harriet']) await rep.post('/tasks', { title });
  });

  it.each([
    ['order', '框架', 1],
    ['order', '框', 1],
    ['order', 'gangdai', 1],
    ['order', 'gdnd', 1],
    ['order', '2031', 1],
    ['order', 'tiezhen', 1],
    ['order', 'Anvils', 0],
    ['order', '00002', 1],
    ['order', '1', 1],
    ['order', 'Q-2', 2],
    ['order', 'falconm', 2],
    ['order', '银行', 0],
    ['task', '样品', 1],
    ['task', 'ysp', 0],
    ['task', 'jsyp', 1],
    ['task', 'ring harr', 1],
    ['task', 'h', 1],
  ])('as %s by %s: %i', async (object, q, count) => {
    expect(await titles(rep, q, object)).toHaveLength(count);
    expect((await rep.get(`/${object}s?q=${encodeURIComponent(q)}&limit=5`)).body.items).toHaveLength(count);
    expect(await titles(other, q, object)).toEqual([]);
  });
});

describe('texts in own fields', () => {
  it('find records by how they begin, of every kind, within reach and unless hidden', async () => {
    const kinds = [
      ['customer', '/customers', { name: '签约客户' }],
      ['contact', '/contacts', { name: '钱掌柜' }],
      ['lead', '/leads', { name: '白展堂' }],
      ['deal', '/deals', { title: '同福客栈' }],
      ['order', '/orders', { title: '年货' }],
      ['product', '/products', { name: '灯笼', code: 'DL-1' }],
      ['task', '/tasks', { title: '对账' }],
    ] as const;
    const customerId = (await rep.post('/customers', { name: '七侠镇' })).body.id;
    for (const [object, path, body] of kinds) {
      await admin.post('/custom-fields', { object, label: 'Contract', key: 'contract', kind: 'text' });
      const hand = object === 'product' ? admin : rep;
      const custom = { contract: `HT-2026 ${object} 甲乙` };
      const more = object === 'deal' || object === 'order' ? { customerId } : {};
      const added = await hand.post(path, { ...body, ...more, custom });
      expect(added.status, added.text).toBe(201);
    }
    for (const [object] of kinds) {
      for (const q of ['ht', 'ht-2026', `HT-2026${object}`, `ht-2026 ${object} 甲乙`])
        expect([object, q, (await titles(rep, q, object)).length]).toEqual([object, q, 1]);
      for (const q of ['2026 c', `ht-2026 ${object} 乙`]) expect(await titles(rep, q, object)).toEqual([]);
      if (object !== 'product') expect(await titles(other, 'ht-2026', object)).toEqual([]);
    }
    // A change is found at once; so is what was there before such keys were, when they have been made.
    const [deal] = (await rep.get('/deals?q=同福')).body.items;
    await rep.patch(`/deals/${deal.id}`, { custom: { contract: 'XY-9' } });
    expect([await titles(rep, 'xy-9', 'deal'), await titles(rep, 'ht-2026', 'deal')]).toEqual([
      ['同福客栈'],
      [],
    ]);
    await sql`update deal_keys set keys = '{}'`.execute(test.world.db);
    expect(await titles(rep, 'xy-9', 'deal')).toEqual([]);
    await rekey(test.world);
    expect(await titles(rep, 'xy-9', 'deal')).toEqual(['同福客栈']);
    const fields = { customer: { 'custom.contract': 'hidden' } };
    const hide = (some: object) =>
      admin.put('/roles/rep', { rules: {}, fields: some, reason: 'Not for all' });
    expect((await hide(fields)).status).toBe(200);
    expect(await titles(rep, 'ht-2026')).toEqual([]);
    expect(await titles(rep, 'ht-2026', 'lead')).toEqual(['白展堂']);
    await hide({});
  });
});

describe('among many', () => {
  const many = 120;
  beforeAll(async () => {
    for (const [client, name] of [
      [rep, 'Dldwell Old Mills'],
      [other, 'Bradldon & Sons'],
    ] as const)
      await client.post('/customers', { name });
    // Names without “dld” that have its number all the same, as two keys may share one.
    await sql`with made as (
        insert into customers (workspace_id, id, name, name_key, name_sort, stage, owner_id, team_id, created_at, updated_at)
        select workspace_id, gen_random_uuid(), 'Handley Oldham ' || n, 'handley oldham ' || n, 'handley oldham ' || lpad(n::text, 4, '0'),
          'new', owner_id, team_id, now(), now() + n * interval '1 second'
        from customers, generate_series(1, ${many}) n where name = 'Bradldon & Sons'
        returning workspace_id, id, name)
      insert into customer_keys (workspace_id, id, keys)
      select workspace_id, id, hashed(array(select right(workspace_id::text, 4) || 'n' || k from unnest(array['old', 'ldh', 'dha', 'ham', 'han', 'and', 'ndl', 'dld']) k)) from made`.execute(
      test.world.db,
    );
  });

  it('what only looks alike does not hide what is meant', async () => {
    expect(await titles(admin, 'dld')).toEqual(['Bradldon & Sons', 'Dldwell Old Mills']);
    expect(await titles(rep, 'dld')).toEqual(['Dldwell Old Mills']);
    expect((await admin.get('/customers?q=dld&sort=name')).body.items).toHaveLength(2);
  });

  it('one’s own comes first, however old', async () => {
    const { id } = (await admin.post('/customers', { name: 'Oldham Admin' })).body;
    await sql`update customers set updated_at = '2020-01-01' where id = ${id}`.execute(test.world.db);
    const found = await titles(admin, 'oldham');
    expect(found).toHaveLength(6);
    expect(found[0]).toBe('Oldham Admin');
  });

  it('pages hold each once, in their order, and follow the owner and the bin', async () => {
    const seen: string[] = [];
    let after = '';
    do {
      const { body } = await other.get(`/customers?q=oldham&limit=50${after}`);
      seen.push(...body.items.map((row: { name: string }) => row.name));
      after = body.next ? `&after=${body.next}` : '';
    } while (after);
    expect(seen).toEqual(Array.from({ length: many }, (_, n) => `Handley Oldham ${many - n}`));
    const [first, second] = (await other.get('/customers?q=oldham&limit=2')).body.items;
    await other.delete(`/customers/${first.id}`);
    await admin.patch(`/customers/${second.id}`, { ownerId: (await rep.get('/session')).body.user.id });
    expect((await titles(other, 'oldham'))[0]).toBe(`Handley Oldham ${many - 2}`);
    expect(await titles(rep, 'oldham')).toEqual([`Handley Oldham ${many - 1}`]);
    expect((await other.get('/customers?q=oldham&deleted=true')).body.items).toHaveLength(1);
  });
});

it('makes the keys of former versions anew, and goes on where it stopped', async () => {
  const { db } = test.world;
  await sql`update customer_keys set keys = '{}'`.execute(db);
  await sql`delete from activity_keys`.execute(db);
  await sql`delete from rekeyed`.execute(db);
  expect(await titles(rep, 'shyh')).toEqual([]);
  // More than fit into one turn.
  await rekey(test.world);
  await rekey(test.world);
  expect(await titles(rep, 'shyh')).toEqual(['上海银行股份有限公司']);
  const { rows } = await sql<{
    target: string;
  }>`select target from rekeyed where done_at is not null order by 1`.execute(db);
  expect(rows.map(row => row.target)).toEqual([
    'activities',
    'contacts',
    'contacts-own',
    'customers',
    'customers-own',
    'deals',
    'deals-own',
    'leads',
    'leads-own',
    'orders',
    'orders-own',
    'tasks',
    'tasks-own',
  ]);
  const { rows: bare } = await sql`select id from activities except select id from activity_keys`.execute(db);
  expect(bare).toEqual([]);
  const { rows: keyless } = await sql`select id from orders except select id from order_keys
    union all (select id from tasks except select id from task_keys)`.execute(db);
  expect(keyless).toEqual([]);
});

it.each([
  ['abc', 'abc', true],
  ['abc', 'acb', true],
  ['abc', 'ab', true],
  ['abc', 'abcd', true],
  ['abc', 'xbc', true],
  ['abcd', 'badc', false],
  ['abc', 'a', false],
  ['abc', 'xyz', false],
])('%s and %s are one slip apart: %s', (one, two, near) => {
  expect(isNear(one, two)).toBe(near);
});
