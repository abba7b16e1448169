// People with browsers of their own: phone or desk, Chinese or English. Whatever a page complains of is kept.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { demo } from './demo.ts';

export type Language = 'zh-CN' | 'en';
export type Size = 'phone' | 'desk';
export type Look = { size: Size; language: Language; dark?: boolean; offlineShell?: boolean };

const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };

/** Joins the one browser of the run. */
export function openBrowser(): Promise<Browser> {
  return chromium.connect(inject('browser'));
}

export type Person = { context: BrowserContext; page: Page; as: Look; complaints: string[] };

/** A person at a device of their own: fresh cookies and storage, the browser's language. */
export async function visitor(browser: Browser, as: Look): Promise<Person> {
  const context = await browser.newContext({
    baseURL: demo.url,
    viewport: sizes[as.size],
    locale: as.language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: as.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    serviceWorkers: as.offlineShell ? 'allow' : 'block',
    ...(as.size === 'phone' ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
  });
  const complaints = listen(context);
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', event =>
      console.error(`against the policy: ${event.violatedDirective} ${event.blockedURI}`),
    ),
  );
  return { context, page: await context.newPage(), as, complaints };
}

/** Errors of scripts, violations of the content policy, and requests to anybody but our own server. */
function listen(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('weberror', error => complaints.push(`page: ${error.error().message}`));
  context.on('console', message => {
    // A refused sign-in is logged by the browser itself; what scripts complain of is not.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text());
  });
  context.on('request', request => {
    const { protocol, origin } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && origin !== demo.url)
      complaints.push(`a request to another place: ${request.url()}`);
  });
  return complaints;
}

/** Takes back complaints that the story brought about itself, such as a network that was cut. */
export function forgive(person: Person, what: RegExp): void {
  const { complaints } = person;
  complaints.splice(0, complaints.length, ...complaints.filter(complaint => !what.test(complaint)));
}

/** Closes the person's browser; nothing may have been complained of on the way. */
export async function farewell(...people: Person[]): Promise<void> {
  for (const { context, complaints } of people) {
    await context.close();
    expect(complaints).toEqual([]);
  }
}
