// Latchkey as an app: installed from its manifest, opened without a network, light on the wire, asking nobody else.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, forgive, openBrowser, visitor } from './stage/browser.ts';
import { demo } from './stage/demo.ts';
import { enter } from './stage/door.ts';
import { quiet, settled } from './stage/eyes.ts';
import { shelved } from './stage/kept.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('on the home screen of a phone', () => {
  it('has a manifest in which every icon is what it says', async () => {
    const guest = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    const { page } = guest;
    await page.goto('/sign-in');
    const address = await page.locator('link[rel=manifest]').first().getAttribute('href');
    const reply = await guest.context.request.get(address ?? '/none');
    expect(reply.headers()['content-type']).toMatch(/manifest\+json|application\/json/);
    const manifest = await reply.json();
    expect(manifest).toMatchObject({ start_url: '/', scope: '/', display: 'standalone' });
    expect(manifest.name).toBeTruthy();
    expect(manifest.short_name.length).toBeLessThanOrEqual(12);
    expect(manifest.icons.some((icon: { sizes: string }) => icon.sizes === '192x192')).toBe(true);
    expect(manifest.icons.some((icon: { purpose?: string }) => icon.purpose === 'maskable')).toBe(true);
    for (const icon of manifest.icons) {
      const drawn = await page.evaluate(async source => {
        const image = new Image();
        image.src = source;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, icon.src);
      expect(drawn, icon.src).toBe(icon.sizes);
    }
    const problems = await (await guest.context.newCDPSession(page)).send('Page.getInstallabilityErrors');
    const errors = problems.installabilityErrors.map(error => error.errorId);
    // Every context of a test is a private one; nothing else may stand in the way.
    expect(errors.filter(error => error !== 'in-incognito')).toEqual([]);
    await farewell(guest);
  });

  it('opens without a network, keeps no answers of the server, and goes on when the network is back', async () => {
    const rep = await visitor(browser, { size: 'phone', language: 'zh-CN', offlineShell: true });
    await enter(rep, 'manager@demo.test');
    const { page, context } = rep;
    await page.goto('/');
    await settled(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.goto('/customers');
    await settled(page);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const lists = await Promise.all(names.map(async name => (await caches.open(name)).keys()));
      return lists.flat().map(request => new URL(request.url).pathname);
    });
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.filter(path => /^\/(api|healthz|readyz|metrics)/.test(path))).toEqual([]);

    // What is known of the session and the customers lies on the device, sealed; the story of the lift tells more.
    await shelved(page);
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: '客户', level: 1 }).waitFor();
    await page.getByText('当前没有网络。').waitFor();
    await context.setOffline(false);
    await page.getByText('当前没有网络。').waitFor({ state: 'hidden' });
    await settled(page);

    // On an open page the loss is told in a line, and what is there stays.
    await context.setOffline(true);
    await page.getByText('当前没有网络。').waitFor();
    await context.setOffline(false);
    await page.getByText('当前没有网络。').waitFor({ state: 'hidden' });
    forgive(rep, /could not be reached/);
    await farewell(rep);
  });
});

describe('on a slow line', () => {
  it.each([
    ['the sign-in page', '/sign-in', null, 90_000],
    ['the customer list', '/customers', 'manager@demo.test', 250_000],
  ] as const)('%s brings no more script than it may', async (_, path, name, most) => {
    const person = await visitor(browser, { size: 'phone', language: 'zh-CN' });
    if (name) await enter(person, name);
    const scripts = await countScripts(person.page);
    await person.page.goto(path);
    await settled(person.page);
    await quiet(person.page);
    expect(scripts.encodings).toContain('gzip');
    expect(scripts.encodings).not.toContain('br');
    expect(scripts.bytes()).toBeGreaterThan(10_000);
    expect(scripts.bytes()).toBeLessThanOrEqual(most);
    await farewell(person);
  });
});

/** Counts the bytes of script as they come over the wire, compressed with gzip; the headers of the answers not. */
async function countScripts(page: Page): Promise<{ bytes: () => number; encodings: Set<string> }> {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.setExtraHTTPHeaders', { headers: { 'accept-encoding': 'gzip' } });
  const scripts = new Set<string>();
  const encodings = new Set<string>();
  let bytes = 0;
  wire.on('Network.responseReceived', ({ requestId, response }) => {
    if (!/javascript/.test(response.mimeType)) return;
    scripts.add(requestId);
    encodings.add(response.headers['content-encoding'] ?? 'plain');
  });
  wire.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  return { bytes: () => bytes, encodings };
}

describe('under the content policy', () => {
  it('pages are served without inline or foreign scripts', async () => {
    for (const path of ['/sign-in', '/customers', '/recover']) {
      const reply = await fetch(demo.url + path);
      const policy = reply.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).toMatch(/connect-src 'self'(;|$)/);
      expect(await reply.text()).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
    }
  });

  it('whatever breaks it is noticed by every story', async () => {
    const guest = await visitor(browser, { size: 'desk', language: 'en' });
    await guest.page.goto('/sign-in');
    await guest.page.evaluate(() => {
      const inline = document.createElement('script');
      inline.textContent = 'window.planted = true';
      document.body.append(inline);
      return fetch('http://127.0.0.1:9/planted').catch(() => undefined);
    });
    for (const planted of [/against the policy: script-src.* inline/, /against the policy: connect-src/]) {
      await expect.poll(() => guest.complaints.some(one => planted.test(one))).toBe(true);
      forgive(guest, planted);
    }
    expect(await guest.page.evaluate(() => 'planted' in window)).toBe(false);
    forgive(guest, /Content Security Policy|Refused to/);
    await farewell(guest);
  });
});
