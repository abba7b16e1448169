// Whatever is typed stays: with a Chinese input method, through every accident of a phone, and between two people.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, forgive, openBrowser, type Person, type Size, visitor } from './stage/browser.ts';
import { demoPassword } from './stage/demo.ts';
import { enter } from './stage/door.ts';
import { settled } from './stage/eyes.ts';
import { expectComposable, inputMethod } from './stage/input-method.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function someone(size: Size, name: string): Promise<Person> {
  const person = await visitor(browser, { size, language: 'zh-CN' });
  await enter(person, name);
  return person;
}

const anna = 'manager@demo.test';

async function addCustomer(person: Person, fields: Record<string, string>): Promise<string> {
  const reply = await person.context.request.post('/api/v1/customers', { data: fields });
  expect(reply.status()).toBe(201);
  return (await reply.json()).id;
}

async function readCustomer(person: Person, id: string): Promise<Record<string, unknown>> {
  return (await person.context.request.get(`/api/v1/customers/${id}`)).json();
}

/** How many customers of this name there are. */
async function countOf(person: Person, name: string): Promise<number> {
  const reply = await person.context.request.get(`/api/v1/customers?q=${encodeURIComponent(name)}`);
  return (await reply.json()).items.length;
}

/** Ends the person's session from elsewhere, as a sign-out on another device would. */
async function endSessionOf(person: Person, name: string): Promise<void> {
  const sessions = await (await person.context.request.get('/api/v1/sessions')).json();
  const current = sessions.items.find((session: { current: boolean }) => session.current);
  const elsewhere = await someone('desk', name);
  const ended = await elsewhere.context.request.delete(`/api/v1/sessions/${current.id}`);
  expect(ended.status()).toBe(204);
  await farewell(elsewhere);
}

/** Every field in a place that takes words of one's own. */
async function textFields(place: Locator): Promise<Locator[]> {
  const kinds = 'input:is([type=text], [type=tel], [type=email], [type=url], [type=search], :not([type]))';
  return place.locator(`${kinds}, textarea`).filter({ visible: true }).all();
}

async function labelOf(field: Locator): Promise<string> {
  return field.evaluate(
    (element: HTMLInputElement) => element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.name,
  );
}

async function expectAllComposable(page: Page, place: Locator, least: number): Promise<void> {
  // A sheet that has just opened brings its fields in a moment later.
  await expect.poll(async () => (await textFields(place)).length).toBeGreaterThanOrEqual(least);
  const fields = await textFields(place);
  for (const field of fields) await expectComposable(page, field, await labelOf(field));
}

