// The demo, as the person who starts it meets it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as audit from '../audit/audit.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { worldOf } from '../world.ts';
import { cast, keys } from './cast.ts';
import { prepareDemo } from './demo.ts';

let t: Test;
let lines: string[];
let password: string;

beforeAll(async () => {
  t = await openTest({ empty: true });
  lines = await prepareDemo(t.installation);
  password = /^Password of all: (\S+)$/m.exec(lines.join('\n'))?.[1] ?? '';
});
afterAll(() => t.close());

const installationWith = (demoPassword: string) => ({
  ...t.installation,
  config: { ...t.installation.config, demoPassword },
});

test('the first start prints every sign-in name and a pass phrase of four words and digits', () => {
  for (const key of ['admin', 'manager', 'rep', 'rep2', 'auditor'])
    expect(lines.join('\n')).toContain(`${key}@demo.test`);
  expect(password).toMatch(/^(?:[a-z]+-){4}\d{4}$/);
});

test('everybody signs in with it', async () => {
  for (const key of keys) {
    const reply = await t.client().signIn(cast[key].email, password);
    expect(reply.body.user.role).toBe(cast[key].role);
  }
});

test('a second start changes nothing and says where the password was told', async () => {
  const again = (await prepareDemo(t.installation)).join('\n');
  expect(again).toContain('rep2@demo.test');
  expect(again).toContain('printed at the first start');
  expect(again).not.toContain(password);
  await t.client().signIn('rep@demo.test', password);
});

test('--demo-password sets one for all, ends their sessions, and is no change the next time', async () => {
  const session = t.client();
  await session.signIn('rep@demo.test', password);
  const told = await prepareDemo(installationWith('plain-8x'));
  expect(told.join('\n')).toContain('plain-8x (new)');
  for (const key of keys) await t.client().signIn(cast[key].email, 'plain-8x');
  expect((await session.get('/session')).status).toBe(401);
  expect((await prepareDemo(installationWith('plain-8x'))).join('\n')).not.toContain('(new)');
});

test('a password that holds a sign-in name is refused in words and not taken', async () => {
  const told = await prepareDemo(installationWith('manager-manager'));
  expect(told[0]).toMatch(/not taken/);
  expect(
    (await t.client().post('/session', { name: 'rep@demo.test', password: 'manager-manager' })).body.kind,
  ).not.toBe('signed-in');
});

test('another installation is left alone', async () => {
  const own = await openTest();
  const before = await own.as('administrator');
  const told = await prepareDemo(own.installation);
  expect(told).toEqual(['This installation has a workspace of its own: no demo data was added.']);
  expect((await before.get('/people')).body.items).toHaveLength(5);
  await own.close();
});

test('two first starts at once make one demo', async () => {
  const twin = await openTest({ empty: true });
  const told = await Promise.all([prepareDemo(twin.installation), prepareDemo(twin.installation)]);
  expect(told.filter(some => some.join('\n').includes('printed at the first start'))).toHaveLength(1);
  const { rows } = await twin.installation.databases.pool.query('select count(*) from workspace_directory');
  expect(Number(rows[0].count)).toBe(1);
  await twin.close();
});

test('a rep’s day begins with tasks of his own, late and due', async () => {
  const rep = t.client();
  await rep.signIn('rep@demo.test', 'plain-8x');
  const { tasks } = (await rep.get('/today')).body;
  expect(tasks.items.length).toBeGreaterThan(2);
  expect((await rep.get('/tasks?owner=me')).body.items.length).toBeGreaterThan(tasks.items.length);
});

test('reach: a rep sees own customers, the manager the team’s, administrator and auditor all', async () => {
  const count = async (who: string) => {
    const client = t.client();
    await client.signIn(`${who}@demo.test`, 'plain-8x');
    let total = 0;
    for (let next: string | null = ''; next !== null; ) {
      const page = await client.get(`/customers?limit=200${next ? `&after=${next}` : ''}`);
      total += page.body.items.length;
      next = page.body.next;
    }
    return total;
  };
  const [rep, rep2, manager, admin, auditor] = [
    await count('rep'),
    await count('rep2'),
    await count('manager'),
    await count('admin'),
    await count('auditor'),
  ];
  expect([rep, rep2, manager, admin, auditor]).toEqual([104, 86, 232, 304, 304]);
});

