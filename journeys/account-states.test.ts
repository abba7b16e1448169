// Somebody is invited and begins on a phone in Chinese; somebody's password has run out in the middle of the work.
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningUrl } from '../server/src/db/embedded/embedded.ts';
import { farewell, openBrowser, visitor } from './stage/browser.ts';
import { demo, demoPassword } from './stage/demo.ts';
import { enter, knock, nextMail, signIn } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Changes the demo's data as time would. */
async function letTimePass(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: runningUrl(demo.data) ?? '' });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const name = 'wangxiaoming@demo.test';
const fresh = '竹林深处听雨声又见远山如黛';

describe('王小明 is invited', () => {
  it('by an administrator on a desk, with no password made up for him', async () => {
    const admin = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/people');
    await settled(page);
    await page.getByRole('button', { name: '添加成员' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('姓名').fill('王小明');
    await sheet.getByLabel('邮箱').fill(name);
    await expectAccessible(page, 'invite');
    await sheet.getByRole('button', { name: '发送邀请' }).click();
    await page.getByText('邀请已发送。').waitFor();
    await farewell(admin);
  });

  it('opens the link on his phone, chooses a password, and is at work', async () => {
    const phone = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    const { page } = phone;
    const mail = await nextMail(name, /^invitation$/);
    const link = /https?:\/\/\S+\/invitation\/\S+/.exec(mail.body)?.[0] ?? '';
    await page.goto(link);
    await page.getByRole('heading', { name: '王小明，欢迎加入' }).waitFor();
    await page.getByText('至少 12 个字符').waitFor();
    await expectAccessible(page, 'invitation');
    await expectNoSidewaysScroll(page, 'invitation');
    const password = page.getByLabel('设置密码', { exact: true });
    await password.fill('woaini1314520');
    await page.getByText('不可用').waitFor();
    await page.getByRole('button', { name: '帮我生成一个' }).click();
    await page.getByText('很强').waitFor();
    await password.fill(fresh);
    await page.getByText('很强').waitFor();
    await page.getByRole('button', { name: '完成设置' }).click();
    await page.getByText('密码已设置，请登录开始使用。').waitFor();
    expect(await page.getByLabel('邮箱', { exact: true }).inputValue()).toBe(name);
    expect(await knock(phone, null, fresh)).toBe(200);
    await page.waitForURL(url => url.pathname === '/');
    await page.locator('h1').first().waitFor();
    // The link has served its time.
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('heading', { name: '账号已启用' }).waitFor();
    await farewell(phone);
  });
});

describe('a password that has run out', () => {
  it.each(['phone', 'desk'] as const)(
    'leads to the change page and back to where one was, on a %s',
    async size => {
      const owner = await visitor(browser, { size, language: 'zh-CN' });
      const { page } = owner;
      await letTimePass(
        `insert into password_policies (workspace_id, least, rotation_days, rotation_since)
         select workspace_id, 12, 30, now() - interval '90 days' from workspaces
         on conflict (workspace_id) do update set rotation_days = 30`,
        `update people set password_set_at = now() - interval '60 days' where email = '${name}'`,
      );
      // Every process reads the policy anew within a quarter of a minute.
      await page.waitForTimeout(15_500);
      const before = size === 'phone' ? fresh : `${fresh}了`;
      await page.goto('/sign-in?next=%2Fcustomers%3Fq%3D%25E6%259D%258E');
      expect(await knock(owner, name, before)).toBe(200);
      await page.getByRole('heading', { name: '请设置新密码' }).waitFor();
      await page.getByText('贵公司要求定期更换密码').waitFor();
      await expectAccessible(page, 'overdue');
      await expectNoSidewaysScroll(page, 'overdue');
      const field = (label: string) => page.getByLabel(label, { exact: true });
      await field('当前密码').fill(before);
      await field('新密码').fill(before);
      await page.getByRole('button', { name: '保存', exact: false }).click();
      await page.getByText('该密码曾经使用过').first().waitFor();
      await field('新密码').fill(`${before}了`);
      await page.getByRole('button', { name: '保存', exact: false }).click();
      // Back where he wanted to go, and nothing to be signed in for again.
      await page.getByRole('heading', { name: '客户', level: 1 }).waitFor();
      expect(decodeURIComponent(new URL(page.url()).search)).toContain('q=');
      await farewell(owner);
    },
  );

  it('is no rule any more once an administrator says so on the page', async () => {
    const admin = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    const { page } = admin;
    await signIn(admin, 'admin@demo.test', demoPassword);
    await page.goto('/password-policy');
    await settled(page);
    await page.getByText('NIST SP 800-63B-4').waitFor();
    await expectAccessible(page, 'password policy');
    await page.getByLabel('要求更换密码').selectOption({ label: '从不' });
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存。').waitFor();
    await farewell(admin);
  });
});
