// The administrator looks at what a lock policy would have done before choosing it: in Chinese on a phone, in English on a desk.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { demo } from './stage/demo.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const name = 'policy.story@haichuan.test';

/** A stranger types one wrong password after another at a name that is nobody's. */
async function guess(times: number): Promise<void> {
  for (let tries = 0; tries < times; tries += 1)
    await fetch(`${demo.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password: `quite another phrase ${tries} ${times}` }),
    });
}

/** The figure of a row under “in use” and under the draft. */
async function figures({ page }: Person, row: string): Promise<number[]> {
  const cells = page.getByRole('row', { name: new RegExp(`^${row}`) }).getByRole('cell');
  const texts = await cells.allTextContents();
  return texts.map(text => Number(text.replace(/[,%]/g, '')));
}

const presetIn = async ({ context }: Person) =>
  (await (await context.request.get('/api/v1/policies/lock')).json()).preset as string;

describe('陈志远在手机上查看并更换锁定策略', () => {
  it('先看到草案与当前策略的对比，保存后立即生效', async () => {
    await guess(9);
    const admin = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/locks');
    await page.getByRole('link', { name: '锁定策略' }).click();
    await settled(page);
    await page.getByText('这是当前使用的策略，选择其他策略即可对比。').waitFor();
    expect(await page.getByRole('radio', { name: /均衡/ }).isChecked()).toBe(true);
    const [compared = 0, same] = await figures(admin, '实际核对密码');
    expect(compared).toBeGreaterThanOrEqual(5);
    expect(same).toBe(compared);

    await page.getByRole('radio', { name: /^严格/ }).check();
    await page.getByText('按登录时的同一套规则重新计算').waitFor();
    await expect.poll(() => figures(admin, '每月可猜次数')).toEqual([40, 17]);
    await expectNoSidewaysScroll(page, 'lock policy with a draft');
    await expectAccessible(page, 'lock policy with a draft');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('锁定策略已保存').waitFor();
    expect(await presetIn(admin)).toBe('strict');
    await page.reload();
    await page.getByRole('radio', { name: /严格.*使用中/ }).waitFor();
    await farewell(admin);
  });
});

describe('Simon weighs policies at his desk', () => {
  it('is warned where owners would be held up, goes back, and nothing is saved', async () => {
    const admin = await visitor(browser, { size: 'desk', language: 'en' });
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/lock-policy');
    await settled(page);
    await page.getByRole('radio', { name: /Strangers always prove/ }).check();
    await page.getByText('People without a verified e-mail address').waitFor();
    await expect.poll(() => figures(admin, 'Guesses in 180 days')).toEqual([50, 0]);
    const [, asked = 0] = await figures(admin, 'Asked for a proof');
    expect(asked, 'the visits of these stories came from strange browsers').toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Owners would be held up' });
    await sheet.getByText('of your own people would have been held up').waitFor();
    await sheet.getByRole('button', { name: 'Go back' }).click();
    await sheet.waitFor({ state: 'hidden' });
    expect(await presetIn(admin)).toBe('strict');
    await farewell(admin);
  });

  it('is told at the field what a number may be, and returns to what is recommended', async () => {
    const admin = await visitor(browser, { size: 'desk', language: 'en' });
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/lock-policy');
    await settled(page);
    await page.locator('summary', { hasText: 'Own numbers (for experts)' }).click();
    await page.getByRole('radio', { name: /Set every number yourself/ }).check();
    const known = page.getByRole('group', { name: 'Known devices' });
    await known.getByLabel('Tries at once').fill('2');
    await known.getByText('choose a whole number from 10 to 20').waitFor();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await known.getByLabel('Tries at once').fill('12');
    await expect.poll(() => page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(false);
    await expectAccessible(page, 'own numbers');

    await page.getByRole('radio', { name: /As our old system/ }).check();
    await page.getByLabel('Failures allowed').fill('0');
    await page.getByText('Enter a whole number from 1 to 50').waitFor();
    await page.getByLabel('Failures allowed').fill('3');
    await page.getByText('Nothing is tightened while many accounts are attacked at once').waitFor();
    await page.getByText(/7,200 guesses a month, 4\.9% in 180 days/).waitFor();

    await page.getByRole('radio', { name: /^Balanced/ }).check();
    await expect.poll(() => figures(admin, 'Guesses a month')).toEqual([17, 40]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Lock policy saved').waitFor();
    expect(await presetIn(admin)).toBe('balanced');
    await farewell(admin);
  });
});
