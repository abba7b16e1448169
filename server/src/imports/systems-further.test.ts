// Leads, products, tasks and orders as other systems export them come in without a hand on the mapping; docs/imports.md
// names the sources of the headings. Records are invented.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { type Found, files, has } from './systems-further.fixture.ts';
import { counts, runner, upload } from './uploading.fixture.ts';

let test: Test;
let administrator: Client;
let rep: Client;
let run: ReturnType<typeof runner>;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  rep = await test.as('rep');
  run = runner(test);
});
afterAll(() => test.close());

const found = async (path: string, client = administrator) =>
  (await client.get(path)).body.items as unknown as Found[];

describe('files of other systems', () => {
  it.each(files)('L44 %s (%s) come in without hand mapping', async (system, object, file, look, like) => {
    if (system.startsWith('EspoCRM, tasks')) {
      const deal =
        'Opportunity ID,Opportunity Name,Account Name,Owner\n0065g001,Bearings 2026,"Northwind Bearings, Inc.",rep person';
      await run(administrator, deal, { object: 'deal' });
    }
    const reply = await run(administrator, file, { object });
    expect(counts(reply), reply.text).toMatchObject({ state: 'done', created: 1, failed: 0 });
    expect(await found(look)).toEqual([has(like)]);
  });
});

describe('a second import', () => {
  it('of the same ids changes what differs, undo gives it back, and nothing is made twice', async () => {
    const before = (await found('/orders?q=HT-2026-001'))[0] as Found;
    const again: [object: string, file: string, look: string, like: Found][] = [
      [
        'lead',
        'Lead ID,Last Name,Company,Lead Status\n00Q5g001,Whitfield-Gray,Northwind,Qualified',
        '/leads?q=Gray',
        { status: 'qualified' },
      ],
      [
        'product',
        'SKU,Name,Price\nbb-608,Ball bearing 608 ZZ,1300',
        '/products?q=608',
        { price: 130_000, currency: 'USD' },
      ],
      [
        'task',
        'Activity ID,Subject,Due Date,Status\n00T5g001,Call about terms,2026-04-15,Completed',
        '/tasks?status=done&q=terms',
        { dueOn: '2026-04-15' },
      ],
      [
        'order',
        '合同编号,客户名称,订单状态,产品编码,数量,单价,税率\nHT-2026-001,苏州澄湖食品有限公司,已发货,LK-100,2,12000,13%',
        '/orders?q=HT-2026-001',
        { status: 'delivered' },
      ],
    ];
    const made: string[] = [];
    for (const [object, file, look, like] of again) {
      const reply = await run(administrator, file, { object, options: { duplicates: 'update' } });
      expect(counts(reply), reply.text).toMatchObject({ created: 0, updated: 1, failed: 0 });
      expect(await found(look)).toEqual([has(like)]);
      made.push(String(reply.body.id));
    }
    for (const id of made) {
      await administrator.post(`/imports/${id}/undo`);
      await test.jobs.settle();
      expect((await administrator.get(`/imports/${id}`)).body).toMatchObject({
        state: 'undone',
        restored: 1,
        kept: 0,
      });
    }
    expect(await found('/leads?q=Whitfield')).toEqual([has({ name: 'Dana Whitfield', status: 'contacted' })]);
    expect(await found('/products?q=608')).toEqual([has({ name: 'Ball bearing 608', price: 125_050 })]);
    expect(await found('/tasks?q=terms')).toEqual([has({ dueOn: '2026-03-31', doneAt: null })]);
    const [back] = await found('/orders?q=HT-2026-001');
    for (const field of ['status', 'lines', 'total', 'paid', 'issuedOn'])
      expect(back?.[field], field).toEqual(before[field]);
  });

  it('changes the lines of a draft, gives them back, and leaves those of an order that stands', async () => {
    const draft = (quantity: number) =>
      `Order Number,Customer,Product,Quantity,Unit Price\nD-1,Lund Pumps AB,Valve,${quantity},10\n,,Seal,1,5\n`;
    await run(administrator, draft(2), { object: 'order' });
    const options = { duplicates: 'update' };
    const more = await run(administrator, draft(4), { object: 'order', options });
    expect(counts(more)).toMatchObject({ created: 0, updated: 1, failed: 0, done: 2 });
    expect(await found('/orders?q=D-1')).toEqual([has({ total: 4_500 })]);
    await administrator.post(`/imports/${more.body.id}/undo`);
    await test.jobs.settle();
    const [back] = await found('/orders?q=D-1');
    expect(back).toMatchObject({ total: 2_500, lines: [{ quantity: '2' }, { quantity: '1' }] });
    const other = 'Order Number,Customer,Product,Quantity,Unit Price\nS00021,Lund Pumps AB,Valve,1,10\n';
    const refused = await run(administrator, other, { object: 'order', options });
    expect(counts(refused)).toMatchObject({ updated: 0, failed: 1 });
    expect((await found(`/imports/${refused.body.id}/faults`))[0]).toMatchObject({
      faults: [{ code: 'lines-fixed' }],
    });
  });

  it('undo takes an import of orders back; the same numbers come in again afterwards', async () => {
    const file =
      'Order Number,Customer,Status,Total\nU-1,Undone Ltd,Confirmed,10\nO-2026-00044,Undone Ltd,Draft,20\n';
    const first = await run(administrator, file, { object: 'order' });
    await administrator.post(`/imports/${first.body.id}/undo`);
    await test.jobs.settle();
    expect((await administrator.get(`/imports/${first.body.id}`)).body).toMatchObject({
      removed: 2,
      kept: 0,
    });
    expect([...(await found('/orders?q=U-1')), ...(await found('/customers?q=Undone'))]).toEqual([]);
    expect(counts(await run(administrator, file, { object: 'order' }))).toMatchObject({
      created: 2,
      failed: 0,
    });
    expect((await found('/orders?q=Undone')).map(one => one.number).sort()).toEqual([
      'O-2026-00044-2',
      'U-1-2',
    ]);
    const [customer] = await found('/customers?q=Undone');
    const next = await administrator.post('/orders', { customerId: customer?.id, issuedOn: '2026-06-01' });
    expect(next.body.number).toBe('O-2026-00045');
  });
});

