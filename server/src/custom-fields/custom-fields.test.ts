// Fields that a workspace adds: defined, filled in, listed by, kept from whoever may not have them.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runner } from '../imports/uploading.fixture.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { sortText } from './rules.ts';

let test: Test;
let admin: Client;
let rep: Client;
let segment = { id: '', choices: [] as { id: string; label: string }[] };

const faults = (reply: { body: { faults?: { path: string }[] } }) =>
  (reply.body.faults ?? []).map(fault => fault.path);
const add = (body: object) => admin.post('/custom-fields', { object: 'customer', ...body });

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  rep = await test.as('rep');
  await add({ label: 'Employees', kind: 'number' });
  const added = await add({
    label: '客户类型',
    key: 'segment',
    kind: 'choice',
    choices: [{ label: '经销商' }, { label: '直客' }],
  });
  segment = added.body;
  await add({ label: 'Signed on', kind: 'date' });
  await add({ label: 'Credit', kind: 'money', currency: 'USD' });
});
afterAll(() => test.close());

describe('a field', () => {
  it('is defined by an administrator only, and there for everybody at once', async () => {
    expect((await rep.post('/custom-fields', { object: 'customer', label: 'x', kind: 'text' })).status).toBe(
      403,
    );
    const { items } = (await rep.get('/custom-fields?object=customer')).body;
    expect(items.map((field: { key: string }) => field.key)).toEqual([
      'employees',
      'segment',
      'signed_on',
      'credit',
    ]);
    expect((await add({ label: 'Again', key: 'segment', kind: 'text' })).status).toBe(422);
    expect((await add({ label: 'None', kind: 'choice', choices: [] })).status).toBe(422);
    expect((await add({ label: 'x', key: 'a"; drop table customers; --', kind: 'text' })).status).toBe(422);
  });

  it('gets its key from its label, a number behind it where two are alike', async () => {
    const [first, second] = [
      await add({ label: '等级', kind: 'text' }),
      await add({ label: '评级', kind: 'text' }),
    ];
    expect([first.body.key, second.body.key]).toEqual(['field', 'field_2']);
    for (const { body } of [first, second])
      expect((await admin.patch(`/custom-fields/${body.id}`, { archived: true })).status).toBe(200);
    expect((await rep.post('/customers', { name: 'Late', custom: { field: 'x' } })).status).toBe(422);
  });

  it('keeps choices that were taken away for the records that hold them', async () => {
    const [dealer, direct] = segment.choices;
    const made = await rep.post('/customers', { name: 'Holds it', custom: { segment: dealer?.id } });
    const changed = await admin.patch(`/custom-fields/${segment.id}`, {
      choices: [{ ...direct, label: '直销' }, { label: '代理' }],
    });
    expect(changed.body.choices).toEqual([
      { id: direct?.id, label: '直销' },
      { id: 'o3', label: '代理' },
      { id: dealer?.id, label: '经销商', archived: true },
    ]);
    expect((await rep.get(`/customers/${made.body.id}`)).body.custom).toEqual({ segment: dealer?.id });
  });
});

describe('values', () => {
  it('are checked by kind, each fault at its field', async () => {
    const wrong = { employees: 'many', segment: 'o99', signed_on: '2026-02-30', credit: 1.5, nothing: 'x' };
    const reply = await rep.post('/customers', { name: 'Wrong', custom: wrong });
    expect(reply.status).toBe(422);
    expect(faults(reply).sort()).toEqual(
      Object.keys(wrong)
        .map(key => `custom.${key}`)
        .sort(),
    );
    for (const custom of [
      { employees: { $gt: 1 } },
      { employees: [1] },
      { __proto__: { x: 1 }, 'a.b': 1 },
      'x',
    ])
      expect((await rep.post('/customers', { name: 'Hostile', custom })).status).toBe(422);
  });

  it('change one by one, are in the history, and go by an empty one', async () => {
    const made = await rep.post('/customers', {
      name: 'Kept',
      custom: { employees: 12, signed_on: '2026-03-31' },
    });
    expect(made.status).toBe(201);
    const path = `/customers/${made.body.id}`;
    const changed = await rep.patch(path, { custom: { employees: 13 } });
    expect(changed.body.custom).toEqual({ employees: 13, signed_on: '2026-03-31' });
    expect((await rep.patch(path, { custom: { employees: 13 } })).body.version).toBe(changed.body.version);
    expect((await rep.patch(path, { custom: { signed_on: null } })).body.custom).toEqual({ employees: 13 });
    const { items } = (await rep.get(`${path}/history`)).body;
    expect(items[1].changes).toEqual([{ field: 'custom.employees', before: 12, after: 13 }]);
  });

  it('are asked for where they are required, and not of changes that leave them alone', async () => {
    const old = await rep.post('/contacts', { name: 'Before it was' });
    const field = await admin.post('/custom-fields', {
      object: 'contact',
      label: 'Origin',
      kind: 'text',
      required: true,
    });
    expect(faults(await rep.post('/contacts', { name: 'Without' }))).toEqual(['custom.origin']);
    const made = await rep.post('/contacts', { name: 'With', custom: { origin: 'Fair' } });
    expect(made.status).toBe(201);
    expect(faults(await rep.patch(`/contacts/${made.body.id}`, { custom: { origin: '' } }))).toEqual([
      'custom.origin',
    ]);
    expect((await rep.patch(`/contacts/${old.body.id}`, { remark: 'still works' })).status).toBe(200);
    // Who may not fill it in is not asked for it: else his role could make no record at all.
    const policy = { rules: {}, reason: 'Not theirs to fill in' };
    const rule = { contact: { [`custom.${field.body.key}`]: 'hidden' } };
    expect((await admin.put('/roles/rep', { ...policy, fields: rule })).status).toBe(200);
    expect((await rep.post('/contacts', { name: 'Without it' })).status).toBe(201);
    await admin.delete('/roles/rep');
    await admin.patch(`/custom-fields/${field.body.id}`, { required: false });
  });
});