describe('L41 with a Chinese input method', () => {
  it('L41 every field of a customer, a follow-up and a contact survives composition', async () => {
    const person = await someone('desk', anna);
    const { page } = person;
    await page.goto('/customers?sheet=new');
    const sheet = page.getByRole('dialog', { name: '新建客户' });
    await sheet.getByText('更多信息').click();
    await expectAllComposable(page, sheet, 9);
    await sheet.getByRole('button', { name: '放弃草稿' }).click();
    await sheet.getByRole('button', { name: '放弃草稿' }).click();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });

    const id = await addCustomer(person, { name: '宁波听涛轴承有限公司' });
    await page.goto(`/customers/${id}`);
    await settled(page);
    const composer = page.getByRole('form', { name: '写跟进' });
    await expectAllComposable(page, composer, 2);
    const body = composer.getByLabel('跟进内容');
    const method = await inputMethod(page);
    await body.fill('');
    await body.focus();
    await method.compose('yi fa bao jia');
    await method.commit('已发报价，');
    await method.compose('deng hui fu');
    await method.press('Enter');
    await method.commit('等回复');
    await composer.getByLabel('下一步').fill('');
    await composer.getByRole('button', { name: '保存跟进' }).click();
    await page.getByRole('listitem').filter({ hasText: '已发报价，等回复' }).first().waitFor();

    const contacts = page.locator('section').filter({ has: page.getByRole('heading', { name: '联系人' }) });
    await contacts.getByRole('button', { name: '添加' }).click();
    const contact = page.getByRole('dialog', { name: '新增联系人' });
    await contact.getByLabel('姓名').waitFor();
    await expectAllComposable(page, contact, 4);
    await farewell(person);
  });

  it('L41 searching waits for the characters, and shortcuts leave the input method alone', async () => {
    const person = await someone('desk', anna);
    const { page } = person;
    await addCustomer(person, { name: '佛山云帆陶瓷有限公司' });
    await page.goto('/customers');
    await settled(page);
    const asked: string[] = [];
    page.on('request', request => {
      const q = new URL(request.url()).searchParams.get('q');
      if (q && request.url().includes('/api/')) asked.push(q);
    });
    const search = page.getByRole('searchbox', { name: '搜索客户' });
    const method = await inputMethod(page);
    await search.focus();
    await method.compose('yun fan');
    await method.press('Enter');
    await method.commit('云帆陶瓷');
    await page.getByRole('link', { name: '佛山云帆陶瓷有限公司' }).waitFor();
    expect(asked.filter(one => /[a-z]/.test(one))).toEqual([]);
    await search.fill('');
    await page.waitForURL(url => !url.search);
    await expectComposable(page, search, '搜索客户');

    await page.keyboard.press('Control+k');
    const palette = page.getByRole('combobox', { name: '想去哪里，或做什么？' });
    await palette.waitFor();
    await method.compose('ke');
    await method.press('Enter');
    expect(await palette.isVisible()).toBe(true);
    expect(new URL(page.url()).pathname).toBe('/customers');
    await method.commit('日志');
    expect(await palette.inputValue()).toBe('日志');
    await farewell(person);
  });

  it('L41 the name at the door is whole, and Enter in it signs nobody in', async () => {
    const guest = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    const { page } = guest;
    await page.goto('/sign-in');
    await expectComposable(page, page.getByLabel('邮箱', { exact: true }), '邮箱');
    await page.goto('/recover');
    await expectComposable(page, page.getByLabel('邮箱', { exact: true }), '找回密码');
    await farewell(guest);
  });
});

describe('L42 on a phone', () => {
  it('L42 a half-filled customer survives tapping out, reloading, going elsewhere and an ended session', async () => {
    const name = '温州栖霞五金有限公司';
    const person = await someone('phone', anna);
    const { page } = person;
    await page.goto('/customers');
    await page.getByRole('button', { name: '新建客户' }).click();
    const sheet = page.getByRole('dialog', { name: '新建客户' });
    const [nameField, phone] = [sheet.getByLabel('名称'), sheet.getByLabel('电话')];
    await nameField.fill(name);
    await phone.fill('0577-8833 0192');
    const stillThere = async () => {
      await nameField.waitFor();
      expect(await nameField.inputValue()).toBe(name);
      expect(await phone.inputValue()).toBe('0577-8833 0192');
    };

    await page.touchscreen.tap(195, 12);
    await sheet.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '新建客户' }).click();
    await stillThere();

    await page.reload();
    await stillThere();

    await page.goto('/');
    const drafts = page.locator('section').filter({ hasText: '未保存的草稿' });
    await drafts.getByRole('link').first().click();
    await stillThere();

    await endSessionOf(person, anna);
    await sheet.getByRole('button', { name: '保存客户' }).click();
    const again = page.getByRole('dialog', { name: '请重新登录' });
    await again.getByLabel('密码', { exact: true }).fill(demoPassword);
    await again.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    expect(await countOf(person, name)).toBe(1);

    await page.goto('/');
    await settled(page);
    expect(await drafts.count()).toBe(0);
    await farewell(person);
  });

  it('L42 a follow-up survives the same, and a network that swallows the answer saves it once', async () => {
    const person = await someone('phone', anna);
    const { page, context } = person;
    const id = await addCustomer(person, { name: '厦门鹭岛茶叶有限公司' });
    const said = '样品收到了，客户想看三月的价格。';
    const write = page.getByRole('button', { name: '写跟进' });
    const sheet = page.getByRole('dialog', { name: '写跟进' });
    const body = sheet.getByLabel('跟进内容');
    await page.goto(`/customers/${id}`);
    await write.click();
    await body.fill(said);
    await page.touchscreen.tap(195, 12);
    await sheet.waitFor({ state: 'hidden' });
    await page.goto('/customers');
    await page.goto(`/customers/${id}`);
    await write.click();
    await expect.poll(() => body.inputValue()).toBe(said);

    // The server hears it, but its answer gets lost on the way: the page asks again with the same key.
    let swallowed = 0;
    await page.route('**/api/v1/activities', async route => {
      if (route.request().method() !== 'POST' || swallowed > 0) return route.continue();
      swallowed += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await sheet.getByRole('button', { name: '保存跟进' }).click();
    await sheet.waitFor({ state: 'hidden' });
    expect(swallowed).toBe(1);
    await page.getByRole('listitem').filter({ hasText: said }).first().waitFor();
    const kept = await context.request.get(`/api/v1/activities?customer=${id}`);
    expect((await kept.json()).items.map((one: { body: string }) => one.body)).toEqual([said]);
    await page.unrouteAll();
    await farewell(person);
  });
});

