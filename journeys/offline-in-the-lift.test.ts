// A phone without a network: records to read, and changes that wait and arrive once.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, forgive, openBrowser, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';
import { shelved } from './stage/kept.ts';
import { add, equipped, type Row, read, rep, waits } from './stage/lift.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('in the lift', () => {
  it('F13 opens without a network, lets a day go on, and hands everything over once', async () => {
    const person = await equipped(browser);
    const { page, context } = person;
    const { id } = await add(person, '/customers', {
      name: '杭州电梯里的客户有限公司',
      phone: '0571-8800 1234',
    });
    const { version } = await read(person, `/customers/${id}`);
    expect(version).toBe(1);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('当前没有网络。').waitFor();
    await page.getByRole('heading', { name: '待跟进' }).waitFor();
    await page.goto('/customers');
    await settled(page);
    const customers = page.getByRole('list', { name: '客户' }).getByRole('listitem');
    // What the phone has kept is unlocked first.
    await customers.nth(5).waitFor();
    await page.getByRole('searchbox', { name: '搜索客户' }).fill('有限公司');
    await customers.first().getByRole('link').first().click();
    await page.getByRole('button', { name: '写跟进' }).waitFor();
    const name = (await page.locator('h1').textContent()) ?? '';
    const address = new URL(page.url()).pathname;

    await page.getByRole('button', { name: '写跟进' }).click();
    const write = page.getByRole('dialog', { name: '写跟进' });
    await write.getByLabel('跟进内容').fill('电梯里记下：月底前给报价。');
    await write.getByRole('button', { name: '保存跟进' }).click();
    await write.waitFor({ state: 'hidden' });
    await waits(page, 1);
    await page.getByRole('listitem').filter({ hasText: '月底前给报价' }).first().waitFor();

    for (const [round, city] of ['绍兴', '嘉兴'].entries()) {
      await page.goto(`${address}?sheet=edit`);
      const edit = page.getByRole('dialog', { name: '编辑客户' });
      await edit.getByLabel('城市').fill(city);
      await edit.getByRole('button', { name: '保存修改' }).click();
      await edit.waitFor({ state: 'hidden' });
      await waits(page, 2 + round);
    }

    await page.goto('/customers?sheet=new');
    const fresh = page.getByRole('dialog', { name: '新建客户' });
    await fresh.getByLabel('名称').fill('地下车库认识的客户');
    await fresh.getByRole('button', { name: '保存客户' }).click();
    await page.getByRole('heading', { name: '地下车库认识的客户', level: 1 }).waitFor();
    await page.getByRole('button', { name: '写跟进' }).click();
    await write.getByLabel('跟进内容').fill('交换了名片。');
    await write.getByRole('button', { name: '保存跟进' }).click();
    await waits(page, 5);
    await write.waitFor({ state: 'hidden' });

    await page.goto('/waiting');
    await page.getByRole('heading', { name: '待提交的修改' }).waitFor();
    await expectAccessible(page, '/waiting');
    await expectNoSidewaysScroll(page, '/waiting');
    expect(await page.locator('main li').count()).toBe(5);

    await context.setOffline(false);
    await page.getByText('没有待提交的修改').waitFor({ timeout: 30_000 });
    const server = await read(person, address);
    expect(server).toMatchObject({ name, city: '嘉兴' });
    const said = await read(person, `/activities?customer=${server.id}`);
    expect(said.items.filter(one => one.body === '电梯里记下：月底前给报价。')).toHaveLength(1);
    const made = await read(person, `/customers?q=${encodeURIComponent('地下车库认识的客户')}`);
    expect(made.items).toHaveLength(1);
    const first = await read(person, `/activities?customer=${made.items[0]?.id}`);
    expect(first.items.map(one => one.body)).toEqual(['交换了名片。']);
    forgive(person, /could not be reached|Failed to fetch/);
    await farewell(person);
  });

  it('shows both versions where somebody else changed the same field, and joins the rest by itself', async () => {
    const person = await equipped(browser);
    const { page, context } = person;
    const [chosen, other] = (await read(person, '/customers?owner=me&limit=2')).items;
    const manager = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(manager, 'manager@demo.test');
    await context.setOffline(true);
    for (const [customer, field, words] of [
      [chosen, '备注', '我：只收电汇'],
      [other, '地址', '我：三号门'],
    ] as const) {
      await page.goto(`/customers/${customer?.id}?sheet=edit`);
      const edit = page.getByRole('dialog', { name: '编辑客户' });
      await edit.getByLabel(field).fill(words);
      await edit.getByRole('button', { name: '保存修改' }).click();
      await edit.waitFor({ state: 'hidden' });
    }
    for (const customer of [chosen, other]) {
      const reply = await manager.context.request.patch(`/api/v1/customers/${customer?.id}`, {
        data: { remark: '主管：月结' },
      });
      expect(reply.status()).toBe(200);
    }
    await context.setOffline(false);
    await page.getByText('1 项修改需要您处理').waitFor({ timeout: 30_000 });
    await expect
      .poll(() => read(person, `/customers/${other?.id}`))
      .toMatchObject({ address: '我：三号门', remark: '主管：月结' });
    await page.getByRole('link', { name: '查看' }).click();
    await page.getByRole('button', { name: '比较并选择' }).click();
    const conflict = page.getByRole('form', { name: '合并两个版本' });
    await conflict.getByText('我：只收电汇').waitFor();
    await conflict.getByText('主管：月结').waitFor();
    await conflict.getByLabel('两者都保留').check();
    await conflict.getByRole('button', { name: '保存合并结果' }).click();
    await page.getByText('没有待提交的修改').waitFor();
    const { remark } = await read(person, `/customers/${chosen?.id}`);
    expect(remark).toContain('我：只收电汇');
    expect(remark).toContain('主管：月结');
    forgive(person, /could not be reached|Failed to fetch/);
    await farewell(person, manager);
  });
});