describe('lists', () => {
  const names = (reply: { body: { items: { name: string }[] } }) => reply.body.items.map(item => item.name);
  const list = (custom: unknown, more = '') =>
    rep.get(
      `/customers?${custom === undefined ? '' : `custom=${encodeURIComponent(JSON.stringify(custom))}`}${more}`,
    );

  beforeAll(async () => {
    for (const [name, employees] of [
      ['甲', -5],
      ['乙', 0.5],
      ['丙', 30],
      ['丁', 200],
    ] as const)
      await rep.post('/customers', {
        name: `序${name}`,
        city: 'Sorted',
        custom: { employees, segment: employees > 20 ? 'o3' : 'o2' },
      });
  });

  it('filter by value, by range, by several and by none', async () => {
    expect(names(await list({ segment: 'o3' }, '&city=Sorted&sort=createdAt'))).toEqual(['序丙', '序丁']);
    expect(names(await list({ employees: { from: 0, to: 30 } }, '&city=Sorted'))).toEqual(['序乙']);
    expect(names(await list({ segment: ['o2', 'o3'], employees: { from: 30 } }, '&sort=createdAt'))).toEqual([
      '序丙',
      '序丁',
    ]);
    expect(names(await list({ employees: null }, '&q=Holds'))).toEqual(['Holds it']);
    expect((await list({ nothing: 1 })).status).toBe(422);
    for (const text of ['{', '"x"', '{"employees":{"or":1}}', '{"a\' or 1=1 --":1}'])
      expect((await rep.get(`/customers?custom=${encodeURIComponent(text)}`)).status).toBe(422);
  });

  it('sort by it both ways and from page to page, those without it at the end', async () => {
    for (const name of ['无一', '无二', '无三']) await rep.post('/customers', { name, city: 'Sorted' });
    async function walked(sort: string, limit: number) {
      const all: string[] = [];
      let after = '';
      do {
        const page = await list(undefined, `&city=Sorted&sort=${sort}&limit=${limit}${after}`);
        all.push(...names(page));
        after = page.body.next ? `&after=${page.body.next}` : '';
      } while (after);
      return all;
    }
    const [up, down] = [
      ['序甲', '序乙', '序丙', '序丁', '无一', '无二', '无三'],
      ['序丁', '序丙', '序乙', '序甲', '无三', '无二', '无一'],
    ];
    for (const limit of [1, 2, 3, 4, 50]) {
      expect(await walked('custom.employees', limit)).toEqual(up);
      expect(await walked('-custom.employees', limit)).toEqual(down);
    }
    expect((await list(undefined, '&sort=custom.nothing')).status).toBe(422);
  });

  it('have them in deals too', async () => {
    await admin.post('/custom-fields', { object: 'deal', label: 'Channel', kind: 'text' });
    const { items } = (await rep.get('/customers?limit=1')).body;
    const made = await rep.post('/deals', {
      title: 'By it',
      customerId: items[0].id,
      custom: { channel: 'Fair' },
    });
    expect(made.body.custom).toEqual({ channel: 'Fair' });
    const found = await rep.get(`/deals?custom=${encodeURIComponent('{"channel":{"contains":"fai"}}')}`);
    expect(found.body.items.map((deal: { title: string }) => deal.title)).toEqual(['By it']);
  });
});

describe('files', () => {
  it('bring them in by their labels, write over them, and give them back', async () => {
    const run = runner(test);
    await add({ label: '签约', key: 'signed', kind: 'flag' });
    const csv = (size: string, kind: string, signed: string) =>
      `客户名称,Employees,客户类型,Credit,签约\n带来的公司,${size},${kind},"1,200.50",${signed}`;
    const first = await run(admin, csv('45', '直销', '是'));
    expect(first.body).toMatchObject({ created: 1, failed: 0 });
    const found = async () => (await admin.get(`/customers?q=${encodeURIComponent('带来的')}`)).body.items[0];
    const brought = { employees: 45, segment: 'o2', credit: 120_050, signed: true };
    expect((await found()).custom).toEqual(brought);
    expect((await run(admin, csv('many', '没有的', '也许'))).body).toMatchObject({ created: 0, failed: 1 });
    const over = await run(admin, csv('60', '代理', '否'), { options: { duplicates: 'update' } });
    expect(over.body).toMatchObject({ updated: 1, failed: 0 });
    expect((await found()).custom).toEqual({ employees: 60, segment: 'o3', credit: 120_050, signed: false });
    await admin.post(`/imports/${over.body.id}/undo`);
    await test.jobs.settle();
    expect((await found()).custom).toEqual(brought);
    const exported = await admin.get('/exports/customer.csv?q=%E5%B8%A6%E6%9D%A5%E7%9A%84&language=zh-CN');
    expect(exported.text).toContain('1200.5');
  });
});

it('sorts numbers as text in the order of numbers', () => {
  const number = fc.oneof(
    fc.integer({ min: -1e9, max: 1e9 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(n => Math.round(n * 1e4) / 1e4),
  );
  fc.assert(
    fc.property(
      number,
      number,
      (a, b) =>
        Math.sign(a - b) === Math.sign(sortText(a) < sortText(b) ? -1 : sortText(a) > sortText(b) ? 1 : 0),
    ),
  );
});