describe('undo', () => {
  it('leaves what somebody has come to use since, and what that belongs to', async () => {
    const imported: [object: string, file: string][] = [
      ['customer', 'Name\nUsed Ltd\nUnused Ltd\n'],
      ['lead', 'Name,Phone\nUsed Lead,13900000001\nUnused Lead,13900000002\n'],
      ['product', 'Name,SKU\nUsed ware,USED-1\nUnused ware,FREE-1\n'],
      [
        'order',
        'Order Number,Customer,Status,Total\nUSED-9,Buyer One,Confirmed,10\nFREE-9,Buyer Two,Confirmed,10\n',
      ],
    ];
    const made: string[] = [];
    for (const [object, file] of imported)
      made.push(String((await run(administrator, file, { object })).body.id));
    const one = async (path: string) => (await found(path))[0]?.id;
    const [customerId, leadId, productId, orderId] = [
      await one('/customers?q=Used%20Ltd'),
      await one('/leads?q=Used%20Lead'),
      await one('/products?q=USED-1'),
      await one('/orders?q=USED-9'),
    ];
    await administrator.post('/orders', { customerId, lines: [{ productId, unitPrice: 1 }] });
    await administrator.post('/activities', { leadId, kind: 'call', body: 'Interested' });
    await administrator.post(`/orders/${orderId}/payments`, { amount: 100 });
    for (const id of made) {
      await administrator.post(`/imports/${id}/undo`);
      await test.jobs.settle();
      const { body } = await administrator.get(`/imports/${id}`);
      expect(body, body.object).toMatchObject({ state: 'undone', removed: 1, kept: 1 });
    }
    for (const [path, id] of [
      [`/customers/${customerId}`, customerId],
      [`/leads/${leadId}`, leadId],
      [`/products/${productId}`, productId],
      [`/orders/${orderId}`, orderId],
    ])
      expect((await administrator.get(String(path))).body.id, String(path)).toBe(id);
    expect(await found('/customers?q=Buyer')).toEqual([has({ name: 'Buyer One' })]);
  });
});

