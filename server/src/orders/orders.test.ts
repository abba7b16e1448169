// Quotes, orders and payments through HTTP: sums, numbers, states, what is due, reach, hostile input.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import * as orders from './orders.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let manager: Client;
let auditor: Client;
let admin: Client;
let customerId: string;
let lamp: string;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, manager] = [await test.as('rep'), await test.as('rep2'), await test.as('manager')];
  [auditor, admin] = [await test.as('auditor'), await test.as('administrator')];
  customerId = await customer(rep);
  const product = { code: 'L-1', name: '台灯', unit: '盏', price: 8000, taxRate: 1300 };
  lamp = (await admin.post('/products', product)).body.id;
});
afterAll(() => test.close());

const customer = async (by: Client, name = 'Acme') => `${(await by.post('/customers', { name })).body.id}`;
const lines = [{ name: 'Work', quantity: '2', unitPrice: 50_000 }];
const add = async (more: object = {}, by = rep) =>
  (await by.post('/orders', { customerId, lines, ...more })).body;
const faults = (body: { faults?: { path: string }[] }) => body.faults?.map(fault => fault.path);
const to = (id: string, status: string, by = rep) => by.post(`/orders/${id}/status`, { status });
const confirmed = async (more: object = {}) => {
  const { id } = await add(more);
  return (await to(id, 'confirmed')).body;
};

