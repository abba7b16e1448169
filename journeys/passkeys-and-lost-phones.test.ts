// Sign-in methods as people live with them: a passkey in place of the password, a name that somebody keeps locked, and
// a phone that is lost. The authenticator is Chromium's own virtual one.
import { TOTP } from 'otpauth';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { demoPassword } from './stage/demo.ts';
import { enter, guessUntilLocked, knock, nextMail } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

type Authenticator = { cdp: CDPSession; authenticatorId: string };

/** Gives the page's browser an authenticator that verifies its user by itself. */
async function authenticatorOf(page: Page): Promise<Authenticator> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

/** Carries the passkeys of one authenticator over to another, as a phone does that comes along. */
async function carry(from: Authenticator, to: Authenticator): Promise<void> {
  const { credentials } = await from.cdp.send('WebAuthn.getCredentials', from);
  for (const credential of credentials)
    await to.cdp.send('WebAuthn.addCredential', { authenticatorId: to.authenticatorId, credential });
}

async function atDoor(person: Person): Promise<void> {
  await person.page.goto('/sign-in');
  await person.page.locator('h1').first().waitFor();
}

const arrived = (page: Page) => page.waitForURL(url => !/sign-in|locked/.test(url.pathname));

describe('雅琴在手机上添加通行密钥', () => {
  const name = 'manager@demo.test';
  let phone: Person;
  let key: Authenticator;

  it('添加、命名，并生成恢复码', async () => {
    phone = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(phone, name);
    const { page } = phone;
    key = await authenticatorOf(page);
    await page.goto('/account');
    await settled(page);
    await page.getByRole('button', { name: '添加通行密钥' }).click();
    await page.getByLabel('名称', { exact: true }).fill('我的手机');
    await page.getByRole('button', { name: '继续', exact: true }).click();
    await page.getByText('通行密钥添加成功').waitFor();
    await expectAccessible(page, 'a passkey added');
    const make = page.getByRole('dialog').getByRole('button', { name: '生成恢复码' });
    await make.click();
    await page.getByText('恢复码共十个').waitFor();
    await make.click();
    await page.getByText('恢复码仅显示这一次').waitFor();
    expect(await page.getByRole('list', { name: '恢复码' }).getByRole('listitem').count()).toBe(10);
    await expectNoSidewaysScroll(page, 'recovery codes');
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.getByText('我的手机').first().waitFor();
    await page.getByText('剩余 10 个').waitFor();
    await expectAccessible(page, 'the account with sign-in methods');
    await expectNoSidewaysScroll(page, 'the account');
    expect((await nextMail(name, /factor-added/)).body).toContain('登录验证方式');
  });

  it('退出后不输入账号和密码即可登录', async () => {
    const { page, context } = phone;
    await context.clearCookies();
    await atDoor(phone);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await arrived(page);
    await settled(page);
  });

  it('账号被他人恶意锁定时，在新电脑上凭通行密钥立即登录', async () => {
    const attacker = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await guessUntilLocked(attacker, name);
    const desk = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    const { page } = desk;
    await carry(key, await authenticatorOf(page));
    await atDoor(desk);
    expect(await knock(desk, name, demoPassword)).toBe(423);
    const told = page.getByRole('region', { name: /锁定/ });
    await told.getByRole('button', { name: '通行密钥' }).click();
    await arrived(page);
    await settled(page);
    expect((await knockAgain(attacker, name)).status, 'the attacker stays out').toBe(423);
    await farewell(attacker, desk);
  });

  it('改主意取消时给出提示，不影响其他登录方式', async () => {
    const desk = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    const { page } = desk;
    const empty = await authenticatorOf(page);
    await empty.cdp.send('WebAuthn.setUserVerified', { ...empty, isUserVerified: false });
    await atDoor(desk);
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await page.getByText('通行密钥验证未完成').waitFor();
    await page.getByLabel('密码', { exact: true }).waitFor();
    await farewell(desk);
  });

  it('不再需要时可以移除', async () => {
    const { page } = phone;
    await page.goto('/account');
    await settled(page);
    await page.getByRole('button', { name: '管理“我的手机”' }).click();
    await page.getByRole('button', { name: '移除该方式' }).click();
    await page.getByText('这是您唯一的登录验证方式').waitFor();
    await page.getByRole('button', { name: '确认移除' }).click();
    await page.getByText('已移除。').waitFor();
    await farewell(phone);
  });
});

async function knockAgain(person: Person, name: string): Promise<{ status: number }> {
  const reply = await person.context.request.post('/api/v1/session', {
    data: { name, password: 'one more guess of a stranger' },
  });
  return { status: reply.status() };
}

describe('Martin uses an authenticator, and loses his phone', () => {
  const name = 'auditor@demo.test';
  let codes: string[] = [];
  let totp: TOTP;
  let home: Person;

  it('adds it by its key, and one code shows that it works', async () => {
    home = await visitor(browser, { size: 'desk', language: 'en' });
    await enter(home, name);
    const { page } = home;
    await page.goto('/account');
    await settled(page);
    await page.getByRole('button', { name: 'Add an authenticator' }).click();
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    const key = await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent();
    totp = new TOTP({ secret: key?.replaceAll(' ', '') ?? '' });
    await expectAccessible(page, 'adding an authenticator');
    await page.getByLabel('Code shown by the app').fill('000000');
    await page.getByRole('button', { name: 'Confirm and add' }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('Code shown by the app').fill(totp.generate());
    await page.getByRole('button', { name: 'Confirm and add' }).click();
    await page.getByText('The authenticator works.').waitFor();
    const make = page.getByRole('dialog').getByRole('button', { name: 'Make recovery codes' });
    await make.click();
    await page.getByText('Ten codes to print').waitFor();
    await make.click();
    const list = page.getByRole('list', { name: 'Recovery codes' });
    await list.waitFor();
    codes = await list.getByRole('listitem').allTextContents();
    expect(codes).toHaveLength(10);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('latchkey-recovery-codes.txt');
    await page.getByRole('button', { name: 'I have kept them' }).click();
  });

  it('is asked for it on a new device after the right password', async () => {
    const strange = await visitor(browser, { size: 'phone', language: 'en' });
    const { page } = strange;
    await atDoor(strange);
    expect(await knock(strange, name, demoPassword)).toBe(200);
    await page.getByRole('heading', { name: 'Is it really you?', level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: 'Send a code by e-mail' }).count()).toBe(0);
    await expectAccessible(page, 'choosing a proof');
    await page.getByRole('button', { name: 'Use the authenticator app' }).click();
    const code = page.getByLabel('Code', { exact: true });
    await code.fill('000000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('alert').waitFor();
    // The step in which it was added is used up; the next one is good already, by a step of drift.
    await code.fill(totp.generate({ timestamp: Date.now() + 30_000 }));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await arrived(page);
    await farewell(strange);
  });

  it('gets in by a recovery code when the phone is gone, and takes the lost one away', async () => {
    const fresh = await visitor(browser, { size: 'phone', language: 'en' });
    const { page } = fresh;
    await atDoor(fresh);
    expect(await knock(fresh, name, demoPassword)).toBe(200);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(codes[3]?.toLowerCase() ?? '');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await arrived(page);
    expect((await nextMail(name, /recovery-code-used/)).body).toContain('9 left');
    await page.goto('/account');
    await settled(page);
    await page.getByText('9 codes left').waitFor();
    await page.getByRole('button', { name: /^Manage “/ }).click();
    await page.getByRole('button', { name: 'Remove this method' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('Sign-in method removed.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Manage “/ }).count()).toBe(0);
    await farewell(fresh, home);
  });
});
