// A company insists on security questions: warned and on record it switches them on; 李思源 sets his, and answers them on his
// phone when he has forgotten his password. And what a ticket has shown counts at the desk.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, visitor } from './stage/browser.ts';
import { demo } from './stage/demo.ts';
import { codeIn, enter, mailsTo, nextMail } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

const name = 'rep@demo.test';
const answers = ['柳树胡同', '一双红皮鞋', '西红柿炒鸡蛋'];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('security questions', () => {
  it('are switched on only after their faults were told and a reason was given', async () => {
    const admin = await visitor(browser, { size: 'desk', language: 'en' });
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/lock-policy');
    await settled(page);
    await page.locator('#question-policy').getByRole('button', { name: 'Switch on' }).click();
    const sheet = page.getByRole('dialog', { name: 'Switch on security questions' });
    await sheet.getByText(/ASVS 5\.0 \(6\.4\.2\)/).waitFor();
    await sheet.getByText(/NIST SP 800-63B/).waitFor();
    await sheet.getByRole('button', { name: 'Switch on' }).click();
    await sheet.getByText('Give a reason of at least 10 characters').waitFor();
    await settled(page);
    await expectAccessible(page, 'switching on');
    await sheet.getByLabel(/Why do you need them/).fill('Our insurer asks for them in the contract.');
    await sheet.getByRole('button', { name: 'Switch on' }).click();
    await page.getByText(/for this reason: Our insurer asks/).waitFor();
    await farewell(admin);
  });

  it('are set by their owner on his phone, who just signed in', async () => {
    const rep = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(rep, name);
    const { page } = rep;
    await page.goto('/account');
    await settled(page);
    await page.getByRole('button', { name: '设置安全问题' }).click();
    const sheet = page.getByRole('dialog', { name: '设置安全问题' });
    const fields = sheet.getByLabel('答案', { exact: true });
    await fields.first().waitFor();
    await fields.nth(0).fill('好');
    await fields.nth(1).fill(answers[1] ?? '');
    await sheet.getByRole('button', { name: '保存' }).click();
    await sheet.getByText('请填写答案').waitFor();
    await fields.nth(2).fill(answers[2] ?? '');
    await sheet.getByRole('button', { name: '保存' }).click();
    await sheet.getByText('答案太短。').waitFor();
    await expectNoSidewaysScroll(page, 'setting questions');
    await expectAccessible(page, 'setting questions');
    await fields.nth(0).fill(answers[0] ?? '');
    await sheet.getByRole('button', { name: '保存' }).click();
    await page.locator('#security-questions').getByText('您用第一份工资买了什么？').waitFor();
    await farewell(rep);
  });

  it('are answered after the code, typed in another way, and only then a new password is set', async () => {
    const before = await mailsTo(name);
    const rep = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    const { page } = rep;
    await page.goto('/recover');
    await page.getByLabel('邮箱', { exact: true }).fill(name);
    await page
      .getByRole('button', { name: /邮件|邮箱/ })
      .first()
      .click();
    const mail = await nextMail(name, /^recovery$/, before);
    await page.getByLabel(/验证码/).fill(codeIn(mail));
    await page
      .getByRole('button', { name: /确认|继续/ })
      .first()
      .click();
    await page.getByRole('heading', { name: '回答安全问题' }).waitFor();
    await settled(page);
    await expectNoSidewaysScroll(page, 'answering');
    await expectAccessible(page, 'answering');
    const fields = page.getByRole('textbox');
    for (const [at, answer] of answers.entries()) await fields.nth(at).fill(at === 1 ? '想不起来了' : answer);
    await page.getByRole('button', { name: '继续', exact: true }).click();
    await page.getByRole('alert').first().waitFor();
    await fields.nth(1).fill(' 一双 红皮鞋。');
    await page.getByRole('button', { name: '继续', exact: true }).click();
    await page.getByLabel('新密码', { exact: true }).fill('paper-boats-on-the-canal');
    await page.getByRole('button', { name: '保存新密码' }).click();
    await page.waitForURL(/sign-in\?reason=recovered/);
    await farewell(rep);
  });
});

it('what was proved inside a ticket is offered at the desk, once', async () => {
  const body = (data: object) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(data),
  });
  const call = async (path: string, data: object) => {
    const reply = await fetch(`${demo.url}/api/v1/support/${path}`, body(data));
    return reply.status === 204 ? null : ((await reply.json()) as { token: string; number: string });
  };
  const ticket = await call('tickets', {
    cause: 'locked',
    text: '手机丢了，登录不了。',
    account: 'rep2@demo.test',
  });
  const token = ticket?.token ?? '';
  const before = await mailsTo('rep2@demo.test');
  await call('ticket/messages', { token });
  await call('ticket/proofs', {
    token,
    code: codeIn(await nextMail('rep2@demo.test', /ticket-code/, before)),
  });

  const admin = await visitor(browser, { size: 'desk', language: 'zh-CN' });
  await enter(admin, 'admin@demo.test');
  const { page } = admin;
  const people = (await (await admin.context.request.get('/api/v1/people?limit=200')).json()) as {
    items: { id: string; email: string }[];
  };
  const id = people.items.find(person => person.email === 'rep2@demo.test')?.id;
  await page.goto(`/people/${id}`);
  await settled(page);
  await page.getByRole('button', { name: '发送重设密码链接' }).click();
  const sheet = page.getByRole('dialog', { name: '发送重设密码链接' });
  const offer = `工单 ${ticket?.number}：已通过验证码证明身份`;
  await sheet.getByLabel('如何核实身份').selectOption({ label: offer });
  await sheet.getByText(/使用后即失效/).waitFor();
  await expectAccessible(page, 'proof by ticket');
  await sheet.getByLabel('理由', { exact: false }).last().fill('手机丢失，已在工单中证明身份');
  await sheet.getByRole('button', { name: '发送链接' }).click();
  await sheet.getByText('已完成', { exact: true }).waitFor();
  await sheet.getByRole('button', { name: '关闭' }).last().click();
  await page.getByRole('button', { name: '重新验证邮箱' }).click();
  const again = page.getByRole('dialog', { name: '重新验证邮箱' });
  await again.getByLabel('如何核实身份').waitFor();
  expect(await again.getByLabel('如何核实身份').locator('option', { hasText: '工单' }).count()).toBe(0);
  const mails = await mailsTo('rep2@demo.test');
  expect(mails.map(mail => mail.template)).toContain('recovery');
  await farewell(admin);
});
