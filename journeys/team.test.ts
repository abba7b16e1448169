// Two colleagues at one customer: what one says the other sees, without touching the page; @ in the middle of Chinese.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';
import { inputMethod } from './stage/input-method.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

type Listed = { items: { id: string; name: string }[] };
const firstOf = async (person: Person, path: string) =>
  ((await (await person.context.request.get(`/api/v1${path}`)).json()) as Listed).items[0] ?? {
    id: '',
    name: '',
  };

describe('two colleagues at one customer', () => {
  it('mention each other and see it at once, on a desk in Chinese and on a phone in English', async () => {
    const rep = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    const boss = await visitor(browser, { size: 'phone', language: 'en' });
    await enter(rep, 'rep@demo.test');
    await enter(boss, 'manager@demo.test');
    const customer = await firstOf(rep, '/customers?limit=1');
    const about = `/comments/people?object=customer&id=${customer.id}`;
    const { items } = (await (await rep.context.request.get(`/api/v1${about}`)).json()) as {
      items: { id: string; name: string; reads: boolean }[];
    };
    const me = (await (await boss.context.request.get('/api/v1/session')).json()) as { user: { id: string } };
    const named = items.find(one => one.id === me.user.id)?.name ?? '';
    await boss.page.goto(`/customers/${customer.id}`);
    await settled(boss.page);
    await rep.page.goto(`/customers/${customer.id}`);
    await settled(rep.page);

    const box = rep.page.getByRole('textbox', { name: '写评论' });
    await box.click();
    const pinyin = await inputMethod(rep.page);
    await pinyin.compose('qing');
    await pinyin.press('Enter');
    await pinyin.commit('请');
    await box.pressSequentially(`@${named.slice(0, 1)}`);
    const choice = rep.page.getByRole('option', { name: named });
    await choice.waitFor();
    await expectAccessible(rep.page, 'choosing a colleague');
    // A key of the input method chooses nobody.
    await pinyin.compose('kan');
    await pinyin.press('Enter');
    await pinyin.press('Escape');
    await pinyin.commit('');
    await box.fill(`请@${named.slice(0, 1)}`);
    await choice.waitFor();
    await box.press('Enter');
    expect(await box.inputValue()).toBe(`请@${named} `);
    await box.pressSequentially('看一下报价');
    // Leaving loses nothing (L42).
    await rep.page.reload();
    await settled(rep.page);
    await expect.poll(() => box.inputValue()).toBe(`请@${named} 看一下报价`);
    await rep.page.getByRole('button', { name: '发表' }).click();
    await rep.page.getByRole('article').getByText('看一下报价').waitFor();

    // Nobody touches this page.
    await boss.page.getByRole('article').getByText('看一下报价').waitFor();
    await boss.page.getByRole('link', { name: /Notices, \d+ unread/ }).click();
    const notice = boss.page.getByRole('listitem').filter({ hasText: '看一下报价' });
    await notice.getByText('mentioned you').waitFor();
    await expectAccessible(boss.page, 'the notice centre');
    await expectNoSidewaysScroll(boss.page, 'the notice centre');
    await notice.getByRole('link').click();
    await boss.page.waitForURL(url => url.pathname === `/customers/${customer.id}`);
    await settled(boss.page);
    await boss.page.getByRole('textbox', { name: 'New comment' }).fill('Looks good to me');
    await boss.page.getByRole('button', { name: 'Comment', exact: true }).click();
    await rep.page.getByRole('article').getByText('Looks good to me').waitFor();
    await expectAccessible(rep.page, 'a customer with comments');
    await expectNoSidewaysScroll(boss.page, 'a customer with comments');
    await farewell(rep, boss);
  });

  it('see a change while they type themselves, and what they type is left alone', async () => {
    const rep = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    const boss = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(rep, 'rep@demo.test');
    await enter(boss, 'manager@demo.test');
    const deals = (await (await rep.context.request.get('/api/v1/deals?state=open&limit=1')).json()) as {
      items: { id: string; title: string }[];
    };
    const [deal] = deals.items;
    await boss.page.goto(`/deals/${deal?.id}?sheet=edit`);
    await settled(boss.page);
    const sheet = boss.page.getByRole('dialog');
    const field = sheet.getByRole('textbox').first();
    await field.fill('正在输入的标题');
    const renamed = await rep.context.request.patch(`/api/v1/deals/${deal?.id}`, {
      data: { nextStep: '周五前确认合同' },
    });
    expect(renamed.status()).toBe(200);
    await boss.page.getByText('周五前确认合同').first().waitFor({ state: 'attached' });
    expect(await field.inputValue()).toBe('正在输入的标题');
    await farewell(rep, boss);
  });

  it.each(['phone', 'desk'] as const)(
    'have a feed and settings that everybody can use, on a %s',
    async size => {
      const person = await visitor(browser, { size, language: size === 'phone' ? 'zh-CN' : 'en' });
      await enter(person, 'rep@demo.test');
      for (const path of ['/feed', '/inbox', '/account']) {
        await person.page.goto(path);
        await settled(person.page);
        await expectAccessible(person.page, path);
        await expectNoSidewaysScroll(person.page, path);
      }
      await person.page.locator('#notices').getByRole('combobox').first().selectOption('none');
      await person.page.getByText(size === 'phone' ? '已保存。' : 'Saved.').waitFor();
      await farewell(person);
    },
  );
});