describe('in the tunnel', () => {
  it('F13 tasks and leads go on, a colleague’s change is shown beside one’s own, and all arrives once', async () => {
    const before = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(before, rep);
    const dueOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const tasks = ['寄出样品', '改签合同页', '催办付款'];
    const made = await Promise.all(tasks.map(title => add(before, '/tasks', { title, dueOn })));
    const [sample, contract, payment] = made.map(one => one.id);
    const lead = await add(before, '/leads', { name: '隧道里的王芳', company: '云帆陶瓷' });
    const [deal] = (await read(before, '/deals?owner=me&state=open&limit=1')).items;
    const [order] = (await read(before, '/orders?owner=me&limit=1')).items;
    await farewell(before);
    const person = await equipped(browser);
    const manager = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(manager, 'manager@demo.test');
    const { page, context } = person;
    await context.setOffline(true);

    await page.goto('/tasks');
    await settled(page);
    const rows = page.getByRole('list', { name: '任务' }).getByRole('listitem');
    const row = (title: string) => rows.filter({ hasText: title });
    await row('寄出样品').getByRole('button', { name: '完成“寄出样品”' }).click();
    await waits(page, 1);
    await row('寄出样品').waitFor({ state: 'hidden' });
    const said = page.getByText('已保存在本设备上');
    await said.waitFor();
    const former = await said.elementHandle();
    // Ticked by mistake: what never left the phone is simply taken back.
    await row('改签合同页').getByRole('button', { name: '完成“改签合同页”' }).click();
    await waits(page, 2);
    // Not the way back of the one before.
    await former?.waitForElementState('hidden');
    await said.waitFor();
    await page.getByRole('button', { name: '撤销' }).last().click();
    await waits(page, 1);
    await row('改签合同页').waitFor();
    for (const title of ['改签合同页', '催办付款']) {
      await row(title)
        .getByRole('button', { name: `推迟“${title}”` })
        .click();
      await page.getByRole('menuitem', { name: '明天' }).click();
    }
    await waits(page, 3);

    await page.goto('/tasks?sheet=new');
    const fresh = page.getByRole('dialog', { name: '新建任务' });
    await fresh.getByLabel('任务内容').fill('隧道里想到的事');
    await fresh.getByRole('button', { name: '添加任务' }).click();
    await row('隧道里想到的事').waitFor();
    await fresh.waitFor({ state: 'hidden' });
    await page.goto('/');
    await settled(page);
    await page.getByText('隧道里想到的事').waitFor();

    await page.goto(`/leads/${lead.id}`);
    await page.getByRole('button', { name: '写跟进' }).click();
    const write = page.getByRole('dialog', { name: '写跟进' });
    await write.getByLabel('跟进内容').fill('她要一份报价。');
    await write.getByRole('button', { name: '保存跟进' }).click();
    await page.getByRole('listitem').filter({ hasText: '她要一份报价。' }).first().waitFor();
    await write.waitFor({ state: 'hidden' });
    await page.goto('/leads?sheet=new');
    const sheet = page.getByRole('dialog', { name: '新建线索' });
    await sheet.getByLabel('姓名').fill('隧道里认识的赵敏');
    await sheet.getByRole('button', { name: '保存线索' }).click();
    await page.getByRole('heading', { name: '隧道里认识的赵敏', level: 1 }).waitFor();

    await page.goto(`/deals/${deal?.id}?sheet=edit`);
    const edit = page.getByRole('dialog', { name: '编辑商机' });
    await edit.getByLabel('下一步').fill('出隧道后回电');
    await edit.getByRole('button', { name: '保存', exact: true }).click();
    await waits(page, 7);
    await page.goto(`/orders/${order?.id}`);
    await page.getByText(String(order?.number)).first().waitFor();
    await expectNoSidewaysScroll(page, 'an order without a network');

    const changed = await manager.context.request.patch(`/api/v1/tasks/${payment}`, {
      data: { dueOn: '2027-03-01' },
    });
    expect(changed.status()).toBe(200);
    await context.setOffline(false);
    await page.goto('/waiting');
    await page.getByText('1 项修改需要您处理').waitFor({ timeout: 30_000 });
    await expectAccessible(page, '/waiting');
    await page.getByRole('button', { name: '比较并选择' }).click();
    const conflict = page.getByRole('form', { name: '合并两个版本' });
    await conflict.getByText('2027-03-01').click();
    await conflict.getByRole('button', { name: '保存合并结果' }).click();
    await page.getByText('没有待提交的修改').waitFor();

    expect(await read(person, `/tasks/${sample}`)).toMatchObject({ status: 'done', version: 2 });
    expect(await read(person, `/tasks/${contract}`)).toMatchObject({ status: 'open', version: 2 });
    expect(await read(person, `/tasks/${payment}`)).toMatchObject({ dueOn: '2027-03-01', version: 2 });
    for (const [path, count] of [
      [`/tasks?q=${encodeURIComponent('隧道里想到的事')}`, 1],
      [`/activities?lead=${lead.id}`, 1],
      [`/leads?q=${encodeURIComponent('隧道里认识的赵敏')}`, 1],
    ] as const)
      expect((await read(person, path)).items, path).toHaveLength(count);
    expect(await read(person, `/leads/${lead.id}`)).toMatchObject({ status: 'contacted' });
    expect(await read(person, `/deals/${deal?.id}`)).toMatchObject({ nextStep: '出隧道后回电' });
    forgive(person, /could not be reached|Failed to (fetch|load)/);
    await farewell(person, manager);
  });
});

