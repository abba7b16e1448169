// The bin of everything through HTTP: who sees what in it, how it comes back, and when it is gone for good.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import * as bin from './bin.ts';

let test: Test;
let rep: Client;
let administrator: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, administrator] = [await test.as('rep'), await test.as('administrator')];
});
afterAll(() => test.close());

type Item = { object: string; name: string; restorable: boolean; deletedBy: { id: string } };
const binned = async (by: Client, query = '') =>
  (await by.get(`/bin${query}`)).body.items.map((item: Item) => `${item.object} ${item.name}`);

it('shows what was deleted of every kind within reach, page by page, and lets it come back', async () => {
  const customerId = (await rep.post('/customers', { name: '华腾' })).body.id;
  const kept = (await rep.post('/customers', { name: '远航' })).body.id;
  const of = { customerId: kept };
  const made: [string, string, Record<string, unknown>][] = [
    ['contact', '/contacts', { name: '王小明', ...of }],
    ['lead', '/leads', { name: '展会线索' }],
    ['deal', '/deals', { title: '一百台', ...of }],
    ['task', '/tasks', { title: '回电' }],
    ['activity', '/activities', { kind: 'call', body: '电话沟通', ...of }],
  ];
  await rep.post('/contacts', { name: '跟着客户走', customerId });
  const paths: string[] = [];
  for (const [, path, body] of made) {
    const { id } = (await rep.post(path, body)).body;
    paths.push(`${path}/${id}`);
    test.turn(1_000);
    expect((await rep.delete(`${path}/${id}`)).status).toBe(204);
  }
  test.turn(1_000);
  await rep.delete(`/customers/${customerId}`);
  const all = [
    'customer 华腾',
    'activity 电话沟通',
    'task 回电',
    'deal 一百台',
    'lead 展会线索',
    'contact 王小明',
  ];
  expect(await binned(rep)).toEqual(all);
  const { body: first } = await rep.get('/bin?limit=4');
  expect(first.items[0]).toMatchObject({ deletedBy: { id: test.people.rep }, restorable: true });
  expect(await binned(rep, `?limit=4&after=${first.next}`)).toEqual(all.slice(4));
  expect(await binned(rep, `?q=${encodeURIComponent('小明')}`)).toEqual(['contact 王小明']);
  expect(await binned(rep, '?object=deal')).toEqual(['deal 一百台']);
  expect(await binned(await test.as('rep2'))).toEqual([]);
  const { body: looked } = await (await test.as('auditor')).get('/bin');
  expect(looked.items.map((item: Item) => item.restorable)).toEqual(all.map(() => false));
  for (const path of paths) expect((await rep.post(`${path}/restore`)).status, path).toBe(200);
  expect(await binned(rep)).toEqual(['customer 华腾']);
});

it('shows files to whoever reads their record, to be restored by whoever changes it', async () => {
  const { id } = (await rep.post('/customers', { name: '附件客户' })).body;
  const raw = new Uint8Array(Buffer.from('合同正文'));
  const headers = { 'content-type': 'application/octet-stream' };
  const path = `/files?object=customer&objectId=${id}&name=${encodeURIComponent('合同.txt')}`;
  const file = (await rep.send(`POST ${path}`, { raw, headers })).body;
  await rep.delete(`/files/${file.id}`);
  const { items } = (await rep.get('/bin?object=file')).body;
  expect(items).toMatchObject([
    { object: 'file', id: file.id, name: '合同.txt', restorable: true, customer: { id, name: '附件客户' } },
  ]);
  expect(await binned(rep)).toContain('file 合同.txt');
  const [looked] = (await (await test.as('auditor')).get('/bin?object=file')).body.items;
  expect(looked).toMatchObject({ id: file.id, restorable: false });
  expect(await binned(await test.as('rep2'), '?object=file')).toEqual([]);
  // With its customer in the bin it is no longer told by itself.
  await rep.delete(`/customers/${id}`);
  expect(await binned(rep, '?object=file')).toEqual([]);
  await rep.post(`/customers/${id}/restore`);
  expect((await rep.post(`/files/${file.id}/restore`)).status).toBe(200);
  expect(await binned(rep, '?object=file')).toEqual([]);
});

