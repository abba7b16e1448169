// The demo, as the person who starts it meets it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTest, type Test } from '../testing/harness.ts';
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
    (await t.client().post('/session', { name: 'rep@demo.test', password: 'manager-manager' })).status,
  ).toBe(401);
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
