// The journal names what an entry is about even where the name is no part of the change, so that it can be read.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let administrator: Client;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
});
afterAll(() => test.close());

async function namesIn(action: string): Promise<unknown[]> {
  const { body } = await administrator.get(`/audit?action=${action}`);
  return body.items.map((entry: { details: Record<string, unknown> | null }) => entry.details);
}

it('names the record of a change, a removal and a restoration', async () => {
  const customer = (await administrator.post('/customers', { name: '海蓝家居' })).body;
  const contact = (await administrator.post('/contacts', { name: '李雷', customerId: customer.id })).body;
  const activity = (
    await administrator.post('/activities', { customerId: customer.id, kind: 'call', body: '报价' })
  ).body;
  const records = [
    ['customer', `/customers/${customer.id}`, { city: '宁波' }, { name: '海蓝家居' }],
    ['contact', `/contacts/${contact.id}`, { title: '采购' }, { name: '李雷' }],
    ['activity', `/activities/${activity.id}`, { body: '再报价' }, { customerName: '海蓝家居' }],
  ] as const;
  for (const [room, path, patch, named] of records) {
    expect((await administrator.patch(path, patch)).status).toBe(200);
    expect((await administrator.delete(path)).status).toBe(204);
    expect((await administrator.post(`${path}/restore`, {})).status).toBe(200);
    for (const act of ['change', 'remove', 'restore'])
      expect(await namesIn(`${room}.${act}`)).toContainEqual(expect.objectContaining(named));
  }
});
