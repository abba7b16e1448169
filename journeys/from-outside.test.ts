// 官网上的表单: a customer writes from another site's page while everybody at the company is locked, and is not lost.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { demo } from './stage/demo.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, picture, settled } from './stage/eyes.ts';

const everybody = ['admin', 'manager', 'rep', 'rep2', 'auditor'].map(name => `${name}@demo.test`);

let browser: Browser;
let admin: Person;
let site: Server;
let siteUrl = '';
let form = '';
beforeAll(async () => {
  browser = await openBrowser();
  admin = await visitor(browser, { size: 'desk', language: 'zh-CN' });
  site = createServer((_, reply) => {
    reply
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end(`<!doctype html><title>官网</title>${form}`);
  });
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve));
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser.close();
  site.close();
});

/** Sends as a customer does, from a page of the company's own web site. */
async function write(name: string, phone: string, message: string): Promise<string | null> {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(siteUrl);
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('电话').fill(phone);
  await page.getByLabel('留言').fill(message);
  await page.getByRole('button', { name: '提交' }).click();
  const said = page.getByRole('status');
  await said.filter({ hasText: /\S/ }).waitFor();
  const words = await said.textContent();
  await context.close();
  return words;
}

describe('客户信息接收', () => {
  it('begins with a key, whose form goes onto the web site', async () => {
    const { page } = admin;
    await enter(admin, 'admin@demo.test');
    await page.goto('/intake');
    await page.getByText('还没有收到客户信息').waitFor();
    await page.getByRole('link', { name: '接收密钥' }).click();
    await page.getByRole('button', { name: '新建密钥' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('名称').fill('官网表单');
    await sheet.getByLabel('表单所在网站').fill(siteUrl);
    await picture(page, 'desk-zh-CN/intake-new-key');
    await expectAccessible(page, 'a new key');
    await sheet.getByRole('button', { name: '创建密钥' }).click();
    await sheet.getByText('仅显示这一次').waitFor();
    form = (await sheet.locator('pre').last().textContent()) ?? '';
    expect(form).toContain(`${demo.url}/api/v1/intake/`);
    await picture(page, 'desk-zh-CN/intake-made');
    await expectAccessible(page, 'the key made');
    await sheet.getByRole('button', { name: '完成' }).click();
    await page.getByRole('heading', { name: '官网表单' }).waitFor();
  });

  it('goes on while everybody is locked', async () => {
    for (const name of everybody) {
      const tries = Array.from({ length: 10 }, (_, n) =>
        fetch(`${demo.url}/api/v1/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name, password: `wrong guess ${n}` }),
        }),
      );
      const statuses = (await Promise.all(tries)).map(reply => reply.status);
      expect(statuses, name).toContain(423);
    }
    expect(await write('赵明远', '13866668888', '贵司的刀具有现货吗？')).toBe('感谢您的留言，我们已收到。');
  });

  it('and is found by whoever comes back, who makes a customer of it', async () => {
    const { page } = admin;
    await page.goto('/intake');
    const row = page.getByRole('row').filter({ hasText: '赵明远' });
    await row.getByText('待处理').waitFor();
    await picture(page, 'desk-zh-CN/intake');
    await expectAccessible(page, 'the list');
    await row.getByRole('button').click();
    const sheet = page.getByRole('dialog', { name: '赵明远' });
    await sheet.getByText('请选择负责人后接收').waitFor();
    expect(await sheet.getByLabel('客户名称').inputValue()).toBe('赵明远');
    expect(await sheet.getByLabel('留言').inputValue()).toBe('贵司的刀具有现货吗？');
    await sheet.getByLabel('客户名称').fill('远明精密刀具');
    await sheet.getByLabel('负责人').selectOption({ index: 2 });
    await settled(page);
    await picture(page, 'desk-zh-CN/intake-entry');
    await expectAccessible(page, 'an entry');
    await sheet.getByRole('button', { name: '接收', exact: true }).click();
    await page.getByText('已创建客户“远明精密刀具”').waitFor();
    await row
      .or(page.getByRole('row').filter({ hasText: '已建客户' }))
      .first()
      .waitFor();
    expect(await write('赵先生', '138 6666 8888', '再问一下价格')).toBe('感谢您的留言，我们已收到。');
    await expect
      .poll(async () => {
        const reply = await admin.context.request.get('/api/v1/intake?state=duplicate');
        return (await reply.json()).items.map((item: { customer: { name: string } }) => item.customer.name);
      })
      .toEqual(['远明精密刀具']);
  });

  it('on a phone in English as well', async () => {
    await write('Jane Doe', '+44 20 7946 0002', 'Do you ship to the UK?');
    const manager = await visitor(browser, { size: 'phone', language: 'en' });
    await manager.context.addCookies(await admin.context.cookies());
    await manager.context.request.patch('/api/v1/me', { data: { language: 'en' } });
    const { page } = manager;
    await page.goto('/intake');
    const card = page.getByRole('listitem').filter({ hasText: 'Jane Doe' });
    await card.getByText('To handle').waitFor();
    await settled(page);
    await picture(page, 'phone-en/intake');
    await expectNoSidewaysScroll(page, 'the list');
    await expectAccessible(page, 'the list on a phone');
    await card.getByRole('button').click();
    const sheet = page.getByRole('dialog', { name: 'Jane Doe' });
    await sheet.getByLabel('Customer').waitFor();
    await settled(page);
    await picture(page, 'phone-en/intake-entry');
    await expectNoSidewaysScroll(page, 'an entry');
    await sheet.getByRole('button', { name: 'Reject…' }).click();
    await sheet.getByLabel('Reason').fill('We do not ship there');
    await sheet.getByRole('button', { name: 'Reject', exact: true }).click();
    await sheet.waitFor({ state: 'hidden' });
    await card.getByText('Rejected').waitFor();
    await page.goto('/intake/keys');
    await page.getByRole('heading', { name: '官网表单' }).waitFor();
    await settled(page);
    await picture(page, 'phone-en/intake-keys');
    await expectNoSidewaysScroll(page, 'the keys');
    await expectAccessible(page, 'the keys on a phone');
    await page.getByLabel('Receive through 官网表单').click({ force: true });
    await page.getByText('Off', { exact: true }).waitFor();
    expect(await write('Late Comer', '13900000001', 'x')).toBe('提交失败，请稍后再试。');
    await farewell(manager, admin);
  });
});
