// What a task costs the person who does it: clicks or taps, keys, and the seconds the product takes itself.
import type { Locator, Page } from 'playwright-core';

export type Cost = { clicks: number; keys: number; seconds: number };

/** A hand that is counted: every click, tap and file chosen is one, every key and every character one. */
export type Hand = {
  click: (target: Locator) => Promise<void>;
  type: (words: string) => Promise<void>;
  press: (key: string) => Promise<void>;
  choose: (input: Locator, file: { name: string; mimeType: string; buffer: Buffer }) => Promise<void>;
};

/** Does a task with a counted hand; the time is the machine's alone, as nobody thinks or reads in between. */
export async function costOf(page: Page, task: (hand: Hand) => Promise<unknown>): Promise<Cost> {
  const cost = { clicks: 0, keys: 0 };
  const begun = performance.now();
  await task({
    click: target => {
      cost.clicks += 1;
      return target.click();
    },
    type: words => {
      cost.keys += [...words].length;
      return page.keyboard.type(words);
    },
    press: key => {
      cost.keys += 1;
      return page.keyboard.press(key);
    },
    choose: (input, file) => {
      cost.clicks += 1;
      return input.setInputFiles(file);
    },
  });
  return { ...cost, seconds: Math.round((performance.now() - begun) / 100) / 10 };
}
