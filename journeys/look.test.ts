// Every page, on a phone and on a desk, in both languages: nothing broken, nothing inaccessible, nothing sideways.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, type Language, openBrowser, type Size, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll } from './stage/eyes.ts';
import { doors, pages, type Stop } from './stage/tour.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const looks: [Size, Language, boolean][] = [
  ['phone', 'zh-CN', false],
  ['phone', 'en', true],
  ['desk', 'en', false],
  ['desk', 'zh-CN', true],
];

describe.each(looks)('on a %s in %s (dark: %s)', (size, language, dark) => {
  const look = async (stops: Stop[], name: string | null) => {
    const person = await visitor(browser, { size, language, dark });
    if (name) await enter(person, name);
    for (const stop of stops) {
      await stop.go(person);
      expect(await person.page.evaluate(() => document.documentElement.lang)).toBe(language);
      await expectNoSidewaysScroll(person.page, stop.name);
      await expectAccessible(person.page, stop.name);
    }
    await farewell(person);
  };

  it('shows the door without a complaint', () => look(doors, null));
  it('shows every page without a complaint', () => look(pages, 'admin@demo.test'));
});
