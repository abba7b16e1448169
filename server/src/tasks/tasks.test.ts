// Tasks through HTTP: whose they are, when they come again, done once however often, gone with their record.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { ofStage } from './tasks.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let admin: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, admin] = [await test.as('rep'), await test.as('rep2'), await test.as('administrator')];
});
afterAll(() => test.close());

const zone = 'Asia/Shanghai';
const add = async (task: object, by = rep) => {
  const reply = await by.post('/tasks', { title: '给华腾打电话', zone, ...task });
  expect(reply.text).not.toContain('faults');
  expect(reply.status).toBe(201);
  return reply.body as { id: string; version: number };
};
const titles = async (query: string, by = rep) =>
  ((await by.get(`/tasks?${query}`)).body.items as unknown as { title: string }[]).map(one => one.title);

it('adds a task about a customer, puts it off, tells its history', async () => {
  const customer = (await rep.post('/customers', { name: '华腾' })).body;
  const task = await add({ dueOn: '2031-03-05', about: { type: 'customer', id: customer.id }, note: '' });
  expect(task).toMatchObject({
    about: { type: 'customer', name: '华腾' },
    customer: { id: customer.id },
    owner: { id: test.people.rep },
    status: 'open',
    note: null,
  });
  const late = { headers: { 'if-match': '"v1"' } };
  const moved = await rep.patch(`/tasks/${task.id}`, { dueAt: '2031-03-06T01:30:00Z' }, late);
  expect(moved.body).toMatchObject({ dueOn: null, dueAt: '2031-03-06T01:30:00.000Z', version: 2 });
  expect((await rep.patch(`/tasks/${task.id}`, { title: 'x' }, late)).status).toBe(412);
  const { items } = (await rep.get(`/tasks/${task.id}/history`)).body;
  expect(items).toMatchObject([{ action: 'task.change' }, { action: 'task.add' }]);
  expect(await titles(`customer=${customer.id}`)).toEqual(['给华腾打电话']);
  await rep.delete(`/customers/${customer.id}`);
  expect((await rep.get(`/tasks/${task.id}`)).status).toBe(404);
  await rep.post(`/customers/${customer.id}/restore`);
  expect((await rep.get(`/tasks/${task.id}`)).status).toBe(200);
});

it.each([
  ['two times', { dueOn: '2031-03-05', dueAt: '2031-03-05T00:00:00Z' }],
  ['a series without a day', { repeat: { every: 'day' } }],
  ['a reminder without a day', { remindBefore: 10 }],
  ['a zone that there is not', { zone: 'Mars/Base' }],
  ['a record that there is not', { about: { type: 'deal', id: '01900000-0000-7000-8000-000000000000' } }],
  ['L13 its state', { status: 'done' }],
  ['L13 who did it', { doneBy: '01900000-0000-7000-8000-000000000000' }],
])('refuses %s', async (_, part) => {
  expect((await rep.post('/tasks', { title: 'Wrong', ...part })).status).toBe(422);
});

it('keeps tasks and what they are about within reach', async () => {
  const { id } = (await rep2.post('/customers', { name: 'Foreign' })).body;
  const about = { type: 'customer', id };
  expect((await rep.post('/tasks', { title: 'Spy', about })).status).toBe(422);
  expect((await rep.post('/tasks', { title: 'Push', ownerId: test.people.rep2 })).status).toBe(403);
  const given = await add({ title: 'Given', ownerId: test.people.rep }, admin);
  expect((await rep2.get(`/tasks/${given.id}`)).status).toBe(404);
  expect((await rep2.post(`/tasks/${given.id}/done`)).status).toBe(404);
  const bulk = await rep2.post('/tasks/bulk', { ids: [given.id], done: true });
  expect(bulk.body).toMatchObject({ changed: 0, missing: [given.id] });
  expect((await rep.get(`/tasks/${given.id}`)).body.status).toBe('open');
});

it('lists by due date, whole days among moments, and what has none at the end', async () => {
  for (const part of [
    { title: 'L none' },
    { title: 'L day', dueOn: '2032-01-02' },
    { title: 'L early', dueAt: '2032-01-01T23:00:00Z' },
    { title: 'L late', dueAt: '2032-01-03T00:00:00Z' },
  ])
    await add(part);
  expect(await titles('q=l%20')).toEqual(['L early', 'L day', 'L late', 'L none']);
  const first = (await rep.get('/tasks?q=l%20&limit=3')).body;
  expect(await titles(`q=l%20&after=${first.next}`)).toEqual(['L none']);
  expect(await titles('q=l%20&dueTo=2032-01-02T16:00:00Z')).toEqual(['L early', 'L day']);
});

it('makes the next one of a series once, however many mark it as done at once', async () => {
  const repeat = { every: 'week', weekdays: [1, 4] };
  const day = '2031-03-03'; // a Monday
  const task = await add({ title: 'Series', dueOn: day, repeat, remindBefore: 0 });
  const replies = await Promise.all(Array.from({ length: 6 }, () => rep.post(`/tasks/${task.id}/done`)));
  expect(replies.map(reply => reply.status)).toEqual(Array(6).fill(200));
  expect(new Set(replies.map(reply => reply.body.next.id)).size).toBe(1);
  expect(replies[0]?.body.next).toMatchObject({
    dueOn: '2031-03-06',
    status: 'open',
    repeat,
    remindBefore: 0,
  });
  expect(await titles('q=series')).toHaveLength(1);
  await rep.post(`/tasks/${task.id}/reopen`);
  await rep.post(`/tasks/${task.id}/done`);
  expect(await titles('q=series')).toHaveLength(1);
  expect(await titles('q=series&status=all')).toHaveLength(2);
});

