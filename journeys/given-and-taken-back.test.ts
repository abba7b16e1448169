// What is done in one step and taken back in one: a pause, a hand-over, a merge, a sample; and reasons in a company's own words.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownFolder, startServer } from '../server/src/testing/processes.ts';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { demo, demoPassword } from './stage/demo.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

type Row = { id: string; name: string };
const read = async (person: Person, path: string) =>
  (await person.context.request.get(`/api/v1${path}`)).json();
const add = async (person: Person, path: string, data: object): Promise<Row> => {
  const reply = await person.context.request.post(`/api/v1${path}`, { data });
  expect(reply.status()).toBe(201);
  return reply.json();
};

describe('a colleague is away', () => {
  it('his reminders pause until somebody ends it, and his tasks go to another and come back', async () => {
    const boss = await visitor(browser, { size: 'desk', language: 'en' });
    await enter(boss, 'manager@demo.test');
    const { page } = boss;
    const { items } = await read(boss, '/people');
    const emma = (items as (Row & { email: string })[]).find(one => one.email === 'rep2@demo.test');
    await page.goto(`/people/${emma?.id}`);
    await settled(page);
    const card = page.locator('#handover');

    await card.getByRole('button', { name: 'Pause', exact: true }).click();
    const pausing = page.getByRole('dialog', { name: /^Pause the reminders/ });
    await pausing.getByRole('button', { name: 'Pause', exact: true }).click();
    await pausing.getByText('Give a reason').waitFor();
    await pausing.getByLabel('Why').fill('Two weeks of leave');
    await expectAccessible(page, 'a pause');
    await pausing.getByRole('button', { name: 'Pause', exact: true }).click();
    await card.getByText(/^Paused since .* until the next sign-in · Two weeks of leave$/).waitFor();

    await card.getByRole('button', { name: 'Hand over' }).click();
    const giving = page.getByRole('dialog', { name: /^Hand over what/ });
    for (const part of await giving.getByRole('checkbox', { name: / · \d+$/ }).all())
      if (!/^Open tasks/.test((await part.getAttribute('aria-label')) ?? (await labelOf(part))))
        await part.uncheck();
    await giving.getByRole('checkbox', { name: /李思源/ }).check();
    await giving.getByLabel('Why').fill('Two weeks of leave');
    await giving.getByRole('button', { name: 'Hand over' }).click();
    await giving.waitFor({ state: 'hidden' });
    await card.getByText(/^\d+ handed over · Two weeks of leave$/).waitFor();
    expect((await read(boss, `/tasks?owner=${emma?.id}`)).items).toEqual([]);

    await card.getByRole('button', { name: 'Give back' }).click();
    const back = page.getByRole('dialog', { name: /^Give back to/ });
    await back.getByLabel('Why').fill('Back from leave');
    await back.getByRole('button', { name: 'Give back' }).click();
    await card.getByText(/given back/).waitFor();
    expect((await read(boss, `/tasks?owner=${emma?.id}`)).items.length).toBeGreaterThan(3);

    await card.getByRole('button', { name: 'End the pause' }).click();
    await card.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await farewell(boss);
  });
});

const labelOf = (field: { evaluate: (read: (element: HTMLInputElement) => string) => Promise<string> }) =>
  field.evaluate(element => element.labels?.[0]?.textContent ?? '');

