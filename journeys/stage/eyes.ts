// Looking at pages: whether they have settled, whether everybody can use them, and what they look like.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Waits until the page stands: its heading is there, nothing is loading, and letters have their shapes. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(async () => {
    const loading = '.mantine-Skeleton-root, [aria-busy="true"], [data-loading]';
    if (document.querySelector(loading)) return false;
    await document.fonts.ready;
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    await frame();
    await frame();
    return document.querySelector(loading) === null;
  });
}

/** Waits until nothing more is fetched; the stream of events stays open, so the network itself is never idle. */
export async function quiet(page: Page): Promise<void> {
  let before = -1;
  const asMany = async () => {
    const now = await page.evaluate(() => performance.getEntriesByType('resource').length);
    const same = now === before;
    before = now;
    return same;
  };
  await expect.poll(asMany, { interval: 500, timeout: 30_000 }).toBe(true);
}

/** Goes to a place by the side bar of a desk, unfolding its group where it is folded. */
export async function goTo(page: Page, place: string, group: string): Promise<void> {
  const link = page.getByRole('link', { name: place, exact: true });
  const fold = page.locator('details').filter({ has: page.getByText(group, { exact: true }) });
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click();
  await link.first().click();
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

/** No page may scroll sideways. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(excess, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

const shots = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** Keeps a picture under docs/screenshots when SCREENSHOTS is set; stories do not depend on it. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return;
  const path = `${shots}${name}.png`;
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, scale: 'css', animations: 'disabled' });
}
