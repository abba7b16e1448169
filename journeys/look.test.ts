// Every page, on a phone and on a desk, in both languages: nothing broken, nothing inaccessible, nothing sideways.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  type Language,
  openBrowser,
  picture,
  type Size,
  signIn,
  visitor,
} from './stage/browser.ts';
import { demoPassword } from './stage/global-setup.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const doors = [
  ['sign-in', '/sign-in'],
  ['recover', '/recover'],
  ['outbox', '/outbox'],
] as const;

const pages = [
  ['home', '/'],
  ['customers', '/customers'],
  ['contacts', '/contacts'],
  ['imports', '/imports'],
  ['log', '/log'],
  ['people', '/people'],
  ['locks', '/locks'],
  ['policy', '/lock-policy'],
  ['account', '/account'],
] as const;

const looks: [Size, Language, boolean][] = [
  ['phone', 'zh-CN', false],
  ['phone', 'en', true],
  ['desk', 'en', false],
  ['desk', 'zh-CN', true],
];

describe.each(looks)('on a %s in %s (dark: %s)', (size, language, dark) => {
  it('shows every page without a complaint', async () => {
    const person = await visitor(browser, { size, language, dark });
    const { page } = person;
    const name = (what: string) => `${size}-${language}${dark ? '-dark' : ''}/${what}`;
    for (const [what, path] of doors) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      await expectAccessible(page, `${name(what)}`);
      await expectNoSidewaysScroll(page, name(what));
      await picture(page, name(what));
    }
    await signIn(person, 'admin@demo.test', demoPassword);
    for (const [what, path] of pages) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(150);
      await picture(page, name(what));
      await expectNoSidewaysScroll(page, name(what));
      await expectAccessible(page, name(what));
    }
    await page.goto('/customers');
    await page.waitForLoadState('networkidle');
    await page.locator('a[href*="/customers/"]').filter({ visible: true }).first().click();
    await page.waitForURL(/customers\/[0-9a-f-]{36}/);
    await page.waitForLoadState('networkidle');
    await picture(page, name('customer'));
    await expectNoSidewaysScroll(page, name('customer'));
    await expectAccessible(page, name('customer'));
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });
});
