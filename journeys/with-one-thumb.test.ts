// What a rep does with one thumb between two visits: a call and how it went, a swipe.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { quiet, settled } from './stage/eyes.ts';
import { read, rep } from './stage/lift.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('with one thumb', () => {
  it('asks how a call went, logs it by a tap, and a swipe opens a follow-up', async () => {
    const person = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    await enter(person, rep);
    const { page } = person;
    await page.goto('/customers');
    await settled(page);
    const rows = page.getByRole('list', { name: '客户' }).getByRole('listitem');
    const row = rows.filter({ has: page.getByRole('link', { name: /^拨打/ }) }).first();
    const address = (await row.getByRole('link').first().getAttribute('href')) ?? '';
    const call = row.getByRole('link', { name: /^拨打/ });
    expect(await call.getAttribute('href')).toMatch(/^tel:/);
    await call.evaluate(link => link.addEventListener('click', event => event.preventDefault()));
    await call.click();
    // The phone's own screen comes before the page, and goes again.
    await page.evaluate(() => ['blur', 'focus'].map(name => dispatchEvent(new Event(name))));
    const sheet = page.getByRole('dialog', { name: '通话怎么样？' });
    await sheet.getByText('无人接听').click();
    await sheet.getByLabel('补充说明').fill('下午再试');
    await sheet.getByRole('button', { name: '明天' }).click();
    await sheet.getByRole('button', { name: '保存跟进' }).click();
    await sheet.waitFor({ state: 'hidden' });
    const said = await read(person, `/activities?customer=${address.split('/').pop()}&limit=1`);
    expect(said.items[0]).toMatchObject({ kind: 'call', body: '无人接听。下午再试' });

    // The list is read anew and the row moves to its top.
    await quiet(page);
    const box = await row.boundingBox();
    const wire = await person.context.newCDPSession(page);
    const at = (x: number) => [{ x, y: (box?.y ?? 0) + 30 }];
    await wire.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(280) });
    for (const x of [250, 220, 190, 160])
      await wire.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) });
    await wire.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.getByRole('dialog', { name: '写跟进' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(address);

    // So quick, or on a phone so slow, that nothing is drawn before the finger is gone.
    await page.goto('/customers');
    await quiet(page);
    await row.evaluate(item => {
      const face = item.querySelector('a') ?? item;
      Element.prototype.setPointerCapture = () => {};
      const at = (type: string, clientX: number) =>
        face.dispatchEvent(
          new PointerEvent(type, {
            pointerId: 7,
            pointerType: 'touch',
            isPrimary: true,
            bubbles: true,
            clientX,
          }),
        );
      at('pointerdown', 280);
      for (const x of [250, 200, 160]) at('pointermove', x);
      at('pointerup', 160);
    });
    await page.getByRole('dialog', { name: '写跟进' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(address);
    await farewell(person);
  });
});
