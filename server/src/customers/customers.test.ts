// Customers through HTTP: adding, reading, changing, the bin, history.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let administrator: Client;

beforeAll(async () => {
  test = await openTest();
  rep = await test.as('rep');
  administrator = await test.as('administrator');
});
afterAll(() => test.close());

const full = {
  name: '  华腾科技有限公司 ',
  phone: '+86 138-0013-8000',
  email: 'Sales@HuaTeng.example',
  website: 'https://huateng.example/a',
  industry: '制造',
  source: 'fair',
  level: 'A',
  stage: 'contacted',
  address: '上海市浦东新区\n张江路 1 号',
  city: '上海',
  remark: 'met at the fair 🎪',
  tags: ['vip', 'east', 'vip'],
  nextFollowUpAt: '2031-05-06T09:00:00+08:00',
};

describe('adding', () => {
  it('keeps what was sent, tidied, and answers with the record, its address and its version', async () => {
    const added = await rep.post('/customers', full);
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe(`/api/v1/customers/${added.body.id}`);
    expect(added.headers.get('etag')).toBe('"v1"');
    expect(added.body).toMatchObject({
      ...full,
      name: '华腾科技有限公司',
      email: 'sales@huateng.example',
      tags: ['vip', 'east'],
      nextFollowUpAt: '2031-05-06T01:00:00.000Z',
      owner: { id: test.people.rep, name: 'rep person' },
      lastActivityAt: null,
      deletedAt: null,
      version: 1,
    });
    const read = await rep.get(`/customers/${added.body.id}`);
    expect(read.status).toBe(200);
    expect(read.headers.get('etag')).toBe('"v1"');
    expect(read.body).toEqual(added.body);
  });

  it('needs a name and nothing else', async () => {
    const added = await rep.post('/customers', { name: 'Bare' });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ phone: null, tags: [], stage: 'new' });
    const unnamed = await rep.post('/customers', { name: '   ', phone: '1' });
    expect(unnamed.status).toBe(422);
    expect(unnamed.body.faults).toEqual([expect.objectContaining({ path: 'name' })]);
  });

  it('adds once for one Idempotency-Key', async () => {
    const send = () =>
      rep.post('/customers', { name: 'Only once' }, { headers: { 'idempotency-key': 'customer-1' } });
    const all = await Promise.all([send(), send(), send()]);
    expect(all.map(reply => reply.status)).toEqual([201, 201, 201]);
    expect(new Set(all.map(reply => reply.body.id)).size).toBe(1);
    expect((await rep.get('/customers?q=Only%20once')).body.items).toHaveLength(1);
  });
});

describe('changing', () => {
  const made = async (name: string) => (await rep.post('/customers', { name })).body;

  it('changes what was sent, and says so in the history with before and after', async () => {
    const customer = await made('Acme Co., Ltd.');
    const changed = await rep.patch(`/customers/${customer.id}`, { stage: 'won', remark: 'paid', phone: '' });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).toBe('"v2"');
    expect(changed.body).toMatchObject({ name: 'Acme Co., Ltd.', stage: 'won', remark: 'paid', version: 2 });
    const history = await rep.get(`/customers/${customer.id}/history`);
    expect(history.body.items).toMatchObject([
      {
        action: 'customer.change',
        actor: { name: 'rep person' },
        changes: [
          { field: 'stage', before: 'new', after: 'won' },
          { field: 'remark', before: null, after: 'paid' },
        ],
      },
      {
        action: 'customer.add',
        changes: expect.arrayContaining([expect.objectContaining({ field: 'name' })]),
      },
    ]);
    expect(history.text).not.toContain('198.18.');
  });

  it('writes nothing when nothing differs', async () => {
    const customer = await made('Same');
    const changed = await rep.patch(`/customers/${customer.id}`, { name: ' Same ', tags: [], phone: null });
    expect(changed.body).toEqual(customer);
    expect((await rep.get(`/customers/${customer.id}/history`)).body.items).toHaveLength(1);
  });

  it('lets the second of two people editing one record see both versions', async () => {
    const customer = await made('Two editors');
    const headers = { 'if-match': '"v1"' };
    const first = await rep.patch(`/customers/${customer.id}`, { city: '杭州' }, { headers });
    expect(first.status).toBe(200);
    const second = await administrator.patch(`/customers/${customer.id}`, { city: '宁波' }, { headers });
    expect(second.status).toBe(412);
    expect(second.body).toMatchObject({
      code: 'changed-meanwhile',
      current: { id: customer.id, city: '杭州', version: 2 },
      yours: { city: '宁波' },
    });
    expect(second.headers.get('etag')).toBe('"v2"');
    const again = await administrator.patch(
      `/customers/${customer.id}`,
      { city: '宁波' },
      { headers: { 'if-match': second.headers.get('etag') ?? '' } },
    );
    expect(again.body).toMatchObject({ city: '宁波', version: 3 });
  });

  it('lets exactly one of forty parallel changes of one version through', async () => {
    const customer = await made('Forty');
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 ? rep : administrator).patch(
          `/customers/${customer.id}`,
          { remark: `writer ${i}` },
          { headers: { 'if-match': '"v1"' } },
        ),
      ),
    );
    const statuses = replies.map(reply => reply.status).sort();
    expect(statuses).toEqual([200, ...Array<number>(39).fill(412)]);
    const winner = replies.find(reply => reply.status === 200);
    const read = await rep.get(`/customers/${customer.id}`);
    expect(read.body).toMatchObject({ version: 2, remark: `${winner?.body.remark}` });
    expect((await rep.get(`/customers/${customer.id}/history`)).body.items).toHaveLength(2);
  });

  it('counts every one of twenty parallel changes without a version', async () => {
    const customer = await made('Last wins');
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => rep.patch(`/customers/${customer.id}`, { remark: `writer ${i}` })),
    );
    expect((await rep.get(`/customers/${customer.id}`)).body.version).toBe(21);
  });
});

describe('the bin', () => {
  it('takes a customer and gives him back', async () => {
    const { id } = (await rep.post('/customers', { name: 'Binned' })).body;
    expect((await rep.delete(`/customers/${id}`)).status).toBe(204);
    expect((await rep.get(`/customers/${id}`)).status).toBe(404);
    expect((await rep.patch(`/customers/${id}`, { city: 'x' })).status).toBe(404);
    expect((await rep.delete(`/customers/${id}`)).status).toBe(404);
    expect((await rep.get('/customers?q=Binned')).body.items).toHaveLength(0);
    const bin = await rep.get('/customers?deleted=true&q=Binned');
    expect(bin.body.items).toMatchObject([{ id, deletedAt: expect.any(String) }]);
    expect((await rep.get(`/customers/${id}/history`)).body.items).toHaveLength(2);
    const restored = await rep.post(`/customers/${id}/restore`);
    expect(restored.status).toBe(200);
    expect(restored.body).toMatchObject({ id, name: 'Binned', deletedAt: null });
    expect((await rep.get(`/customers/${id}`)).body).toEqual(restored.body);
    expect((await rep.post(`/customers/${id}/restore`)).status).toBe(404);
    const actions = (await rep.get(`/customers/${id}/history`)).body.items as unknown as { action: string }[];
    expect(actions.map(entry => entry.action)).toEqual([
      'customer.restore',
      'customer.remove',
      'customer.add',
    ]);
  });
});
