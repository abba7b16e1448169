// Contacts through HTTP: whose they are, the one to call first, the bin with and without their customer.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client, Reply } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let administrator: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, administrator] = [await test.as('rep'), await test.as('rep2'), await test.as('administrator')];
});
afterAll(() => test.close());

const customer = async (by: Client, name = 'Acme') => `${(await by.post('/customers', { name })).body.id}`;

it('adds a contact at a customer, changes it and tells its history', async () => {
  const customerId = await customer(rep, '华腾');
  const added = await rep.post('/contacts', {
    name: ' 王小明 ',
    customerId,
    title: '采购经理',
    phone: '138 0013 8000',
    email: 'Wang@Example.com',
    wechat: 'wxm',
    remark: '',
  });
  expect(added.status).toBe(201);
  expect(added.headers.get('location')).toBe(`/api/v1/contacts/${added.body.id}`);
  expect(added.body).toMatchObject({
    name: '王小明',
    customer: { id: customerId, name: '华腾' },
    owner: { id: test.people.rep, name: 'rep person' },
    email: 'wang@example.com',
    remark: null,
    isPrimary: false,
    version: 1,
  });
  const changed = await rep.patch(
    `/contacts/${added.body.id}`,
    { title: '总监' },
    { headers: { 'if-match': '"v1"' } },
  );
  expect(changed.body).toMatchObject({ title: '总监', version: 2 });
  const late = await rep.patch(
    `/contacts/${added.body.id}`,
    { title: '经理' },
    { headers: { 'if-match': '"v1"' } },
  );
  expect(late.status).toBe(412);
  expect(late.body).toMatchObject({ current: { title: '总监' }, yours: { title: '经理' } });
  const history = await rep.get(`/contacts/${added.body.id}/history`);
  expect(history.body.items).toMatchObject([
    { action: 'contact.change', changes: [{ field: 'title', before: '采购经理', after: '总监' }] },
    { action: 'contact.add' },
  ]);
});

it('finds contacts by customer and by what is in them', async () => {
  const customerId = await customer(rep);
  const names = ['欧阳娜娜', '司马光', 'Ann Lee'];
  for (const name of names)
    await rep.post('/contacts', {
      name,
      customerId,
      phone: '021-6888 1234',
      email: `${name.length}@find.example`,
    });
  const find = async (query: string) =>
    (
      (await rep.get(`/contacts?customer=${customerId}&sort=name&${query}`)).body.items as unknown as {
        name: string;
      }[]
    ).map(contact => contact.name);
  expect(await find('')).toEqual(['Ann Lee', '欧阳娜娜', '司马光']); // ōu before sī
  expect(await find(`q=${encodeURIComponent('阳娜')}`)).toEqual(['欧阳娜娜']);
  expect(await find('q=nl')).toEqual(['Ann Lee']);
  expect(await find('q=8881')).toHaveLength(3);
  expect(await find('q=find.example')).toHaveLength(3);
  expect(await find('q=%25%25')).toEqual([]);
});

it('follows its customer to another owner, into the bin and back', async () => {
  const customerId = await customer(rep);
  const { id } = (await rep.post('/contacts', { name: 'Follower', customerId })).body;
  const apart = (await rep.post('/contacts', { name: 'Binned before', customerId })).body;
  expect((await rep.delete(`/contacts/${apart.id}`)).status).toBe(204);

  expect((await administrator.patch(`/customers/${customerId}`, { ownerId: test.people.rep2 })).status).toBe(
    200,
  );
  expect((await rep.get(`/contacts/${id}`)).status).toBe(404);
  expect((await rep2.get(`/contacts/${id}`)).body.owner).toMatchObject({ id: test.people.rep2 });

  await rep2.delete(`/customers/${customerId}`);
  expect((await rep2.get(`/contacts/${id}`)).status).toBe(404);
  const early = await rep2.post(`/contacts/${id}/restore`);
  expect(early.status).toBe(409);
  await rep2.post(`/customers/${customerId}/restore`);
  expect((await rep2.get(`/contacts/${id}`)).status).toBe(200);
  expect((await rep2.get(`/contacts/${apart.id}`)).status).toBe(404);
  expect((await rep2.post(`/contacts/${apart.id}/restore`)).status).toBe(200);
});

it('keeps one contact to call first for a customer', async () => {
  const customerId = await customer(rep);
  const add = async (name: string) =>
    (await rep.post('/contacts', { name, customerId, isPrimary: true })).body;
  const [first, second] = [await add('First'), await add('Second')];
  expect((await rep.get(`/contacts/${first.id}`)).body).toMatchObject({ isPrimary: false, version: 2 });
  await rep.patch(`/contacts/${first.id}`, { isPrimary: true });
  expect((await rep.get(`/contacts/${second.id}`)).body).toMatchObject({ isPrimary: false });
  const { items } = (await rep.get(`/contacts/${second.id}/history`)).body;
  expect(items[0]).toMatchObject({ changes: [{ field: 'isPrimary', before: true, after: false }] });
});

it('keeps one contact to call first while ten are put first at once', async () => {
  const customerId = await customer(rep);
  const all: Reply['body'][] = [];
  for (let i = 0; i < 3; i++)
    all.push((await rep.post('/contacts', { name: `Racer ${i}`, customerId })).body);
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, i) => rep.patch(`/contacts/${all[i % 3]?.id}`, { isPrimary: true })),
  );
  expect(replies.map(reply => reply.status)).toEqual(Array<number>(12).fill(200));
  const { items } = (await rep.get(`/contacts?customer=${customerId}`)).body;
  expect((items as unknown as { isPrimary: boolean }[]).filter(contact => contact.isPrimary)).toHaveLength(1);
});

it('does not say whether a customer out of reach exists', async () => {
  const customerId = await customer(rep2);
  const foreign = await rep.post('/contacts', { name: 'Spy', customerId });
  const unknown = await rep.post('/contacts', { name: 'Spy', customerId: crypto.randomUUID() });
  expect([foreign.status, unknown.status]).toEqual([422, 422]);
  expect(foreign.body.faults).toEqual(unknown.body.faults);
  const own = (await rep.post('/contacts', { name: 'Mover' })).body;
  expect((await rep.patch(`/contacts/${own.id}`, { customerId })).status).toBe(422);
  expect((await rep.get(`/contacts?customer=${customerId}`)).body.items).toEqual([]);
});

it('moves a contact to another customer, and its owner with it', async () => {
  const mine = (await administrator.post('/contacts', { name: 'Free' })).body;
  expect(mine).toMatchObject({ customer: null, owner: { id: test.people.administrator } });
  const customerId = await customer(rep2, 'New home');
  const moved = await administrator.patch(`/contacts/${mine.id}`, { customerId });
  expect(moved.body).toMatchObject({
    customer: { name: 'New home' },
    owner: { id: test.people.rep2, name: 'rep2 person' },
  });
  expect((await rep2.get(`/contacts/${mine.id}`)).status).toBe(200);
});

it.each(['id', 'ownerId', 'owner', 'teamId', 'workspaceId', 'version', 'createdAt', 'deletedAt', 'locked'])(
  'L13 refuses to write %s',
  async field => {
    const { id } = (await rep.post('/contacts', { name: 'Fixed' })).body;
    const value = test.people.rep2;
    expect((await rep.post('/contacts', { name: 'x', [field]: value })).status).toBe(422);
    expect((await rep.patch(`/contacts/${id}`, { [field]: value })).status).toBe(422);
  },
);
