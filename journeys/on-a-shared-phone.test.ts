// A phone that goes from hand to hand: what one person leaves on it, no other reads (L50).
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, forgive, openBrowser, visitor } from './stage/browser.ts';
import { enter, signIn } from './stage/door.ts';
import { settled } from './stage/eyes.ts';
import { everythingKept, rowsIn, shelved } from './stage/kept.ts';
import { equipped, read, rep, waits } from './stage/lift.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('L50 on a shared phone', () => {
  it('L50 the next person reads nothing, and the first finds the draft and what waited again', async () => {
    const person = await equipped(browser);
    const { page, context } = person;
    const [customer] = (await read(person, '/customers?owner=me&limit=1')).items;
    const secret = '底价三百二十万，不能外传';
    await page.goto(`/customers/${customer?.id}?sheet=write`);
    const write = page.getByRole('dialog', { name: '写跟进' });
    await write.getByLabel('跟进内容').fill(secret);
    // Words that the page could only just put down as it went.
    await page.reload();
    await expect.poll(() => write.getByLabel('跟进内容').inputValue()).toBe(secret);
    await expect.poll(() => page.evaluate(rowsIn, 'drafts')).toBe(1);
    expect(await page.evaluate(rowsIn, 'keys')).toBe(2);
    await context.setOffline(true);
    await page.goto('/customers?sheet=new');
    const fresh = page.getByRole('dialog', { name: '新建客户' });
    await fresh.getByLabel('名称').fill('不能外传的新客户');
    await fresh.getByRole('button', { name: '保存客户' }).click();
    await waits(page, 1);
    // The line comes back for the sign-out only: nothing is handed over before.
    await page.route(/api\/v1\/customers$/, route => route.abort());
    await context.setOffline(false);
    await page
      .getByText('当前没有网络')
      .waitFor({ state: 'hidden', timeout: 30_000 })
      .catch(() => undefined);
    await page.getByRole('button', { name: /的账号菜单/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.waitForURL(/sign-in/);

    const secrets = [secret, '不能外传的新客户', String(customer?.name)];
    const expectNothing = async () => {
      const all = await everythingKept(page);
      expect(all).toMatch(/drafts 1/);
      expect(all).toMatch(/queue 1/);
      for (const one of secrets) expect(all.includes(one), one).toBe(false);
    };
    await expectNothing();
    // The key is gone; only the box's name is left.
    expect(await page.evaluate(rowsIn, 'keys')).toBe(1);

    const colleague = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(colleague, 'rep2@demo.test');
    await farewell(colleague);
    await signIn(person, 'rep2@demo.test');
    await settled(page);
    await shelved(page);
    await expectNothing();
    await page.goto('/');
    await settled(page);
    expect(await page.getByText('未保存的草稿').count()).toBe(0);
    expect(await page.getByText(/等待提交/).count()).toBe(0);
    await page.getByRole('button', { name: /的账号菜单/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.waitForURL(/sign-in/);

    await page.unroute(/api\/v1\/customers$/);
    await signIn(person, rep);
    await page.goto('/');
    await page.getByText('未保存的草稿').waitFor();
    const named = `/customers?q=${encodeURIComponent('不能外传的新客户')}`;
    await expect.poll(async () => (await read(person, named)).items.length, { timeout: 30_000 }).toBe(1);
    await page.goto(`/customers/${customer?.id}?sheet=write`);
    await write.getByLabel('跟进内容').waitFor();
    expect(await write.getByLabel('跟进内容').inputValue()).toBe(secret);
    forgive(person, /could not be reached|Failed to fetch/);
    await farewell(person);
  });

  it('L50 a session ended from elsewhere takes the key at the next contact', async () => {
    const person = await equipped(browser);
    const { page, context } = person;
    const sessions = (await read(person, '/sessions')).items;
    const current = sessions.find(one => one.current);
    expect(await page.evaluate(rowsIn, 'keys')).toBe(2);
    const elsewhere = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(elsewhere, rep);
    const ended = await elsewhere.context.request.delete(`/api/v1/sessions/${current?.id}`);
    expect(ended.status()).toBe(204);
    await page.goto('/customers');
    await page.waitForURL(/sign-in/);
    expect(await page.evaluate(rowsIn, 'keys')).toBe(1);
    await context.setOffline(true);
    await page.goto('/customers');
    await page.getByRole('heading', { name: '暂时无法打开 Latchkey' }).waitFor();
    forgive(person, /could not be reached|Failed to fetch/);
    await farewell(person, elsewhere);
  });

  it('L50 without contact until the key’s end, what was taken along can no longer be read', async () => {
    const person = await equipped(browser);
    const { page, context } = person;
    await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>(resolve => {
        const asked = indexedDB.open('latchkey.kept');
        asked.onsuccess = () => resolve(asked.result);
      });
      const keys = database.transaction('keys', 'readwrite').objectStore('keys');
      const row = await new Promise<object>(resolve => {
        const asked = keys.get('current');
        asked.onsuccess = () => resolve(asked.result);
      });
      keys.put({ ...row, until: Date.now() - 1 });
      database.close();
    });
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: '暂时无法打开 Latchkey' }).waitFor();
    expect(await page.evaluate(rowsIn, 'keys')).toBe(1);
    forgive(person, /could not be reached|Failed to fetch/);
    await farewell(person);
  });
});