describe('one person entered twice', () => {
  it('becomes one with the best of both, and two again', async () => {
    const rep = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(rep, 'rep@demo.test');
    const { page } = rep;
    const customer = await add(rep, '/customers', { name: '桐乡乌镇蓝印花布厂' });
    const twin = { customerId: customer.id, name: '沈梅', phone: '139 0000 7788' };
    const kept = await add(rep, '/contacts', { ...twin, title: '采购经理' });
    const other = await add(rep, '/contacts', { ...twin, email: 'shen.mei@wuzhen.example' });
    await page.goto(`/duplicates/merge?object=contact&into=${kept.id}&other=${other.id}`);
    await settled(page);
    await expectNoSidewaysScroll(page, 'merging two contacts');
    await expectAccessible(page, 'merging two contacts');
    await page.getByRole('radio', { name: 'shen.mei@wuzhen.example' }).check();
    await page.getByRole('button', { name: '合并到“沈梅”' }).click();
    await page.getByText('已合并到“沈梅”').waitFor();
    const both = { title: '采购经理', email: 'shen.mei@wuzhen.example' };
    expect(await read(rep, `/contacts/${kept.id}`)).toMatchObject(both);

    await page.goto('/duplicates?object=contact');
    await page.getByRole('button', { name: '撤销合并：沈梅' }).click();
    await page.getByText('“沈梅”已恢复为独立记录').waitFor();
    expect(await read(rep, `/contacts/${kept.id}`)).toMatchObject({ title: '采购经理', email: null });
    expect(await read(rep, `/contacts/${other.id}`)).toMatchObject({ email: 'shen.mei@wuzhen.example' });
    await farewell(rep);
  });
});

describe('why deals are lost', () => {
  it('is said in the company’s own words as soon as an administrator has added them', async () => {
    const admin = await visitor(browser, { size: 'desk', language: 'en' });
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/deals/pipelines?sheet=reasons-lost');
    const sheet = page.getByRole('dialog', { name: 'Edit the reasons for losing' });
    await sheet.getByRole('button', { name: 'Add a reason' }).click();
    await sheet
      .getByLabel(/^Reason \d+$/)
      .last()
      .fill('Lead time too long');
    await sheet.getByRole('button', { name: 'Save' }).click();
    await sheet.waitFor({ state: 'hidden' });
    const deal = (await read(admin, '/deals?state=open&limit=1')).items[0];
    await page.goto(`/deals/${deal.id}`);
    await page.getByRole('button', { name: 'Lost', exact: true }).click();
    const losing = page.getByRole('dialog', { name: 'Lost' });
    await losing.getByLabel('Reason lost').selectOption('Lead time too long');
    await losing.getByRole('button', { name: 'Mark as lost' }).click();
    await losing.waitFor({ state: 'hidden' });
    await page.getByText('Lead time too long').first().waitFor();
    expect((await read(admin, `/deals/${deal.id}`)).stage.kind).toBe('lost');
    await farewell(admin);
  });
});

describe('a company that has just begun', () => {
  it('takes a sample in with one tap and out again, and keeps what is its own', async () => {
    const [folder, before] = [ownFolder(), demo.url];
    const server = await startServer({ LATCHKEY_DATA: folder.path });
    demo.url = server.url;
    try {
      const owner = await visitor(browser, { size: 'phone', language: 'zh-CN' });
      const { page } = owner;
      const me = { workspace: '新公司', name: '陈晨', email: 'chen@new.example', language: 'zh-CN' };
      const reply = await owner.context.request.post('/api/v1/setup', {
        data: { ...me, password: demoPassword },
      });
      expect(reply.status()).toBe(201);
      await page.goto('/');
      await page.getByRole('button', { name: '添加示例数据' }).click();
      await page.getByText(/^已添加 \d+ 条示例数据/).waitFor();
      const sample = (await read(owner, '/customers')).items;
      expect(sample.length).toBeGreaterThan(2);
      const own = await add(owner, '/customers', { name: '第一个真客户' });
      await page.getByRole('button', { name: '移除示例数据' }).click();
      const sheet = page.getByRole('dialog');
      await expectAccessible(page, 'taking the sample away');
      await sheet.getByRole('button', { name: '移除', exact: true }).click();
      await page.getByText(/^已移除 \d+ 条示例数据/).waitFor();
      expect((await read(owner, '/customers')).items.map((one: Row) => one.id)).toEqual([own.id]);
      await farewell(owner);
    } finally {
      demo.url = before;
      await server.end();
      folder.remove();
    }
  });
});
