// 李思源's day on his phone: a list from the old system, a call written down, and somebody who guesses at his password.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { demoPassword } from './stage/demo.ts';
import { codeIn, enter, guessUntilLocked, knock, mailsTo, nextMail, signIn } from './stage/door.ts';
import { goTo, settled } from './stage/eyes.ts';
import { customerFile } from './stage/files.ts';

const rep = 'rep@demo.test';
const customer = '南通江海船舶配件有限公司';
const said = '王经理要三种规格的缆桩报价，下周二前给。';

let browser: Browser;
let leo: Person;
beforeAll(async () => {
  browser = await openBrowser();
  leo = await visitor(browser, { size: 'phone', language: 'zh-CN' });
});
afterAll(() => browser.close());

const places = () => leo.page.getByRole('navigation', { name: '主导航' });

describe('工作的一天', () => {
  it('signs in on his phone and brings in the list of the old system, one row of which is faulty', async () => {
    const { page } = leo;
    await signIn(leo, rep);
    await page.getByRole('heading', { name: /李思源/, level: 1 }).waitFor();
    await places().getByRole('button', { name: '更多' }).click();
    await page.getByRole('dialog').getByRole('link', { name: '导入' }).click();
    await page.getByRole('link', { name: '导入文件' }).first().click();
    await page.getByLabel('选择文件').setInputFiles(customerFile('zh-CN'));

    await page.getByText(/已识别：5 行，7 列，GB18030 编码/).waitFor();
    await page.getByText('共 5 行：新增 4，更新 0，跳过 0，有问题 1。').waitFor();
    const faulty = page.getByRole('listitem').filter({ hasText: '绍兴镜湖纺织有限公司' });
    await faulty.getByText('有问题').waitFor();
    await faulty.getByText(/邮箱: /).waitFor();
    await page.getByRole('button', { name: '开始导入 5 行' }).click();

    await page.getByRole('heading', { name: '导入结果' }).waitFor();
    const counts = (await page.locator('dl').first().textContent())?.replace(/\s/g, '');
    expect(counts).toBe('新增4更新0跳过0失败1');
    const row = page.getByRole('listitem').filter({ hasText: '第 4 行' });
    await row.getByText('jinghu(at)textile.example').first().waitFor();
    const faults = page.getByRole('link', { name: '下载问题行（CSV）' });
    const file = await leo.context.request.get((await faults.getAttribute('href')) ?? '/none');
    expect(await file.text()).toContain('绍兴镜湖纺织有限公司');
    expect(await file.text()).not.toContain('无锡太湖水产有限公司');
  });

  it('opens one of them, writes down what was said and what comes next, and finds both again', async () => {
    const { page } = leo;
    await page.getByRole('link', { name: '查看客户' }).click();
    await page.getByRole('searchbox', { name: '搜索客户' }).fill('江海船舶');
    await page.getByRole('link', { name: new RegExp(`^${customer}`) }).click();
    await page.getByRole('heading', { name: customer, level: 1 }).waitFor();
    await page.getByRole('button', { name: '写跟进' }).click();
    const sheet = page.getByRole('dialog', { name: '写跟进' });
    await sheet.getByText('电话', { exact: true }).click();
    await sheet.getByLabel('跟进内容').fill(said);
    await sheet.getByLabel('下一步').fill('发报价单');
    await sheet.getByRole('button', { name: '明天' }).click();
    await sheet.getByRole('button', { name: '保存跟进' }).click();
    await page.getByText('跟进已保存').waitFor();
    await sheet.waitFor({ state: 'hidden' });
    const entry = page.getByRole('listitem').filter({ hasText: said });
    await entry
      .getByText(/发报价单/)
      .first()
      .waitFor();
    await page.getByText('明天').first().waitFor();

    await places().getByRole('link', { name: '工作台' }).click();
    const recent = page.locator('section').filter({ has: page.getByRole('heading', { name: '最近动态' }) });
    await recent.getByRole('listitem').filter({ hasText: said }).getByText(customer).waitFor();
  });
});

describe('有人在陌生手机上猜密码', () => {
  let stranger: Person;

  it('is locked out after five tries and told cause, since, until and the ways out', async () => {
    stranger = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    expect(await guessUntilLocked(stranger, rep)).toBe(5);
    const { page } = stranger;
    await page.getByRole('heading', { name: '登录暂时锁定', level: 1 }).waitFor();
    const told = page.getByRole('region', { name: '锁定说明' });
    for (const part of ['原因', '解锁方法', '注意事项'])
      await told.getByRole('heading', { name: part, exact: true }).waitFor();
    await told.getByText('密码输入错误次数过多').waitFor();
    const [since, until] = await told.getByRole('definition').allTextContents();
    expect(since).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日 ?\d{2}:\d{2}$/);
    expect(until).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日 ?\d{2}:\d{2}$/);
    for (const way of ['等待自动解锁', '使用邮箱验证码', '重设密码', '使用已识别的设备', '联系系统管理员'])
      await told.getByRole('listitem').filter({ hasText: way }).first().waitFor();
    const clock = told.getByRole('timer');
    const first = await clock.textContent();
    expect(first).toMatch(/^剩余 \d+:\d{2}$/);
    await expect.poll(() => clock.textContent(), { timeout: 10_000 }).not.toBe(first);
  });

  it('does not disturb him on the phone he is known on: he works on, and signs out and in', async () => {
    const { page } = leo;
    await places().getByRole('link', { name: '客户', exact: true }).click();
    await settled(page);
    await page
      .getByRole('link', { name: new RegExp(`^${customer}`) })
      .first()
      .waitFor();
    await page.getByRole('button', { name: /的账号菜单$/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.getByText('您已退出登录。').waitFor();
    await signIn(leo, rep);
    await page.getByRole('heading', { name: /李思源/, level: 1 }).waitFor();
  });

  it('lets him in on the strange phone with an e-mailed code, and asks for the password no second time', async () => {
    const { page } = stranger;
    await page.getByRole('button', { name: '返回登录' }).click();
    expect(await knock(stranger, rep, demoPassword)).toBe(423);
    const before = await mailsTo(rep);
    await page.getByRole('button', { name: '发送验证码' }).click();
    const field = page.getByLabel('验证码', { exact: true });
    await field.waitFor();
    await field.fill(codeIn(await nextMail(rep, /sign-in-code/, before)));
    await page.getByRole('button', { name: '确认' }).click();
    await page.getByRole('heading', { name: /李思源/, level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    await farewell(stranger);
  });

  it('leaves everything in the log for the administrator', async () => {
    const admin = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(admin, 'admin@demo.test');
    const { page } = admin;
    await page.goto('/');
    await goTo(page, '日志', '成员与安全');
    await settled(page);
    const log = page.getByRole('table', { name: '日志记录' });
    for (const sentence of [
      '李思源 Leo Li登录失败：账号或密码不正确',
      '李思源 Leo Li的登录已锁定',
      '李思源 Leo Li登录了系统',
      '李思源 Leo Li退出了登录',
      '导入“老客户名单.csv”已完成：新增 4，失败 1',
      '李思源 Leo Li跟进了“南通江海船舶配件有限公司”',
    ])
      await log.getByRole('button', { name: sentence }).first().waitFor();

    await log.getByRole('button', { name: '李思源 Leo Li的登录已锁定' }).first().click();
    const entry = page.getByRole('dialog', { name: '日志详情' });
    await entry.getByText('密码错误次数过多').first().waitFor();
    await page.keyboard.press('Escape');
    await entry.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '校验完整性' }).click();
    await page.getByText(/^日志完整/).waitFor();
    await farewell(admin, leo);
  });
});