describe('a line that is cut after the server has heard', () => {
  it('E5 saves every kind of write exactly once', async () => {
    const person = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(person, rep);
    const { page, context } = person;
    await page.goto('/');
    await settled(page);
    await shelved(page);
    const { id } = await add(person, '/customers', { name: '断线测试客户' });
    const [deal] = (await read(person, '/deals?owner=me&state=open&limit=1')).items;

    /** Cuts the line once the server has carried out what `act` sends, and waits until it is handed over again. */
    const cutWhile = async (path: RegExp, act: () => Promise<void>) => {
      const heard: number[] = [];
      await page.route(path, async route => {
        if (route.request().method() === 'GET') return route.continue();
        heard.push((await route.fetch()).status());
        await context.setOffline(true);
        await route.abort('connectionreset');
      });
      await act();
      await waits(page, 1);
      await page.unroute(path);
      await context.setOffline(false);
      await page.getByText('1 项修改等待提交').waitFor({ state: 'hidden', timeout: 30_000 });
      expect(heard).toHaveLength(1);
      expect(heard[0]).toBeLessThan(300);
    };

    await page.goto(`/customers/${id}?sheet=write`);
    const write = page.getByRole('dialog', { name: '写跟进' });
    await cutWhile(/api\/v1\/activities$/, async () => {
      await write.getByLabel('跟进内容').fill('断线前的一句话');
      await write.getByRole('button', { name: '保存跟进' }).click();
    });
    expect((await read(person, `/activities?customer=${id}`)).items).toHaveLength(1);

    await page.goto(`/customers/${id}?sheet=edit`);
    const edit = page.getByRole('dialog', { name: '编辑客户' });
    await cutWhile(/api\/v1\/customers\/[\w-]+$/, async () => {
      await edit.getByLabel('电话').fill('0571-8765 4321');
      await edit.getByRole('button', { name: '保存修改' }).click();
    });
    const history = await read(person, `/customers/${id}/history`);
    expect(history.items.filter(one => JSON.stringify(one).includes('8765'))).toHaveLength(1);

    await page.goto('/customers?sheet=new');
    const fresh = page.getByRole('dialog', { name: '新建客户' });
    await cutWhile(/api\/v1\/customers$/, async () => {
      await fresh.getByLabel('名称').fill('断线时新建的客户');
      await fresh.getByRole('button', { name: '保存客户' }).click();
    });
    const named = await read(person, `/customers?q=${encodeURIComponent('断线时新建的客户')}`);
    expect(named.items).toHaveLength(1);
    // The page of what was made here goes on under the id that the server gave it.
    await page.waitForURL(url => url.pathname === `/customers/${named.items[0]?.id}`);

    await page.goto(`/deals/${deal?.id}?sheet=edit`);
    const dealSheet = page.getByRole('dialog', { name: '编辑商机' });
    await cutWhile(/api\/v1\/deals\/[\w-]+$/, async () => {
      await dealSheet.getByLabel('下一步').fill('断线后再打电话');
      await dealSheet.getByRole('button', { name: '保存', exact: true }).click();
    });
    const changed = await read(person, `/deals/${deal?.id}`);
    expect(changed).toMatchObject({ nextStep: '断线后再打电话', version: Number(deal?.version) + 1 });

    await page.goto('/deals');
    await settled(page);
    const first = page.getByRole('region', { name: '初步接洽', exact: true }).getByRole('listitem').first();
    const moved = (await first.getByRole('link').getAttribute('href')) ?? '';
    await cutWhile(/\/move$/, async () => {
      await first.getByRole('button').click();
      await page.getByRole('menuitem', { name: '需求确认' }).click();
    });
    const { items: moves } = await read(person, `${moved}/moves`);
    expect(moves.filter(one => (one.to as Row).name === '需求确认')).toHaveLength(1);

    await page.goto(`/customers/${id}`);
    await settled(page);
    const contacts = page.locator('section').filter({ has: page.getByRole('heading', { name: '联系人' }) });
    await contacts.getByRole('button', { name: '添加' }).click();
    const contact = page.getByRole('dialog', { name: '新增联系人' });
    await cutWhile(/api\/v1\/contacts$/, async () => {
      await contact.getByLabel('姓名').fill('断线的联系人');
      await contact.getByRole('button', { name: '保存', exact: true }).click();
    });
    expect((await read(person, `/contacts?customer=${id}`)).items).toHaveLength(1);
    forgive(person, /could not be reached|Failed to (fetch|load)|dynamically imported|reading 'default'/);
    await farewell(person);
  });
});

describe('two tabs', () => {
  it('hand over what waits once between them', async () => {
    const person = await equipped(browser);
    const { page, context } = person;
    const id = (await read(person, '/customers?owner=me&limit=1')).items[0]?.id;
    const other = await context.newPage();
    await other.goto('/waiting');
    await settled(other);
    await context.setOffline(true);
    const write = page.getByRole('dialog', { name: '写跟进' });
    for (const words of ['第一句', '第二句', '第三句']) {
      await page.goto(`/customers/${id}?sheet=write`);
      await write.getByLabel('跟进内容').fill(words);
      await write.getByRole('button', { name: '保存跟进' }).click();
      await write.waitFor({ state: 'hidden' });
    }
    await waits(other, 3);
    const sent: string[] = [];
    context.on('request', request => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    await context.setOffline(false);
    await other.getByText('没有待提交的修改').waitFor({ timeout: 30_000 });
    const { items } = await read(person, `/activities?customer=${id}&limit=3`);
    expect(items.map(one => one.body).reverse()).toEqual(['第一句', '第二句', '第三句']);
    expect(sent.filter(url => url.endsWith('/api/v1/activities'))).toHaveLength(3);
    forgive(person, /could not be reached|Failed to fetch/);
    await farewell(person);
  });
});
