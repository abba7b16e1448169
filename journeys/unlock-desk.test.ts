// The unlock desk in Chinese: an administrator on a desk helps two people, a second one approves on a phone.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { demoPassword } from './stage/demo.ts';
import { enter, guessUntilLocked, knock, nextMail } from './stage/door.ts';
import { settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const chinese = (size: 'phone' | 'desk'): Promise<Person> => visitor(browser, { size, language: 'zh-CN' });

/** Adds two more administrators, so that there is one to help and one to approve. */
async function addAdministrators(): Promise<void> {
  const admin = await chinese('desk');
  await enter(admin, 'admin@demo.test');
  for (const [name, email] of [
    ['宋知远', 'song@demo.test'],
    ['何清', 'heqing@demo.test'],
  ]) {
    const data = { name, email, role: 'administrator', password: demoPassword, language: 'zh-CN' };
    const added = await admin.context.request.post('/api/v1/people', { data });
    expect(added.status(), await added.text()).toBe(201);
  }
  await farewell(admin);
}

/** Fills in how somebody was identified, and a reason from the templates. */
async function because(page: Page, template: string): Promise<void> {
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('如何核实身份').selectOption({ label: '回拨电话，辨认声音' });
  await sheet.getByLabel('常用理由').selectOption({ label: template });
}

describe('宋知远 is an administrator and has forgotten his password', () => {
  let value = '';

  it('is helped on a desk by one administrator, and the request waits for another', async () => {
    await addAdministrators();
    const admin = await chinese('desk');
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/people?role=administrator');
    await settled(page);
    await page.getByRole('link', { name: /宋知远/ }).click();
    await page.getByRole('heading', { name: '宋知远', level: 1 }).waitFor();
    await settled(page);
    await page.getByRole('button', { name: '发放初始密码' }).click();
    const sheet = page.getByRole('dialog', { name: '发放初始密码' });
    await sheet.getByRole('button', { name: '生成初始密码' }).click();
    await sheet.getByText('请选择核实方式').waitFor();
    await sheet.getByText('请填写理由（至少 3 个字）').waitFor();
    await because(page, '忘记密码，且无法使用邮箱。');
    await sheet.getByText(/须由另一位系统管理员/).waitFor();
    await sheet.getByRole('button', { name: '生成初始密码' }).click();
    await sheet.getByText('等待批准', { exact: true }).waitFor();
    await sheet.getByRole('button', { name: '关闭' }).last().click();
    await page.getByRole('button', { name: '拒绝' }).waitFor();
    expect(await page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
    await farewell(admin);
  });

  it('何清 approves on a phone, after a warning about people who pose as others', async () => {
    const other = await chinese('phone');
    await enter(other, 'heqing@demo.test');
    const { page } = other;
    await page.goto('/desk');
    await settled(page);
    await page.getByText(/为宋知远发放初始密码/).waitFor();
    await page.getByRole('button', { name: '批准', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: '批准申请' });
    await sheet.getByText(/核实申请属实/).waitFor();
    await sheet.getByRole('button', { name: '批准', exact: true }).click();
    await page.getByText('已批准，结果由申请人查看').waitFor();
    await farewell(other);
  });

  it('whoever asked is shown the password once', async () => {
    const admin = await chinese('desk');
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/desk');
    await settled(page);
    await page.getByRole('button', { name: '查看并告知' }).click();
    const sheet = page.getByRole('dialog', { name: '查看结果' });
    await sheet.getByRole('button', { name: '查看并告知' }).click();
    const shown = sheet.getByLabel('初始密码');
    await shown.waitFor();
    value = (await shown.textContent()) ?? '';
    expect(value).toMatch(/^[a-z2-9-]{23}$/);
    await sheet.getByRole('button', { name: '已告知本人' }).click();
    await page.getByText('没有待批准的申请').waitFor();
    await farewell(admin);
  });

  it('signs in with it on a phone, sets a password of his own and goes on where he wanted to be', async () => {
    const song = await chinese('phone');
    const { page } = song;
    await page.goto('/sign-in?next=%2Fcustomers');
    expect(await knock(song, 'song@demo.test', value)).toBe(200);
    await page.getByRole('heading', { name: '请设置新密码', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: '客户' }).count()).toBe(0);
    const next = page.getByLabel('新密码', { exact: true });
    await next.fill(value);
    await page.getByRole('button', { name: '保存并继续' }).click();
    await page.getByText('新密码不能与初始密码相同。').waitFor();
    await next.fill('七只安静的港湾灯塔在唱歌');
    await page.getByRole('button', { name: '保存并继续' }).click();
    await page.getByRole('heading', { name: '客户', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/customers');
    await farewell(song);
  });
});

describe('艾玛 is locked on a strange phone while somebody keeps guessing', () => {
  it('is told a code by the administrator, and gets in on that phone alone', async () => {
    const [emma, admin] = [await chinese('phone'), await chinese('desk')];
    await guessUntilLocked(emma, 'rep2@demo.test');
    await enter(admin, 'admin@demo.test');
    const desk = admin.page;
    await desk.goto('/people?locked=yes');
    await settled(desk);
    await desk.getByRole('link', { name: /Emma Clarke/ }).click();
    await desk.getByRole('button', { name: '告知解锁码' }).click();
    await because(desk, '更换设备后被锁定，且有陌生人持续尝试密码；核实身份后告知解锁码。');
    await desk.getByRole('dialog').getByRole('button', { name: '生成解锁码' }).click();
    const code = ((await desk.getByLabel('解锁码', { exact: true }).textContent()) ?? '').replace(' ', '');
    expect(code).toMatch(/^\d{8}$/);
    const mail = await nextMail('rep2@demo.test', /desk-help/);
    expect(mail.body).not.toContain(code);

    const { page } = emma;
    await page.getByRole('button', { name: '返回登录' }).click();
    expect(await knock(emma, 'rep2@demo.test', demoPassword)).toBe(423);
    await page.getByRole('button', { name: '输入解锁码' }).click();
    await page.getByText(/请输入系统管理员告知您的解锁码/).waitFor();
    await page.getByRole('textbox').fill(code);
    await page.getByRole('button', { name: '确认' }).click();
    await page.waitForURL(url => !/sign-in|locked/.test(url.pathname));
    // Inside, the account's own language is spoken, and hers is English.
    await page.getByRole('link', { name: 'Run the self-check' }).click();
    await page.getByRole('heading', { name: 'Self-check after an unlock', level: 1 }).waitFor();
    await page.getByText('All is well').waitFor();
    await settled(page);
    await farewell(emma, admin);
  });
});

describe('an administrator gets ready for the emergency', () => {
  it('draws codes, prints one page in both languages, and rehearses one code', async () => {
    const admin = await chinese('desk');
    await enter(admin, 'heqing@demo.test');
    const { page } = admin;
    await page.goto('/');
    await page.getByRole('link', { name: '去完成' }).click();
    await page.getByRole('button', { name: '生成恢复码并预览' }).click();
    const paper = page.getByRole('article', { name: '应急恢复包' });
    await paper.getByText('latchkey -- recover heqing@demo.test').waitFor();
    await paper.getByText(/Seal it and keep it in a safe/).waitFor();
    const code = (await paper.getByRole('listitem').first().textContent()) ?? '';
    await page.getByRole('button', { name: '已打印并封存' }).click();
    await page.getByLabel('恢复码', { exact: true }).fill(code);
    await page.getByRole('button', { name: '演练', exact: true }).click();
    await page.getByText('演练成功，该恢复码已使用').waitFor();
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    expect(await page.getByRole('link', { name: '去完成' }).count()).toBe(0);
    await farewell(admin);
  });
});
