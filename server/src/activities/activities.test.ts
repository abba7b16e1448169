// Activities through HTTP: what they leave on their customer, the time line, conflicts, the bin.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client, Reply } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let auditor: Client;
let administrator: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2] = [await test.as('rep'), await test.as('rep2')];
  [auditor, administrator] = [await test.as('auditor'), await test.as('administrator')];
});
afterAll(() => test.close());

const customer = async (by: Client, more: object = {}) =>
  `${(await by.post('/customers', { name: 'Acme', ...more })).body.id}`;
const note = (customerId: string, more: object = {}) => ({
  customerId,
  kind: 'note',
  body: 'said hello',
  ...more,
});

describe('an activity', () => {
  it('is kept with its author and contact, whatever else is sent', async () => {
    const customerId = await customer(rep);
    const contact = (await rep.post('/contacts', { name: '王小明', customerId })).body;
    const sent = {
      customerId,
      contactId: contact.id,
      kind: 'call',
      body: '谈了价格\nsecond line',
      at: '2026-03-01T10:00:00+08:00',
      nextStep: 'send the offer',
      nextAt: '2031-03-05T01:00:00Z',
    };
    const added = await rep.post('/activities', sent);
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe(`/api/v1/activities/${added.body.id}`);
    expect(added.body).toMatchObject({
      customer: { id: customerId, name: 'Acme' },
      contact: { id: contact.id, name: '王小明' },
      kind: 'call',
      body: '谈了价格\nsecond line',
      at: '2026-03-01T02:00:00.000Z',
      author: { id: test.people.rep, name: 'rep person' },
      nextStep: 'send the offer',
      nextAt: '2031-03-05T01:00:00.000Z',
      version: 1,
    });
    expect((await rep.get(`/activities/${added.body.id}`)).body).toEqual(added.body);
    for (const field of ['authorId', 'author', 'id', 'ownerId', 'version', 'createdAt', 'workspaceId'])
      expect((await rep.post('/activities', note(customerId, { [field]: test.people.rep2 }))).status).toBe(
        422,
      );
    const moved = await rep.patch(`/activities/${added.body.id}`, { customerId: await customer(rep) });
    expect(moved.status).toBe(422);
  });

  it('wants a contact of that very customer', async () => {
    const customerId = await customer(rep);
    const elsewhere = (await rep.post('/contacts', { name: 'Else', customerId: await customer(rep) })).body;
    const added = await rep.post('/activities', note(customerId, { contactId: elsewhere.id }));
    expect(added.body).toMatchObject({ code: 'invalid', faults: [{ path: 'contactId' }] });
  });

  it('moves the last activity and the next follow-up of its customer, on record', async () => {
    const customerId = await customer(rep);
    const read = async () => (await rep.get(`/customers/${customerId}`)).body;
    await rep.post(
      '/activities',
      note(customerId, { at: '2026-02-01T00:00:00Z', nextAt: '2026-02-08T00:00:00Z' }),
    );
    expect(await read()).toMatchObject({
      lastActivityAt: '2026-02-01T00:00:00.000Z',
      nextFollowUpAt: '2026-02-08T00:00:00.000Z',
      version: 2,
    });
    // Earlier than the last one: the last stays.
    await rep.post('/activities', note(customerId, { at: '2026-01-01T00:00:00Z' }));
    expect(await read()).toMatchObject({
      lastActivityAt: '2026-02-01T00:00:00.000Z',
      nextFollowUpAt: '2026-02-08T00:00:00.000Z',
      version: 2,
    });
    // Done when it was due, without planning another.
    const done = await rep.post('/activities', note(customerId, { at: '2026-02-09T00:00:00Z' }));
    expect(await read()).toMatchObject({ lastActivityAt: '2026-02-09T00:00:00.000Z', nextFollowUpAt: null });
    const { items } = (await rep.get(`/customers/${customerId}/history`)).body;
    expect(items[0]?.changes).toEqual([
      { field: 'nextFollowUpAt', before: '2026-02-08T00:00:00.000Z', after: null },
    ]);
    await rep.delete(`/activities/${done.body.id}`);
    expect(await read()).toMatchObject({ lastActivityAt: '2026-02-01T00:00:00.000Z' });
    await rep.post(`/activities/${done.body.id}/restore`);
    expect(await read()).toMatchObject({ lastActivityAt: '2026-02-09T00:00:00.000Z' });
    await rep.patch(`/activities/${done.body.id}`, {
      at: '2026-02-10T00:00:00Z',
      nextAt: '2030-01-01T00:00:00Z',
    });
    expect(await read()).toMatchObject({
      lastActivityAt: '2026-02-10T00:00:00.000Z',
      nextFollowUpAt: '2030-01-01T00:00:00.000Z',
    });
    await rep.post('/activities', note(customerId, { nextAt: null }));
    expect(await read()).toMatchObject({ nextFollowUpAt: null });
  });

  it('counts every one of twenty recorded at once', async () => {
    const customerId = await customer(rep);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? rep : administrator).post(
          '/activities',
          note(customerId, { at: `2026-01-${String(i + 1).padStart(2, '0')}T00:00:00Z` }),
        ),
      ),
    );
    expect(replies.every(reply => reply.status === 201)).toBe(true);
    expect((await rep.get(`/customers/${customerId}`)).body.lastActivityAt).toBe('2026-01-20T00:00:00.000Z');
    expect((await rep.get(`/activities?customer=${customerId}`)).body.items).toHaveLength(20);
  });

  it('shows both versions to the second of two editors', async () => {
    const { id } = (await rep.post('/activities', note(await customer(rep)))).body;
    const headers = { 'if-match': '"v1"' };
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        rep.patch(`/activities/${id}`, { body: `writer ${i}` }, { headers }),
      ),
    );
    expect(all.map(reply => reply.status).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
    const winner = all.find(reply => reply.status === 200) as Reply;
    const loser = all.find(reply => reply.status === 412) as Reply;
    expect(loser.body).toMatchObject({ current: { body: `${winner.body.body}`, version: 2 } });
    expect(loser.body.yours).not.toEqual({ body: `${winner.body.body}` });
    expect((await rep.get(`/activities/${id}/history`)).body.items).toHaveLength(2);
  });
});

