// Imports through HTTP: real files of other systems, encodings, owners, times and links between them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { counts, fixture, runner, upload } from './uploading.fixture.ts';

let test: Test;
let administrator: Client;
let run: ReturnType<typeof runner>;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  run = runner(test);
});
afterAll(() => test.close());

const customersNamed = async (client: Client, q: string) =>
  (await client.get(`/customers?q=${encodeURIComponent(q)}`)).body.items as unknown as Record<
    string,
    unknown
  >[];

describe('files of other systems', () => {
  it('Salesforce accounts arrive with owner, time and address', async () => {
    const file = fixture('salesforce-accounts.csv');
    const draft = await upload(administrator, file, 'customer', 'report1700000000.csv');
    expect(draft.body).toMatchObject({
      object: 'customer',
      fileName: 'report1700000000.csv',
      encoding: 'utf-8',
      delimiter: ',',
      rows: 3,
      state: 'uploaded',
      mapping: { 'Account Name': 'name', 'Account Owner': 'owner', 'Created Date': 'createdAt' },
      dryRun: { rows: 3, complete: true, create: 3, update: 0, skip: 0, fault: 0 },
    });
    const columns = draft.body.columns as unknown as { name: string; samples: string[] }[];
    expect(columns.find(column => column.name === 'Billing City')).toEqual({
      name: 'Billing City',
      samples: ['Oakland', 'Leeds', 'Zürich'],
      suggestion: 'city',
    });
    await administrator.post(`/imports/${draft.body.id}/start`);
    await test.jobs.settle();
    const done = await administrator.get(`/imports/${draft.body.id}`);
    expect(counts(done)).toEqual({
      state: 'done',
      total: 3,
      done: 3,
      created: 3,
      updated: 0,
      skipped: 0,
      failed: 0,
    });
    const [bearings] = await customersNamed(administrator, 'Northwind');
    expect(bearings).toMatchObject({
      name: 'Northwind Bearings, Inc.',
      phone: '(510) 555-0142',
      city: 'Oakland',
      address: '1200 Harbor Way\nSuite 4, CA, 94607, USA',
      owner: { id: test.people.rep, name: 'rep person' },
      createdAt: '2021-05-06T00:00:00.000Z',
    });
    const [zurich] = await customersNamed(administrator, 'Zürich');
    expect(zurich).toMatchObject({ owner: { id: test.people.rep2 }, createdAt: '2024-02-29T00:00:00.000Z' });
  });

  it('L51 Chinese customers and contacts in GB18030 arrive whole, linked by name', async () => {
    const done = await run(administrator, fixture('wukong-customers.gb18030.csv'), {
      options: { timeZone: 'Asia/Shanghai' },
    });
    expect(done.body).toMatchObject({ state: 'done', encoding: 'gb18030', created: 3, failed: 0 });
    const [dragons] = await customersNamed(administrator, '龑龘贸易');
    expect(dragons).toMatchObject({
      name: '龑龘贸易\uff08杭州\uff09有限公司',
      level: 'C\uff08非优先客户\uff09',
      stage: 'new',
      remark: '手机: 13900139000\n对方说“再看看”\n月底再联系',
      createdAt: '2024-03-05T06:30:00.000Z',
    });
    const linked = await run(administrator, fixture('wukong-contacts.gb18030.csv'), { object: 'contact' });
    expect(linked.body).toMatchObject({ state: 'done', created: 2, failed: 0 });
    const contacts = (await administrator.get(`/contacts?q=${encodeURIComponent('王芳')}`)).body;
    expect(contacts.items).toMatchObject([
      {
        name: '王芳',
        title: '采购总监',
        isPrimary: true,
        customer: { name: '上海昂科机电有限公司' },
        owner: { id: test.people.rep },
        remark: '喜欢下午沟通',
      },
    ]);
    expect((await customersNamed(administrator, '上海昂科')).length).toBe(1);
  });

  it('HubSpot companies and contacts arrive; a row at fault is told and kept', async () => {
    const companies = await run(administrator, fixture('hubspot-companies.csv'));
    expect(counts(companies)).toMatchObject({ state: 'done', created: 3, failed: 0 });
    const [lumen] = await customersNamed(administrator, 'Lumen');
    expect(lumen).toMatchObject({ stage: 'won', createdAt: '2023-11-02T09:15:00.000Z' });
    const contacts = await run(administrator, fixture('hubspot-contacts.csv'), { object: 'contact' });
    expect(counts(contacts)).toMatchObject({ state: 'done', total: 4, created: 3, failed: 1 });
    const faults = await administrator.get(`/imports/${contacts.body.id}/faults`);
    expect(faults.body).toMatchObject({
      items: [
        {
          row: 5,
          faults: [{ column: 'Email', field: 'email', code: 'email', value: 'not-an-address' }],
        },
      ],
      next: null,
    });
  });

  it('a customer list with contacts beside makes both; European spreadsheets with days first are read', async () => {
    const list = await run(administrator, fixture('template-zh.csv'));
    expect(counts(list)).toMatchObject({ state: 'done', created: 2, failed: 0 });
    const [food] = await customersNamed(administrator, '澄湖');
    expect(food).toMatchObject({ tags: ['食品', '老客户'], level: '重点', source: '官网' });
    const contacts = await administrator.get(`/contacts?customer=${food?.id}`);
    expect(contacts.body.items).toMatchObject([{ name: '周敏', phone: '13600136000', isPrimary: true }]);

    const european = await run(administrator, fixture('excel-european.windows-1252.csv'));
    expect(european.body).toMatchObject({ encoding: 'windows-1252', delimiter: ';', created: 2, failed: 0 });
    const [mueller] = await customersNamed(administrator, 'Müller');
    expect(mueller).toMatchObject({
      name: 'Müller & Söhne KG',
      createdAt: '2023-12-24T00:00:00.000Z',
      remark: 'Größter Abnehmer; zahlt pünktlich',
    });
  });
});