describe('L42 in a hurry', () => {
  it('L42 even the words typed just before a page goes are there when it comes back', async () => {
    const person = await someone('phone', anna);
    const { page } = person;
    const id = await addCustomer(person, { name: '泉州海丝石材有限公司' });
    const here = `/customers/${id}?sheet=write`;
    const body = page.getByRole('dialog', { name: '写跟进' }).getByLabel('跟进内容');
    const away = async () => {
      await page.goto('/customers');
      await page.goto(here);
    };
    const waysToGo: [string, () => Promise<unknown>][] = [
      ['刷新', () => page.reload()],
      ['离开', away],
      ['点空白处再离开', () => page.touchscreen.tap(195, 12).then(away)],
    ];
    await page.goto(here);
    for (const [words, go] of waysToGo) {
      await body.fill(words);
      await go();
      await body.waitFor();
      expect(await body.inputValue()).toBe(words);
    }
    await body.fill('');
    await page.reload();
    await body.waitFor();
    expect(await body.inputValue()).toBe('');
    await farewell(person);
  });
});

describe('without a network, on a page that took nothing along', () => {
  it('a sheet and a page that were not loaded say so, leave what is typed, and come when the line is back', async () => {
    const person = await someone('phone', anna);
    const { page, context } = person;
    const id = await addCustomer(person, { name: '海宁许村布艺有限公司' });
    await page.goto(`/customers/${id}`);
    await settled(page);
    const remark = page.getByPlaceholder('写评论，输入 @ 提醒同事');
    await remark.fill('样布周四寄出');
    await context.setOffline(true);
    await page.getByRole('button', { name: '新建任务' }).click();
    await page.getByText('这部分尚未加载').waitFor();
    expect(await remark.inputValue()).toBe('样布周四寄出');
    await context.setOffline(false);
    const sheet = page.getByRole('dialog', { name: '新建任务' });
    await sheet.waitFor();
    expect(await remark.inputValue()).toBe('样布周四寄出');
    await sheet.getByRole('button', { name: '关闭' }).click();
    await sheet.waitFor({ state: 'hidden' });

    const began = await page.evaluate(() => performance.timeOrigin);
    await context.setOffline(true);
    await page.getByRole('link', { name: '商机', exact: true }).click();
    await page.getByText('尚未加载').waitFor();
    await context.setOffline(false);
    await page.getByRole('heading', { name: '商机', level: 1 }).waitFor();
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(began);
    forgive(person, /could not be reached|Failed to (fetch|load)|dynamically imported/);
    await farewell(person);
  });
});

