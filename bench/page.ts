// `page`: how many bytes of script (gzip) a browser loads for the sign-in page and for the list of customers.
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Options, Result } from './measure.ts';
import { stop } from './processes.ts';
import { freshProduct, signIn } from './product.ts';
import { buildPages, findChromium } from './scripts.ts';
import { plain } from './start.ts';

const languages = ['zh-CN', 'en'] as const;

export async function run(_options: Options): Promise<Result[]> {
  await buildPages();
  const product = await freshProduct();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const cookies = await signIn(product.url, 'rep@demo.test');
    return [
      await measure('page-sign-in', browser, `${product.url}/sign-in`, '', 90_000),
      await measure('page-customers', browser, `${product.url}/customers`, cookies, 250_000),
    ];
  } finally {
    await browser.close();
    await stop(product.child);
  }
}

async function measure(
  name: string,
  browser: Browser,
  url: string,
  cookies: string,
  goal: number,
): Promise<Result> {
  const samples: number[] = [];
  const notes: string[] = [];
  for (const language of languages) {
    const scripts = await scriptsOf(browser, url, cookies, language);
    samples.push(scripts.reduce((sum, script) => sum + script.bytes, 0));
    const largest = scripts.slice(0, 4).map(script => `${script.name} ${script.bytes}`);
    notes.push(`${language}: ${scripts.length} scripts, the largest: ${largest.join(', ')}`);
  }
  // The heavier language counts.
  const worst = [Math.max(...samples)];
  return plain(name, 'bytes', worst, `≤ ${goal / 1_000} kB`, (worst[0] ?? 0) <= goal, notes);
}

/** Every script that the page asks for until it rests, largest first; what is fetched ahead for later pages is not. */
async function scriptsOf(browser: Browser, url: string, cookies: string, language: string) {
  const context = await browser.newContext({
    locale: language,
    serviceWorkers: 'block',
    viewport: { width: 1_280, height: 800 },
  });
  const pairs = cookies.split('; ').filter(Boolean);
  await context.addCookies(
    pairs.map(pair => {
      const equals = pair.indexOf('=');
      return { name: pair.slice(0, equals), value: pair.slice(equals + 1), url };
    }),
  );
  const page = await context.newPage();
  const scripts: { name: string; bytes: number }[] = [];
  const reading: Promise<void>[] = [];
  page.on('response', response => {
    if (response.request().resourceType() !== 'script') return;
    reading.push(
      response.body().then(body => {
        const name = new URL(response.url()).pathname.split('/').at(-1) ?? '';
        scripts.push({ name, bytes: gzipSync(body, { level: 9 }).length });
      }),
    );
  });
  await page.goto(url, { waitUntil: 'load' });
  await resting(page);
  await Promise.all(reading);
  const path = new URL(page.url()).pathname;
  await context.close();
  if (path !== new URL(url).pathname) throw new Error(`${url} led to ${path}`);
  if (scripts.length === 0) throw new Error(`${url} loads no script`);
  return scripts.sort((a, b) => b.bytes - a.bytes);
}

/** Waits until nothing more has been fetched for a second; the stream of events stays open, so the network is never idle. */
async function resting(page: Page): Promise<void> {
  for (let before = -1; ; await page.waitForTimeout(1_000)) {
    const now = await page.evaluate(() => performance.getEntriesByType('resource').length);
    if (now === before) return;
    before = now;
  }
}
