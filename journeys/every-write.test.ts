// Every form and every write: composing Chinese anywhere in it, an answer lost on the way, two people at one record.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, forgive, openBrowser, type Person, type Size, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { settled } from './stage/eyes.ts';
import { expectComposable } from './stage/input-method.ts';

let browser: Browser;
let admin: Person;
const ids: Record<string, string> = {};

beforeAll(async () => {
  browser = await openBrowser();
  admin = await someone('desk', 'admin@demo.test');
  const add = async (path: string, data: object) => {
    const reply = await admin.context.request.post(`/api/v1/${path}`, { data });
    expect(reply.status(), `${path}: ${await reply.text()}`).toBe(201);
    return (await reply.json()).id as string;
  };
  ids.customer = await add('customers', { name: '宁波听涛轴承有限公司' });
  ids.lead = await add('leads', { name: '周晓岚', company: '绍兴兰亭文具有限公司' });
  ids.deal = await add('deals', { customerId: ids.customer, title: '轴承年度采购', amount: 120_000 });
  ids.order = await add('orders', {
    kind: 'quote',
    customerId: ids.customer,
    title: '轴承报价',
    lines: [{ name: '深沟球轴承', quantity: '1', unitPrice: 12_000 }],
  });
  ids.product = await add('products', { code: 'ZC-6204', name: '深沟球轴承' });
});
afterAll(() => browser.close());

async function someone(size: Size, name: string): Promise<Person> {
  const person = await visitor(browser, { size, language: 'zh-CN' });
  await enter(person, name);
  return person;
}

const at = (path: string) => path.replace(/:(\w+)/g, (_, key: string) => ids[key] ?? key);

/** Fields that take words of one's own and stand before the reader now. */
function textFields(place: Locator): Locator {
  const kinds = 'input:is([type=text], [type=tel], [type=email], [type=url], [type=search], :not([type]))';
  return place.locator(`${kinds}, textarea`).filter({ visible: true });
}

async function nameOf(field: Locator): Promise<string> {
  return field.evaluate(
    (element: HTMLInputElement) => element.labels?.[0]?.textContent ?? element.ariaLabel ?? element.name,
  );
}

describe('L41 composing Chinese', () => {
  // Where the form stands, and how many fields for words there are at least.
  it.each([
    ['/customers?sheet=new', 3],
    ['/customers/:customer?sheet=edit', 9],
    ['/customers/:customer?sheet=release', 1],
    ['/customers/:customer', 3],
    ['/contacts', 1],
    ['/leads', 1],
    ['/leads?sheet=new', 4],
    ['/leads/:lead?sheet=edit', 4],
    ['/leads/:lead?sheet=convert', 1],
    ['/pool', 1],
    ['/pool/rules?sheet=default', 1],
    ['/deals?view=list', 1],
    ['/deals?sheet=new', 2],
    ['/deals/:deal?sheet=edit', 3],
    ['/deals/pipelines?sheet=new', 1],
    ['/orders', 1],
    ['/orders?sheet=new-quote', 2],
    ['/orders?sheet=new-order', 2],
    ['/orders/:order?sheet=edit', 2],
    ['/products', 1],
    ['/products?sheet=new', 3],
    ['/products/:product?sheet=edit', 3],
    ['/tasks?sheet=new', 1],
    ['/analysis?view=forecast&sheet=target', 1],
    ['/custom-fields?sheet=new-customer', 1],
    ['/alerts?sheet=hook', 2],
    ['/intake/keys?sheet=new', 1],
    ['/networks?sheet=new', 2],
    ['/tickets?sheet=settings', 1],
    ['/account?sheet=add-email', 1],
    ['/people', 1],
  ] as const)('L41 %s', async (path, least) => {
    const { page } = admin;
    await page.goto(at(path));
    await settled(page);
    const place = path.includes('sheet=') ? page.getByRole('dialog').first() : page.locator('main');
    const fields = textFields(place);
    await expect.poll(() => fields.count()).toBeGreaterThanOrEqual(least);
    // All are made of the same few parts: three of each form stand for the rest.
    const all = await fields.all();
    const some = new Set(
      [all[0], all[Math.floor(all.length / 2)], all.at(-1)].filter(field => field !== undefined),
    );
    for (const field of some) await expectComposable(page, field, `${path}: ${await nameOf(field)}`);
  });
});

type Write = {
  what: string;
  where: string;
  call: RegExp;
  write: (page: Page) => Promise<unknown>;
  /** How often the write is to be found afterwards. */
  found: (ask: (path: string) => Promise<string>) => Promise<number>;
};

