// Own fields of every kind of record, and fields that point elsewhere: to files, records and people.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runner, upload } from '../imports/uploading.fixture.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
let rep: Client;
let rep2: Client;
let customerId: string;

type Reply = { status: number; text: string; body: Record<string, unknown> };
const made = async (reply: Promise<Reply>): Promise<string> => {
  const { status, text, body } = await reply;
  if (status !== 201) throw new Error(`${status} ${text}`);
  return String(body.id);
};
const field = (body: object) => made(admin.post('/custom-fields', body));
const asked = (custom: unknown) => `custom=${encodeURIComponent(JSON.stringify(custom))}`;
const faults = (reply: { body: { faults?: { path: string }[] } }) =>
  (reply.body.faults ?? []).map(fault => fault.path);
async function exported(by: Client, object: string, custom: unknown, language = 'en') {
  const filters = { custom: JSON.stringify(custom) };
  const reply = await by.post('/exports', { object, format: 'csv', filters, language });
  return reply.status === 201 ? (await by.get(`/${reply.body.href}`)).text : reply.status;
}
const pdf = new Uint8Array(Buffer.from('%PDF-1.7\n'));
const attach = (by: Client, id: string, name = 'a.pdf') =>
  made(
    by.send(`POST /files?object=customer&objectId=${id}&name=${name}`, {
      raw: pdf,
      headers: { 'content-type': 'application/octet-stream' },
    }),
  );

beforeAll(async () => {
  test = await openTest();
  [admin, rep, rep2] = [await test.as('administrator'), await test.as('rep'), await test.as('rep2')];
  customerId = await made(rep.post('/customers', { name: '华腾' }));
});
afterAll(() => test.close());

const objects = [
  { object: 'lead', path: '/leads', body: () => ({ name: 'x' }) },
  { object: 'order', path: '/orders', body: () => ({ title: 'x', customerId }) },
  { object: 'product', path: '/products', body: () => ({ name: 'x', code: `c${Math.random()}` }) },
  { object: 'task', path: '/tasks', body: () => ({ title: 'x' }) },
];

it.each(objects)('of a $object are filled in, asked by, told, exported and put back', async one => {
  const { object, path, body } = one;
  await field({ object, label: '数量', labelOther: 'Size', key: 'size', kind: 'number' });
  const required = await field({ object, label: '批次', key: 'lot', kind: 'text', required: true });
  const hand = object === 'product' ? admin : rep;
  expect(faults(await hand.post(path, body()))).toEqual(['custom.lot']);
  const ids: string[] = [];
  for (const size of [5, -2, 30])
    ids.push(await made(hand.post(path, { ...body(), custom: { size, lot: `L${size}` } })));
  const [first, second, third] = ids;
  const listed = async (query: string) => {
    const reply = await hand.get(`${path}?${query}`);
    return reply.status === 200
      ? reply.body.items.map((item: { id: string }) => item.id)
      : [reply.status, ...faults(reply)];
  };
  // Numbers are numbers however they are written, in a list of them as well.
  expect(await listed(asked({ size: '5.0' }))).toEqual([first]);
  expect(await listed(`${asked({ size: ['5.0', 30] })}&sort=custom.size`)).toEqual([first, third]);
  expect(await listed(`${asked({ size: { from: '-2.50', to: 6 } })}&sort=-custom.size`)).toEqual([
    first,
    second,
  ]);
  expect(await listed(asked({ lot: 'L30' }))).toEqual([third]);
  for (const wrong of [{ size: 'many' }, { size: { to: 'many' } }, { nothing: 1 }])
    expect(await listed(asked(wrong))).toEqual([422, 'query.custom']);
  const changed = await hand.patch(`${path}/${first}`, { custom: { size: 6 } });
  expect([changed.status, changed.body.custom]).toEqual([200, { size: 6, lot: 'L5' }]);
  expect(faults(await hand.patch(`${path}/${first}`, { custom: { size: 'x' } }))).toEqual(['custom.size']);
  const { items } = (await hand.get(`${path}/${first}/history`)).body;
  expect(items[0].changes).toEqual([{ field: 'custom.size', before: 5, after: 6 }]);
  expect(items[1].changes).toContainEqual({ field: 'custom.lot', before: null, after: 'L5' });
  for (const [language, heading] of [
    ['en', 'Size'],
    ['zh-CN', '数量'],
  ])
    expect(await exported(hand, object, { size: 6 }, language)).toMatch(new RegExp(`${heading}.*\\r\\n.*6`));
  expect(await exported(hand, object, { nothing: 6 })).toBe(422);
  const fields = { [object]: { 'custom.size': 'hidden' } };
  await admin.put('/roles/rep', { rules: {}, fields, reason: 'Not theirs' });
  expect((await rep.get(`${path}/${first}`)).body.custom).toEqual({ lot: 'L5' });
  expect((await rep.get(`${path}?${asked({ size: 6 })}`)).status).toBe(422);
  expect((await rep.get(`${path}?sort=custom.size`)).status).toBe(422);
  expect(await exported(rep, object, { size: 6 })).toBe(422);
  await admin.delete('/roles/rep');
  await admin.patch(`/custom-fields/${required}`, { required: false });
});

