// A browser for stories: phone or desk, Chinese or English, and eyes for accessibility and screenshots.

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';

export type Language = 'zh-CN' | 'en';
export type Size = 'phone' | 'desk';

const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts Chromium, offline but for this machine. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export type Person = { context: BrowserContext; page: Page; complaints: string[] };

/** A person with a browser of their own: fresh cookies, storage and language. */
export async function visitor(
  browser: Browser,
  as: { size: Size; language: Language; dark?: boolean; offlineShell?: boolean },
): Promise<Person> {
  const context = await browser.newContext({
    baseURL: inject('url'),
    viewport: sizes[as.size],
    locale: as.language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: as.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: as.offlineShell ? 'allow' : 'block',
    ...(as.size === 'phone' ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(`page: ${error.message}`));
  page.on('console', message => {
    // A refused sign-in is logged by the browser itself; what scripts complain of is not.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Signs in through the page. */
export async function signIn(person: Person, name: string, password: string): Promise<void> {
  const { page } = person;
  await page.goto('/sign-in');
  await page.locator('input[autocomplete~="username"]').fill(name);
  await page.locator('input[autocomplete~="current-password"]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(url => !/sign-in|locked/.test(url.pathname));
  await page.waitForLoadState('networkidle');
}

/** The latest code in the demo's outbox for this address. */
export async function codeFor(address: string): Promise<string> {
  const reply = await fetch(`${inject('url')}/api/v1/outbox?to=${encodeURIComponent(address)}`);
  const { items } = (await reply.json()) as { items: { template: string; body: string }[] };
  const coded = items.find(item => /code|recovery/.test(item.template));
  return /\b(\d{6})\b/.exec(coded?.body ?? '')?.[1] ?? '';
}

/** Holds a page against WCAG 2.2 AA with axe: nothing may be found. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // Evaluated, not injected: the pages' policy forbids foreign script elements.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> };
    };
    type Violation = { id: string; nodes: { target: string[]; failureSummary: string }[] };
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`);
  });
  expect(found, where).toEqual([]);
}

const shots = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** Keeps a picture under docs/screenshots when SCREENSHOTS is set; stories do not depend on it. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return;
  const path = `${shots}${name}.png`;
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, scale: 'css', animations: 'disabled' });
}

/** No page may scroll sideways. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(excess, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}