const times = (text: string, words: string) => text.split(words).length - 1;
const writes: Write[] = [
  {
    what: 'a new customer',
    where: '/customers?sheet=new',
    call: /\/customers$/,
    write: async page => {
      const sheet = page.getByRole('dialog', { name: '新建客户' });
      await sheet.getByLabel('名称').fill('南浔古镇丝绸有限公司');
      await sheet.getByRole('button', { name: '保存客户' }).click();
      await page.getByRole('heading', { name: '南浔古镇丝绸有限公司', level: 1 }).waitFor();
    },
    found: async ask =>
      times(await ask('customers?q=%E5%8D%97%E6%B5%94%E5%8F%A4%E9%95%87'), '"name":"南浔古镇丝绸有限公司"'),
  },
  {
    what: 'a comment',
    where: '/customers/:customer',
    call: /\/comments$/,
    write: async page => {
      await page.getByRole('textbox', { name: '写评论' }).fill('电梯里写的评论');
      await page.getByRole('button', { name: '发表' }).click();
      await page.getByRole('article').getByText('电梯里写的评论').waitFor();
    },
    found: async ask =>
      times(await ask(`comments?object=customer&id=${ids.customer}`), '"body":"电梯里写的评论"'),
  },
  {
    what: 'a moved deal',
    where: '/deals/:deal',
    call: /\/deals\/[^/]+\/move$/,
    write: async page => {
      await page.getByRole('button', { name: /需求确认/ }).click();
      await page.getByText('“轴承年度采购”已进入“需求确认”').waitFor();
    },
    found: async ask => times(await ask(`deals/${ids.deal}/history`), '"deal.move"'),
  },
  {
    what: 'a task',
    where: '/tasks?sheet=new',
    call: /\/tasks$/,
    write: async page => {
      const sheet = page.getByRole('dialog', { name: '新建任务' });
      await sheet.getByLabel('任务内容').fill('寄样品给听涛');
      await sheet.getByRole('button', { name: '添加任务' }).click();
      await sheet.waitFor({ state: 'hidden' });
    },
    found: async ask => times(await ask('tasks?limit=100'), '"title":"寄样品给听涛"'),
  },
  {
    what: 'a changed quote',
    where: '/orders/:order?sheet=edit',
    call: /\/orders\/[^/]+$/,
    write: async page => {
      const sheet = page.getByRole('dialog');
      await sheet.getByLabel('主题').fill('轴承报价（第二版）');
      await sheet.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByRole('heading', { name: '轴承报价（第二版）', level: 1 }).waitFor();
    },
    found: async ask => times(await ask(`orders/${ids.order}/history`), '"order.change"'),
  },
];

it.each(writes)('L42 the answer to $what is lost on the way, and it happens once', async one => {
  const person = await someone('phone', 'admin@demo.test');
  const { page, context } = person;
  await page.goto(at(one.where));
  await settled(page);
  let swallowed = 0;
  await page.route(
    url => one.call.test(url.pathname),
    async route => {
      if (route.request().method() === 'GET' || swallowed > 0) return route.continue();
      swallowed += 1;
      await route.fetch();
      await route.abort('connectionreset');
    },
  );
  await one.write(page);
  expect(swallowed).toBe(1);
  const ask = async (path: string) => (await context.request.get(`/api/v1/${path}`)).text();
  expect(await one.found(ask)).toBe(1);
  forgive(person, /could not be reached/);
  await page.unrouteAll();
  await farewell(person);
});

describe('two people at one record', () => {
  it.each([
    ['deal', '/deals/:deal?sheet=edit', 'nextStep', '下一步', '保存'],
    ['lead', '/leads/:lead?sheet=edit', 'company', '公司', '保存修改'],
    ['order', '/orders/:order?sheet=edit', 'title', '主题', '保存'],
  ] as const)('the second sees both versions of a %s', async (kind, path, key, label, save) => {
    // A browser without drafts of before.
    const person = await someone('desk', 'admin@demo.test');
    const { page, context } = person;
    await page.goto(at(path));
    await settled(page);
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel(label).waitFor();
    const address = `/api/v1/${kind}s/${ids[kind]}`;
    const theirs = await context.request.patch(address, { data: { [key]: '她写的内容' } });
    expect(theirs.status()).toBe(200);
    await sheet.getByLabel(label).fill('我写的内容');
    await sheet.getByRole('button', { name: save, exact: true }).click();
    await sheet.getByText('她写的内容').first().waitFor();
    await sheet.getByText('我写的内容').first().waitFor();
    expect((await (await context.request.get(address)).json())[key]).toBe('她写的内容');
    await farewell(person);
  });
});
