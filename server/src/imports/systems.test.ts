// Files as other systems export them come in without a hand on the mapping; docs/imports.md names the sources of the
// headings. Records are invented.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { counts, runner } from './uploading.fixture.ts';

let test: Test;
let administrator: Client;
let run: ReturnType<typeof runner>;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  run = runner(test);
});
afterAll(() => test.close());

type Found = Record<string, unknown>;
const found = async (path: string) => (await administrator.get(path)).body.items as unknown as Found[];

const rep = { owner: expect.objectContaining({ name: 'rep person' }) };
const files: [system: string, object: string, file: string, look: string, like: Found][] = [
  [
    'Salesforce, opportunities',
    'deal',
    `"Opportunity Owner","Account Name","Opportunity Name","Stage","Amount Currency","Amount","Close Date","Created Date","Next Step","Lead Source","Probability (%)","Opportunity ID"
"rep person","Northwind Bearings, Inc.","Bearings 2026","Negotiation/Review","USD","12,500.50","3/31/2026","5/6/2025","Send terms","Web","90","0065g001"`,
    '/deals?q=Bearings',
    {
      ...rep,
      amount: 1_250_050,
      currency: 'USD',
      expectedOn: '2026-03-31',
      nextStep: 'Send terms',
      createdAt: '2025-05-06T00:00:00.000Z',
      customer: expect.objectContaining({ name: 'Northwind Bearings, Inc.' }),
      stage: expect.objectContaining({ name: 'Negotiation' }),
    },
  ],
  [
    'HubSpot, deals',
    'deal',
    `"Record ID","Deal Name","Deal Stage","Close Date","Deal owner","Amount","Pipeline","Associated Company","Closed Lost Reason"
"77","Lumen renewal","Closed Lost","2026-02-01 10:00","rep person","9000","Sales Pipeline","Lumen Foods","Too expensive"`,
    '/deals?q=Lumen',
    {
      ...rep,
      amount: 900_000,
      lostReason: 'price',
      stage: expect.objectContaining({ kind: 'lost' }),
    },
  ],
  [
    'Twenty, companies',
    'customer',
    `Id,Name,Domain Name Primary Link Url,Account Owner,Address Address Street 1,Address Address City,Creation date
c0ffee00-0000-4000-8000-000000000001,Airbrush Ltd,https://airbrush.example,rep person,12 Low Rd,Leeds,2024-05-06T07:08:09.000Z`,
    '/customers?q=Airbrush',
    {
      ...rep,
      website: 'https://airbrush.example',
      city: 'Leeds',
      address: '12 Low Rd',
      createdAt: '2024-05-06T07:08:09.000Z',
    },
  ],
  [
    'Twenty, people',
    'contact',
    `Id,Name First Name,Name Last Name,Emails Primary Email,Company,Company Id,Phones Primary Phone Number,Job Title
c0ffee00-0000-4000-8000-000000000002,Ann,Lee,ann@airbrush.example,,c0ffee00-0000-4000-8000-000000000001,+44 113 496 0000,Buyer`,
    '/contacts?q=Ann',
    {
      name: 'Ann Lee',
      title: 'Buyer',
      email: 'ann@airbrush.example',
      customer: expect.objectContaining({ name: 'Airbrush Ltd' }),
    },
  ],
  [
    'EspoCRM, accounts',
    'customer',
    `id,name,website,emailAddress,phoneNumber,type,industry,billingAddressStreet,billingAddressCity,billingAddressCountry,description,createdAt,assignedUserName
65f0c,Kestrel Optics,kestrel.example,info@kestrel.example,+1 555 010 9999,Customer,Manufacturing,1 Lens Way,Boston,USA,Pays late,2023-01-02 03:04:05,rep person`,
    '/customers?q=Kestrel',
    {
      ...rep,
      phone: '+1 555 010 9999',
      email: 'info@kestrel.example',
      city: 'Boston',
      address: '1 Lens Way, USA',
      remark: 'Pays late',
    },
  ],
  [
    'EspoCRM, meetings',
    'activity',
    `id,name,parentName,dateStart,assignedUserName,description
66aa,Kick-off,Kestrel Optics,2024-03-04 09:30:00,rep person,Went well`,
    '/activities',
    {
      at: '2024-03-04T09:30:00.000Z',
      author: expect.objectContaining({ name: 'rep person' }),
      customer: expect.objectContaining({ name: 'Kestrel Optics' }),
    },
  ],
  [
    'Odoo, contacts',
    'contact',
    `External ID,Name,Related Company,Job Position,Email,Phone,Tags,Salesperson
__export__.res_partner_12,Bo Ek,Lund Pumps AB,CFO,bo@lund.example,+46 46 000 000,VIP,rep person`,
    '/contacts?q=Bo%20Ek',
    { name: 'Bo Ek', title: 'CFO', customer: expect.objectContaining({ name: 'Lund Pumps AB' }) },
  ],
  [
    'Odoo, opportunities',
    'deal',
    `External ID,Opportunity,Customer,Contact Name,Expected Revenue,Probability,Stage,Expected Closing,Salesperson
__export__.crm_lead_7,Pumps for Ystad,Lund Pumps AB,Bo Ek,"40000.0",40,Proposition,2026-05-01,rep person`,
    '/deals?q=Ystad',
    { ...rep, amount: 4_000_000, contact: expect.objectContaining({ name: 'Bo Ek' }) },
  ],
  [
    'a Chinese template: customer, contact and deal in one row',
    'customer',
    `客户编码,客户名称(必填),联系人,联系人手机,客户来源,负责人姓名,商机名称,商机金额,商机阶段,预计成交日期
K001,苏州澄湖食品有限公司,周敏,13600136000,展会,rep person,冷库改造,3.5万,报价,2026年5月1日`,
    '/deals?q=冷库',
    {
      ...rep,
      amount: 3_500_000,
      expectedOn: '2026-05-01',
      customer: expect.objectContaining({ name: '苏州澄湖食品有限公司' }),
    },
  ],
  [
    'a Chinese list of follow-ups',
    'activity',
    `客户编号,跟进方式,跟进内容,跟进时间,跟进人
K001,电话沟通,确认了交期,2024-05-06 13:04,已离职的李雷`,
    '/activities',
    { kind: 'call', body: '确认了交期\n— 已离职的李雷', author: null },
  ],
];

