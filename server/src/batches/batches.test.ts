// Batches through HTTP: what they change, what they leave alone, and how they are taken back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
let manager: Client;
let rep: Client;

beforeAll(async () => {
  test = await openTest();
  [admin, manager, rep] = [await test.as('administrator'), await test.as('manager'), await test.as('rep')];
});
afterAll(() => test.close());

const add = async (by: Client, path: string, body: object) => {
  const reply = await by.post(path, body);
  expect(reply.status, reply.text).toBe(201);
  return reply.body.id as string;
};

it('change customers, and bring back what nobody has changed since, field by field (E2)', async () => {
  await admin.post('/custom-fields', { object: 'customer', label: 'Region', key: 'region', kind: 'text' });
  const ids = [
    await add(rep, '/customers', { name: 'One', stage: 'new', tags: ['old'], custom: { region: 'North' } }),
    await add(rep, '/customers', { name: 'Two', stage: 'contacted' }),
    await add(rep, '/customers', { name: 'Three', stage: 'lost' }),
  ];
  const { rep2 } = test.people;
  const set = { stage: 'won', custom: { region: 'South' } };
  const foreign = await add(await test.as('rep2'), '/customers', { name: 'Not within reach' });
  const made = await rep.post('/batches', {
    object: 'customer',
    ids: [...ids, foreign],
    set,
    addTags: ['fair'],
  });
  expect(made.status, made.text).toBe(201);
  expect(made.body).toMatchObject({ state: 'done', total: 4, changed: 3, skipped: 1 });
  expect(made.body.reasons).toEqual({ 'out-of-reach': 1 });
  expect(made.body.fields).toEqual(['stage', 'custom', 'tags']);
  const one = () => rep.get(`/customers/${ids[0]}`).then(reply => reply.body);
  expect(await one()).toMatchObject({ stage: 'won', tags: ['old', 'fair'], custom: { region: 'South' } });
  expect((await admin.get(`/customers/${foreign}`)).body.stage).toBe('new');

  await rep.patch(`/customers/${ids[0]}`, { stage: 'negotiating' });
  await rep.patch(`/customers/${ids[1]}`, { stage: 'lost', tags: [], custom: { region: 'East' } });
  await manager.patch(`/customers/${ids[2]}`, { ownerId: test.people.manager });
  expect((await (await test.as('rep2')).post(`/batches/${made.body.id}/undo`)).status).toBe(404);
  const undone = await rep.post(`/batches/${made.body.id}/undo`);
  expect(undone.body, undone.text).toMatchObject({ state: 'undone', restored: 1, kept: 2 });
  expect(await one()).toMatchObject({ stage: 'negotiating', tags: ['old'], custom: { region: 'North' } });
  expect((await rep.get(`/customers/${ids[1]}`)).body).toMatchObject({
    stage: 'lost',
    custom: { region: 'East' },
  });
  expect((await admin.get(`/customers/${ids[2]}`)).body).toMatchObject({ stage: 'won', tags: ['fair'] });
  expect((await rep.post(`/batches/${made.body.id}/undo`)).status).toBe(409);

  const given = await rep.post('/batches', { object: 'customer', ids, set: { ownerId: rep2 } });
  expect(given.body).toMatchObject({ changed: 0, skipped: 3 });
});

it('bin leads and deals, move deals, give tasks to somebody else, and take all that back', async () => {
  const lead = await add(rep, '/leads', { name: 'Lin' });
  const put = await rep.post('/batches', {
    object: 'lead',
    ids: [lead],
    set: { status: 'unqualified', unqualifiedReason: 'no-budget' },
  });
  expect((await rep.get(`/leads/${lead}`)).body).toMatchObject({ unqualifiedReason: 'no-budget' });
  await rep.post(`/batches/${put.body.id}/undo`);
  expect((await rep.get(`/leads/${lead}`)).body).toMatchObject({ status: 'new', unqualifiedReason: null });
  const binned = await rep.post('/batches', { object: 'lead', ids: [lead], remove: true });
  expect((await rep.get(`/leads/${lead}`)).status).toBe(404);
  await rep.post(`/batches/${binned.body.id}/undo`);
  expect((await rep.get(`/leads/${lead}`)).status).toBe(200);

  const customerId = await add(rep, '/customers', { name: 'With a deal' });
  const deal = await add(rep, '/deals', { title: 'Lamps', customerId });
  const before = (await rep.get(`/deals/${deal}`)).body.stage;
  const stages = (await rep.get('/pipelines')).body.items[0].stages as { id: string; kind: string }[];
  const lost = stages.find(stage => stage.kind === 'lost')?.id;
  const bare = await rep.post('/batches', { object: 'deal', ids: [deal], set: { stageId: lost } });
  expect(bare.body).toMatchObject({ changed: 0, reasons: { 'reason-missing': 1 } });
  const set = { stageId: lost, lostReason: 'price', source: 'Fair' };
  const moved = await rep.post('/batches', { object: 'deal', ids: [deal], set });
  expect((await rep.get(`/deals/${deal}`)).body).toMatchObject({ stage: { kind: 'lost' }, source: 'Fair' });
  await rep.post(`/batches/${moved.body.id}/undo`);
  const after = (await rep.get(`/deals/${deal}`)).body;
  expect(after).toMatchObject({ stage: before, lostReason: null, source: null });

  const task = await add(rep, '/tasks', { title: 'Call them' });
  const { manager: id } = test.people;
  const given = await manager.post('/batches', { object: 'task', ids: [task], set: { ownerId: id } });
  expect((await manager.get(`/tasks/${task}`)).body.owner.id).toBe(id);
  await manager.post(`/batches/${given.body.id}/undo`);
  expect((await manager.get(`/tasks/${task}`)).body.owner.id).toBe(test.people.rep);
});

