// Coming in: through the page where the story tells of it, through the API where it only has to be so.
import { expect } from 'vitest';
import type { Language, Person } from './browser.ts';
import { demo, demoPassword } from './demo.ts';

/** What the door's fields and buttons are called. */
export const doorWords = {
  'zh-CN': { name: '邮箱', password: '密码', signIn: '登录' },
  en: { name: 'E-mail', password: 'Password', signIn: 'Sign in' },
} as const satisfies Record<Language, object>;

/** Types name and password at the door as it stands and presses the button; the server's answer. */
export async function knock(person: Person, name: string | null, password: string): Promise<number> {
  const { page, as } = person;
  const words = doorWords[as.language];
  if (name !== null) await page.getByLabel(words.name, { exact: true }).fill(name);
  await page.getByLabel(words.password, { exact: true }).fill(password);
  const answer = page.waitForResponse(
    reply => reply.request().method() === 'POST' && reply.url().endsWith('/api/v1/session'),
  );
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
  return (await answer).status();
}

/** Signs in through the page and arrives. */
export async function signIn(person: Person, name: string, password = demoPassword): Promise<void> {
  await person.page.goto('/sign-in');
  expect(await knock(person, name, password)).toBe(200);
  await person.page.waitForURL(url => !/sign-in|locked/.test(url.pathname));
  await person.page.locator('h1').first().waitFor();
}

/** Is signed in already, with the language of the account as the story speaks it. */
export async function enter(person: Person, name: string, password = demoPassword): Promise<void> {
  const reply = await person.context.request.post('/api/v1/session', { data: { name, password } });
  expect(reply.status(), `${name} signs in`).toBe(200);
  await person.context.request.patch('/api/v1/me', { data: { language: person.as.language } });
}

/** Types one wrong password after another until the door answers with the lock; how many were looked at. */
export async function guessUntilLocked(person: Person, name: string): Promise<number> {
  await person.page.goto('/sign-in');
  for (let tries = 0; tries < 12; tries += 1) {
    const status = await knock(person, name, `not-the-password-${tries}`);
    if (status === 423) return tries;
    expect(status).toBe(401);
  }
  throw new Error(`${name} was not locked`);
}

export type Mail = { template: string; subject: string; body: string };

/** Messages to an address in the demo's outbox, the newest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const reply = await fetch(`${demo.url}/api/v1/outbox?to=${encodeURIComponent(address)}`);
  return ((await reply.json()) as { items: Mail[] }).items;
}

/** Waits for a message whose template matches, sent beyond those that were there before. */
export async function nextMail(address: string, template: RegExp, before: Mail[] = []): Promise<Mail> {
  let found: Mail | undefined;
  await expect
    .poll(
      async () => {
        const mails = await mailsTo(address);
        found = mails.slice(0, mails.length - before.length).find(mail => template.test(mail.template));
        return found !== undefined;
      },
      { timeout: 20_000, interval: 200, message: `a message ${template} to ${address}` },
    )
    .toBe(true);
  return found as unknown as Mail;
}

/** The code in a message. */
export function codeIn(mail: Mail): string {
  return /\b(\d{6})\b/.exec(mail.body)?.[1] ?? '';
}
