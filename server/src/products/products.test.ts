// Products and price lists through HTTP: codes, which price holds, conflicts, permission, hostile input.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let manager: Client;
let admin: Client;

beforeAll(async () => {
  test = await openTest();
  [rep, manager, admin] = [await test.as('rep'), await test.as('manager'), await test.as('administrator')];
});
afterAll(() => test.close());

const faults = (body: { faults?: { path: string }[] }) => body.faults?.map(fault => fault.path);
const product = async (more: object) =>
  (await admin.post('/products', { name: 'Lamp', price: 1000, taxRate: 1300, ...more })).body;

describe('a product', () => {
  it('has a code of its own, keeps its history, and comes back from the bin unless its code is taken', async () => {
    const added = await admin.post('/products', {
      code: 'LD-01',
      name: '落地灯',
      unit: '盏',
      category: '灯具',
      price: 12_900,
      taxRate: 1300,
    });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ currency: 'CNY', active: true, version: 1 });
    const path = `/products/${added.body.id}`;
    const twin = await admin.post('/products', { code: 'ld-01', name: 'Other' });
    expect([twin.status, faults(twin.body)]).toEqual([422, ['code']]);
    await admin.patch(path, { price: 13_500, category: '' }, { headers: { 'if-match': '"v1"' } });
    const late = await admin.patch(path, { price: 1 }, { headers: { 'if-match': '"v1"' } });
    expect([late.status, late.body.current.price]).toEqual([412, 13_500]);
    const { items } = (await rep.get(`${path}/history`)).body;
    expect(items[0].changes).toContainEqual({ field: 'price', before: 12_900, after: 13_500 });
    expect((await rep.get('/products?q=落地')).body.items).toHaveLength(1);
    await admin.delete(path);
    expect((await rep.get(path)).status).toBe(404);
    await product({ code: 'LD-01' });
    expect((await admin.post(`${path}/restore`)).status).toBe(422);
  });

  it('is added once however many use its code at once', async () => {
    const sent = () => admin.post('/products', { code: 'ONCE', name: 'Once' });
    const replies = await Promise.all(Array.from({ length: 8 }, sent));
    expect(replies.map(reply => reply.status).sort()).toEqual([201, ...Array(7).fill(422)]);
  });

  it('is read by everybody and written by whoever keeps the catalogue', async () => {
    const { id } = await product({ code: 'P-1' });
    expect((await rep.get(`/products/${id}`)).status).toBe(200);
    expect((await rep.post('/products', { code: 'P-2', name: 'Mine' })).status).toBe(403);
    expect((await rep.patch(`/products/${id}`, { price: 1 })).status).toBe(403);
    const list = await rep.post('/price-lists', { name: 'Mine' });
    expect(list.status).toBe(403);
    expect((await manager.delete(`/products/${id}`)).status).toBe(403);
  });

  it.each([
    { code: '', name: 'x' },
    { code: 'x', name: 'x', price: 1.5 },
    { code: 'x', name: 'x', price: -1 },
    { code: 'x', name: 'x', taxRate: 10_001 },
    { code: 'x', name: 'x', currency: 'yen' },
    { code: 'x', name: 'x', owner_id: '01900000-0000-7000-8000-000000000000' },
  ])('refuses %o', async body => {
    expect((await admin.post('/products', body)).status).toBe(422);
  });
});

