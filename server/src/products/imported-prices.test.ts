// Prices of lists out of files: in rows that name their list, in columns of a list each; tried, brought in and taken back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runner, upload } from '../imports/uploading.fixture.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
let run: ReturnType<typeof runner>;
let lamp: string;
let retail: string;

type Item = { code: string; fromQuantity: string; unitPrice: number };
const listOf = async (name: string) => {
  const { items } = (await admin.get('/price-lists')).body;
  const found = items.find((one: { name: string }) => one.name === name);
  return found && (await admin.get(`/price-lists/${found.id}`)).body;
};
const pricesIn = async (name: string) =>
  ((await listOf(name))?.items as (Item & { product: { code: string } })[] | undefined)?.map(
    one => `${one.code ?? one.product.code} ${one.fromQuantity} ${one.unitPrice}`,
  );
const undo = async (id: string) => {
  await admin.post(`/imports/${id}/undo`);
  await test.jobs.settle();
};

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  run = runner(test);
  lamp = (await admin.post('/products', { name: 'Lamp', code: 'L-1', price: 10_000 })).body.id;
  const items = [{ productId: lamp, unitPrice: 9_000 }];
  retail = (await admin.post('/price-lists', { name: 'Retail', currency: 'CNY', items })).body.id;
});
afterAll(() => test.close());

it('come in by rows that name their list: those that stand stay, a list that is missing is made and goes again', async () => {
  const rows = [
    'Product Code,Product Name,Price Book Name,List Price,Min. Quantity,Price Book Currency',
    'L-1,Lamp,Wholesale,80,1,USD',
    'L-2,Spot,Wholesale,12,,USD',
    'L-1,Lamp,wholesale,75.5,10,USD',
    'L-1,Lamp,Retail,95,,',
    'L-2,Spot,Retail,15,,',
    'L-3,Bare,,20,,',
  ];
  const file = rows.join('\n');
  const draft = await upload(admin, file, 'product');
  expect(draft.body.dryRun).toMatchObject({ create: 1, update: 4, fault: 1, conflict: 0 });
  expect(await listOf('Wholesale')).toBeUndefined();
  const { body } = await run(admin, file, { object: 'product' });
  expect(body).toMatchObject({ created: 1, updated: 4, failed: 1 });
  const faults = (await admin.get(`/imports/${body.id}/faults`)).body.items;
  expect(faults[0].faults).toMatchObject([{ code: 'list-missing' }]);
  expect(await listOf('Wholesale')).toMatchObject({ currency: 'USD', active: true });
  expect(await pricesIn('Wholesale')).toEqual(['L-1 1 8000', 'L-1 10 7550', 'L-2 1 1200']);
  expect(await pricesIn('Retail')).toEqual(['L-1 1 9000', 'L-2 1 1500']);
  expect((await admin.get(`/products/${lamp}`)).body).toMatchObject({ name: 'Lamp', price: 10_000 });
  const [newest] = (await admin.get(`/products/${lamp}/history`)).body.items;
  expect(newest.changes).toEqual([
    { field: 'prices', before: [], after: ['Wholesale: 80.00 USD', 'Wholesale ≥ 10: 75.50 USD'] },
  ]);
  await undo(body.id);
  expect(await listOf('Wholesale')).toBeUndefined();
  expect(await pricesIn('Retail')).toEqual(['L-1 1 9000']);
});

it('come in by a column for each list, over those that stand; taken back, what somebody has changed since stays', async () => {
  const spot = (await admin.post('/products', { name: 'Spot', code: 'S-1' })).body.id;
  const item = (productId: string, unitPrice: number) => ({ productId, unitPrice });
  const set = async (...items: object[]) => {
    const saved = await admin.put(`/price-lists/${retail}`, { name: 'Retail', currency: 'CNY', items });
    expect(saved.status, saved.text).toBe(200);
  };
  await set(item(lamp, 9_000), item(spot, 2_000));
  const file = '产品编码,retail\nL-1,95\nS-1,21\n';
  const draft = await upload(admin, file, 'product');
  expect(draft.body.columns[1].suggestion).toBe(`list.${retail}`);
  expect(draft.body.fields).toContainEqual(
    expect.objectContaining({ field: `list.${retail}`, label: 'Price in “Retail” (CNY)' }),
  );
  const options = { duplicates: 'update' };
  const tried = await admin.patch(`/imports/${draft.body.id}`, { options });
  expect(tried.body.dryRun).toMatchObject({ update: 2, conflict: 2 });
  expect(tried.body.preview[0].conflicts).toEqual([
    { field: 'prices', before: 'Retail: 90.00 CNY', after: 'Retail: 95.00 CNY' },
  ]);
  const { body } = await run(admin, file, { object: 'product', options });
  expect(body).toMatchObject({ updated: 2, failed: 0 });
  expect(await pricesIn('Retail')).toEqual(['L-1 1 9500', 'S-1 1 2100']);
  await set(item(lamp, 9_700), item(spot, 2_100));
  await undo(body.id);
  expect(await pricesIn('Retail')).toEqual(['L-1 1 9700', 'S-1 1 2000']);
});