describe('a quote or an order', () => {
  it('has lines of products and of free words, and the server reckons what they come to', async () => {
    const contact = (await rep.post('/contacts', { name: '王小明', customerId })).body;
    const added = await rep.post('/orders', {
      kind: 'quote',
      title: '灯具报价',
      customerId,
      contactId: contact.id,
      issuedOn: '2031-03-05',
      validUntil: '2031-04-05',
      lines: [
        { productId: lamp, quantity: '12.50', discount: 1000 },
        { name: '安装服务', unitPrice: 20_001, taxRate: 600 },
      ],
    });
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe(`/api/v1/orders/${added.body.id}`);
    expect(added.body).toMatchObject({
      kind: 'quote',
      status: 'draft',
      number: 'Q-2031-00001',
      currency: 'CNY',
      contact: { name: '王小明' },
      lines: [
        {
          productId: lamp,
          code: 'L-1',
          name: '台灯',
          unit: '盏',
          quantity: '12.5',
          unitPrice: 8000,
          net: 90_000,
        },
        { productId: null, name: '安装服务', quantity: '1', net: 20_001, tax: 1200, total: 21_201 },
      ],
      net: 110_001,
      tax: 12_900,
      total: 122_901,
      outstanding: 0,
      owner: { id: test.people.rep },
    });
    expect((await rep.get(`/orders/${added.body.id}`)).body).toEqual(added.body);
    const included = await rep.patch(`/orders/${added.body.id}`, { taxIncluded: true });
    expect(included.body).toMatchObject({ net: 98_515, tax: 11_486, total: 110_001, version: 2 });
    expect((await rep.get('/orders?q=q-2031-00001')).body.items).toHaveLength(1);
  });

  it('gets another number each of fifty at once, by kind and year', async () => {
    const made = await Promise.all(
      Array.from({ length: 50 }, (_, i) => add({ issuedOn: '2032-01-01', kind: i % 2 ? 'quote' : 'order' })),
    );
    const numbers = made.map(one => one.number as string).sort();
    expect(new Set(numbers).size).toBe(50);
    expect([numbers[0], numbers[24], numbers[25], numbers[49]]).toEqual([
      'O-2032-00001',
      'O-2032-00025',
      'Q-2032-00001',
      'Q-2032-00025',
    ]);
  });

  it('is added once for one idempotency key', async () => {
    const send = () =>
      rep.post('/orders', { customerId, title: 'Once' }, { headers: { 'idempotency-key': 'order-once-1' } });
    const [one, two] = [await send(), await send()];
    expect([one.status, two.status, two.body.number]).toEqual([201, 201, one.body.number]);
  });

  it('keeps its history and shows both versions on a conflict', async () => {
    const { id } = await add();
    const headers = { 'if-match': '"v1"' };
    await rep.patch(
      `/orders/${id}`,
      { lines: [{ ...lines[0], quantity: '3' }], terms: 'Net 30' },
      { headers },
    );
    const late = await rep.patch(`/orders/${id}`, { terms: 'Now' }, { headers });
    expect(late.body).toMatchObject({ status: 412, current: { terms: 'Net 30', total: 150_000 } });
    const { items } = (await rep.get(`/orders/${id}/history`)).body;
    expect(items.map((item: { action: string }) => item.action)).toEqual(['order.change', 'order.add']);
    expect(items[0].changes).toContainEqual({ field: 'total', before: 100_000, after: 150_000 });
    expect((await rep.patch(`/orders/${id}`, { terms: 'Net 30' })).body.version).toBe(2);
  });

  it('goes its way and no other; what was confirmed is re-opened before its lines change', async () => {
    const empty = await add({ lines: [] });
    expect((await to(empty.id, 'confirmed')).status).toBe(409);
    const { id } = await add();
    for (const [status, code] of [
      ['delivered', 409],
      ['accepted', 409],
      ['confirmed', 200],
      ['closed', 409],
    ] as const)
      expect([status, (await to(id, status)).status]).toEqual([status, code]);
    for (const frozen of [{ lines: [] }, { currency: 'USD' }, { taxIncluded: true }])
      expect((await rep.patch(`/orders/${id}`, frozen)).status).toBe(409);
    expect((await rep.patch(`/orders/${id}`, { remark: 'call first' })).status).toBe(200);
    expect((await to(id, 'draft')).status).toBe(200);
    expect((await rep.patch(`/orders/${id}`, { lines: [] })).body.total).toBe(0);
  });

  it('goes into the bin and comes back, alone or with its customer, whose next owner does not take it along', async () => {
    const own = await customer(admin, 'Bin Ltd');
    await admin.patch(`/customers/${own}`, { ownerId: test.people.rep });
    const [one, two] = [await add({ customerId: own }), await add({ customerId: own })];
    expect((await rep.delete(`/orders/${two.id}`)).status).toBe(204);
    await rep.delete(`/customers/${own}`);
    expect((await rep.get(`/orders/${one.id}`)).status).toBe(404);
    expect((await rep.post(`/orders/${two.id}/restore`)).status).toBe(404);
    await rep.post(`/customers/${own}/restore`);
    expect((await rep.get(`/orders/${one.id}`)).status).toBe(200);
    expect((await rep.post(`/orders/${two.id}/restore`)).status).toBe(200);
    await admin.patch(`/customers/${own}`, { ownerId: test.people.rep2 });
    expect((await rep.get(`/orders/${one.id}`)).body.owner.id).toBe(test.people.rep);
    expect((await rep2.get(`/orders/${one.id}`)).status).toBe(404);
  });
});