describe('a price', () => {
  it('comes of the list for the level, then the newest for all, then the product, by quantity', async () => {
    const lamp = await product({ code: 'PR-1' });
    const day = { validFrom: '2031-01-01', validTo: '2031-12-31' };
    const item = (unitPrice: number, fromQuantity = '1') => ({ productId: lamp.id, unitPrice, fromQuantity });
    const make = async (body: object) => (await admin.post('/price-lists', body)).body;
    const general = await make({ name: 'All', ...day, items: [item(900), item(800, '100'), item(0, '0.5')] });
    await make({ name: 'Newer', ...day, validFrom: '2031-06-01', items: [item(850, '10.5')] });
    const gold = await make({ name: 'Gold', ...day, customerLevel: 'A', items: [item(700)] });
    await make({ name: 'Dollars', currency: 'USD', items: [item(150)] });
    await make({ name: 'Off', ...day, customerLevel: 'A', active: false, items: [item(1)] });
    const of = async (level: string | null) =>
      (await rep.post('/customers', { name: 'Acme', level })).body.id as string;
    const [plain, golden] = [await of('C'), await of('A')];
    const asked = async (query: string) => {
      const { body } = await rep.get(`/products/${lamp.id}/price?${query}`);
      return [body.unitPrice, body.priceList?.name ?? null];
    };
    expect(await asked('date=2031-03-01')).toEqual([900, 'All']);
    expect(await asked('date=2031-03-01&quantity=99.9999')).toEqual([900, 'All']);
    expect(await asked('date=2031-03-01&quantity=100')).toEqual([800, 'All']);
    expect(await asked('date=2031-03-01&quantity=0.75')).toEqual([0, 'All']);
    expect(await asked('date=2031-07-01&quantity=10')).toEqual([900, 'All']);
    expect(await asked('date=2031-07-01&quantity=11')).toEqual([850, 'Newer']);
    expect(await asked(`date=2031-12-31&quantity=500&customer=${golden}`)).toEqual([700, 'Gold']);
    expect(await asked(`date=2031-03-01&customer=${plain}`)).toEqual([900, 'All']);
    expect(await asked(`date=2032-01-01&customer=${golden}`)).toEqual([1000, null]);
    expect(await asked('currency=USD')).toEqual([150, 'Dollars']);
    expect(await asked('currency=EUR')).toEqual([null, null]);
    const rep2 = await test.as('rep2');
    expect((await rep2.get(`/products/${lamp.id}/price?customer=${golden}`)).status).toBe(422);
    const changed = await admin.put(`/price-lists/${gold.id}`, { ...gold2(gold), items: [item(650)] });
    expect([changed.status, changed.body.version]).toEqual([200, 2]);
    expect(await asked(`date=2031-12-31&customer=${golden}`)).toEqual([650, 'Gold']);
    const late = await admin.put(`/price-lists/${gold.id}`, gold2(gold), { headers: { 'if-match': '"v1"' } });
    expect([late.status, late.body.current.items]).toEqual([412, changed.body.items]);
    expect((await admin.delete(`/price-lists/${general.id}`)).status).toBe(204);
    expect(await asked('date=2031-03-01')).toEqual([1000, null]);
  });

  const gold2 = (list: Record<string, unknown>) => ({
    name: list.name,
    currency: list.currency,
    validFrom: list.validFrom,
    validTo: list.validTo,
    customerLevel: list.customerLevel,
  });

  it('stands once for a quantity, in a list that begins before it ends, for a product that is there', async () => {
    const { id } = await product({ code: 'PR-2' });
    const ghost = '01900000-0000-7000-8000-000000000000';
    const wrong = [
      [{ validFrom: '2031-02-01', validTo: '2031-01-01' }, ['validTo']],
      [
        {
          items: [
            { productId: id, unitPrice: 1, fromQuantity: '1.50' },
            { productId: id, unitPrice: 2, fromQuantity: '1.5' },
          ],
        },
        ['items.1'],
      ],
      [{ items: [{ productId: ghost, unitPrice: 1 }] }, ['items.0.productId']],
      [{ items: [{ productId: id, unitPrice: 1, fromQuantity: '0' }] }, ['items.0.fromQuantity']],
    ] as const;
    for (const [more, paths] of wrong) {
      const reply = await admin.post('/price-lists', { name: 'Odd', ...more });
      expect([reply.status, faults(reply.body)]).toEqual([422, paths]);
    }
  });
});
