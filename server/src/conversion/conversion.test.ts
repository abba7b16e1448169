// A lead becomes a customer through HTTP: once, whole or not at all, and only where one's hand reaches.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let manager: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, manager] = [await test.as('rep'), await test.as('rep2'), await test.as('manager')];
});
afterAll(() => test.close());

const lead = async (client: Client, more: object = {}): Promise<string> =>
  (await client.post('/leads', { name: '何静', ...more })).body.id;

it('becomes customer, contact and deal in one step, and brings along what was done with it', async () => {
  const id = await lead(rep, { company: '北辰包装', phone: '13911112222', title: '采购', source: '官网' });
  await rep.post('/activities', { leadId: id, kind: 'call', body: 'Wants samples' });
  const nextFollowUpAt = new Date(test.world.now() + 86_400_000).toISOString();
  await rep.patch(`/leads/${id}`, { nextFollowUpAt });
  const asked = { customer: { name: '北辰包装' }, deal: { title: 'Samples', amount: 500_000 } };
  const done = await rep.post(`/leads/${id}/convert`, asked);
  expect([done.status, done.body.status, done.body.nextFollowUpAt]).toEqual([200, 'converted', null]);
  const { customer, contactId, deal } = done.body.converted;
  expect((await rep.get(`/customers/${customer.id}`)).body).toMatchObject({
    name: '北辰包装',
    phone: '13911112222',
    source: '官网',
    nextFollowUpAt,
    owner: { name: 'rep person' },
  });
  expect((await rep.get(`/contacts/${contactId}`)).body).toMatchObject({
    name: '何静',
    title: '采购',
    isPrimary: true,
    customer,
  });
  expect((await rep.get(`/deals/${deal.id}`)).body).toMatchObject({
    title: 'Samples',
    amount: 500_000,
    customer,
    source: '官网',
  });
  const [activity] = (await rep.get(`/activities?customer=${customer.id}`)).body.items;
  expect(activity).toMatchObject({
    body: 'Wants samples',
    customer,
    lead: { id },
    contact: { id: contactId },
  });
  expect((await rep.get(`/leads?customer=${customer.id}`)).body.items).toHaveLength(1);
  const late = await rep.post('/activities', { leadId: id, kind: 'note', body: 'Said thanks' });
  expect(late.body.customer).toEqual(customer);
  expect((await rep.patch(`/leads/${id}`, { city: 'Ningbo' })).status).toBe(409);
});

it('is converted once, however often and from however many sides it is asked', async () => {
  const id = await lead(rep, { name: 'Ines' });
  const asked = { customer: { name: 'Ines Only Once' }, contact: false };
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, i) => (i % 2 ? rep : manager).post(`/leads/${id}/convert`, asked)),
  );
  expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([200]));
  expect(new Set(replies.map(reply => reply.body.converted.customer.id)).size).toBe(1);
  expect((await rep.get('/customers?q=Only+Once')).body.items).toHaveLength(1);
});

it('leaves nothing behind where a part of it is refused', async () => {
  const id = await lead(rep, { name: 'Half' });
  const asked = { customer: { name: 'Half a customer' }, deal: { title: 'x', stageId: id } };
  const refused = await rep.post(`/leads/${id}/convert`, asked);
  expect([refused.status, refused.body.faults[0].path]).toEqual([422, 'deal.stageId']);
  expect((await rep.get('/customers?q=Half+a')).body.items).toEqual([]);
  expect((await rep.get(`/leads/${id}`)).body.status).toBe('new');
});

it('goes to its owner when his manager converts it', async () => {
  const id = await lead(rep, { name: 'For the rep' });
  const { converted } = (await manager.post(`/leads/${id}/convert`, { customer: { name: 'Rep’s own' } }))
    .body;
  const { owner } = (await manager.get(`/customers/${converted.customer.id}`)).body;
  expect(owner.id).toBe(test.people.rep);
});

it('joins a customer that is there, and a contact whom that has already', async () => {
  const customerId = (await rep.post('/customers', { name: '蓝海贸易有限公司' })).body.id;
  const contact = { name: 'Rita', email: 'rita@lanhai.example', customerId };
  const contactId = (await rep.post('/contacts', contact)).body.id;
  const id = await lead(rep, { name: 'Rita Gomez', company: '蓝海贸易', email: 'rita@lanhai.example' });
  const found = (await rep.get(`/leads/${id}/matches`)).body;
  expect(found.items).toEqual([
    {
      id: customerId,
      name: '蓝海贸易有限公司',
      by: 'name',
      owner: expect.objectContaining({ id: test.people.rep }),
    },
  ]);
  const done = (await rep.post(`/leads/${id}/convert`, { customer: { id: customerId } })).body;
  expect(done.converted).toMatchObject({ customer: { id: customerId }, contactId, deal: null });
});

it('L43 tells of somebody else’s customer only that there is one, and joins none', async () => {
  const customerId = (await rep.post('/customers', { name: 'Quiet Harbour Ltd' })).body.id;
  const id = await lead(rep2, { name: 'Tom', company: 'Quiet Harbour' });
  expect((await rep2.get(`/leads/${id}/matches`)).body).toEqual({
    items: [],
    taken: true,
    owner: { name: 'rep person' },
  });
  const asked = await rep2.post(`/leads/${id}/convert`, { customer: { id: customerId } });
  expect([asked.status, asked.body.faults[0].path]).toEqual([422, 'customer.id']);
});
