// A manager's Monday at a desk, in English: one glance at the forecast, what changed and who did what; each number leads
// to the records behind it.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { farewell, openBrowser, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

it('a manager sees how it goes, and gets from each number to its deals', async () => {
  const person = await visitor(browser, { size: 'desk', language: 'en' });
  await enter(person, 'manager@demo.test');
  const { page } = person;
  await page.goto('/');
  await page.getByRole('link', { name: 'Analysis' }).first().click();
  await page.getByRole('heading', { name: 'Analysis', level: 1 }).waitFor();
  await settled(page);
  await expectAccessible(page, 'Monday');

  // Forecast: so many won, and as many in the list behind the number.
  const yuan = page.getByRole('region', { name: 'In CNY' });
  await yuan.getByText(/won of ¥/).waitFor();
  const won = yuan.getByRole('link', { name: /^Won: / });
  const told = Number(/, (\d+) deals?$/.exec((await won.getAttribute('aria-label')) ?? '')?.[1]);
  await won.click();
  await page.getByRole('heading', { name: 'Deals', level: 1 }).waitFor();
  await settled(page);
  await page.getByText(/^One team · Closed /).waitFor();
  const rows = page.getByRole('table', { name: 'Deals' }).getByRole('row');
  expect(await rows.count()).toBe(told + 1);
  await page.goBack();

  // What changed: put off by so many days, with the day before and the day now.
  const changed = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Since / }) });
  await changed.getByRole('link', { name: /^Put off/ }).click();
  const list = page.getByRole('table', { name: 'Put off' });
  await list.waitFor();
  await settled(page);
  await expectAccessible(page, 'what changed');
  const first = list.getByRole('row').nth(1);
  await first.getByText('→').waitFor();
  const title = (await first.getByRole('link').textContent()) ?? '';
  await first.getByRole('link').click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await page.goBack();

  // Who did what: one person's days.
  await page.getByText('Who did what', { exact: true }).click();
  const table = page.getByRole('table').first();
  await table.getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Day by day' }).waitFor();
  await farewell(person);
});

it('a manager gives a customer to somebody else, and one of the pool to a rep', async () => {
  const person = await visitor(browser, { size: 'desk', language: 'en' });
  await enter(person, 'manager@demo.test');
  const { page, context } = person;
  const added = await context.request.post('/api/v1/customers', { data: { name: 'Quayside Lanterns Ltd' } });
  const { id } = (await added.json()) as { id: string };
  await page.goto(`/customers/${id}?sheet=edit`);
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Owner').selectOption({ label: '李思源 Leo Li' });
  await sheet.getByRole('button', { name: 'Save changes' }).click();
  await sheet.waitFor({ state: 'hidden' });
  await page.getByText('李思源 Leo Li').first().waitFor();

  await page.goto('/pool');
  await settled(page);
  const look = page.getByRole('button', { name: /^Look at / }).first();
  const name = ((await look.getAttribute('aria-label')) ?? '').replace('Look at ', '');
  await look.click();
  const entry = page.getByRole('dialog', { name });
  await entry.getByRole('combobox').first().selectOption({ label: '李思源 Leo Li' });
  await expectAccessible(page, 'a customer of the pool');
  await entry.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByText(`“${name}” now belongs to 李思源 Leo Li`).waitFor();
  await farewell(person);
});

it('a manager sets a target for the team, and the forecast is held against it', async () => {
  const person = await visitor(browser, { size: 'desk', language: 'en' });
  await enter(person, 'manager@demo.test');
  const { page } = person;
  await page.goto('/analysis?view=forecast');
  await page.getByRole('button', { name: 'Set targets' }).click();
  const sheet = page.getByRole('dialog', { name: 'Set targets' });
  await sheet.getByLabel('Whose target').selectOption({ index: 1 });
  await sheet.getByLabel('Amount').fill('7654321');
  await sheet.getByRole('button', { name: 'Save target' }).click();
  await sheet.waitFor({ state: 'hidden' });
  await page.getByText(/won of ¥7,654,321/).waitFor();
  await farewell(person);
});

it('every view stands on a phone in Chinese', async () => {
  const person = await visitor(browser, { size: 'phone', language: 'zh-CN', dark: true });
  await enter(person, 'admin@demo.test');
  for (const stop of [
    '/analysis',
    ...['forecast', 'movement', 'outcomes', 'activity'].map(view => `/analysis?view=${view}`),
    '/bin?object=deal',
  ]) {
    await person.page.goto(stop);
    await settled(person.page);
    await expectNoSidewaysScroll(person.page, stop);
    await expectAccessible(person.page, stop);
  }
  await farewell(person);
});