it('of a quote go over to its order, those of a task to the next one of its series', async () => {
  const line = { name: 'x', unitPrice: 1 };
  const custom = { size: 7 };
  const quote = await made(rep.post('/orders', { kind: 'quote', customerId, lines: [line], custom }));
  await rep.post(`/orders/${quote}/status`, { status: 'sent' });
  const order = await rep.post(`/orders/${quote}/order`);
  expect([order.status, order.body.custom]).toEqual([201, { size: 7 }]);
  const repeat = { every: 'day' };
  const task = await made(rep.post('/tasks', { title: 'x', dueOn: '2026-12-01', repeat, custom }));
  expect((await rep.post(`/tasks/${task}/done`)).body.next.custom).toEqual({ size: 7 });
});

describe('a field that points elsewhere', () => {
  it('takes records within reach only, and names them to whoever may read them', async () => {
    for (const wrong of [{}, { target: 'task' }])
      expect(
        (await admin.post('/custom-fields', { object: 'deal', label: 'Via', kind: 'record', ...wrong }))
          .status,
      ).toBe(422);
    await field({ object: 'customer', label: 'Partner', key: 'partner', kind: 'record', target: 'customer' });
    const theirs = await made(rep2.post('/customers', { name: 'Theirs' }));
    const set = (id: string, by = rep) =>
      by.patch(`/customers/${customerId}`, { custom: { partner: id, person: null } });
    await field({ object: 'customer', label: 'Adviser', key: 'person', kind: 'person' });
    for (const id of [theirs, test.people.rep, 'x'])
      expect(faults(await set(id)), id).toEqual(['custom.partner']);
    expect((await set(theirs, admin)).body.custom).toEqual({ partner: theirs });
    // What an administrator has set stays when others change something else.
    expect((await rep.patch(`/customers/${customerId}`, { city: 'Ningbo' })).body.custom).toEqual({
      partner: theirs,
    });
    const named = async (by: Client) =>
      (await by.get(`/custom-fields/names?refs=customer.${theirs},customer.${customerId},order.${theirs}`))
        .body.items;
    expect(await named(rep)).toEqual([{ ref: `customer.${customerId}`, name: '华腾' }]);
    expect(await named(rep2)).toEqual([{ ref: `customer.${theirs}`, name: 'Theirs' }]);
    expect((await rep.get('/custom-fields/names?refs=person.x')).status).toBe(422);
    await rep.patch(`/customers/${customerId}`, { custom: { person: test.people.rep } });
    const file = async (by: Client) => (await by.get('/exports/customer.csv?city=Ningbo')).text;
    expect(await file(admin)).toMatch(/Theirs,rep person/);
    expect(await file(rep)).toMatch(/,,rep person/);
    expect((await rep.get(`/customers?${asked({ partner: theirs })}`)).body.items).toHaveLength(1);
    expect((await rep.get('/customers?sort=custom.partner')).status).toBe(422);
  });

  it('is brought in by the id from elsewhere, by a name that is one record’s alone, or comes back with the reason', async () => {
    const run = runner(test);
    const target = { object: 'customer', kind: 'record', target: 'product' };
    await field({ ...target, label: 'Favourite', key: 'favourite' });
    const lamp = await made(admin.post('/products', { name: 'Ceiling lamp', code: 'CL-1' }));
    for (const name of ['Twin', 'Twin', 'Upstream']) await made(rep.post('/customers', { name }));
    const mapping = { Name: 'name', Old: 'foreignId' };
    const first = await run(rep, 'Name,Old\nOf old,EXT-7\n', { mapping });
    expect(first.body).toMatchObject({ created: 1 });
    const rows = [
      'Name,Partner,Favourite',
      'By id,EXT-7,',
      'By name, upStream ,CL-1',
      'Out of reach,Theirs,',
      'Of two,Twin,',
      'No such,Nowhere,Ceiling lamp',
    ];
    const { body } = await run(rep, rows.join('\n'));
    expect(body).toMatchObject({ created: 2, failed: 3 });
    const found = async (name: string) =>
      (await rep.get(`/customers?q=${encodeURIComponent(name)}`)).body.items[0];
    const [old, up] = [(await found('Of old')).id, (await found('Upstream')).id];
    expect((await found('By id')).custom).toEqual({ partner: old });
    expect((await found('By name')).custom).toEqual({ partner: up, favourite: lamp });
    const told = (await rep.get(`/imports/${body.id}/faults.csv?language=en`)).text;
    expect(told.match(/no record of that name|Several records have that name/g)).toHaveLength(3);
    expect((await rep.get(`/imports/${body.id}/faults`)).body.items).toMatchObject([
      { faults: [{ column: 'Partner', code: 'link-unknown', value: 'Theirs' }] },
      { faults: [{ column: 'Partner', code: 'link-ambiguous', value: 'Twin' }] },
      { faults: [{ column: 'Partner', code: 'link-unknown', value: 'Nowhere' }] },
    ]);
    // The page learns from the preview what columns may become: all but attached files.
    await field({ object: 'customer', label: 'Scan', key: 'scan', kind: 'file' });
    const { fields, placed } = (await upload(rep, 'Name\nAny\n')).body;
    expect(fields).toContainEqual({
      field: 'custom.partner',
      label: 'Partner',
      need: 'free',
      several: false,
    });
    expect([fields[0].need, placed, JSON.stringify(fields).includes('custom.scan')]).toEqual([
      'needed',
      false,
      false,
    ]);
    const over = await run(rep, 'Name,Partner\nBy name,EXT-7\n', { options: { duplicates: 'update' } });
    expect(over.body).toMatchObject({ updated: 1 });
    expect((await found('By name')).custom).toEqual({ partner: old, favourite: lamp });
    await rep.post(`/imports/${over.body.id}/undo`);
    await test.jobs.settle();
    expect((await found('By name')).custom).toEqual({ partner: up, favourite: lamp });
  });

  it('takes files that are attached to the record itself', async () => {
    const input = { label: 'Contract', key: 'contract', kind: 'file' };
    const needed = { ...input, object: 'customer', required: true };
    expect((await admin.post('/custom-fields', needed)).status).toBe(422);
    await field({ ...input, object: 'customer' });
    const other = await made(rep.post('/customers', { name: 'Other' }));
    const [own, foreign] = [await attach(rep, customerId, 'own.pdf'), await attach(rep, other)];
    const set = (id: string) => rep.patch(`/customers/${customerId}`, { custom: { contract: id } });
    expect(faults(await set(foreign))).toEqual(['custom.contract']);
    expect(faults(await rep.post('/customers', { name: 'New', custom: { contract: own } }))).toEqual([
      'custom.contract',
    ]);
    expect((await set(own)).body.custom.contract).toBe(own);
    const named = async (by: Client) => (await by.get(`/custom-fields/names?refs=file.${own}`)).body.items;
    expect([await named(rep), await named(rep2)]).toEqual([[{ ref: `file.${own}`, name: 'own.pdf' }], []]);
    await rep.delete(`/files/${own}`);
    expect(await named(rep)).toEqual([]);
  });
});