describe('an order', () => {
  it('is made of a quote once, however many ask at once', async () => {
    const quote = await add({ kind: 'quote', terms: 'Net 30' });
    expect((await rep.post(`/orders/${quote.id}/order`)).status).toBe(409);
    await to(quote.id, 'sent');
    const replies = await Promise.all(Array.from({ length: 5 }, () => rep.post(`/orders/${quote.id}/order`)));
    expect(replies.map(reply => reply.status).sort()).toEqual([201, 409, 409, 409, 409]);
    const order = replies.find(reply => reply.status === 201)?.body;
    expect(order).toMatchObject({ kind: 'order', status: 'draft', terms: 'Net 30', total: 100_000 });
    const after = (await rep.get(`/orders/${quote.id}`)).body;
    expect(after).toMatchObject({ status: 'accepted', order: { id: order.id } });
    expect((await to(quote.id, 'draft')).status).toBe(409);
    // Out of the bin it comes unless the quote has another order by then.
    expect((await rep.delete(`/orders/${order.id}`)).status).toBe(204);
    const second = (await rep.post(`/orders/${quote.id}/order`)).body;
    const refused = await rep.post(`/orders/${order.id}/restore`);
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-state']);
    expect(refused.text).toContain(second.number);
    await rep.delete(`/orders/${second.id}`);
    expect((await rep.post(`/orders/${order.id}/restore`)).status).toBe(200);
  });

  it('is made of a deal: with its quote’s lines, else with its title and amount', async () => {
    const deal = async (title: string) =>
      (await rep.post('/deals', { title, customerId, amount: 77_700 })).body.id as string;
    const [bare, quoted] = [await deal('Bare'), await deal('Quoted')];
    const plain = await rep.post('/orders/from-deal', { dealId: bare });
    expect(plain.body).toMatchObject({ total: 77_700, deal: { name: 'Bare' }, lines: [{ name: 'Bare' }] });
    await add({ kind: 'quote', dealId: quoted });
    const made = await rep.post('/orders/from-deal', { dealId: quoted });
    expect(made.body).toMatchObject({ kind: 'order', total: 100_000, deal: { id: quoted } });
    expect((await rep.post('/orders/from-deal', { dealId: quoted })).status).toBe(409);
    expect((await rep2.post('/orders/from-deal', { dealId: bare })).status).toBe(422);
    const other = await customer(rep, 'Other');
    const strange = await rep.post('/orders', { customerId: other, dealId: bare });
    expect(faults(strange.body)).toEqual(['dealId']);
  });
});

