// 李思源 on the road with his phone: what today asks for, a call and how it went, a deal one stage on, a customer of the pool.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
let leo: Person;
beforeAll(async () => {
  browser = await openBrowser();
  leo = await visitor(browser, { size: 'phone', language: 'zh-CN' });
  await enter(leo, 'rep@demo.test');
});
afterAll(() => browser.close());

describe('在路上', () => {
  it('today begins with whom to call; back from the call he says how it went and what comes next', async () => {
    const { page } = leo;
    await page.goto('/');
    await settled(page);
    await expectAccessible(page, 'today');
    await expectNoSidewaysScroll(page, 'today');
    const due = page.locator('section').filter({ has: page.getByRole('heading', { name: /^待跟进/ }) });
    const first = due.getByRole('listitem').first();
    const name = (await first.getByRole('link').first().textContent()) ?? '';
    const call = first.getByRole('link', { name: /电话/ });
    expect(await call.getAttribute('href')).toMatch(/^tel:/);
    // What a phone does when the call takes over the screen, and when it is over.
    await page.evaluate(() =>
      addEventListener(
        'click',
        event => (event.target as Element).closest('a[href^="tel:"]') && event.preventDefault(),
      ),
    );
    await call.click();
    await page.evaluate(() => {
      dispatchEvent(new Event('blur'));
      dispatchEvent(new Event('focus'));
    });
    const sheet = page.getByRole('dialog', { name: '通话怎么样？' });
    await sheet.getByText('已接通').click();
    await sheet.getByLabel('补充说明').fill('月底前定下规格');
    await sheet.getByLabel('下一步').fill('寄样品');
    await sheet.getByRole('button', { name: '1 周后' }).click();
    await expectAccessible(page, 'after a call');
    await sheet.getByRole('button', { name: '保存跟进' }).click();
    await sheet.waitFor({ state: 'hidden' });
    // Done for today: the row is gone.
    await expect.poll(() => due.getByRole('link', { name, exact: true }).count()).toBe(0);
    const recent = page.locator('section').filter({ has: page.getByRole('heading', { name: '最近动态' }) });
    await recent.getByText('已接通。月底前定下规格').waitFor();
  });

  it('moves a deal one stage on with two taps', async () => {
    const { page } = leo;
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '商机' }).tap();
    await settled(page);
    const card = page.getByRole('region', { name: '初步接洽', exact: true }).getByRole('listitem').first();
    const link = card.getByRole('link');
    const [title, address] = [await link.textContent(), await link.getAttribute('href')];
    await card.getByRole('button').tap();
    await page.getByRole('menuitem', { name: '需求确认' }).tap();
    await page.getByText(`“${title}”已进入“需求确认”`).waitFor();
    const reply = await leo.context.request.get(`/api/v1${address}`);
    expect((await reply.json()).stage.name).toBe('需求确认');
  });

  it('picks tasks with a long press and puts them off together; a lead is swiped to write to it', async () => {
    const { page } = leo;
    await page.goto('/tasks');
    await settled(page);
    const list = page.getByRole('list', { name: '任务' }).getByRole('listitem');
    const open = await list.count();
    const wire = await leo.context.newCDPSession(page);
    const touch = async (type: string, x?: number, y?: number) =>
      wire.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: x === undefined ? [] : [{ x, y: y ?? 0 }],
      });
    const middle = async (index: number) => {
      const box = await list.nth(index).boundingBox();
      return [box?.x ?? 0, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const;
    };
    const [left, top] = await middle(0);
    await touch('touchStart', left + 200, top);
    const bar = page.getByRole('region', { name: '已选记录' });
    await bar.getByText('已选 1 条').waitFor();
    await touch('touchEnd');
    await list.nth(1).getByText(/./).first().tap();
    await bar.getByText('已选 2 条').waitFor();
    await expectAccessible(page, 'tasks picked');
    await expectNoSidewaysScroll(page, 'tasks picked');
    await bar.getByRole('button', { name: '完成' }).tap();
    await page.getByText('已完成 2 项任务').waitFor();
    await expect.poll(() => list.count()).toBeLessThan(open);
    // The button beside the list does what a long press does.
    await page.getByRole('button', { name: '选择', exact: true }).tap();
    await list.first().getByRole('checkbox').check();
    await bar.getByRole('button', { name: '推迟' }).tap();
    await page.getByRole('menuitem', { name: '明天' }).tap();
    await page.getByText(/1 项任务已推迟到\d+月\d+日/).waitFor();

    await page.goto('/leads');
    await settled(page);
    const lead = page.getByRole('list', { name: '线索' }).getByRole('listitem').first();
    const box = await lead.boundingBox();
    const y = (box?.y ?? 0) + 30;
    await touch('touchStart', 280, y);
    for (const x of [250, 220, 190, 160]) await touch('touchMove', x, y);
    await touch('touchEnd');
    await page.getByRole('dialog', { name: '写跟进' }).waitFor();
  });

  it('claims a customer of the pool', async () => {
    const { page } = leo;
    await page.goto('/pool');
    await settled(page);
    const entry = page.getByRole('button', { name: /^查看/ }).first();
    await entry.tap();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: '领取' }).tap();
    await page.waitForURL(/customers\/[0-9a-f-]{36}/);
    await settled(page);
    const id = new URL(page.url()).pathname.split('/')[2];
    const owned = await (await leo.context.request.get(`/api/v1/customers/${id}`)).json();
    expect(owned.owner.name).toContain('李思源');
    await farewell(leo);
  });
});
