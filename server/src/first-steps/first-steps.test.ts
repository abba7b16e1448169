// First steps over HTTP: put away for a person, and a sample that comes and goes without anything else.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let administrator: Client;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
});
afterAll(() => test.close());

const lists = [
  'customers',
  'contacts',
  'leads',
  'deals',
  'orders',
  'products',
  'activities',
  'tasks?status=all',
];
const all = async () => {
  const found: Record<string, string[]> = {};
  for (const list of lists) {
    const { items } = (await administrator.get(`/${list}`)).body;
    found[list] = items.map((one: { id: string }) => one.id);
  }
  return found;
};
const names = (items: { name: string }[]) => items.map(one => one.name).sort();

it('are put away for one person on every device, and taken out again', async () => {
  const other = await test.as('administrator');
  expect((await administrator.put('/first-steps', { closed: true })).body.closed).toBe(true);
  expect((await other.get('/first-steps')).body.closed).toBe(true);
  expect((await (await test.as('rep')).get('/first-steps')).body.closed).toBe(false);
  expect((await other.put('/first-steps', { closed: false })).body.closed).toBe(false);
});

it('a sample comes into an empty workspace in one step, alive in every list, and once only', async () => {
  expect((await administrator.get('/first-steps')).body).toMatchObject({ empty: true, sample: null });
  const added = await Promise.all([1, 2].map(() => administrator.post('/first-steps/sample')));
  expect(added.map(one => one.status).sort()).toEqual([201, 409]);
  const found = await all();
  for (const list of lists) expect(found[list]?.length, list).toBeGreaterThan(0);
  const { body } = await administrator.get('/first-steps');
  expect(body).toEqual({
    closed: false,
    customers: false,
    deals: false,
    empty: false,
    sample: Object.values(found).flat().length,
  });
  expect((await administrator.get('/first-steps/sample')).body.changed).toEqual([]);
  expect((await (await test.as('manager')).post('/first-steps/sample')).status).toBe(403);
});

it('goes in one step: what was changed or is in use is told and stays if wanted, what is one’s own always', async () => {
  const [customers, deals] = [
    (await administrator.get('/customers?sort=name')).body.items,
    (await administrator.get('/deals?state=open')).body.items,
  ];
  const [own] = [await administrator.post('/customers', { name: 'Our First' })];
  // Somebody works with the sample: a changed deal keeps its customer, a comment its record.
  const deal = deals[0];
  await administrator.patch(`/deals/${deal.id}`, { amount: 1 });
  const spoken = customers.find((one: { id: string }) => one.id !== deal.customer.id);
  await administrator.post('/comments', { object: 'customer', objectId: spoken.id, body: 'Is it real?' });
  const { body } = await administrator.get('/first-steps/sample');
  const staying = [deal.title, deal.customer.name, deal.contact.name, spoken.name];
  expect(names(body.changed)).toEqual(staying.sort());

  const kept = await administrator.send('DELETE /first-steps/sample?changed=keep');
  expect(kept.body).toEqual({ removed: body.records - 4, kept: 4 });
  const left = await all();
  expect(left.customers?.sort()).toEqual([own?.body.id, deal.customer.id, spoken.id].sort());
  expect(left.deals).toEqual([deal.id]);
  expect(left.contacts).toEqual([deal.contact.id]);
  for (const list of ['leads', 'orders', 'products', 'activities', 'tasks?status=all'])
    expect(left[list], list).toEqual([]);
  expect((await administrator.get('/first-steps')).body).toMatchObject({ sample: null, empty: false });

  // The bin gives back what went there, with what went along.
  const bin = (await administrator.get('/bin?object=customer')).body.items;
  const back = await administrator.post(`/customers/${bin[0].id}/restore`);
  expect(back.status).toBe(200);
  const { items } = (await administrator.get('/audit?action=sample.remove')).body;
  expect(items[0].details).toMatchObject({ kept: 4 });
});

it('with everything that was changed, too; but nothing that is one’s own', async () => {
  for (const list of ['deals', 'customers'])
    for (const id of (await all())[list] ?? []) await administrator.delete(`/${list}/${id}`);
  expect((await administrator.post('/first-steps/sample')).status).toBe(201);
  const [customer] = (await administrator.get('/customers')).body.items;
  await administrator.patch(`/customers/${customer.id}`, { city: 'Leeds' });
  const other = (await administrator.get('/customers')).body.items.find(
    (one: { id: string }) => one.id !== customer.id,
  );
  const own = await administrator.post('/deals', { title: 'Ours', customerId: other.id });
  const gone = await administrator.send('DELETE /first-steps/sample?changed=remove');
  expect(gone.body.kept).toBe(1);
  const left = await all();
  expect(left.customers).toEqual([other.id]);
  expect(left.deals).toEqual([own.body.id]);
});
