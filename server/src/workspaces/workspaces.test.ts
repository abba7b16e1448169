// A company's days through HTTP, on both sides of the date line: documents, what is due, digests, all by its own clock.
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as notices from '../notices/notices.ts';
import * as orders from '../orders/orders.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
let rep: Client;
let customer: string;

// Half past midnight in Shanghai, half past eight in the morning of the day before in Los Angeles.
const now = '2027-03-10T16:30:00Z';
const hour = 3_600_000;

beforeAll(async () => {
  test = await openTest();
  test.turn(Date.parse(now) - test.world.now());
  [admin, rep] = [await test.as('administrator'), await test.as('rep')];
  customer = (await rep.post('/customers', { name: '朝夕钟表' })).body.id;
});
afterAll(() => test.close());

const digestsTo = async (who: string) =>
  (await admin.get(`/outbox?to=${who}@example.com`)).body.items.filter(
    (one: { template: string }) => one.template === 'notice-digest',
  ).length;

it.each([
  { timeZone: 'Asia/Shanghai', today: '2027-03-11', ends: '2027-03-11T16:00:00.000Z', nine: '01:00' },
  { timeZone: 'America/Los_Angeles', today: '2027-03-10', ends: '2027-03-11T08:00:00.000Z', nine: '17:00' },
])('reckons the days of a company in $timeZone', async ({ timeZone, today, ends, nine }) => {
  expect((await rep.put('/workspace', { timeZone })).status).toBe(403);
  const chosen = await admin.put('/workspace', { timeZone });
  expect([chosen.status, chosen.body.timeZone, chosen.body.chosen]).toEqual([200, timeZone, true]);

  const lines = [{ name: 'Clock', quantity: '1', unitPrice: 1_000 }];
  const quote = (await rep.post('/orders', { kind: 'quote', customerId: customer, lines })).body;
  expect(quote.issuedOn).toBe(today);
  expect(quote.number).toContain('-2027-');
  await rep.patch(`/orders/${quote.id}`, { validUntil: '2027-03-10' });
  await rep.post(`/orders/${quote.id}/status`, { status: 'sent' });
  await orders.expire(test.world);
  const status = (await rep.get(`/orders/${quote.id}`)).body.status;
  expect(status).toBe(today > '2027-03-10' ? 'expired' : 'sent');

  expect((await rep.get('/today')).body.until).toBe(ends);
  const task = (await rep.post('/tasks', { title: 'Wind it up', dueOn: '2027-03-11', remindBefore: 0 })).body;
  const row = await test.world.db
    .selectFrom('tasks')
    .select('remind_at')
    .where('id', '=', task.id)
    .executeTakeFirstOrThrow();
  expect(String(row.remind_at)).toBe(`2027-03-11T${nine}:00.000Z`);
});

it('sends the digest in the morning of whoever reads it', async () => {
  const rep2 = await test.as('rep2');
  await rep2.put('/today/settings', { zone: 'America/Los_Angeles', quietFrom: 0, quietTo: 0 });
  await admin.put('/workspace', { timeZone: 'Asia/Shanghai' });
  for (const who of ['rep', 'rep2'] as const)
    for (let i = 0; i < 22; i++) await admin.post('/tasks', { title: `Do ${i}`, ownerId: test.people[who] });
  await Promise.all([notices.sendDigests(test.world), notices.sendDigests(test.world)]);
  expect([await digestsTo('rep'), await digestsTo('rep2')]).toEqual([0, 1]);
  test.turn(8 * hour);
  await notices.sendDigests(test.world);
  await notices.sendDigests(test.world);
  expect([await digestsTo('rep'), await digestsTo('rep2')]).toEqual([1, 1]);
  const [{ subject, body: letter }] = (await admin.get('/outbox?to=rep@example.com')).body.items;
  // All are counted, the newest are named.
  expect(subject).toContain('22');
  expect(letter).toMatch(/Do 2\b(?!\d)[\s\S]*Do 21/);
  expect(letter).not.toMatch(/Do [01]\b/);
});

it('knows only time zones, and leaves the choice to the language', async () => {
  expect((await admin.put('/workspace', { timeZone: 'Mars/Olympus' })).status).toBe(422);
  const left = (await admin.put('/workspace', { timeZone: null })).body;
  expect([left.chosen, left.timeZone]).toEqual([false, left.language === 'zh-CN' ? 'Asia/Shanghai' : 'UTC']);
});