describe('reach', () => {
  it('follows the customer in every verb', async () => {
    const customerId = await customer(rep2);
    const { id } = (await rep2.post('/activities', note(customerId))).body;
    expect((await rep.post('/activities', note(customerId))).status).toBe(422);
    expect((await rep.get(`/activities?customer=${customerId}`)).body.items).toEqual([]);
    const statuses = [
      await rep.get(`/activities/${id}`),
      await rep.patch(`/activities/${id}`, { body: 'x' }),
      await rep.delete(`/activities/${id}`),
      await rep.post(`/activities/${id}/restore`),
      await rep.get(`/activities/${id}/history`),
      await rep.get(`/customers/${customerId}/timeline`),
    ].map(reply => reply.status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await auditor.get(`/activities/${id}`)).status).toBe(200);
    expect((await auditor.delete(`/activities/${id}`)).status).toBe(403);
    expect((await auditor.post('/activities', note(customerId))).status).toBe(403);

    await administrator.patch(`/customers/${customerId}`, { ownerId: test.people.rep });
    expect((await rep.get(`/activities/${id}`)).status).toBe(200);
    expect((await rep2.get(`/activities/${id}`)).status).toBe(404);
    expect((await rep2.get(`/activities?author=me&customer=${customerId}`)).body.items).toEqual([]);
  });

  it('goes into the bin with the customer and comes back with him', async () => {
    const customerId = await customer(rep);
    const { id } = (await rep.post('/activities', note(customerId))).body;
    await rep.delete(`/customers/${customerId}`);
    expect((await rep.get(`/activities/${id}`)).status).toBe(404);
    expect((await rep.post(`/activities/${id}/restore`)).status).toBe(404);
    await rep.post(`/customers/${customerId}/restore`);
    expect((await rep.get(`/activities/${id}`)).status).toBe(200);
  });
});

describe('lists', () => {
  it('give every activity once, page by page, under equal times, both ways', async () => {
    const customerId = await customer(rep);
    for (let i = 0; i < 23; i++)
      await rep.post(
        '/activities',
        note(customerId, { body: `${i}`, at: `2026-01-0${1 + (i % 3)}T00:00:00Z` }),
      );
    for (const sort of ['-at', 'at']) {
      const seen: string[] = [];
      let after = '';
      do {
        const page = (await rep.get(`/activities?customer=${customerId}&limit=5&sort=${sort}${after}`)).body;
        seen.push(...(page.items as unknown as { body: string }[]).map(item => item.body));
        after = page.next === null ? '' : `&after=${page.next}`;
      } while (after);
      expect(seen).toHaveLength(23);
      expect(new Set(seen).size).toBe(23);
    }
  });

  it('filter by kind, author and time', async () => {
    const customerId = await customer(rep);
    const add = (kind: string, at: string, by = rep) =>
      by.post('/activities', note(customerId, { kind, at }));
    await add('call', '2026-01-01T00:00:00Z');
    await add('visit', '2026-01-02T00:00:00Z');
    await add('note', '2026-01-03T00:00:00Z', administrator);
    const count = async (query: string) =>
      ((await rep.get(`/activities?customer=${customerId}&${query}`)).body.items as unknown as []).length;
    expect(await count('kind=call')).toBe(1);
    expect(await count('kind=call,visit')).toBe(2);
    expect(await count('author=me')).toBe(2);
    expect(await count(`author=${test.people.administrator}`)).toBe(1);
    expect(await count('from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z')).toBe(1);
    expect((await rep.get('/activities?kind=call,nonsense')).status).toBe(422);
    expect((await rep.get('/activities?after=nonsense')).status).toBe(422);
    expect((await rep.get('/activities?colour=red')).status).toBe(422);
  });
});

it('a time line merges activities and changes, newest first, page by page', async () => {
  test.turn(1_000);
  const customerId = await customer(rep);
  for (let i = 0; i < 4; i++) {
    test.turn(1_000);
    await rep.post(
      '/activities',
      note(customerId, { body: `activity ${i}`, nextAt: '2033-01-01T00:00:00Z' }),
    );
    test.turn(1_000);
    await rep.patch(`/customers/${customerId}`, { remark: `change ${i}` });
  }
  await rep.post('/activities', note(customerId, { body: 'long ago', at: '2020-01-01T00:00:00Z' }));
  type Item = {
    kind: string;
    at: string;
    activity?: { body: string };
    change?: { action: string; changes: { after: unknown }[] };
  };
  const seen: Item[] = [];
  let after = '';
  do {
    const page = (await rep.get(`/customers/${customerId}/timeline?limit=3${after}`)).body;
    seen.push(...(page.items as unknown as Item[]));
    after = page.next === null ? '' : `&after=${page.next}`;
  } while (after);
  const told = seen.map(item => item.activity?.body ?? item.change?.changes[0]?.after);
  expect(told).toEqual([
    'change 3',
    'activity 3',
    'change 2',
    'activity 2',
    'change 1',
    'activity 1',
    'change 0',
    'activity 0',
    'Acme',
    'long ago',
  ]);
  expect((await rep.get(`/customers/${customerId}/timeline?after=x`)).status).toBe(422);
});
