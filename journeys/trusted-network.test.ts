// Chen travels to a trade fair: the administrator trusts the hall's network for her, she sees it, and later it is ended.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { farewell, type Language, openBrowser, type Size, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const words = {
  'zh-CN': {
    add: '添加网络',
    range: 'IP 地址或网段',
    whom: '适用成员',
    reason: '理由',
    why: '广交会期间，展馆网络',
    save: '设为受信任',
    end: '停用',
    sure: '确认停用',
    over: '活动结束',
    wide: '整个互联网',
    trusted: '管理员已信任',
  },
  en: {
    add: 'Add a network',
    range: 'IP address or range',
    whom: 'For whom',
    reason: 'Reason',
    why: 'Trade fair, network of the hall',
    save: 'Trust this network',
    end: 'End',
    sure: 'End trust',
    over: 'The fair is over',
    wide: 'whole internet',
    trusted: 'Trusted by an administrator',
  },
};
const looks: [Size, Language, string][] = [
  ['phone', 'zh-CN', '198.51.100.0/24'],
  ['desk', 'en', '2001:db8:fa1::/48'],
];

it.each(looks)('trusts a network for a while, on a %s in %s', async (size, language, cidr) => {
  const w = words[language];
  const admin = await visitor(browser, { size, language });
  const rep = await visitor(browser, { size, language });
  await enter(admin, 'admin@demo.test');
  await enter(rep, 'rep@demo.test');
  const me = await (await rep.context.request.get('/api/v1/session')).json();
  const { page } = admin;

  await page.goto('/networks');
  await settled(page);
  await page.getByRole('button', { name: w.add }).first().click();
  const sheet = page.getByRole('dialog');
  const range = sheet.getByLabel(w.range);
  // The address one comes from stands there already.
  await expect.poll(() => range.inputValue()).toBe('127.0.0.1/32');
  await range.fill('0.0.0.0/0');
  await sheet.getByText(w.wide).waitFor();
  await sheet.getByLabel(w.reason).fill(w.why);
  await expect
    .poll(() => page.evaluate(() => document.querySelectorAll('[role="status"] button').length))
    .toBe(1);

  // A draft outlives the page.
  await page.reload();
  await expect.poll(() => range.inputValue()).toBe('0.0.0.0/0');
  await range.fill(cidr.replace('::/48', ':7::9/48').replace('100.0/', '100.77/'));
  await sheet.getByText(cidr, { exact: true }).waitFor();
  await sheet.getByLabel(w.whom).selectOption(me.user.id);
  await expectAccessible(page, 'the sheet');
  await expectNoSidewaysScroll(page, 'the sheet');
  await sheet.getByRole('button', { name: w.save }).click();
  await sheet.waitFor({ state: 'hidden' });
  const card = page.getByRole('article', { name: cidr });
  await card.getByText(w.why).waitFor();
  await card.getByText(me.user.name).waitFor();
  await expectAccessible(page, 'the list');

  await rep.page.goto('/account');
  await settled(rep.page);
  await rep.page.getByText(cidr).waitFor();
  await rep.page.getByText(w.trusted).first().waitFor();
  await expectNoSidewaysScroll(rep.page, 'the account page');

  await card.getByRole('button', { name: w.end }).click();
  const ending = page.getByRole('dialog');
  await ending.getByLabel(w.reason).fill(w.over);
  await ending.getByRole('button', { name: w.sure }).click();
  await ending.waitFor({ state: 'hidden' });
  await card.getByText(w.over).waitFor();
  expect(await card.getByRole('button').count()).toBe(0);

  await rep.page.reload();
  await settled(rep.page);
  expect(await rep.page.getByText(cidr).count()).toBe(0);
  await farewell(admin, rep);
});
