// A lock tells what happened: to its owner on devices that are known, to strangers nothing; and it ends as it said.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { demoPassword } from './stage/demo.ts';
import { codeIn, doorWords, enter, guessUntilLocked, knock, mailsTo, nextMail } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, picture, settled } from './stage/eyes.ts';

let browser: Browser;
let admin: Person;
beforeAll(async () => {
  browser = await openBrowser();
  admin = await visitor(browser, { size: 'desk', language: 'zh-CN' });
  await enter(admin, 'admin@demo.test');
});
afterAll(async () => {
  // Other stories come after this one.
  await policy({ preset: 'balanced' });
  const { items } = await (await admin.context.request.get('/api/v1/locks?standing=true&limit=200')).json();
  for (const lock of items as { id: string }[])
    await admin.context.request.post(`/api/v1/locks/${lock.id}/lift`, {
      data: { reason: 'The story is over', proof: 'in-person' },
    });
  await farewell(admin);
  await browser.close();
});

async function policy(data: object): Promise<void> {
  const reply = await admin.context.request.put('/api/v1/policies/lock', { data });
  expect(reply.status()).toBe(200);
}

/** Every word of the story as the API tells it to the owner: the page has to say the same. */
async function toldBy(person: Person): Promise<string[]> {
  const reply = await person.context.request.get('/api/v1/status', {
    headers: { 'accept-language': person.as.language },
  });
  const [lock] = (await reply.json()).locks;
  expect(lock.signals).toHaveLength(6);
  return [
    lock.why,
    lock.mind,
    ...lock.signals.map((signal: { note: string }) => signal.note),
    ...lock.waysOut.map((way: { note: string }) => way.note),
    ...lock.tries.newest.map((one: Record<string, string>) =>
      [one.laneWords, one.device, one.origin].join(' · '),
    ),
    ...lock.tries.newest.map((one: Record<string, string>) => one.kindWords),
  ];
}

