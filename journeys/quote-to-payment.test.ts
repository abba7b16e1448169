// From a quote on a phone to the money on a desk: lines by hand and from the catalogue, the order, its plan, its payments.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, type Language, openBrowser, type Size, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';
import { expectComposable } from './stage/input-method.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('a rep', () => {
  it('writes a quote on a phone in Chinese, makes an order of it, plans its payments and takes one down', async () => {
    const person = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(person, 'rep@demo.test');
    const { page } = person;
    const [customer] = (await (await person.context.request.get('/api/v1/customers?limit=1')).json()).items;
    await page.goto(`/customers/${customer.id}`);
    await settled(page);
    await page.getByRole('button', { name: '报价', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: '新建报价单' });
    await expectComposable(page, sheet.getByLabel('主题'), 'the subject');
    await sheet.getByLabel('主题').fill('春季订货');
    await sheet.getByRole('button', { name: '添加一行' }).click();
    const [first, second] = [
      sheet.getByRole('group', { name: '第 1 行' }),
      sheet.getByRole('group', { name: '第 2 行' }),
    ];
    await expectComposable(page, first.getByLabel('产品或服务'), 'the name of a line');
    await first.getByLabel('产品或服务').fill('不锈钢');
    await first.getByRole('button', { name: /不锈钢合页/ }).click();
    await first.getByLabel('数量').fill('１２．５');
    await first.getByLabel('单价').fill('80');
    await first.getByLabel('折扣').fill('10');
    await first.getByText('¥900.00').waitFor();
    await sheet.getByRole('button', { name: '添加一行' }).click();
    await second.getByLabel('产品或服务').fill('运费');
    await sheet.getByRole('button', { name: '保存', exact: true }).click();
    await second.getByLabel('单价').fill('100.5');
    await sheet.getByText('¥1,000.50').waitFor();

    // Tapped out by mistake, and everything is still there (L42).
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '报价', exact: true }).click();
    expect(await second.getByLabel('产品或服务').inputValue()).toBe('运费');
    await sheet.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByRole('button', { name: '查看' }).click();

    await page.getByRole('heading', { name: '春季订货', level: 1 }).waitFor();
    await page
      .getByText(/报价单 Q-\d{4}-\d{5}/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: '标记为已发送' }).click();
    await page.getByRole('button', { name: '生成订单' }).click();
    await page
      .getByText(/订单 O-\d{4}-\d{5}/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: '确认订单' }).click();
    await page.getByText('已确认', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: '安排收款' }).click();
    const plan = page.getByRole('dialog', { name: '收款计划' });
    await plan.getByRole('button', { name: '30% 定金 + 70% 尾款' }).click();
    await plan.getByRole('button', { name: '保存计划' }).click();
    await plan.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '登记收款' }).click();
    const pay = page.getByRole('dialog', { name: /登记收款/ });
    expect(await pay.getByLabel('金额').inputValue()).toBe('300.15');
    await pay.getByRole('button', { name: '登记收款' }).click();
    await pay.waitFor({ state: 'hidden' });
    await page.getByText('¥700.35').first().waitFor();
    await page.getByText('已收齐').waitFor();
    await farewell(person);
  });

  it('loses nothing when a colleague has changed the same quote: both versions stand side by side', async () => {
    const [rep, manager] = [
      await visitor(browser, { size: 'desk', language: 'en' }),
      await visitor(browser, { size: 'desk', language: 'en' }),
    ];
    await enter(rep, 'rep@demo.test');
    await enter(manager, 'manager@demo.test');
    const drafts = await rep.context.request.get('/api/v1/orders?kind=quote&status=draft&limit=1');
    const [quote] = (await drafts.json()).items;
    const { page } = rep;
    await page.goto(`/orders/${quote.id}?sheet=edit`);
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Terms').fill('Payment in advance');
    const path = `/api/v1/orders/${quote.id}`;
    const changed = await manager.context.request.patch(path, {
      data: { terms: 'Net 60', remark: 'call first' },
    });
    expect(changed.status()).toBe(200);
    await sheet.getByRole('button', { name: 'Save', exact: true }).click();
    const terms = sheet.getByRole('group', { name: /Terms/ });
    await terms.getByText('Net 60').waitFor();
    await terms.getByText('Payment in advance').click();
    await sheet.locator('button[type="submit"]').click();
    await sheet.waitFor({ state: 'hidden' });
    const now = await (await rep.context.request.get(path)).json();
    expect([now.terms, now.remark]).toEqual(['Payment in advance', 'call first']);
    await farewell(rep, manager);
  });
});

const looks: [Size, Language, boolean][] = [
  ['phone', 'zh-CN', true],
  ['desk', 'en', false],
];

it.each(looks)(
  'every page of products and orders stands on a %s in %s (dark: %s)',
  async (size, language, dark) => {
    const person = await visitor(browser, { size, language, dark });
    await enter(person, 'admin@demo.test');
    const { page } = person;
    const one = async (path: string) => {
      const reply = await person.context.request.get(`/api/v1/${path}limit=1`);
      return ((await reply.json()) as { items: { id: string }[] }).items[0]?.id;
    };
    const [order, quote] = [
      await one('orders?status=delivered&'),
      await one('orders?kind=quote&status=draft&'),
    ];
    const lists = (await (await person.context.request.get('/api/v1/price-lists')).json()).items;
    const stops = [
      '/orders',
      '/orders?sheet=new-quote',
      `/orders/${order}`,
      `/orders/${quote}?sheet=edit`,
      `/orders/${order}/print`,
      '/orders/due',
      '/orders/due?span=overdue',
      '/products',
      '/products?sheet=new',
      `/products/${await one('products?')}`,
      '/products/price-lists',
      `/products/price-lists/${lists.at(-1)?.id}`,
    ];
    for (const stop of stops) {
      await page.goto(stop);
      await settled(page);
      await expectNoSidewaysScroll(page, stop);
      await expectAccessible(page, stop);
    }
    await farewell(person);
  },
);
