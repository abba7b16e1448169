// Someone ends a session that stands open elsewhere; after a while the page first asks whether it is the owner.
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runningUrl } from '../server/src/db/embedded/embedded.ts';
import { farewell, type Language, openBrowser, type Size, visitor } from './stage/browser.ts';
import { demo, demoPassword } from './stage/demo.ts';
import { enter, mailsTo, nextMail } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** As if whoever is called so had signed in half an hour ago. */
async function halfAnHourPasses(name: string): Promise<void> {
  const client = new pg.Client({ connectionString: runningUrl(demo.data) ?? '' });
  await client.connect();
  await client.query(
    `update sessions set created_at = created_at - interval '30 minutes'
      where person_id in (select id from people where email = $1)`,
    [name],
  );
  await client.end();
}

const words = {
  'zh-CN': {
    others: '退出其他会话',
    sheet: '请确认是您本人',
    password: '登录密码',
    confirm: '确认',
    ended: '会话已退出。',
  },
  en: {
    others: 'End all others',
    sheet: 'Is it you?',
    password: 'Your password',
    confirm: 'Confirm',
    ended: 'Session ended.',
  },
};
const looks: [Size, Language, string][] = [
  ['phone', 'zh-CN', 'rep@demo.test'],
  ['desk', 'en', 'rep2@demo.test'],
];

it.each(looks)(
  'ASVS 7.5.2 on a %s in %s ends all others once the owner has shown himself',
  async (size, language, name) => {
    const w = words[language];
    const [owner, elsewhere] = [
      await visitor(browser, { size, language }),
      await visitor(browser, { size: 'desk', language }),
    ];
    await enter(owner, name);
    const before = await mailsTo(name);
    await enter(elsewhere, name);
    await nextMail(name, /^new-device$/, before);
    await halfAnHourPasses(name);
    const { page } = owner;
    await page.goto('/account');
    await settled(page);
    const cookies = async () =>
      (await owner.context.cookies()).find(cookie => cookie.name === 'latchkey')?.value;
    const token = await cookies();

    await page.getByRole('button', { name: w.others, exact: true }).click();
    const sheet = page.getByRole('dialog', { name: w.sheet });
    await sheet.getByLabel(w.password, { exact: true }).waitFor();
    await expectAccessible(page, 'is it you');
    await expectNoSidewaysScroll(page, 'is it you');
    expect((await elsewhere.context.request.get('/api/v1/session')).status()).toBe(200);

    await sheet.getByLabel(w.password, { exact: true }).fill(demoPassword);
    await sheet.getByRole('button', { name: w.confirm, exact: true }).click();
    await page.getByText(w.ended).first().waitFor();
    await sheet.waitFor({ state: 'hidden' });
    expect((await elsewhere.context.request.get('/api/v1/session')).status()).toBe(401);
    expect(await cookies(), 'the session has another token').not.toBe(token);
    await page.reload();
    await settled(page);
    expect(new URL(page.url()).pathname).toBe('/account');
    await farewell(owner, elsewhere);
  },
);
