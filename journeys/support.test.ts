// Somebody on a phone is locked out and writes to support; it is answered in the console, proved, solved, closed.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { farewell, forgive, openBrowser, type Person, visitor } from './stage/browser.ts';
import { codeIn, enter, knock, mailsTo, nextMail } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, picture, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const name = 'rep2@demo.test';
type Lock = { id: string; subject: { person: { name: string } | null } };

const contact = 'chen-at-home@example.org';

async function look(person: Person, where: string): Promise<void> {
  await settled(person.page);
  await expectAccessible(person.page, where);
  await expectNoSidewaysScroll(person.page, where);
  await picture(person.page, `${where}-${person.as.size}`);
}

/** The solution: whatever locks this account is lifted, as the proof in the request allows. */
async function lift(admin: Person): Promise<void> {
  const { request } = admin.context;
  const { items } = await (await request.get('/api/v1/locks?standing=true&limit=200')).json();
  const mine = items.filter((lock: Lock) => lock.subject.person?.name.startsWith('Emma'));
  expect(mine.length).toBeGreaterThan(0);
  for (const { id } of mine as Lock[]) {
    const data = { reason: 'Shown by a code in her request', proof: 'vouched by support' };
    expect((await request.post(`/api/v1/locks/${id}/lift`, { data })).status()).toBe(204);
  }
}

it('a request goes from the lock page on a Chinese phone to its solution in an English console', async () => {
  const author = await visitor(browser, { size: 'phone', language: 'zh-CN' });
  const admin = await visitor(browser, { size: 'desk', language: 'en' });
  const { page } = author;

  await page.goto('/sign-in');
  // Words of its own: the same wrong guess a second time would cost other stories no try (L16).
  for (let tries = 0; (await knock(author, name, `support-guess-${tries}`)) !== 423; tries += 1)
    expect(tries).toBeLessThan(12);
  await page.getByRole('link', { name: '联系客服', exact: true }).click();
  await page.waitForURL(/\/support/);
  // The lock goes along, and is shown before it does.
  await page.getByText('failed-attempts', { exact: true }).waitFor();
  await page.getByLabel('请描述具体情况').fill('换了新手机，登录时提示被锁定');
  await page.getByLabel('登录邮箱').fill(name);
  await page.getByLabel('接收回复的邮箱').fill(contact);
  const png = await page.screenshot();
  await page
    .getByLabel('截图（选填）')
    .setInputFiles({ name: '截图.png', mimeType: 'image/png', buffer: png });
  await page.getByRole('img', { name: '将要发送的截图' }).waitFor();
  await look(author, 'support-form');
  await page.getByRole('button', { name: '提交给客服' }).click();
  await page.getByRole('heading', { name: '您的工单' }).waitFor();
  await page.getByText('已附上截图').waitFor();
  await look(author, 'support-ticket');

  // The mailed link leads back, also on another device.
  const letter = await nextMail(contact, /^ticket-opened$/);
  const link = /https?:\/\/\S+\/support#\S+/.exec(letter.body)?.[0] ?? '';
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByText('换了新手机').waitFor();

  const mails = await mailsTo(name);
  await page.getByRole('button', { name: '向账号邮箱发送验证码' }).click();
  const mail = await nextMail(name, /^ticket-code$/, mails);
  await page
    .getByLabel('验证码', { exact: true })
    .fill(codeIn({ ...mail, body: mail.body.replace(/\d{8}/g, '') }));
  await page.getByRole('button', { name: '确认', exact: true }).click();
  await page.getByText('您已通过验证码证明账号属于您').waitFor();

  await enter(admin, 'admin@demo.test');
  await admin.page.goto('/tickets');
  await admin.page
    .getByRole('link', { name: /Sign-in is locked/ })
    .first()
    .click();
  await admin.page.getByText('Shown by a code to the stored address').waitFor();
  await look(admin, 'support-console');
  const download = admin.page.waitForEvent('download');
  await admin.page.getByRole('link', { name: /Save screenshot/ }).click();
  expect((await download).suggestedFilename()).toMatch(/^ticket-\d{8}-\w{4}\.png$/);
  await lift(admin);
  await admin.page.getByLabel('Answer', { exact: true }).fill('Your sign-in is open again: 请再试一次。');
  await admin.page.getByLabel('Then the request is').selectOption('solved');
  await admin.page.getByRole('button', { name: 'Send answer' }).click();
  await admin.page.getByText('Support marked this as solved').waitFor();

  await nextMail(contact, /^ticket-answered$/);
  await page.reload();
  await page.getByText('请再试一次').waitFor();
  for (const step of ['可以正常登录', '客户和记录都完整', '搜索和保存都正常'])
    await page.getByLabel(step).check();
  await look(author, 'support-solved');
  await page.getByRole('button', { name: '一切正常，关闭工单' }).click();
  await page.getByText('工单已关闭。如再次遇到问题').waitFor();

  await admin.page.reload();
  await admin.page.getByText('Tried before closing').waitFor();
  await look(admin, 'support-closed');
  await farewell(author, admin);
});