it('puts back what a change replaced, as a change of its own', async () => {
  const owner = { id: test.people.rep };
  const customer = (await rep.post('/customers', { name: '旧名', phone: '021-1', tags: ['甲'] })).body;
  const contact = (await rep.post('/contacts', { name: '李雷', customerId: customer.id })).body;
  const deal = (await rep.post('/deals', { title: '十台', customerId: customer.id, amount: 100 })).body;
  const lead = (await rep.post('/leads', { name: '线索', company: '甲公司' })).body;
  const product = (await administrator.post('/products', { code: 'B-1', name: '灯', taxRate: 1300 })).body;
  const line = { productId: product.id, quantity: '2', unitPrice: 100, taxRate: 0 };
  const order = (await rep.post('/orders', { customerId: customer.id, title: '首单', lines: [line] })).body;
  const task = (
    await rep.post('/tasks', {
      title: '回访',
      dueOn: '2031-01-31',
      repeat: { every: 'month', step: 1 },
      about: { type: 'customer', id: customer.id },
    })
  ).body;
  const records: [string, object, object][] = [
    [
      `/customers/${customer.id}`,
      { name: '新名', phone: null, tags: [] },
      { name: '旧名', phone: '021-1', tags: ['甲'], owner },
    ],
    [
      `/contacts/${contact.id}`,
      { customerId: null, name: '李' },
      { customer: { id: customer.id }, name: '李雷' },
    ],
    [`/deals/${deal.id}`, { amount: 7, title: '七台' }, { amount: 100, title: '十台' }],
    [`/leads/${lead.id}`, { company: null }, { company: '甲公司' }],
    [`/products/${product.id}`, { name: '台灯', price: 500 }, { name: '灯', price: 0 }],
    [
      `/orders/${order.id}`,
      { title: '', lines: [{ name: '自定', unitPrice: 7 }] },
      { title: '首单', total: 200, lines: [{ productId: product.id, taxRate: 0 }] },
    ],
    [
      `/tasks/${task.id}`,
      { title: '改', about: null, repeat: null, dueOn: null, dueAt: '2031-02-01T08:00:00.000Z' },
      {
        title: '回访',
        dueOn: '2031-01-31',
        dueAt: null,
        repeat: { every: 'month' },
        about: { id: customer.id },
      },
    ],
  ];
  for (const [path, patch, before] of records) {
    const hand = path.startsWith('/products') ? administrator : rep;
    expect((await hand.patch(path, patch)).status, path).toBe(200);
    const [entry] = (await rep.get(`${path}/history`)).body.items;
    const back = `${path}/history/${entry.id}/restore`;
    expect((await hand.post(back, undefined, { headers: { 'if-match': '"v1"' } })).status).toBe(412);
    const [mine, theirs] = [await hand.post(back), await (await test.as('rep2')).post(back)];
    expect([mine.status, theirs.status], mine.text).toEqual([200, hand === rep ? 404 : 403]);
    expect((await rep.get(path)).body).toMatchObject(before);
    const { items } = (await rep.get(`${path}/history`)).body;
    expect(items[0].action).toMatch(/\.change$/);
    // What was there before it was added is nothing.
    expect((await hand.post(`${path}/history/${items.at(-1).id}/restore`)).status).toBe(422);
    expect((await hand.post(`${path}/history/${customer.id}/restore`)).status).toBe(404);
  }
});

it('removes for good what is older than an administrator says, and puts that on record', async () => {
  expect((await rep.put('/bin/settings', { days: 1 })).status).toBe(403);
  expect((await administrator.get('/bin/settings')).body.days).toBe(90);
  expect((await administrator.put('/bin/settings', { days: 10 })).body).toEqual({ days: 10, version: 1 });
  const late = await administrator.put('/bin/settings', { days: 5 }, { headers: { 'if-match': '"v7"' } });
  expect(late.status).toBe(412);
  test.turn(9 * 86_400_000);
  expect(await bin.empty(test.world)).toBe(0);
  test.turn(2 * 86_400_000);
  expect(await bin.empty(test.world)).toBe(2); // the customer and his contact
  administrator = await test.as('administrator');
  expect(await binned(administrator)).toEqual([]);
  const { body } = await administrator.get('/audit?limit=20');
  const actions = body.items.map((entry: { action: string }) => entry.action);
  expect(actions).toEqual(expect.arrayContaining(['customer.purge', 'contact.purge', 'bin.settings']));
});