describe('what cannot be taken', () => {
  it('is told by row: states nobody knows, codes of others, rows that share a fault', async () => {
    const wrong: [object: string, file: string, faults: string[]][] = [
      ['lead', 'Name,Status\nA,Quantum\n', ['status choice']],
      [
        'product',
        'Name,SKU,Price\nA,LK-100,1\nB,X-1,lots\nC,X-2,2\nD,x-2,3\n',
        ['code code-taken', 'price amount', 'code code-taken'],
      ],
      ['task', 'Title,Status,Due\nA,Quantum,2026-01-01\nB,Open,soon\n', ['status choice', 'dueAt date']],
      [
        'order',
        'Order Number,Customer,Status,Product,Quantity,Unit Price\nA-1,Lund Pumps AB,Confirmed,Valve,1,1\n,,,Seal,none,1\nA-2,Lund Pumps AB,Confirmed,,,\nA-3,,,Valve,1,1\n',
        ['null other-row', 'quantity amount', 'amount no-lines', 'customer missing'],
      ],
    ];
    for (const [object, file, faults] of wrong) {
      const reply = await run(administrator, file, { object, options: { duplicates: 'create' } });
      expect(reply.body.failed, reply.text).toBe(faults.length);
      const rows = await found(`/imports/${reply.body.id}/faults`);
      const codes = rows.map(row => (row.faults as { field: string; code: string }[])[0]);
      expect(codes.map(one => `${one?.field} ${one?.code}`)).toEqual(faults);
    }
  });

  it('L43 a row is placed with a customer whom the importer may see, whatever else he may bring in', async () => {
    await run(administrator, 'Name,Owner\nPoached Ltd,rep2 person\n');
    const rules = { order: { import: 'all', create: 'all' }, customer: { import: 'none' } };
    await administrator.put('/roles/rep', { rules, fields: {}, reason: 'One who types in orders' });
    const file = 'Order Number,Customer,Total\nL-1,Poached Ltd,1\nL-2,Nobody Yet Ltd,1\n';
    const draft = await upload(rep, file, 'order');
    expect(draft.body.dryRun).toMatchObject({ create: 0, fault: 2 });
    expect(draft.text).not.toContain('customer-reach');
    const reply = await run(rep, file, { object: 'order' });
    expect(counts(reply)).toMatchObject({ created: 0, failed: 2 });
    const codes = (await found(`/imports/${reply.body.id}/faults`, rep)).map(
      row => (row.faults as { code: string }[])[0]?.code,
    );
    expect(codes).toEqual(['customer-reach', 'customer-unknown']);
    expect(await found('/orders?q=Poached')).toEqual([]);
    await administrator.delete('/roles/rep');
  });

  it('L43 columns of fields that a role does not see fill nothing, whatever they are called in files', async () => {
    const fields = { order: { total: 'hidden' }, lead: { score: 'read' } };
    const policy = { rules: {}, fields, reason: 'Sums are for the office' };
    expect((await administrator.put('/roles/rep', policy)).status).toBe(200);
    const tried: [object: string, heading: string, field: string][] = [
      ['order', 'Unit Price', 'unitPrice'],
      ['order', 'Total', 'amount'],
      ['order', 'Amount Paid', 'paid'],
      ['lead', 'Lead Score', 'score'],
    ];
    for (const [object, heading, field] of tried) {
      const draft = await upload(rep, `Subject,Customer,${heading}\nA,B,1\n`, object);
      expect(draft.body.mapping[heading], heading).toBeNull();
      const set = await rep.patch(`/imports/${draft.body.id}`, { mapping: { [heading]: field } });
      expect(set.status, set.text).toBe(422);
    }
    await administrator.delete('/roles/rep');
  });
});
