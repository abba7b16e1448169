// A phone without a network: records to read, changes that wait and arrive once, and nothing left for the next person.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, forgive, openBrowser, type Person, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const rep = 'rep@demo.test';
type Row = Record<string, unknown> & { id: string };

/** A rep whose phone has taken along what it needs. */
async function equipped(name = rep): Promise<Person> {
  const person = await visitor(browser, { size: 'phone', language: 'zh-CN', offlineShell: true });
  await enter(person, name);
  await person.page.goto('/');
  await settled(person.page);
  await person.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await shelved(person.page);
  return person;
}

/** Waits until session and working set lie on the device. */
async function shelved(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(rowsIn, 'shelves'), { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
}

async function rowsIn(table: string): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('latchkey.kept');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const count = await new Promise<number>(resolve => {
    const asked = database.transaction(table).objectStore(table).count();
    asked.onsuccess = () => resolve(asked.result);
  });
  database.close();
  return count;
}

async function read(person: Person, path: string): Promise<Row & { items: Row[] }> {
  return (await person.context.request.get(`/api/v1${path}`)).json();
}

async function add(person: Person, path: string, data: object): Promise<Row> {
  const reply = await person.context.request.post(`/api/v1${path}`, { data });
  expect(reply.status()).toBe(201);
  return reply.json();
}

const waits = (page: Page, count: number) => page.getByText(`${count} 项修改等待提交`).waitFor();

describe('in the lift', () => {
  it('F13 opens without a network, lets a day go on, and hands everything over once', async () => {
    const person = await equipped();
    const { page, context } = person;
    const { id } = await add(person, '/customers', {
      name: '杭州电梯里的客户有限公司',
      phone: '0571-8800 1234',
    });
    const { version } = await read(person, `/customers/${id}`);
    expect(version).toBe(1);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('当前没有网络。').waitFor();
    await page.getByRole('heading', { name: '待跟进' }).waitFor();
    await page.goto('/customers');
    await settled(page);
    const customers = page.getByRole('list', { name: '客户' }).getByRole('listitem');
    expect(await customers.count()).toBeGreaterThan(5);
    await page.getByRole('searchbox', { name: '搜索客户' }).fill('有限公司');
    await customers.first().getByRole('link').first().click();
    await page.getByRole('button', { name: '写跟进' }).waitFor();
    const name = (await page.locator('h1').textContent()) ?? '';
    const address = new URL(page.url()).pathname;

    await page.getByRole('button', { name: '写跟进' }).click();
    const write = page.getByRole('dialog', { name: '写跟进' });
    await write.getByLabel('跟进内容').fill('电梯里记下：月底前给报价。');
    await write.getByRole('button', { name: '保存跟进' }).click();
    await write.waitFor({ state: 'hidden' });
    await waits(page, 1);
    await page.getByRole('listitem').filter({ hasText: '月底前给报价' }).first().waitFor();

    for (const [round, city] of ['绍兴', '嘉兴'].entries()) {
      await page.goto(`${address}?sheet=edit`);
      const edit = page.getByRole('dialog', { name: '编辑客户' });
      await edit.getByLabel('城市').fill(city);
      await edit.getByRole('button', { name: '保存修改' }).click();
      await edit.waitFor({ state: 'hidden' });
      await waits(page, 2 + round);
    }

    await page.goto('/customers?sheet=new');
    const fresh = page.getByRole('dialog', { name: '新建客户' });
    await fresh.getByLabel('名称').fill('地下车库认识的客户');
    await fresh.getByRole('button', { name: '保存客户' }).click();
    await page.getByRole('heading', { name: '地下车库认识的客户', level: 1 }).waitFor();
    await page.getByRole('button', { name: '写跟进' }).click();
    await write.getByLabel('跟进内容').fill('交换了名片。');
    await write.getByRole('button', { name: '保存跟进' }).click();
    await waits(page, 5);

    await page.goto('/waiting');
    await page.getByRole('heading', { name: '待提交的修改' }).waitFor();
    await expectAccessible(page, '/waiting');
    await expectNoSidewaysScroll(page, '/waiting');
    expect(await page.locator('main li').count()).toBe(5);

    await context.setOffline(false);
    await page.getByText('没有待提交的修改').waitFor({ timeout: 30_000 });
    const server = await read(person, address);
    expect(server).toMatchObject({ name, city: '嘉兴' });
    const said = await read(person, `/activities?customer=${server.id}`);
    expect(said.items.filter(one => one.body === '电梯里记下：月底前给报价。')).toHaveLength(1);
    const made = await read(person, `/customers?q=${encodeURIComponent('地下车库认识的客户')}`);
    expect(made.items).toHaveLength(1);
    const first = await read(person, `/activities?customer=${made.items[0]?.id}`);
    expect(first.items.map(one => one.body)).toEqual(['交换了名片。']);
    forgive(person, /could not be reached|Failed to fetch/);
    await farewell(person);
  });

  it('shows both versions where somebody else changed the same field, and joins the rest by itself', async () => {
    const person = await equipped();
    const { page, context } = person;
    const [chosen, other] = (await read(person, '/customers?owner=me&limit=2')).items;
    const manager = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(manager, 'manager@demo.test');
    await context.setOffline(true);
    for (const [customer, field, words] of [
      [chosen, '备注', '我：只收电汇'],
      [other, '地址', '我：三号门'],
    ] as const) {
      await page.goto(`/customers/${customer?.id}?sheet=edit`);
      const edit = page.getByRole('dialog', { name: '编辑客户' });
      await edit.getByLabel(field).fill(words);
      await edit.getByRole('button', { name: '保存修改' }).click();
      await edit.waitFor({ state: 'hidden' });
    }
    for (const customer of [chosen, other]) {
      const reply = await manager.context.request.patch(`/api/v1/customers/${customer?.id}`, {
        data: { remark: '主管：月结' },
      });
      expect(reply.status()).toBe(200);
    }
    await context.setOffline(false);
    await page.getByText('1 项修改需要您处理').waitFor({ timeout: 30_000 });
    await expect
      .poll(() => read(person, `/customers/${other?.id}`))
      .toMatchObject({ address: '我：三号门', remark: '主管：月结' });
    await page.getByRole('link', { name: '查看' }).click();
    await page.getByRole('button', { name: '比较并选择' }).click();
    const conflict = page.getByRole('form', { name: '合并两个版本' });
    await conflict.getByText('我：只收电汇').waitFor();
    await conflict.getByText('主管：月结').waitFor();
    await conflict.getByLabel('两者都保留').check();
    await conflict.getByRole('button', { name: '保存合并结果' }).click();
    await page.getByText('没有待提交的修改').waitFor();
    const { remark } = await read(person, `/customers/${chosen?.id}`);
    expect(remark).toContain('我：只收电汇');
    expect(remark).toContain('主管：月结');
    forgive(person, /could not be reached|Failed to fetch/);
    await farewell(person, manager);
  });
});
