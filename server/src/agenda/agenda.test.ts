// The day, reminders and the calendar through HTTP: one's own things, each reminder once, an address that ends.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import * as agenda from './agenda.ts';
import { isQuiet, usualQuiet } from './rules.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let admin: Client;

const at = (ms: number) => new Date(test.world.now() + ms).toISOString();
const hour = 3_600_000;
const day = 24 * hour;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, admin] = [await test.as('rep'), await test.as('rep2'), await test.as('administrator')];
  for (const client of [rep, rep2])
    await client.put('/today/settings', { zone: 'Asia/Shanghai', quietFrom: 0, quietTo: 0 });
});
afterAll(() => test.close());

const told = async (client: Client) =>
  ((await client.get('/inbox')).body.items as unknown as { kind: string; text: string }[]).map(
    one => `${one.kind}: ${one.text}`,
  );

it('shows what waits for oneself by the end of the day, and nothing of others', async () => {
  const due = (
    await rep.post('/customers', { name: 'Due Ltd', nextFollowUpAt: at(-day), phone: '138 0000 1111' })
  ).body;
  await rep.post('/customers', { name: 'Later Ltd', nextFollowUpAt: at(9 * day) });
  await rep2.post('/customers', { name: 'Foreign Ltd', nextFollowUpAt: at(-day) });
  await rep.post('/leads', { name: 'Lead Lee', nextFollowUpAt: at(-2 * day) });
  await rep.post('/tasks', { title: 'Now', dueAt: at(hour / 60) });
  await rep.post('/tasks', { title: 'Far', dueOn: at(9 * day).slice(0, 10) });
  await rep.post('/deals', { title: 'Slow deal', customerId: due.id, expectedOn: at(-3 * day).slice(0, 10) });
  await rep.post('/deals', {
    title: 'Quick deal',
    customerId: due.id,
    expectedOn: at(30 * day).slice(0, 10),
  });
  const asked = `/today?until=${at(hour)}&day=${at(0).slice(0, 10)}`;
  const { body } = await rep.get(asked);
  expect(body.followUps.items).toMatchObject([
    { type: 'lead', name: 'Lead Lee' },
    { type: 'customer', name: 'Due Ltd', phone: '138 0000 1111' },
  ]);
  expect(body.tasks.items).toMatchObject([{ title: 'Now' }]);
  expect(body.deals.items).toMatchObject([{ title: 'Slow deal' }]);
  expect(body.payments.items).toEqual([]);
  const other = (await rep2.get(asked)).body;
  expect(other.followUps.items).toMatchObject([{ name: 'Foreign Ltd' }]);
  expect(other.tasks.items).toEqual([]);
});

it('reminds of each task and follow-up once, from however many processes', async () => {
  await Promise.all([agenda.remind(test.world), agenda.remind(test.world)]);
  await rep.post('/inbox/read', {});
  await rep.post('/tasks', { title: 'Ring Wang', dueAt: at(hour), remindBefore: 30 });
  const { id } = (await rep.post('/customers', { name: 'Soon Ltd', nextFollowUpAt: at(hour) })).body;
  const before = await told(rep);
  await agenda.remind(test.world);
  expect(await told(rep)).toEqual(before);
  test.turn(2 * hour);
  await Promise.all([agenda.remind(test.world), agenda.remind(test.world)]);
  const fresh = (await told(rep)).filter(one => !before.includes(one));
  expect(fresh.sort()).toEqual(['follow-up-due: Follow up with “Soon Ltd”', 'task-due: Reminder: Ring Wang']);
  // Another date is another follow-up.
  await rep.patch(`/customers/${id}`, { nextFollowUpAt: at(hour) });
  test.turn(2 * hour);
  await agenda.remind(test.world);
  expect((await told(rep)).filter(one => one.includes('Soon Ltd'))).toHaveLength(2);
});

it('keeps quiet in the hours that somebody has chosen, and tells afterwards', async () => {
  const minute = new Date(test.world.now()).getUTCHours() * 60;
  await rep.put('/today/settings', { zone: 'UTC', quietFrom: minute, quietTo: (minute + 120) % 1440 });
  await rep.post('/tasks', { title: 'Hush', dueAt: at(0), remindBefore: 0 });
  await agenda.remind(test.world);
  expect(await told(rep)).not.toContain('task-due: Reminder: Hush');
  test.turn(3 * hour);
  await agenda.remind(test.world);
  expect(await told(rep)).toContain('task-due: Reminder: Hush');
  expect([23, 3, 12].map(one => isQuiet(usualQuiet, one * 60))).toEqual([true, true, false]);
});

it('tells somebody of a task that a colleague gives him', async () => {
  await admin.post('/tasks', { title: 'Read this', ownerId: test.people.rep2 });
  expect(await told(rep2)).toContain('task-given: administrator person gave you a task: Read this');
});

it('shows a calendar to whoever has its address, until it ends or its owner is suspended', async () => {
  await rep.post('/tasks', { title: '拜访，华腾; now', dueOn: at(2 * day).slice(0, 10) });
  const made = await rep.post('/calendar');
  expect(made.status).toBe(201);
  const path = new URL(made.body.address).pathname.replace('/api/v1', '');
  const stranger = test.client('9.8.7.6');
  const first = await stranger.get(path);
  expect(first.headers.get('content-type')).toContain('text/calendar');
  expect(first.text).toContain('拜访，华腾\\; now');
  expect(first.text).toContain('DTSTART;VALUE=DATE:');
  expect(first.text).not.toContain('Foreign Ltd');
  const same = await stranger.get(path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
  expect(same.status).toBe(304);
  expect((await stranger.get(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
  expect((await rep.get('/calendar')).body.feed.readAt).not.toBeNull();

  const again = new URL((await rep.post('/calendar')).body.address).pathname.replace('/api/v1', '');
  expect((await stranger.get(path)).status).toBe(404);
  await test.world.db
    .updateTable('people')
    .set({ state: 'suspended' })
    .where('id', '=', test.people.rep)
    .execute();
  expect((await stranger.get(again)).status).toBe(404);
  await test.world.db
    .updateTable('people')
    .set({ state: 'active' })
    .where('id', '=', test.people.rep)
    .execute();
  const often = [];
  for (let i = 0; i < 25; i++) often.push((await stranger.get(again)).status);
  expect(new Set(often)).toEqual(new Set([200, 429]));
  expect((await rep.delete('/calendar')).status).toBe(204);
  expect((await stranger.get(again)).status).toBe(404);
});
