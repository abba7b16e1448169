// A Chinese input method as the browser sees one: letters that are not yet text, keys that are not yet keys (L41).
import type { CDPSession, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export type InputMethod = {
  /** Letters under composition: they stand in the field, underlined, and may still become something else. */
  compose: (letters: string) => Promise<void>;
  /** A key that belongs to the input method, though the page sees it as well. */
  press: (key: 'Enter' | 'Escape') => Promise<void>;
  /** The characters that the letters become. */
  commit: (characters: string) => Promise<void>;
};

/** Puts an input method between the keyboard and the page. */
export async function inputMethod(page: Page): Promise<InputMethod> {
  const wire: CDPSession = await page.context().newCDPSession(page);
  const codes = { Enter: 13, Escape: 27 };
  return {
    compose: async letters => {
      for (let length = 1; length <= letters.length; length += 1) {
        const text = letters.slice(0, length);
        await wire.send('Input.imeSetComposition', { text, selectionStart: length, selectionEnd: length });
      }
    },
    press: async key => {
      const event = { key, code: key, windowsVirtualKeyCode: codes[key] };
      const typed = key === 'Enter' ? { text: '\r', unmodifiedText: '\r' } : {};
      await wire.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...typed });
      await wire.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    commit: async characters => {
      await wire.send('Input.insertText', { text: characters });
    },
  };
}

/**
 * Writes into a field as one does in Chinese: Enter and Escape in the middle of a composition do nothing but what the
 * input method does with them, leaving the field keeps its text, and what was chosen stands whole in the end.
 */
export async function expectComposable(page: Page, field: Locator, where: string): Promise<void> {
  const method = await inputMethod(page);
  const here = page.url();
  const sent: string[] = [];
  const note = (request: { method: () => string; url: () => string }) => {
    if (!['GET', 'HEAD'].includes(request.method())) sent.push(`${request.method()} ${request.url()}`);
  };
  await field.fill('');
  await field.focus();
  page.on('request', note);
  await method.compose('zhong guan');
  expect(await field.inputValue(), `${where}: letters under composition`).toBe('zhong guan');
  for (const key of ['Enter', 'Escape'] as const) {
    await method.press(key);
    expect(await field.isVisible(), `${where}: ${key} closes nothing`).toBe(true);
    expect(await field.inputValue(), `${where}: ${key} changes nothing`).toBe('zhong guan');
    expect(page.url(), `${where}: ${key} leads nowhere`).toBe(here);
  }
  await method.commit('中关村');
  expect(await field.inputValue(), `${where}: the chosen characters`).toBe('中关村');
  await method.compose('ke ji');
  await field.blur();
  expect(await field.inputValue(), `${where}: leaving the field keeps its text`).toBe('中关村ke ji');
  page.off('request', note);
  expect(
    sent.filter(one => !/customers\/duplicates/.test(one)),
    `${where}: nothing is sent`,
  ).toEqual([]);
}