describe('files of other systems', () => {
  it.each(files)('L44 %s (%s) come in without hand mapping', async (_, object, file, look, like) => {
    const reply = await run(administrator, file, { object });
    expect(counts(reply), reply.text).toMatchObject({ state: 'done', created: 1, failed: 0 });
    const records = await found(look);
    expect(records).toEqual(expect.arrayContaining([expect.objectContaining(like)]));
  });

  it('L44 a second import of the same ids updates; undo restores what it wrote over', async () => {
    const again = `External ID,Opportunity,Customer,Expected Revenue,Stage,Expected Closing
__export__.crm_lead_7,Pumps for Ystad,Lund Pumps AB,55000,Won,2026-06-01
__export__.crm_lead_8,Valves,Lund Pumps AB,100,New,`;
    const before = (await found('/deals?q=Ystad'))[0];
    const updated = await run(administrator, again, { object: 'deal', options: { duplicates: 'update' } });
    expect(counts(updated)).toMatchObject({ created: 1, updated: 1, failed: 0 });
    const [changed] = await found('/deals?q=Ystad');
    expect(changed).toMatchObject({ amount: 5_500_000, stage: { kind: 'won' }, expectedOn: '2026-06-01' });
    const customers = `客户编码,客户名称,城市,客户来源
K001,苏州澄湖食品有限公司,苏州,官网`;
    const draft = await administrator.send('POST /imports?object=customer&fileName=a.csv', {
      raw: customers,
      headers: { 'content-type': 'text/csv' },
    });
    const tried = await administrator.patch(`/imports/${draft.body.id}`, {
      options: { duplicates: 'update' },
    });
    expect(tried.body.dryRun).toMatchObject({ update: 1, conflict: 1 });
    expect(tried.text).toContain('"field":"source","before":"展会","after":"官网"');

    await administrator.post(`/imports/${updated.body.id}/undo`);
    await test.jobs.settle();
    const undone = await administrator.get(`/imports/${updated.body.id}`);
    expect(undone.body).toMatchObject({ state: 'undone', restored: 1, removed: 1, kept: 0 });
    const [back] = await found('/deals?q=Ystad');
    for (const field of ['amount', 'expectedOn', 'stageSince', 'probability'])
      expect(back?.[field], field).toEqual(before?.[field]);
    expect(back?.stage).toEqual(before?.stage);
    expect(await found('/deals?q=Valves')).toEqual([]);
  });

  it('faults name the column: stages that nobody knows, amounts that are none', async () => {
    const wrong =
      'Deal Name,Account Name,Stage,Amount\nA,Lund Pumps AB,Quantum,1\nB,Lund Pumps AB,New,lots\nC,,New,1\n';
    const reply = await run(administrator, wrong, { object: 'deal' });
    expect(counts(reply)).toMatchObject({ created: 0, failed: 3 });
    const faults = await found(`/imports/${reply.body.id}/faults`);
    const codes = faults.map(row => (row.faults as { field: string; code: string }[])[0]);
    expect(codes.map(one => `${one?.field} ${one?.code}`)).toEqual([
      'stage choice',
      'amount amount',
      'customer customer-unknown',
    ]);
  });
});