test('a customer has its contacts, a time line from the day it came, and its next follow-up', async () => {
  const client = t.client();
  await client.signIn('rep@demo.test', 'plain-8x');
  const { items } = (await client.get('/customers?limit=50&stage=negotiating&sort=nextFollowUpAt')).body;
  const [customer] = items;
  expect(customer.lastActivityAt).toBe(customer.updatedAt);
  expect(Math.abs(Date.parse(customer.nextFollowUpAt) - Date.now())).toBeLessThan(30 * 86_400_000);
  const people = (await client.get(`/contacts?customer=${customer.id}`)).body.items;
  expect(people.length).toBeGreaterThan(0);
  const line = (await client.get(`/customers/${customer.id}/timeline`)).body.items;
  expect(line.at(-1)).toMatchObject({
    kind: 'change',
    at: customer.createdAt,
    change: { action: 'customer.add' },
  });
  expect(line.filter((item: { kind: string }) => item.kind === 'activity').length).toBeGreaterThan(1);
  expect(line[0].activity.author.name).toBe(cast.rep.name);
});

test('customers have deals at every stage, told by moves up to today', async () => {
  const client = t.client();
  await client.signIn('manager@demo.test', 'plain-8x');
  const { stages } = (await client.get('/deals/board')).body;
  expect(stages.map((stage: { count: number }) => stage.count > 3)).toEqual(stages.map(() => true));
  const twoYearsAgo = new Date(Date.now() - 730 * 86_400_000).toISOString();
  const { body } = await client.get(`/deals/funnel?from=${twoYearsAgo}`);
  const [first, , , , won] = body.stages;
  expect(first.entered).toBeGreaterThan(won.entered);
  expect(body.forecast.length).toBeGreaterThan(3);
  const [deal] = (await client.get('/deals?state=won&limit=1')).body.items;
  const moves = (await client.get(`/deals/${deal.id}/moves`)).body.items;
  expect(moves[0].at).toBe(deal.stageSince);
  expect(moves.at(-1)).toMatchObject({ from: null, at: deal.createdAt });
  const history = (await client.get(`/deals/${deal.id}/history`)).body.items;
  expect(history).toHaveLength(moves.length);
});

test('the journal tells of the filling in sum and stays whole', async () => {
  const client = t.client();
  await client.signIn('auditor@demo.test', 'plain-8x');
  const [entry] = (await client.get('/audit?action=demo.fill')).body.items;
  expect(entry.details).toMatchObject({ customers: 304, people: keys.length });
  const { rows } = await t.installation.databases.pool.query('select workspace_id from workspace_directory');
  const world = worldOf(t.installation, rows[0].workspace_id);
  while ((await audit.seal(world)) > 0);
  expect((await audit.verify(world)).kind).toBe('intact');
});

test('what was won has a quote and an order with products, and payments have come or are overdue', async () => {
  const client = t.client();
  await client.signIn('manager@demo.test', 'plain-8x');
  const [quotes, won] = [
    (await client.get('/orders?kind=quote&limit=200')).body.items,
    (await client.get('/orders?kind=order&limit=200')).body.items,
  ];
  expect(Math.min(quotes.length, won.length)).toBeGreaterThan(30);
  expect(new Set([...quotes, ...won].map(one => one.status)).size).toBeGreaterThan(5);
  for (const order of won) {
    expect(order.quote.name).toMatch(/^Q-\d{4}-\d{5}$/);
    expect(order.net + order.tax).toBe(order.total);
    const open = order.instalments.reduce((sum: number, one: { open: number }) => sum + one.open, 0);
    expect(open).toBe(order.total - order.paid);
  }
  const sums = (await client.get('/orders/outstanding')).body.items;
  expect(sums.map((one: { currency: string }) => one.currency)).toEqual(['CNY', 'USD']);
  expect(sums[0].overdue).toBeGreaterThan(0);
  const added = await client.post('/orders', { customerId: won[0].customer.id });
  expect(added.status).toBe(201);
});

test('who sells finds work and words waiting on the first morning, and no letters of old', async () => {
  const client = t.client();
  await client.signIn('rep@demo.test', 'plain-8x');
  const inbox = (await client.get('/inbox')).body;
  expect(inbox.items.length).toBeGreaterThan(2);
  expect(inbox.items.filter((one: { readAt: string | null }) => one.readAt === null).length).toBe(2);
  const [first] = inbox.items;
  const comments = (await client.get(`/comments?object=deal&id=${first.object.id}`)).body.items;
  expect(comments[0].mentions).toEqual([{ id: expect.any(String), name: cast.rep.name }]);
  const tasks = (await client.get('/tasks?owner=me')).body.items;
  expect(tasks.length).toBeGreaterThan(3);
  await client.signIn('admin@demo.test', 'plain-8x');
  const letters = (await client.get('/outbox?to=rep@demo.test')).body.items;
  expect(letters.map((one: { template: string }) => one.template)).not.toContain('notice');
  const teams = (await client.get('/teams')).body.items;
  expect(
    teams.some((team: { manager: { name: string } | null }) => team.manager?.name === cast.manager.name),
  ).toBe(true);
});
