// The pictures of the product that are kept in git; with SCREENSHOTS=1 they are taken anew.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { farewell, type Language, openBrowser, type Size, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { picture } from './stage/eyes.ts';
import { doors, pages } from './stage/tour.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const looks: [Size, Language][] = [
  ['phone', 'zh-CN'],
  ['phone', 'en'],
  ['desk', 'zh-CN'],
  ['desk', 'en'],
];
const kept = ['sign-in', 'locked', 'customers', 'customer', 'import', 'log'];

describe.runIf(process.env.SCREENSHOTS)('pictures for the books', () => {
  it.each(looks)('on a %s in %s', async (size, language) => {
    const person = await visitor(browser, { size, language });
    for (const stop of [...doors, ...pages].filter(one => kept.includes(one.name))) {
      if (stop === pages.find(one => kept.includes(one.name))) await enter(person, 'admin@demo.test');
      await stop.go(person);
      await picture(person.page, `${size}-${language}/${stop.name}`);
    }
    await farewell(person);
  });
});