describe('two people at one customer', () => {
  it('the second sees both versions, chooses, and nothing that either typed is lost', async () => {
    const [first, second] = [await someone('desk', 'admin@demo.test'), await someone('phone', anna)];
    const id = await addCustomer(second, { name: '嘉兴南湖丝绸有限公司', remark: '老客户' });
    const opened = async ({ page }: Person) => {
      await page.goto(`/customers/${id}?sheet=edit`);
      const sheet = page.getByRole('dialog', { name: '编辑客户' });
      await sheet.getByLabel('备注').waitFor();
      return sheet;
    };
    const [mine, theirs] = [await opened(second), await opened(first)];
    await theirs.getByLabel('备注').fill('老客户，只收电汇');
    await theirs.getByLabel('电话').fill('0573-8208 6614');
    await mine.getByLabel('备注').fill('老客户，每季度下单');
    await mine.getByLabel('城市').fill('嘉兴');
    await theirs.getByRole('button', { name: '保存修改' }).click();
    await theirs.waitFor({ state: 'hidden' });

    await mine.getByRole('button', { name: '保存修改' }).click();
    const conflict = mine.getByRole('form', { name: '合并两个版本' });
    const remark = conflict.getByRole('group', { name: /备注/ });
    await remark.getByText('老客户，只收电汇').waitFor();
    await remark.getByText('老客户，每季度下单').waitFor();
    await conflict.getByRole('group', { name: /电话/ }).getByText('0573-8208 6614').waitFor();

    // Even tapping out in the middle of it loses nothing.
    await second.page.touchscreen.tap(195, 12);
    await mine.waitFor({ state: 'hidden' });
    await second.page.getByRole('button', { name: '编辑', exact: true }).click();
    await expect.poll(() => mine.getByLabel('备注').inputValue()).toBe('老客户，每季度下单');
    await mine.getByRole('button', { name: '保存修改' }).click();

    await remark.getByLabel('两者都保留').check();
    await conflict.getByRole('button', { name: '保存合并结果' }).click();
    await mine.waitFor({ state: 'hidden' });
    const result = await readCustomer(second, id);
    expect(result).toMatchObject({ phone: '0573-8208 6614', city: '嘉兴' });
    expect(result.remark).toContain('老客户，只收电汇');
    expect(result.remark).toContain('老客户，每季度下单');
    await farewell(first, second);
  });

  it('a follow-up whose draft was kept meanwhile takes nothing of the other away', async () => {
    const second = await someone('phone', anna);
    const { request } = second.context;
    const customerId = await addCustomer(second, { name: '海宁皮革有限公司' });
    const data = { customerId, kind: 'call', body: '要样品' };
    const made = await (await request.post('/api/v1/activities', { data })).json();
    await second.page.goto(`/customers/${customerId}`);
    const mine = second.page.getByRole('dialog', { name: '编辑跟进' });
    const edit = second.page.getByRole('button', { name: '编辑跟进' });
    await edit.click();
    await mine.getByLabel('跟进内容').fill('要样品，下周寄出');
    await second.page.touchscreen.tap(195, 12);
    await mine.waitFor({ state: 'hidden' });
    // As on another device.
    const theirs = { body: '要样品，已付定金', nextStep: '开发票' };
    await request.patch(`/api/v1/activities/${made.id}`, { data: theirs });
    await second.page.reload();
    await edit.click();
    await expect.poll(() => mine.getByLabel('跟进内容').inputValue()).toBe('要样品，下周寄出');
    await mine.getByRole('button', { name: '保存修改' }).click();
    const conflict = mine.getByRole('form', { name: '合并两个版本' });
    await conflict.getByText('要样品，已付定金').waitFor();
    await conflict.getByLabel('两者都保留').check();
    await conflict.getByRole('button', { name: '保存合并结果' }).click();
    await mine.waitFor({ state: 'hidden' });
    const kept = await (await request.get(`/api/v1/activities/${made.id}`)).json();
    expect([kept.body, kept.nextStep]).toEqual(['要样品，已付定金\n要样品，下周寄出', '开发票']);
    await farewell(second);
  });
});
