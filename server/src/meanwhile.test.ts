// Two people with one record open, of every kind: one is first, and the other is shown both versions and loses nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
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
