// Two people with one record open, of every kind: one is first, and the other is shown both versions and loses nothing.
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Client } from './testing/client.ts';
import { openTest, type Test } from './testing/harness.ts';

let test: Test;
let admin: Client;
let customerId: string;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  customerId = (await admin.post('/customers', { name: 'Of both' })).body.id;
});
afterAll(() => test.close());

it('nothing is left with a customer in the bin that was just being made with it', async () => {
  const id = (await admin.post('/customers', { name: 'Going' })).body.id;
  const dealId = (await admin.post('/deals', { title: 'Won', customerId: id })).body.id;
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  const waiting = (count: number) =>
    vi.waitUntil(async () => {
      // Within a transaction it would go on showing who was there when it was first asked.
      await owner.query('select pg_stat_clear_snapshot()');
      const { rows } = await owner.query(`select count(*)::int as count from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database()`);
      return rows[0].count >= count;
    }, 5_000);
  await owner.query('begin');
  await owner.query('select from customers where id = $1 for update', [id]);
  const going = admin.delete(`/customers/${id}`);
  await waiting(1);
  const making = [
    admin.post('/contacts', { name: 'Late', customerId: id }),
    admin.post('/deals', { title: 'Late', customerId: id }),
    admin.post('/orders', { title: 'Late', customerId: id }),
    admin.post('/activities', { kind: 'note', body: 'Late', customerId: id }),
    admin.post('/orders/from-deal', { dealId }),
  ];
  await waiting(4);
  await owner.query('commit');
  await owner.end();
  expect((await going).status).toBe(204);
  expect((await Promise.all(making)).map(reply => reply.status)).toEqual([422, 422, 422, 422, 422]);
  for (const path of ['contacts', 'deals', 'orders', 'activities'])
    expect((await admin.get(`/${path}?customer=${id}`)).body.items, path).toEqual([]);
});

it.each<[path: string, field: string, more: () => object]>([
  ['/customers', 'name', () => ({})],
  ['/contacts', 'name', () => ({ customerId })],
  ['/leads', 'name', () => ({})],
  ['/activities', 'body', () => ({ customerId, kind: 'note' })],
  ['/deals', 'title', () => ({ customerId })],
  ['/orders', 'title', () => ({ customerId })],
  ['/products', 'name', () => ({ code: 'M-1' })],
  ['/tasks', 'title', () => ({})],
])('at %s the second hears of the first, whatever they do at once', async (path, field, more) => {
  const other = await test.as('administrator');
  const made = await admin.post(path, { [field]: 'At first', ...more() });
  const at = `${path}/${made.body.id}`;
  const first = { headers: { 'if-match': made.headers.get('etag') ?? 'none' } };
  const words = ['Mine', 'Theirs'];
  const both = await Promise.all([admin, other].map((by, i) => by.patch(at, { [field]: words[i] }, first)));
  expect(both.map(reply => reply.status).sort()).toEqual([200, 412]);
  const late = both.findIndex(reply => reply.status === 412);
  const { current, yours } = both[late]?.body ?? {};
  expect([current[field], yours[field]]).toEqual([words[1 - late], words[late]]);
  expect(both[late]?.headers.get('etag')).toBe(`"v${current.version}"`);
  // Nor is a record binned, or brought back, that is not as it was seen.
  const gone = await other.delete(at, first);
  expect([gone.status, gone.body.current?.[field]]).toEqual([412, words[1 - late]]);
  expect((await admin.get(at)).body[field]).toBe(words[1 - late]);
  const again = await admin.patch(
    at,
    { [field]: 'Both' },
    { headers: { 'if-match': both[late]?.headers.get('etag') ?? '' } },
  );
  expect([again.status, again.body[field]]).toEqual([200, 'Both']);
});