it('a manager vouches on the phone for somebody who has lost the mailbox', async () => {
  const author = await visitor(browser, { size: 'desk', language: 'en' });
  const manager = await visitor(browser, { size: 'phone', language: 'zh-CN' });
  const { page } = author;
  await page.goto('/support');
  await page.getByLabel('What happened?').fill('No mailbox, no phone');
  await page.getByLabel('E-mail address you sign in with').fill('rep@demo.test');
  await page.getByRole('button', { name: 'Send to support' }).click();
  const before = await mailsTo('manager@demo.test');
  await page.getByRole('button', { name: 'Ask colleagues to vouch' }).click();
  await page.getByText('the colleagues who may vouch have been asked').waitFor();
  await look(author, 'support-asked');

  const mail = await nextMail('manager@demo.test', /^vouch-asked$/, before);
  await enter(manager, 'manager@demo.test');
  await manager.page.goto(/https?:\/\/\S+\/vouching/.exec(mail.body)?.[0] ?? '');
  await manager.page.getByRole('button', { name: '我已确认是本人' }).click();
  await manager.page.getByLabel('您是如何确认的？').selectOption({ label: '视频' });
  await look(manager, 'support-vouching');
  await manager.page.getByRole('button', { name: /^确认是/ }).click();
  await manager.page.getByText('没有需要您确认的同事').waitFor();

  await page.reload();
  await page.getByText('Your colleagues have vouched for you').waitFor();
  await farewell(author, manager);
});

it('the connection check says in words what is wrong, and an old browser is told', async () => {
  const person = await visitor(browser, { size: 'phone', language: 'zh-CN' });
  const { page } = person;
  await page.goto('/check');
  await page.getByText('响应正常').waitFor();
  await look(person, 'check');

  await page.route('**/api/v1/ping', route =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Hotel Wi-Fi</h1>' }),
  );
  await page.getByRole('button', { name: '重新检查' }).click();
  await page.getByText('当前网络需要先认证登录').waitFor();
  await page.unroute('**/api/v1/ping');
  await page.route('**/api/v1/ping', route => route.abort());
  await page.getByRole('button', { name: '重新检查' }).click();
  await page.getByText('没有响应').waitFor();
  await person.context.setOffline(true);
  await page.getByRole('button', { name: '重新检查' }).click();
  await page.getByText('本设备未联网').waitFor();
  await person.context.setOffline(false);
  forgive(person, /ping|net::ERR/);
  await farewell(person);

  const old = await visitor(browser, { size: 'desk', language: 'en' });
  await old.context.addInitScript(() => Reflect.deleteProperty(AbortSignal, 'timeout'));
  await old.page.goto('/check');
  await old.page.getByRole('alert').getByText('This browser is too old').waitFor();
  await old.page.getByText('it lacks: AbortSignal.timeout').waitFor();
  await look(old, 'check-old');
  await farewell(old);
});

it('a page older than its server says so, and loads anew without losing drafts', async () => {
  const person = await visitor(browser, { size: 'desk', language: 'en' });
  await enter(person, 'rep@demo.test');
  const { page } = person;
  await page.goto('/customers?sheet=new');
  await settled(page);
  await page.getByLabel(/^Name/).first().fill('Kept across versions Ltd');
  await page.waitForTimeout(800);
  await page.route('**/api/v1/customers?**', async route => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, headers: { ...reply.headers(), 'latchkey-version': '99.0.0' } });
  });
  await page.goto('/customers');
  const take = page.getByRole('button', { name: 'Load it now' });
  await take.waitFor();
  await page.unroute('**/api/v1/customers?**');
  await Promise.all([page.waitForEvent('load'), take.click()]);
  await page.goto('/customers?sheet=new');
  await settled(page);
  await expect.poll(() => page.getByLabel(/^Name/).first().inputValue()).toBe('Kept across versions Ltd');
  await farewell(person);
});
