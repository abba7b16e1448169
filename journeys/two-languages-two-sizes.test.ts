// Two languages that are kept, and a desk where everything is done with the keyboard alone.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, visitor } from './stage/browser.ts';
import { demoPassword } from './stage/demo.ts';
import { enter, signIn } from './stage/door.ts';
import { settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);

describe('the language', () => {
  it('picked at the door of a phone goes in with the manager, and the account learns it', async () => {
    const manager = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(manager, 'manager@demo.test');
    await manager.context.clearCookies();
    const { page } = manager;
    await page.goto('/sign-in');
    await page.getByRole('heading', { name: '登录', level: 1 }).waitFor();
    await page.getByRole('navigation', { name: '语言' }).getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    manager.as.language = 'en';
    await signIn(manager, 'manager@demo.test');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Customers' }).waitFor();
    expect(await languageOf(page)).toBe('en');
    const account = async () =>
      (await (await manager.context.request.get('/api/v1/session')).json()).user.language;
    await expect.poll(account).toBe('en');

    await page.getByRole('button', { name: /^Account menu of/ }).click();
    await page.getByRole('menuitem', { name: '简体中文' }).click();
    const places = page.getByRole('navigation', { name: '主导航' });
    await places.getByRole('link', { name: '客户' }).waitFor();
    await expect.poll(account).toBe('zh-CN');
    await page.reload();
    await places.getByRole('link', { name: '客户' }).waitFor();

    await page.getByRole('button', { name: /的账号菜单$/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.getByText('您已退出登录。').waitFor();
    manager.as.language = 'zh-CN';
    await signIn(manager, 'manager@demo.test');
    expect(await languageOf(page)).toBe('zh-CN');
    await farewell(manager);
  });

  it('of the account wins over the language of a borrowed desk', async () => {
    const atHome = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(atHome, 'manager@demo.test');
    const borrowed = await visitor(browser, { size: 'desk', language: 'en' });
    await signIn(borrowed, 'manager@demo.test');
    await borrowed.page.getByRole('link', { name: '客户', exact: true }).first().waitFor();
    expect(await languageOf(borrowed.page)).toBe('zh-CN');
    await farewell(atHome, borrowed);
  });
});

/** Presses Tab until the focus is where the selector says; every stop on the way must be seen to have the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  let seen = '';
  for (let steps = 0; steps < 80; steps += 1) {
    const stop = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press('Tab');
    // A field for a moment has stops of its own inside: day, month, hour.
    if (await stop.evaluate(element => element === document.activeElement)) continue;
    if (seen) {
      const name = await stop.evaluate(element => element?.outerHTML.slice(0, 200));
      expect(await stop.evaluate(marks), `the focus on ${name} is seen`).not.toBe(seen);
    }
    if (await page.evaluate(wanted => document.activeElement?.matches(wanted), selector)) return;
    seen = await (await page.evaluateHandle(() => document.activeElement)).evaluate(marks);
  }
  throw new Error(`the Tab key does not lead to ${selector}`);
}

/** The id of an element, so that the keyboard's way to it can be followed; given one where it has none. */
function named(locator: Locator, name: string): Promise<string> {
  return locator.evaluate((element, fallback) => {
    element.id ||= fallback;
    return element.id;
  }, name);
}

/** Everything a focus mark can be drawn with, on the element and around it. */
function marks(element: Element | null): string {
  return [element, element?.parentElement]
    .filter(one => one instanceof Element)
    .map(one => {
      const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
      return [outline, boxShadow, borderColor, backgroundColor].join(' ');
    })
    .join(' ');
}

describe('on a desk without a mouse', () => {
  it('signs in, jumps to the customers, opens one, changes it and saves', async () => {
    const person = await visitor(browser, { size: 'desk', language: 'en' });
    await enter(person, 'admin@demo.test');
    await person.context.clearCookies();
    const { page } = person;
    await page.goto('/sign-in');
    await page.getByLabel('E-mail', { exact: true }).waitFor();
    await page.keyboard.type('admin@demo.test');
    await page.keyboard.press('Tab');
    await page.keyboard.type(demoPassword);
    await page.keyboard.press('Enter');
    await page.waitForURL(url => url.pathname === '/');
    await settled(page);

    await page.keyboard.press('Control+k');
    const palette = page.getByRole('combobox', { name: 'Where to, or what to do?' });
    await palette.waitFor();
    await page.keyboard.type('customers');
    await page.getByRole('option', { name: 'Customers', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
    await settled(page);
    expect(await palette.isVisible()).toBe(false);

    await tabTo(page, 'tbody a[href^="/customers/"]');
    const first = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('ArrowDown');
    const second = await page.evaluate(() => document.activeElement?.textContent);
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: second ?? '', level: 1 }).waitFor();
    await settled(page);

    const edit = page.getByRole('button', { name: 'Edit', exact: true });
    await tabTo(page, `#${await named(edit, 'edit-button')}`);
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Edit customer' });
    await tabTo(page, `#${await named(sheet.getByLabel('City'), 'city-field')}`);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Lisbon by night');
    await page.keyboard.press('Enter');
    await page.getByText('Changes saved').waitFor();
    await sheet.waitFor({ state: 'hidden' });
    await page.getByText('Lisbon by night').first().waitFor();
    // The focus is not lost with the sheet.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Edit');

    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
    await farewell(person);
  });

  it('finds a customer by a part of the name in the command palette', async () => {
    const person = await visitor(browser, { size: 'desk', language: 'zh-CN' });
    await enter(person, 'admin@demo.test');
    const reply = await person.context.request.post('/api/v1/customers', {
      data: { name: '青岛望潮缆绳有限公司' },
    });
    expect(reply.status()).toBe(201);
    const { page } = person;
    await page.goto('/');
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '想去哪里，或做什么？' }).waitFor();
    await page.keyboard.insertText('望潮');
    await page.getByRole('option', { name: /青岛望潮缆绳有限公司/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '青岛望潮缆绳有限公司', level: 1 }).waitFor();
    await farewell(person);
  });
});