describe('payments', () => {
  it('cover instalments, never more than is outstanding, and are taken back with a reason', async () => {
    const order = await confirmed();
    const path = `/orders/${order.id}`;
    const plan = (...amounts: number[]) =>
      rep.put(`${path}/instalments`, {
        instalments: amounts.map((amount, i) => ({ dueOn: `2031-0${i + 5}-01`, amount })),
      });
    expect((await plan(60_000, 40_001)).status).toBe(422);
    expect((await plan(30_000, 70_000)).body.instalments).toMatchObject([{ open: 30_000 }, { open: 70_000 }]);
    const paid = await rep.post(`${path}/payments`, {
      amount: 45_000,
      receivedOn: '2031-05-02',
      note: '首款',
    });
    expect(paid.status).toBe(201);
    expect(paid.body).toMatchObject({
      paid: 45_000,
      outstanding: 55_000,
      instalments: [{ open: 0 }, { open: 55_000 }],
    });
    expect((await rep.post(`${path}/payments`, { amount: 55_001 })).status).toBe(422);
    expect((await to(order.id, 'cancelled')).status).toBe(409);
    const [payment] = paid.body.payments;
    const reverse = () => rep.post(`${path}/payments/${payment.id}/reverse`, { reason: 'wrong order' });
    expect((await reverse()).body).toMatchObject({ paid: 0, payments: [{ reversal: 'wrong order' }] });
    expect((await reverse()).status).toBe(409);
    const actions = (await rep.get(`${path}/history`)).body.items.map(
      (item: { action: string }) => item.action,
    );
    expect(actions.slice(0, 3)).toEqual(['order.reverse', 'order.pay', 'order.plan']);
  });

  it('taken down at once never exceed what the order comes to', async () => {
    const order = await confirmed();
    const pay = () => rep.post(`/orders/${order.id}/payments`, { amount: 30_000 });
    const replies = await Promise.all(Array.from({ length: 6 }, pay));
    expect(replies.filter(reply => reply.status === 201)).toHaveLength(3);
    expect((await rep.get(`/orders/${order.id}`)).body.paid).toBe(90_000);
  });

  it('that are due are listed by day and summed by currency, for whoever reaches the orders', async () => {
    const own = await customer(rep, 'Due Ltd');
    const day = (days: number) => new Date(test.world.now() + days * 86_400_000).toISOString().slice(0, 10);
    const order = await confirmed({ customerId: own });
    const draft = await add({ customerId: own });
    const instalments = [
      { dueOn: day(2), amount: 20_000 },
      { dueOn: day(-4), amount: 10_000 },
      { dueOn: day(40), amount: 30_000 },
    ];
    for (const { id } of [order, draft]) await rep.put(`/orders/${id}/instalments`, { instalments });
    const listed = async (query: string, by = rep) =>
      (await by.get(`/orders/due?customer=${own}${query}`)).body.items.map(
        (item: { open: number }) => item.open,
      );
    expect(await listed('')).toEqual([10_000, 20_000, 30_000]);
    expect(await listed(`&to=${day(-1)}`)).toEqual([10_000]);
    expect(await listed(`&from=${day(0)}&to=${day(6)}`, manager)).toEqual([20_000]);
    expect(await listed('', rep2)).toEqual([]);
    const first = (await rep.get(`/orders/due?customer=${own}&limit=2`)).body;
    expect(await listed(`&after=${first.next}`)).toEqual([30_000]);
    const sums = { currency: 'CNY', total: 100_000, outstanding: 100_000, overdue: 10_000, soon: 20_000 };
    expect((await rep.get(`/orders/outstanding?customer=${own}`)).body.items).toMatchObject([sums]);
    expect((await rep2.get(`/orders/outstanding?customer=${own}`)).body.items).toEqual([]);

    await orders.remind(test.world);
    await orders.remind(test.world);
    await test.jobs.settle();
    const letters = async () =>
      (await admin.get('/outbox?to=rep@example.com')).body.items.filter(
        (item: { template: string }) => item.template === 'payments-due',
      );
    expect(await letters()).toHaveLength(1);
    expect((await letters())[0].body).toMatch(/overdue\): Due Ltd, O-.*100\.00[\s\S]*Due Ltd, O-.*200\.00/);
    test.turn(3 * 86_400_000);
    await orders.remind(test.world);
    await test.jobs.settle();
    expect(await letters()).toHaveLength(2);
  });

  it('of quotes sent long ago are not waited for: they expire', async () => {
    const { id } = await add({ kind: 'quote', validUntil: '2020-01-01' });
    await to(id, 'sent');
    await orders.expire(test.world);
    expect((await rep.get(`/orders/${id}`)).body).toMatchObject({ status: 'expired', version: 3 });
    expect((await rep.get(`/orders/${id}/history`)).body.items[0]).toMatchObject({
      action: 'order.status',
      actor: { id: null },
    });
  });
});