it('keeps the time of day of a series in its own zone, and the last of a month that is short', async () => {
  // Seven in the morning of Monday in Shanghai, still Sunday in UTC.
  const morning = { dueAt: '2031-03-02T23:00:00Z', repeat: { every: 'week', weekdays: [1] } };
  const weekly = await add({ title: 'Weekly', ...morning });
  const { next } = (await rep.post(`/tasks/${weekly.id}/done`)).body;
  expect(next.dueAt).toBe('2031-03-09T23:00:00.000Z');
  const monthly = await add({ title: 'Monthly', dueOn: '2031-01-31', repeat: { every: 'month' } });
  const february = (await rep.post(`/tasks/${monthly.id}/done`)).body.next;
  expect(february.dueOn).toBe('2031-02-28');
  expect((await rep.post(`/tasks/${february.id}/done`)).body.next.dueOn).toBe('2031-03-31');
});

it('takes no day of years that no calendar of the database has', async () => {
  for (const dueOn of ['0000-01-01', '1899-12-31', '9999-12-31'])
    expect((await rep.post('/tasks', { title: 'Far off', dueOn })).status, dueOn).toBe(422);
});

const losAngeles = { zone: 'America/Los_Angeles' };
it.each([
  [
    'ten in the morning, through the hour that spring leaves out',
    { ...losAngeles, dueAt: '2031-03-07T18:00:00Z', repeat: { every: 'day' } },
    ['2031-03-08T18:00:00.000Z', '2031-03-09T17:00:00.000Z', '2031-03-10T17:00:00.000Z'],
  ],
  [
    'late in the evening, through the hour that autumn has twice',
    { ...losAngeles, dueAt: '2031-11-02T06:30:00Z', repeat: { every: 'day' } },
    ['2031-11-03T07:30:00.000Z', '2031-11-04T07:30:00.000Z'],
  ],
  [
    'the last day of February',
    { dueOn: '2032-02-29', repeat: { every: 'month', step: 12 } },
    ['2033-02-28', '2034-02-28', '2035-02-28', '2036-02-29'],
  ],
  [
    'the 31st',
    { dueOn: '2031-08-31', repeat: { every: 'month', step: 3 } },
    ['2031-11-30', '2032-02-29', '2032-05-31'],
  ],
])('a series holds to its time: %s', async (_, more, expected) => {
  const moments: string[] = [];
  let { id } = await add({ title: 'Holds its time', ...more });
  while (moments.length < expected.length) {
    const { next } = (await rep.post(`/tasks/${id}/done`)).body;
    moments.push(next.dueAt ?? next.dueOn);
    id = next.id;
  }
  expect(moments).toEqual(expected);
});

it('does and puts off many at once', async () => {
  const ids = [
    (await add({ title: 'B one', dueAt: '2031-05-05T01:00:00Z' })).id,
    (await add({ title: 'B two', dueOn: '2031-05-05' })).id,
  ];
  expect((await rep.post('/tasks/bulk', { ids, dueOn: '2031-05-09' })).body).toMatchObject({ changed: 2 });
  expect((await rep.get(`/tasks/${ids[0]}`)).body.dueAt).toBe('2031-05-09T01:00:00.000Z');
  expect((await rep.get(`/tasks/${ids[1]}`)).body.dueOn).toBe('2031-05-09');
  expect((await rep.post('/tasks/bulk', { ids, done: true })).body).toMatchObject({ changed: 2 });
  expect((await rep.post('/tasks/bulk', { ids })).status).toBe(422);
  expect(await titles('q=b%20')).toEqual([]);
});

it('gives the owner of a deal what the stage asks for, once a move', async () => {
  const [pipeline] = (await admin.get('/pipelines')).body.items as unknown as {
    id: string;
    stages: { id: string; tasks: object[] }[];
  }[];
  const stages = (pipeline?.stages ?? []).map((stage, i) =>
    i === 1 ? { ...stage, tasks: [{ title: 'Send the offer', days: 2 }] } : stage,
  );
  const saved = await admin.put(`/pipelines/${pipeline?.id}`, { name: 'Sales', isDefault: true, stages });
  expect(saved.body.stages[1].tasks).toEqual([{ title: 'Send the offer', days: 2 }]);
  const customerId = (await rep.post('/customers', { name: 'Staged' })).body.id;
  const deal = (await rep.post('/deals', { title: 'Hinges', customerId })).body;
  await admin.post(`/deals/${deal.id}/move`, { stageId: stages[1]?.id });
  await test.jobs.settle();
  const { items } = (await rep.get(`/tasks?about=${deal.id}`)).body;
  expect(items).toMatchObject([
    { title: 'Send the offer', about: { name: 'Hinges' }, owner: { id: test.people.rep } },
  ]);
  const data = { move: test.people.rep, deal: deal.id, by: test.people.rep, at: new Date().toISOString() };
  const job = { ...data, tasks: [{ title: 'Twice', days: 0 }] };
  await ofStage(test.world, job);
  await ofStage(test.world, job);
  expect(await titles(`about=${deal.id}&q=twice`)).toHaveLength(1);
});
