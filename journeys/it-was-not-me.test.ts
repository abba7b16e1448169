// Somebody knows Chen's password and signs in with it; the letter's “it was not me” ends that and leads to a new one.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { farewell, type Language, openBrowser, type Size, visitor } from './stage/browser.ts';
import { demoPassword } from './stage/demo.ts';
import { codeIn, enter, knock, mailsTo, nextMail, signIn } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const words = {
  'zh-CN': { notMe: '不是我', code: '验证码', confirm: '确认', fresh: '新密码', save: '保存新密码' },
  en: {
    notMe: 'It was not me',
    code: 'Code',
    confirm: 'Confirm',
    fresh: 'New password',
    save: 'Save new password',
  },
};
const looks: [Size, Language, string][] = [
  ['phone', 'zh-CN', 'rep@demo.test'],
  ['desk', 'en', 'rep2@demo.test'],
];

it.each(looks)(
  '“it was not me” on a %s in %s ends the stranger and starts a recovery',
  async (size, language, name) => {
    const w = words[language];
    const [owner, stranger] = [
      await visitor(browser, { size, language }),
      await visitor(browser, { size: 'desk', language }),
    ];
    await enter(owner, name);
    const before = await mailsTo(name);
    await signIn(stranger, name);
    const letter = await nextMail(name, /^new-device$/, before);
    const link = /https?:\/\/\S+\/was-it-you\/\S+/.exec(letter.body)?.[0] ?? '';
    const { page } = owner;

    // Opening the link changes nothing: a scanner of mail does so too.
    await page.goto(link);
    await page.getByRole('button', { name: w.notMe, exact: true }).waitFor();
    await expectAccessible(page, 'was it you');
    await expectNoSidewaysScroll(page, 'was it you');
    expect((await stranger.context.request.get('/api/v1/session')).status()).toBe(200);

    const mails = await mailsTo(name);
    await page.getByRole('button', { name: w.notMe, exact: true }).click();
    await page.waitForURL(/\/recover/);
    expect((await stranger.context.request.get('/api/v1/session')).status()).toBe(401);
    await stranger.page.goto('/sign-in');
    expect(await knock(stranger, name, demoPassword), 'the password he knew opens nothing').toBe(401);

    const mail = await nextMail(name, /^recovery$/, mails);
    await page.getByLabel(w.code, { exact: true }).fill(codeIn(mail));
    await page.getByRole('button', { name: w.confirm, exact: true }).click();
    const next = `heron-${size}-willow-lamp`;
    await page.getByLabel(w.fresh, { exact: true }).fill(next);
    await page.getByRole('button', { name: w.save }).click();
    await page.waitForURL(/\/sign-in/);
    expect(await knock(owner, name, next)).toBe(200);
    await page.waitForURL(url => !url.pathname.startsWith('/sign-in'));
    await settled(page);
    expect((await owner.context.request.get('/api/v1/session')).status()).toBe(200);

    // As it was, for the other stories.
    const back = { current: next, next: demoPassword };
    expect((await owner.context.request.post('/api/v1/me/password', { data: back })).status()).toBe(204);
    await farewell(owner, stranger);
  },
);
