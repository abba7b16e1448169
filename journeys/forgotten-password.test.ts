// 李思源 forgets his password on his phone. Real mail and real text messages, on a server of this story's own.
import { createServer } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService } from '../server/src/sms/services.fixture.ts';
import { openPostOffice, type PostOffice } from '../server/src/testing/post-office.ts';
import { ownFolder, type ServerProcess, startServer } from '../server/src/testing/processes.ts';
import { openBrowser } from './stage/browser.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

const name = 'rep@demo.test';
const first = 'kettle-lantern-orchard-5';
const second = 'violin-harbour-seven-mugs';
const third = 'paper-boats-on-the-canal';

let browser: Browser;
let office: PostOffice;
let gateway: Awaited<ReturnType<typeof openService>>;
let server: ServerProcess;
const folder = ownFolder();
let context: BrowserContext;
let page: Page;

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

beforeAll(async () => {
  office = await openPostOffice();
  gateway = await openService(() => ({ status: 200, body: {} }));
  const port = String(await freePort());
  const settings = {
    LATCHKEY_DATA: folder.path,
    PORT: port,
    LATCHKEY_URL: `http://localhost:${port}`,
    SMTP_URL: office.url,
    SMS_URL: `${gateway.address}/send`,
  };
  [server, browser] = await Promise.all([
    startServer(settings, ['--demo', '--demo-password', first]),
    openBrowser(),
  ]);
  context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  });
  page = await context.newPage();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await server?.end();
  await office.close();
  await gateway.close();
  folder.remove();
});

/** The next mail, or text message, beyond those that were there before. */
async function arriving<T>(list: T[], before: number, fits: (one: T) => boolean = () => true): Promise<T> {
  const found = () => list.slice(before).find(fits);
  await expect.poll(() => found() !== undefined, { timeout: 60_000, interval: 200 }).toBe(true);
  return found() as T;
}

const texts = () => gateway.taken.map(one => JSON.parse(one.body) as { to: string; text: string });
const codeIn = (text: string) => /\d{6}/.exec(text)?.[0] ?? '';

async function look(where: string) {
  await settled(page);
  await expectNoSidewaysScroll(page, where);
  await expectAccessible(page, where);
}

async function signIn(password: string): Promise<number> {
  await page.goto('/sign-in');
  await page.getByLabel('邮箱', { exact: true }).fill(name);
  await page.getByLabel('密码', { exact: true }).fill(password);
  const answer = page.waitForResponse(reply => reply.url().endsWith('/api/v1/session'));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  return (await answer).status();
}

async function choosePassword(password: string) {
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '保存新密码' }).click();
  await page.waitForURL(/sign-in\?reason=recovered/);
}

describe('忘记密码', () => {
  it('平时先在账号页面验证手机号', async () => {
    expect(await signIn(first)).toBe(200);
    await page.waitForURL(url => !/sign-in/.test(url.pathname));
    await page.goto('/account');
    await page.getByRole('button', { name: '添加手机号' }).click();
    const sheet = page.getByRole('dialog', { name: '添加手机号' });
    await sheet.getByLabel('手机号').fill('138 0013 8000');
    await settled(page);
    await expectNoSidewaysScroll(page, 'add-phone');
    await sheet.getByRole('button', { name: '发送验证码' }).click();
    await arriving(gateway.taken, 0);
    await sheet.getByLabel('验证码').fill(codeIn(texts()[0]?.text ?? ''));
    await sheet.getByRole('button', { name: '验证', exact: true }).click();
    const card = page.locator('#contact-points');
    await card.getByText('+86 138 0013 8000').waitFor();
    await card.getByText('手机号 · 已验证').waitFor();
    await card.scrollIntoViewIfNeeded();
    await settled(page);
    await expectNoSidewaysScroll(page, 'contact-points');
    await context.clearCookies();
  });

  it('忘了密码，打开邮件里的链接，设置新密码', async () => {
    await page.goto('/recover');
    await page.getByLabel('邮箱', { exact: true }).fill(name);
    await look('ask');
    const before = office.received.length;
    await page.getByRole('button', { name: '发送到邮箱' }).click();
    await page.getByText('邮件迟迟未到时，也请留意手机短信。').waitFor();
    await look('code');
    const { mail } = await arriving(office.received, before, one => /找回/.test(one.mail.subject ?? ''));
    const link = new RegExp(`${server.url}/recover/\\S+#\\d{6}`).exec(mail.text ?? '')?.[0] ?? '';
    await page.goto(link);
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByLabel('新密码', { exact: true }).waitFor();
    await look('password');
    await choosePassword(second);
    expect(await signIn(second)).toBe(200);
    await page.waitForURL(url => !/sign-in/.test(url.pathname));
    await context.clearCookies();
  });

  it('邮件收不到时，用短信验证码', async () => {
    await page.goto('/recover');
    await page.getByLabel('邮箱', { exact: true }).fill(name);
    const before = gateway.taken.length;
    await page.getByRole('button', { name: '发送短信到手机' }).click();
    await page.getByText(/验证码会以短信发送/).waitFor();
    await arriving(gateway.taken, before, one => one.body.includes('重设密码'));
    const text =
      texts()
        .slice(before)
        .find(one => one.text.includes('重设密码'))?.text ?? '';
    await page.getByLabel('验证码').fill(codeIn(text));
    const mails = office.received.length;
    await page.getByRole('button', { name: '确认' }).click();
    await choosePassword(third);
    expect(await signIn(third)).toBe(200);
    await page.waitForURL(url => !/sign-in/.test(url.pathname));
    await context.clearCookies();
    // Both were told by mail; the first notice came before the new password was set.
    await arriving(office.received, mails, one => /即将设置新密码/.test(one.mail.subject ?? ''));
    await arriving(office.received, mails, one => /密码已重新设置/.test(one.mail.subject ?? ''));
  });

  it('不是本人：打开通知里的链接，使新密码失效', async () => {
    const notice = office.received.findLast(one => /密码已重新设置/.test(one.mail.subject ?? ''));
    const link = new RegExp(`${server.url}/recover/stop#\\S+`).exec(notice?.mail.text ?? '')?.[0] ?? '';
    await page.goto(link);
    await page.getByRole('heading', { name: '这是您本人的操作吗？' }).waitFor();
    await look('stop');
    await page.getByRole('button', { name: '不是我' }).click();
    await page.getByRole('heading', { name: '已使该密码失效' }).waitFor();
    await look('voided');
    expect(await signIn(third)).toBe(401);
  });
});