it('change contacts and orders, bin them by filters, and take that back', async () => {
  await admin.post('/custom-fields', { object: 'contact', label: 'Floor', key: 'floor', kind: 'text' });
  const customerId = await add(rep, '/customers', { name: 'With people' });
  const ids = [
    await add(rep, '/contacts', { name: '王小明', customerId, title: 'Buyer' }),
    await add(rep, '/contacts', { name: '李雷', customerId }),
  ];
  const set = { title: 'Head of buying', custom: { floor: '3' } };
  const made = await rep.post('/batches', { object: 'contact', ids, set });
  expect(made.body, made.text).toMatchObject({ state: 'done', changed: 2 });
  const [one] = (await rep.get(`/contacts?customer=${customerId}&q=${encodeURIComponent('小明')}`)).body
    .items;
  expect(one).toMatchObject(set);
  await rep.post(`/batches/${made.body.id}/undo`);
  expect((await rep.get(`/contacts/${ids[0]}`)).body).toMatchObject({ title: 'Buyer', custom: {} });

  const order = await add(rep, '/orders', { customerId, kind: 'order', title: 'Lamps' });
  const given = { object: 'order', ids: [order], set: { ownerId: test.people.manager } };
  const moved = await manager.post('/batches', given);
  expect(moved.body, moved.text).toMatchObject({ changed: 1 });
  expect((await manager.get(`/orders/${order}`)).body.owner.id).toBe(test.people.manager);
  await manager.post(`/batches/${moved.body.id}/undo`);
  const filters = { customer: customerId };
  const count = await rep.post('/batches/count', { object: 'order', filters });
  expect(count.body).toEqual({ count: 1, more: false });
  const binned = await rep.post('/batches', { object: 'order', filters, remove: true });
  await test.jobs.settle();
  expect((await rep.get(`/orders/${order}`)).status).toBe(404);
  await rep.post(`/batches/${binned.body.id}/undo`);
  expect((await rep.get(`/orders/${order}`)).status).toBe(200);
});

it('change everything that meets the filters in the background, within reach only', async () => {
  const many = 230;
  for (let from = 0; from < many; from += 46)
    await Promise.all(
      Array.from({ length: 46 }, (_, i) => rep.post('/leads', { name: `Guest ${from + i}`, source: 'Expo' })),
    );
  await (await test.as('rep2')).post('/leads', { name: 'Guest of another', source: 'Expo' });
  const filters = { source: 'Expo' };
  expect((await rep.post('/batches/count', { object: 'lead', filters })).body).toEqual({
    count: many,
    more: false,
  });
  const begun = await rep.post('/batches', { object: 'lead', filters, set: { city: '宁波' } });
  expect([begun.status, begun.body.state]).toEqual([202, 'gathering']);
  await test.jobs.settle();
  const read = () => rep.get(`/batches/${begun.body.id}`).then(reply => reply.body);
  expect(await read()).toMatchObject({ state: 'done', total: many, done: many, changed: many });
  expect((await admin.get('/leads?q=Guest%20of%20another')).body.items[0].city).toBeNull();
  expect((await rep.post(`/batches/${begun.body.id}/undo`)).status).toBe(202);
  await test.jobs.settle();
  expect(await read()).toMatchObject({ state: 'undone', restored: many, kept: 0, undoableUntil: null });
  expect((await rep.get('/leads?source=Expo&limit=1')).body.items[0].city).toBeNull();
}, 30_000);

it.each([
  ['nothing to change', { ids: ['x'], set: {} }],
  ['both a change and the bin', { ids: ['x'], set: { source: 'a' }, remove: true }],
  ['neither ids nor filters', { set: { source: 'a' } }],
  ['a field that is not changed in bulk', { ids: ['x'], set: { name: 'a' } }],
  ['a field that is the system’s (L13)', { ids: ['x'], set: { createdAt: '2020-01-01T00:00:00Z' } }],
  ['an unknown filter', { filters: { colour: 'red' }, set: { source: 'a' } }],
  ['the bin', { filters: { deleted: 'true' }, set: { source: 'a' } }],
])('refuse %s', async (_, body) => {
  const ids = 'ids' in body ? { ids: [test.people.rep] } : {};
  expect((await rep.post('/batches', { object: 'lead', ...body, ...ids })).status).toBe(422);
});

it('are for who may change such records, and can be taken back for 30 days', async () => {
  const id = await add(rep, '/customers', { name: 'Late' });
  const set = { city: '杭州' };
  const auditor = await test.as('auditor');
  expect((await auditor.post('/batches', { object: 'customer', ids: [id], set })).status).toBe(403);
  const made = await rep.post('/batches', { object: 'customer', ids: [id], set });
  expect((await rep.get('/batches?limit=1')).body.items[0].id).toBe(made.body.id);
  expect((await admin.get(`/batches/${made.body.id}`)).body.by.id).toBe(test.people.rep);
  test.turn(31 * 86_400_000);
  const later = await test.as('rep');
  expect((await later.get(`/batches/${made.body.id}`)).body.undoableUntil).toBeNull();
  expect((await later.post(`/batches/${made.body.id}/undo`)).status).toBe(409);
});