describe('somebody guesses at Daniel’s account on a strange device', () => {
  const name = 'rep3@demo.test';
  let phone: Person;
  let stranger: Person;
  beforeAll(async () => {
    phone = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    stranger = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(phone, name);
    await phone.page.goto('/');
  });
  afterAll(() => farewell(phone, stranger));

  it('is locked there and told nothing of what happened, while Daniel works on undisturbed', async () => {
    await guessUntilLocked(stranger, name);
    await stranger.page.getByRole('heading', { name: '登录暂时锁定', level: 1 }).waitFor();
    expect(await stranger.page.getByText('经过', { exact: true }).count()).toBe(0);
    await stranger.page.reload();
    const told = stranger.page.getByRole('region', { name: '锁定说明' });
    await told.waitFor();
    await settled(stranger.page);
    expect(await told.getByText('是否正常').count()).toBe(0);
    await expectAccessible(stranger.page, 'the lock page of a stranger');

    const { page } = phone;
    await page.goto('/customers');
    await settled(page);
    await page.goto('/customers?sheet=new');
    const sheet = page.getByRole('dialog', { name: '新建客户' });
    await sheet.getByRole('textbox', { name: /^名称/ }).fill('锁定期间的新客户');
    await sheet.getByRole('button', { name: '保存客户' }).click();
    await page.getByRole('heading', { name: '锁定期间的新客户' }).first().waitFor();
    const again = await phone.context.request.post('/api/v1/session', {
      data: { name, password: demoPassword },
    });
    expect(again.status()).toBe(200);
  });

  it('is told on Daniel’s phone: the tries one by one, and whether that is normal', async () => {
    const { page } = phone;
    await page.goto('/account');
    const lock = page.getByRole('region', { name: '锁定说明' });
    await lock.getByRole('heading', { name: '经过' }).waitFor();
    await lock.getByText(/共有 5 次密码错误，来自 1 处来源/).waitFor();
    await lock.getByText('查看最近 5 次尝试').click();
    expect(await lock.getByRole('listitem').filter({ hasText: '陌生设备' }).count()).toBe(5);
    await lock.getByRole('heading', { name: '是否正常' }).waitFor();
    await lock.getByText('日志记录').waitFor();
    await lock.getByText('其他依据').click();
    const said = (await lock.textContent()) ?? '';
    for (const words of await toldBy(phone)) expect(said).toContain(words);
    await expectNoSidewaysScroll(page, 'the account page with a story');
    await expectAccessible(page, 'the account page with a story');
    await picture(page, 'zh-CN/story-phone');
  });

  it('becomes Daniel’s own by one code, and the page shows the same there', async () => {
    const { page } = stranger;
    const before = await mailsTo(name);
    await page.goto('/sign-in');
    expect(await knock(stranger, name, 'not quite right')).toBe(423);
    await page.getByRole('button', { name: '发送验证码' }).click();
    const mail = await nextMail(name, /sign-in-code/, before);
    await page.getByLabel('验证码', { exact: true }).fill(codeIn(mail));
    await page.getByRole('button', { name: '确认' }).click();
    await page.getByText('验证码正确，本设备已被识别。').waitFor();
    await page.getByText('查看锁定经过').click();
    await page.getByText(/共有 5 次密码错误/).waitFor();
    await expectAccessible(page, 'the sign-in page with a story');
    await page.getByLabel(doorWords['zh-CN'].password, { exact: true }).fill(demoPassword);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.waitForURL(url => !/sign-in|locked/.test(url.pathname));
  });

  it('stands in the console with the same story, on a page of its own', async () => {
    const { page } = admin;
    await page.goto('/locks');
    const card = page.getByRole('article', { name: /Daniel Okoro/ }).first();
    await card.getByRole('link', { name: '查看经过' }).click();
    await page.getByRole('heading', { name: /Daniel Okoro的锁定/, level: 1 }).waitFor();
    await page.getByText(/共有 5 次密码错误，来自 1 处来源/).waitFor();
    await page.getByRole('heading', { name: '告知本人的内容' }).waitFor();
    await settled(page);
    await expectAccessible(page, 'the page of a lock');
    await picture(page, 'zh-CN/story-console');
    await page.getByText('其他依据').click();
    const said = (await page.locator('main').textContent()) ?? '';
    for (const words of await toldBy(phone)) expect(said).toContain(words);
  });
});

describe('Martin mistypes on a borrowed computer', () => {
  it('waits for the countdown and signs in with what he typed, even where the clock is wrong', async () => {
    const name = 'auditor@demo.test';
    await policy({ preset: 'classic', failures: 3, minutes: 1 });
    const martin = await visitor(browser, { size: 'desk', language: 'en' });
    const { page } = martin;
    await page.clock.install();
    expect(await guessUntilLocked(martin, name)).toBe(3);
    await page.getByRole('button', { name: 'Back to sign-in' }).click();
    const refusal = page.waitForResponse(reply => reply.url().endsWith('/api/v1/session'));
    await page.getByLabel('Password', { exact: true }).fill(demoPassword);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const { lock } = (await (await refusal).json()) as { lock: { until: string } };
    const clock = page.getByRole('timer');
    await clock.waitFor();

    // The computer's clock runs ahead: the server says that there is time left, and the page believes the server.
    await page.clock.fastForward('02:00');
    const now = page.getByRole('button', { name: 'Sign in now' });
    await now.click();
    await clock.waitFor();
    expect(await clock.textContent()).toMatch(/^(0:\d{2}|1:00) left$/);

    await sleep(Math.max(0, Date.parse(lock.until) - Date.now()) + 500);
    await page.clock.fastForward('01:00');
    await now.click();
    await page.waitForURL(url => !/sign-in|locked/.test(url.pathname));
    await page.locator('h1').first().waitFor();

    await page.goto('/account');
    await page.getByText('Sign-in is paused', { exact: true }).first().click();
    await page.getByText(/^3 wrong passwords from 1 place/).waitFor();
    // Daniel is locked at the same time, and the company is small.
    await page.getByText('Not normal.').waitFor();
    await farewell(martin);
  });
});
