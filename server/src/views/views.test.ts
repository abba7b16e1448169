// Views through HTTP: whose they are, who may use and change them, and that they show nobody more than he may see.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
let manager: Client;
let rep: Client;
let rep2: Client;

beforeAll(async () => {
  test = await openTest();
  [admin, manager, rep, rep2] = [
    await test.as('administrator'),
    await test.as('manager'),
    await test.as('rep'),
    await test.as('rep2'),
  ];
});
afterAll(() => test.close());

const view = (name: string, audience: string, more: object = {}) => ({
  object: 'customer',
  name,
  audience,
  filters: { stage: 'won', custom: '{"size":{"from":10}}' },
  sort: '-custom.size',
  columns: ['name', 'stage', 'custom.size'],
  ...more,
});
const names = async (by: Client) =>
  (await by.get('/views?object=customer')).body.items.map((one: { name: string }) => one.name);

it('are one’s own, the team’s or everybody’s', async () => {
  const own = await rep.post('/views', view('Mine', 'own'));
  expect(own.status, own.text).toBe(201);
  expect(own.body).toMatchObject({ ...view('Mine', 'own'), mayChange: true });
  await rep.post('/views', view('Our team', 'team'));
  await manager.post('/views', view('Everybody', 'all'));
  expect((await rep.post('/views', view('No', 'all'))).status).toBe(403);
  expect(await names(rep)).toEqual(['Everybody', 'Mine', 'Our team']);
  expect(await names(manager)).toEqual(['Everybody', 'Our team']);
  expect(await names(rep2)).toEqual(['Everybody']);
});

it('are changed and dropped by their owners, shared ones by administrators too', async () => {
  const own = (await rep.post('/views', view('Private', 'own'))).body.id;
  for (const other of [admin, manager, rep2]) {
    expect((await other.patch(`/views/${own}`, { name: 'Theirs' })).status).toBe(404);
    expect((await other.delete(`/views/${own}`)).status).toBe(404);
  }
  const shared = (await manager.post('/views', view('Shared', 'all'))).body.id;
  expect((await rep.patch(`/views/${shared}`, { name: 'Theirs' })).status).toBe(403);
  const changed = await admin.patch(`/views/${shared}`, { name: 'Ours', filters: {}, columns: null });
  expect(changed.body).toMatchObject({ name: 'Ours', filters: {}, columns: null, audience: 'all' });
  expect((await admin.delete(`/views/${shared}`)).status).toBe(204);
  expect((await rep.patch(`/views/${own}`, { audience: 'team' })).body.audience).toBe('team');
  expect(await names(manager)).toContain('Private');
});

it('L43 are not offered to somebody who may not ask by their fields', async () => {
  await manager.post('/views', view('By level', 'all', { filters: { level: 'A' } }));
  expect(await names(rep2)).toContain('By level');
  const { rules } = (await admin.get('/roles/rep')).body;
  const fields = { customer: { level: 'hidden', 'custom.size': 'hidden' } };
  const put = await admin.put('/roles/rep', { rules, fields, reason: 'Levels are for managers' });
  expect(put.status, put.text).toBe(200);
  expect(await names(rep2)).toEqual([]);
  expect(await names(manager)).toContain('By level');
});