it('takes what a lead has along where it fits without doubt, and leaves what stands there', async () => {
  const both = { label: 'x', key: 'tier', kind: 'choice' };
  const choicesOf = async (id: string) => {
    const { items } = (await admin.get('/custom-fields')).body;
    return items.find((one: { id: string }) => one.id === id).choices;
  };
  const leadTier = await field({ ...both, object: 'lead', choices: [{ label: 'Gold' }, { label: 'Tin' }] });
  const tier = await field({ ...both, object: 'customer', choices: [{ label: 'None' }, { label: 'gold' }] });
  const [gold, tin] = await choicesOf(leadTier);
  const [, likeGold] = await choicesOf(tier);
  for (const [object, currency] of [
    ['lead', 'CNY'],
    ['customer', 'USD'],
    ['deal', 'CNY'],
  ])
    await field({ object, label: 'Budget', key: 'budget', kind: 'money', currency });
  await field({ object: 'customer', label: 'Lot', key: 'lot', kind: 'text' });
  await field({ object: 'contact', label: 'Needed', key: 'needed', kind: 'text', required: true });
  const convert = async (customer: object, custom: object) => {
    const id = await made(rep.post('/leads', { name: 'Lead', custom }));
    const deal = { title: 'Deal' };
    const { status, text, body } = await rep.post(`/leads/${id}/convert`, { customer, deal });
    if (status !== 200) throw new Error(text);
    const { converted } = body;
    return {
      customer: (await rep.get(`/customers/${converted.customer.id}`)).body.custom,
      deal: (await rep.get(`/deals/${converted.deal.id}`)).body.custom,
    };
  };
  expect(await convert({ name: 'Made' }, { tier: gold.id, budget: 900, lot: 'L1', size: 3 })).toEqual({
    customer: { tier: likeGold.id, lot: 'L1' },
    deal: { budget: 900 },
  });
  const there = await made(rep.post('/customers', { name: 'There', custom: { lot: 'stays' } }));
  expect((await convert({ id: there }, { tier: tin.id, lot: 'L2' })).customer).toEqual({ lot: 'stays' });
});

it('says so where an object has all the indexes for sorting that it may have, and sorts all the same', async () => {
  await sql`select index_custom_field('products', 'full' || i) from generate_series(1, 64) i`.execute(
    test.world.db,
  );
  const input = { object: 'product', label: 'Late', key: 'late', kind: 'number' };
  const late = await admin.post('/custom-fields', input);
  expect([late.status, late.body.indexed]).toEqual([201, false]);
  expect((await admin.get('/products?sort=custom.late')).status).toBe(200);
});
