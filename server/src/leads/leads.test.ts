// Leads through HTTP: whose they are, how they are found, what is logged with them, and who may ask whether one is taken.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let manager: Client;
let auditor: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, manager, auditor] = [
    await test.as('rep'),
    await test.as('rep2'),
    await test.as('manager'),
    await test.as('auditor'),
  ];
});
afterAll(() => test.close());

const names = (items: { name: string }[]) => items.map(item => item.name).sort();

it('reach as far as those of customers do, in lists, one by one and in bulk', async () => {
  const mine = await rep.post('/leads', { name: '刘晓彤', company: '海曙贸易', phone: '138 0000 1212' });
  expect(mine.status).toBe(201);
  const theirs = (await rep2.post('/leads', { name: 'Someone else' })).body.id;
  expect(names((await rep.get('/leads')).body.items)).toEqual(['刘晓彤']);
  expect(names((await manager.get('/leads')).body.items)).toEqual(['刘晓彤']);
  expect(names((await auditor.get('/leads')).body.items)).toEqual(['Someone else', '刘晓彤']);
  expect((await rep.get(`/leads/${theirs}`)).status).toBe(404);
  expect((await auditor.post('/leads', { name: 'No' })).status).toBe(403);
  const bulk = await rep.post('/leads/bulk', { ids: [mine.body.id, theirs], patch: { source: '展会' } });
  expect(bulk.body).toEqual({ changed: 1, missing: [theirs] });
  expect((await rep.get(`/leads/${mine.body.id}`)).body).toMatchObject({ source: '展会', version: 2 });
});

it.each([
  ['two characters of the person', '晓彤'],
  ['two characters of the company', '海曙'],
  ['four digits of the phone', '1212'],
  ['one character that the name begins with', '刘'],
])('L40 are found by %s', async (_, q) => {
  expect(names((await rep.get(`/leads?q=${encodeURIComponent(q)}`)).body.items)).toEqual(['刘晓彤']);
  expect((await rep2.get(`/leads?q=${encodeURIComponent(q)}`)).body.items).toEqual([]);
});

it('need a reason to be unqualified, and lose it when they are taken up again', async () => {
  const { id } = (await rep.post('/leads', { name: 'Kim' })).body;
  const bare = await rep.patch(`/leads/${id}`, { status: 'unqualified' });
  expect([bare.status, bare.body.faults[0].path]).toEqual([422, 'unqualifiedReason']);
  expect((await rep.patch(`/leads/${id}`, { unqualifiedReason: 'no-need' })).status).toBe(422);
  const put = { status: 'unqualified', unqualifiedReason: 'no-budget', unqualifiedRemark: 'Next year' };
  expect((await rep.patch(`/leads/${id}`, put)).body).toMatchObject(put);
  const again = (await rep.patch(`/leads/${id}`, { status: 'contacted' })).body;
  expect(again).toMatchObject({ status: 'contacted', unqualifiedReason: null, unqualifiedRemark: null });
  expect((await rep.patch(`/leads/${id}`, { status: 'converted' })).status).toBe(422);
});

it('keep what was done with them: a call makes a new one contacted and moves the next follow-up', async () => {
  const { id } = (await rep.post('/leads', { name: 'Wu Lin' })).body;
  const nextAt = new Date(test.world.now() + 86_400_000).toISOString();
  const note = await rep.post('/activities', { leadId: id, kind: 'note', body: 'Found at the fair' });
  expect([note.status, note.body.lead, note.body.customer]).toEqual([201, { id, name: 'Wu Lin' }, null]);
  expect((await rep.get(`/leads/${id}`)).body.status).toBe('new');
  await rep.post('/activities', { leadId: id, kind: 'call', body: 'Wants a quote', nextAt });
  expect((await rep.get(`/leads/${id}`)).body).toMatchObject({ status: 'contacted', nextFollowUpAt: nextAt });
  const { items } = (await rep.get(`/leads/${id}/timeline`)).body;
  expect(items.filter((item: { kind: string }) => item.kind === 'activity')).toHaveLength(2);
  expect((await rep2.get(`/leads/${id}/timeline`)).status).toBe(404);
  expect((await rep2.post('/activities', { leadId: id, kind: 'call', body: 'Mine now' })).status).toBe(422);
  expect((await rep.post('/activities', { kind: 'call', body: 'With whom?' })).status).toBe(422);
  const logged = items[0].activity ?? items[1].activity;
  expect((await rep.patch(`/activities/${logged.id}`, { body: 'Wants two quotes' })).status).toBe(200);
});

it('go into the bin with their activities and come back with them', async () => {
  const { id } = (await rep.post('/leads', { name: 'Binned' })).body;
  const { id: call } = (await rep.post('/activities', { leadId: id, kind: 'call', body: 'Hello' })).body;
  expect((await rep.delete(`/leads/${id}`)).status).toBe(204);
  expect((await rep.get(`/activities/${call}`)).status).toBe(404);
  expect(names((await rep.get('/leads?deleted=true')).body.items)).toEqual(['Binned']);
  expect((await rep.post(`/leads/${id}/restore`, {})).status).toBe(200);
  expect((await rep.get(`/activities/${call}`)).status).toBe(200);
});

it('L43 “is it taken?” tells whose a customer or lead is and nothing else', async () => {
  await rep.post('/customers', { name: '青松科技有限公司' });
  await rep.post('/leads', { name: 'Ann Lee', company: 'Blue Harbor Ltd', email: 'ann@blueharbor.example' });
  const ask = async (query: string) => (await rep2.get(`/leads/duplicates?${query}`)).body;
  const owner = { name: 'rep person' };
  expect(await ask(`company=${encodeURIComponent('青松科技')}`)).toEqual({ taken: 'customer', owner });
  expect(await ask('company=BLUE+HARBOR')).toEqual({ taken: 'lead', owner });
  expect(await ask('email=ann@blueharbor.example')).toEqual({ taken: 'lead', owner });
  expect(await ask('email=nobody@blueharbor.example')).toEqual({ taken: 'no', owner: null });
});

it('tell both versions when two change one at the same time', async () => {
  const { id } = (await rep.post('/leads', { name: 'Twice' })).body;
  await rep.patch(`/leads/${id}`, { city: 'Ningbo' });
  const late = await rep.send(`PATCH /leads/${id}`, {
    body: { city: 'Hangzhou' },
    headers: { 'if-match': '"v1"' },
  });
  expect([late.status, late.body.current.city, late.body.yours.city]).toEqual([412, 'Ningbo', 'Hangzhou']);
  const history = (await rep.get(`/leads/${id}/history`)).body.items;
  expect(history.map((entry: { action: string }) => entry.action)).toEqual(['lead.change', 'lead.add']);
});