describe('whoever comes', () => {
  it('reaches what the role reaches, and the auditor writes nothing', async () => {
    const { id } = await add();
    expect((await rep2.get(`/orders/${id}`)).status).toBe(404);
    expect((await manager.get(`/orders/${id}`)).status).toBe(200);
    expect((await auditor.get(`/orders/${id}`)).status).toBe(200);
    for (const [by, status] of [
      [rep2, 404],
      [auditor, 403],
    ] as const)
      for (const reply of [
        await by.patch(`/orders/${id}`, { terms: 'mine' }),
        await by.post(`/orders/${id}/status`, { status: 'confirmed' }),
        await by.post(`/orders/${id}/payments`, { amount: 1 }),
        await by.put(`/orders/${id}/instalments`, { instalments: [] }),
        await by.post(`/orders/${id}/order`),
        await by.delete(`/orders/${id}`),
      ])
        expect(reply.status).toBe(status);
    const listed = (await rep2.get('/orders?limit=200')).body.items;
    expect(listed.filter((one: { owner: { id: string } }) => one.owner.id !== test.people.rep2)).toEqual([]);
  });

  it('sees no sum in any way where a role hides the total, and prices of deals do not come back as lines', async () => {
    // Roles are changed by whoever has just shown who he is.
    const chief = test.client();
    await chief.signIn('administrator@example.com', password);
    const fields = { order: { total: 'hidden' }, deal: { amount: 'hidden' } };
    const role = await chief.post('/roles', {
      base: 'rep',
      name: 'Blind',
      fields,
      rules: {},
      reason: 'No money',
    });
    expect(role.status).toBe(201);
    const own = await customer(rep2, 'Blind Ltd');
    const { id } = (await rep2.post('/orders', { customerId: own, lines })).body;
    const deal = await rep2.post('/deals', { title: 'Secret', customerId: own, amount: 77_700 });
    await to(id, 'confirmed', rep2);
    await rep2.put(`/orders/${id}/instalments`, { instalments: [{ dueOn: '2031-05-01', amount: 100_000 }] });
    await rep2.post(`/orders/${id}/payments`, { amount: 33_333 });
    await chief.patch(`/people/${test.people.rep2}`, { roleId: role.body.key, reason: 'No money' });
    const blind = test.client();
    await blind.signIn('rep2@example.com', password);
    const told = [
      await blind.get(`/orders/${id}`),
      await blind.get(`/orders?customer=${own}`),
      await blind.get(`/orders/${id}/history`),
      await blind.get('/orders/due'),
      await blind.get('/orders/outstanding'),
      await blind.patch(`/orders/${id}`, { remark: 'mine' }, { headers: { 'if-match': '"v1"' } }),
    ];
    expect(told.map(reply => reply.status)).toEqual([200, 200, 200, 200, 200, 412]);
    for (const { text } of told) expect(text).not.toMatch(/100000|50000|33333/);
    for (const query of ['sort=-total', 'unpaid=true'])
      expect((await blind.get(`/orders?${query}`)).status).toBe(422);
    const chiefs = { customerId: own, ownerId: test.people.rep2, lines };
    const soon = new Date(test.world.now() + 86_400_000).toISOString().slice(0, 10);
    const due = (await chief.post('/orders', chiefs)).body.id;
    await to(due, 'confirmed', chief);
    await chief.put(`/orders/${due}/instalments`, { instalments: [{ dueOn: soon, amount: 100_000 }] });
    await orders.remind(test.world);
    await test.jobs.settle();
    const letters = (await chief.get('/outbox?to=rep2@example.com')).body.items;
    const templates = letters.map((letter: { template: string }) => letter.template);
    expect(templates).not.toContain('payments-due');
    const made = await blind.post('/orders/from-deal', { dealId: deal.body.id });
    expect(made.status).toBe(201);
    expect((await chief.get(`/orders/${made.body.id}`)).body.total).toBe(0);
  });

  it.each([
    [{ quantity: '1e3' }, 'lines.0.quantity'],
    [{ quantity: '-1' }, 'lines.0.quantity'],
    [{ quantity: '0.0000' }, 'lines.0.quantity'],
    [{ quantity: '1.23456' }, 'lines.0.quantity'],
    [{ quantity: 2 }, 'lines.0.quantity'],
    [{ unitPrice: 0.5 }, 'lines.0.unitPrice'],
    [{ unitPrice: Number.MAX_SAFE_INTEGER }, 'lines.0.unitPrice'],
    [{ quantity: '999999999', unitPrice: 1_000_000_000_000 }, 'lines.0.quantity'],
    [{ discount: 10_001 }, 'lines.0.discount'],
    [{ name: undefined }, 'lines.0.name'],
    [{ productId: '01900000-0000-7000-8000-000000000000' }, 'lines.0.productId'],
    [{ total: 5 }, 'lines.0'],
  ])('sends no line with %o', async (line, path) => {
    const reply = await rep.post('/orders', { customerId, lines: [{ name: 'x', unitPrice: 1, ...line }] });
    expect([reply.status, faults(reply.body)]).toEqual([422, [path]]);
  });

  it.each(['number', 'status', 'total', 'paid', 'team_id', 'version'])('cannot write %s', async field => {
    expect((await rep.post('/orders', { customerId, [field]: 1 })).status).toBe(422);
  });
});
