// Deals are moved by pointer and keyboard on a desk, by their menu on a phone; every page of them stands in both sizes.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, type Language, openBrowser, type Size, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const rep = 'rep@demo.test';

describe('moving deals', () => {
  it('drags a card to the next column, moves it on by keyboard, and both are on record', async () => {
    const person = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(person, rep);
    const { page } = person;
    await page.goto('/deals');
    await settled(page);
    const column = (name: string) => page.getByRole('region', { name, exact: true });
    const card = column('需求确认').getByRole('listitem').first();
    const title = (await card.getByRole('link').textContent()) ?? '';
    const address = (await card.getByRole('link').getAttribute('href')) ?? '';
    await card.dragTo(column('方案报价').getByRole('heading'));
    const here = column('方案报价').locator(`a[href="${address}"]`);
    await here.waitFor();
    await settled(page);
    await here.press('Space');
    await page.getByText('用左右方向键选择阶段，回车确认，Esc 取消。', { exact: true }).waitFor();
    await here.press('ArrowRight');
    await here.press('Enter');
    const there = column('商务谈判').locator(`a[href="${address}"]`);
    await there.waitFor();
    await settled(page);
    await there.click();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    const moves = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: '阶段变化' }) })
      .getByRole('listitem');
    await moves.first().getByText('商务谈判').waitFor();
    await moves.nth(1).getByText('方案报价').waitFor();
    await farewell(person);
  });

  it('marks one as lost from the menu on a phone, with a reason, and keeps what was typed', async () => {
    const person = await visitor(browser, { size: 'phone', language: 'en' });
    await enter(person, rep);
    const { page } = person;
    await page.goto('/deals');
    await settled(page);
    const card = page
      .getByRole('region', { name: 'First contact', exact: true })
      .getByRole('listitem')
      .first();
    const address = (await card.getByRole('link').getAttribute('href')) ?? '';
    const openLost = async () => {
      await card.getByRole('button').click();
      await page.getByRole('menuitem', { name: 'Lost' }).click();
      return page.getByRole('dialog', { name: 'Lost' });
    };
    const sheet = await openLost();
    await sheet.getByLabel('Remark').fill('too dear by a third');
    await sheet.getByRole('button', { name: 'Mark as lost' }).click();
    await sheet.getByText('Needed').waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await openLost();
    expect(await sheet.getByLabel('Remark').inputValue()).toBe('too dear by a third');
    await sheet.getByLabel('Reason lost').selectOption('Price');
    await sheet.getByRole('button', { name: 'Mark as lost' }).click();
    await sheet.waitFor({ state: 'hidden' });
    await page.goto(address);
    await page.getByText('too dear by a third').waitFor();
    await farewell(person);
  });
});

const looks: [Size, Language, boolean][] = [
  ['phone', 'zh-CN', true],
  ['desk', 'en', false],
];

it.each(looks)('every page of deals stands on a %s in %s (dark: %s)', async (size, language, dark) => {
  const person = await visitor(browser, { size, language, dark });
  await enter(person, 'admin@demo.test');
  const { page } = person;
  const reply = await page.context().request.get('/api/v1/deals?state=open&limit=1');
  const [deal] = ((await reply.json()) as { items: { id: string }[] }).items;
  const stops = ['', '?view=list', '?sheet=new', '/funnel?period=365', '/pipelines', `/${deal?.id}`];
  for (const stop of stops) {
    await page.goto(`/deals${stop}`);
    await settled(page);
    await expectNoSidewaysScroll(page, stop);
    await expectAccessible(page, stop);
  }
  await farewell(person);
});
