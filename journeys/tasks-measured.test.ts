// What each daily task takes, counted in the browser: `TASKS=1` prints the table that docs/comparison.md shows.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type Person, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { settled } from './stage/eyes.ts';
import { manyCustomers } from './stage/files.ts';
import { type Cost, costOf, type Hand } from './stage/tally.ts';

let browser: Browser;
let anna: Person;
const ids: Record<string, string> = {};
const table: Record<string, Cost> = {};

beforeAll(async () => {
  browser = await openBrowser();
  anna = await visitor(browser, { size: 'desk', language: 'en' });
  await enter(anna, 'admin@demo.test');
  const add = async (path: string, data: object) =>
    (await (await anna.context.request.post(`/api/v1/${path}`, { data })).json()).id as string;
  ids.customer = await add('customers', { name: '湖州莫干山竹业有限公司' });
  ids.deal = await add('deals', { customerId: ids.customer, title: 'Bamboo, spring order' });
});
afterAll(async () => {
  if (process.env.TASKS) console.table(table);
  await browser.close();
});

type Task = {
  task: string;
  from: string;
  /** No more than these, so that a page that asks for more is noticed. */
  most: { clicks: number; keys: number };
  way: (hand: Hand, page: Person['page']) => Promise<unknown>;
};

const tasks: Task[] = [
  {
    task: 'look up a customer by two characters',
    from: '/',
    most: { clicks: 0, keys: 4 },
    way: async (hand, page) => {
      await hand.press('Control+k');
      await page.getByRole('combobox').waitFor();
      await hand.type('莫干');
      await page.getByRole('option', { name: /湖州莫干山竹业有限公司/ }).waitFor();
      await hand.press('Enter');
      await page.getByRole('heading', { name: '湖州莫干山竹业有限公司', level: 1 }).waitFor();
    },
  },
  {
    task: 'find who owns a customer',
    from: '/customers',
    most: { clicks: 1, keys: 2 },
    way: async (hand, page) => {
      await hand.click(page.getByRole('searchbox', { name: 'Search customers' }));
      await hand.type('莫干');
      const row = page.getByRole('row').filter({ hasText: '湖州莫干山竹业有限公司' });
      await row.getByText('陈志远 Simon Chen').waitFor();
    },
  },
  {
    task: 'log a call',
    from: '/customers/:customer',
    most: { clicks: 2, keys: 13 },
    way: async (hand, page) => {
      // A call is what the form begins with.
      const form = page.getByRole('form', { name: 'New follow-up' });
      await hand.click(form.getByLabel('What happened'));
      await hand.type('Wants a price');
      await hand.click(form.getByRole('button', { name: 'Save follow-up' }));
      await page.getByRole('listitem').filter({ hasText: 'Wants a price' }).first().waitFor();
    },
  },
  {
    task: 'move a deal',
    from: '/deals/:deal',
    most: { clicks: 1, keys: 0 },
    way: async (hand, page) => {
      await hand.click(page.getByRole('button', { name: 'Needs confirmed', exact: true }));
      await page.getByText(/“Bamboo, spring order”.*Needs confirmed/).waitFor();
    },
  },
  {
    task: 'a new customer',
    from: '/customers',
    most: { clicks: 2, keys: 12 },
    way: async (hand, page) => {
      await hand.click(page.getByRole('button', { name: 'New customer' }));
      await page.getByRole('dialog').getByLabel('Name').first().waitFor();
      await hand.type('Teal Harbour');
      await hand.click(page.getByRole('button', { name: 'Save customer' }));
      await page.getByRole('heading', { name: 'Teal Harbour', level: 1 }).waitFor();
    },
  },
  {
    task: 'add a custom field',
    from: '/custom-fields',
    most: { clicks: 2, keys: 12 },
    way: async (hand, page) => {
      await hand.click(page.getByRole('button', { name: 'Add a field' }).first());
      await page
        .getByRole('dialog')
        .getByLabel(/^Label/)
        .first()
        .waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
      await hand.type('Tax number');
      await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }));
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.locator('main').getByText('Tax number').first().waitFor();
    },
  },
  {
    task: 'undo a mistaken delete',
    from: '/customers/:customer',
    most: { clicks: 4, keys: 0 },
    way: async (hand, page) => {
      await hand.click(page.getByRole('button', { name: 'More actions' }));
      await hand.click(page.getByRole('menuitem', { name: 'Delete customer' }));
      await hand.click(page.getByRole('button', { name: 'Undo' }));
      await expect
        .poll(async () => (await anna.context.request.get(`/api/v1/customers/${ids.customer}`)).status())
        .toBe(200);
    },
  },
  {
    task: 'import 10,000 rows',
    from: '/imports',
    most: { clicks: 3, keys: 0 },
    way: async (hand, page) => {
      await hand.click(page.getByRole('link', { name: 'Import a file' }).first());
      await hand.choose(page.getByLabel('Choose a file'), manyCustomers(10_000));
      await hand.click(page.getByRole('button', { name: 'Import 10,000 rows' }));
      await page.getByRole('heading', { name: 'Outcome' }).waitFor({ timeout: 90_000 });
      const counts = (await page.locator('dl').first().textContent())?.replace(/\s/g, '');
      expect(counts).toContain('10,000');
    },
  },
];

it.each(tasks)('$task', async ({ task, from, most, way }) => {
  const { page } = anna;
  await page.goto(from.replace(/:(\w+)/, (_, key: string) => ids[key] ?? key));
  await settled(page);
  const cost = await costOf(page, hand => way(hand, page));
  table[task] = cost;
  expect(cost.clicks).toBeLessThanOrEqual(most.clicks);
  expect(cost.keys).toBeLessThanOrEqual(most.keys);
});
