// A lead on 李思源's phone becomes a customer with a deal; later he has no time for it, and Emma takes it from the pool.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { enter, signIn } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

const person = '温庭筠';
const company = '宁波听雨轩家居有限公司';

let browser: Browser;
let leo: Person;
let emma: Person;
let simon: Person;
beforeAll(async () => {
  browser = await openBrowser();
  leo = await visitor(browser, { size: 'phone', language: 'zh-CN' });
  emma = await visitor(browser, { size: 'desk', language: 'en' });
  simon = await visitor(browser, { size: 'phone', language: 'zh-CN' });
});
afterAll(() => browser.close());

const looked = async ({ page, as }: Person, where: string) => {
  await settled(page);
  await expectAccessible(page, `${where}, ${as.size}`);
  await expectNoSidewaysScroll(page, `${where}, ${as.size}`);
};

describe('从线索到公海', () => {
  it('a lead is written down on the phone; an unfinished one is not lost', async () => {
    const { page } = leo;
    await signIn(leo, 'rep@demo.test');
    await page.goto('/leads');
    await looked(leo, 'leads');
    await page.getByRole('button', { name: '新建线索' }).click();
    const sheet = page.getByRole('dialog', { name: '新建线索' });
    await sheet.getByLabel('姓名').fill(person);
    await sheet.getByLabel('公司').fill(company);
    await sheet.getByLabel('电话').fill('139 0000 8877');
    await sheet.getByText(/草稿/).first().waitFor();
    await page.reload();
    await expect.poll(() => sheet.getByLabel('公司').inputValue()).toBe(company);
    await sheet.getByRole('button', { name: '保存线索' }).click();
    await page.getByRole('heading', { name: person, level: 1 }).waitFor();
    await looked(leo, 'a lead');
  });

  it('a follow-up is written down with it, and it counts as contacted', async () => {
    const { page } = leo;
    await page.getByRole('button', { name: '写跟进' }).click();
    const sheet = page.getByRole('dialog', { name: '写跟进' });
    await sheet.getByLabel('跟进内容').fill('想看藤编样品');
    await sheet.getByRole('button', { name: '保存跟进' }).click();
    await page.getByText('跟进已保存').waitFor();
    await expect.poll(() => page.getByLabel('状态').inputValue()).toBe('contacted');
  });

  it('it becomes a customer with a contact and a deal in one step', async () => {
    const { page } = leo;
    await page.getByRole('button', { name: '转为客户' }).click();
    const sheet = page.getByRole('dialog', { name: '转为客户' });
    await expect.poll(() => sheet.getByLabel('客户名称').inputValue()).toBe(company);
    await sheet.getByText('同时新建商机').click();
    await sheet.getByLabel('商机名称').fill('藤编样品');
    await sheet.getByLabel('金额（CNY）').fill('12,000');
    await looked(leo, 'converting');
    await sheet.getByRole('button', { name: '转为客户' }).click();
    await page.getByRole('heading', { name: company, level: 1 }).waitFor();
    await page.getByText('想看藤编样品').waitFor();
    await page.getByRole('link', { name: '藤编样品' }).waitFor();
    await page.getByRole('link', { name: person }).first().waitFor();
  });

  it('he gives it back to the pool, and cannot look at it any more', async () => {
    const { page } = leo;
    await settled(page);
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitem', { name: '退回公海' }).click();
    const sheet = page.getByRole('dialog', { name: '退回公海' });
    await sheet.getByLabel(/退回原因/).fill('近期要出差');
    await sheet.getByRole('button', { name: '退回公海' }).click();
    await page.getByText(`“${company}”已退回公海`).waitFor();
    await sheet.waitFor({ state: 'hidden' });
    await page.goto('/pool');
    await page.getByText(company).first().waitFor();
    expect(await page.content()).not.toContain('139 0000 8877');
    await looked(leo, 'the pool');
  });

  it('Emma finds it there, claims it, and sees its phone', async () => {
    await enter(emma, 'rep2@demo.test');
    const { page } = emma;
    await page.goto('/pool?q=听雨轩');
    await looked(emma, 'the pool');
    await page.getByRole('button', { name: `Look at ${company}` }).click();
    const sheet = page.getByRole('dialog', { name: company });
    await sheet.getByText('近期要出差').waitFor();
    await looked(emma, 'a customer of the pool');
    await sheet.getByRole('button', { name: 'Claim for me' }).click();
    await page.getByRole('heading', { name: company, level: 1 }).waitFor();
    await page.getByText('139 0000 8877').first().waitFor();
    await page.getByRole('heading', { name: 'Owners so far' }).waitFor();
  });

  it('the administrator sees what rules would take before he saves them', async () => {
    await enter(simon, 'admin@demo.test');
    const { page } = simon;
    await page.goto('/pool/rules');
    await looked(simon, 'the rules');
    await page.getByRole('button', { name: /设置规则：华东团队/ }).click();
    const sheet = page.getByRole('dialog', { name: /华东团队/ });
    await sheet.getByLabel('未跟进天数').fill('６０');
    await sheet.getByRole('button', { name: '查看影响' }).click();
    await sheet.getByText(/按此规则，当前有 \d+ 个客户到期/).waitFor();
    await looked(simon, 'setting rules');
    await sheet.getByRole('button', { name: '保存规则' }).click();
    await page.getByText('60 天未跟进的客户自动回收。').waitFor();
    for (const one of [leo, emma, simon]) await farewell(one);
  });
});
