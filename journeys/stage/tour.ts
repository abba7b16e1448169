// The pages there are to look at, and the way to each.
import { expect } from 'vitest';
import type { Person } from './browser.ts';
import { doorWords, knock } from './door.ts';
import { settled } from './eyes.ts';
import { customerFile } from './files.ts';

export type Stop = { name: string; go: (person: Person) => Promise<void> };

const at = (name: string, path: string): Stop => ({
  name,
  go: async ({ page }) => {
    await page.goto(path);
    await settled(page);
  },
});

/** Pages of the door, for anybody. */
export const doors: Stop[] = [
  at('sign-in', '/sign-in'),
  { name: 'locked', go: beLocked },
  at('recover', '/recover'),
  at('outbox', '/outbox?to=demo.test'),
];

/** Pages within, for an administrator. */
export const pages: Stop[] = [
  at('home', '/'),
  at('customers', '/customers'),
  { name: 'customer', go: openCustomer },
  at('new-customer', '/customers?sheet=new'),
  at('bin', '/bin?object=customer'),
  at('contacts', '/contacts'),
  at('leads', '/leads'),
  at('pool', '/pool'),
  at('pool-rules', '/pool/rules'),
  at('duplicates', '/duplicates'),
  at('deals', '/deals'),
  at('orders', '/orders'),
  at('payments', '/orders/due'),
  at('products', '/products'),
  at('price-lists', '/products/price-lists'),
  at('tasks', '/tasks'),
  at('analysis', '/analysis'),
  at('inbox', '/inbox'),
  at('feed', '/feed'),
  at('roles', '/roles'),
  at('teams', '/teams'),
  at('custom-fields', '/custom-fields?sheet=new-customer'),
  at('file-settings', '/file-settings'),
  at('export', '/customers?sheet=export'),
  at('waiting', '/waiting'),
  at('intake', '/intake'),
  at('intake-keys', '/intake/keys'),
  at('new-intake-key', '/intake/keys?sheet=new'),
  at('imports', '/imports'),
  at('new-import', '/imports/new'),
  { name: 'import', go: previewImport },
  at('log', '/log'),
  at('people', '/people'),
  at('desk', '/desk'),
  at('kit', '/kit'),
  at('self-check', '/self-check'),
  at('alerts', '/alerts'),
  at('locks', '/locks'),
  at('lock-policy', '/lock-policy'),
  at('weather', '/weather'),
  at('networks', '/networks'),
  at('account', '/account'),
  at('not-found', '/no-such-page'),
];

/** Stands before the lock of a name that belongs to nobody, so that nobody is kept out by looking at it. */
async function beLocked(person: Person): Promise<void> {
  const name = `${person.as.size}.${person.as.language}@haichuan.test`.toLowerCase();
  const { page, context } = person;
  for (let tries = 0; tries < 12; tries += 1) {
    const data = { name, password: `none of these ${tries}` };
    const reply = await context.request.post('/api/v1/session', { data });
    if (reply.status() === 423) break;
  }
  await page.goto('/sign-in');
  await page.getByLabel(doorWords[person.as.language].name, { exact: true }).waitFor();
  expect(await knock(person, name, 'none of these')).toBe(423);
  await page.getByRole('timer').waitFor();
  await settled(page);
}

/** Opens a customer of the demo with much to show: contacts, follow-ups, a name in the reader's script. */
async function openCustomer(person: Person): Promise<void> {
  const { page, context, as } = person;
  const isChinese = as.language === 'zh-CN';
  const [script, writer] = isChinese ? [/[一-龥]{6}/, /李思源/] : [/^[A-Z][\w .&]+$/, /Emma/];
  const reply = await context.request.get('/api/v1/customers?limit=100&stage=negotiating');
  type Listed = { id: string; name: string; website: string | null; owner: { name: string } | null };
  const { items } = (await reply.json()) as { items: Listed[] };
  const found = items.find(
    ({ name, website, owner }) => website !== null && script.test(name) && writer.test(owner?.name ?? ''),
  );
  expect(found).toBeDefined();
  await page.goto(`/customers/${found?.id}`);
  await page.getByRole('heading', { name: found?.name ?? '', level: 1 }).waitFor();
  await settled(page);
}

/** Brings a file and looks at what would become of it. */
async function previewImport(person: Person): Promise<void> {
  const { page, as } = person;
  await page.goto('/imports/new');
  await page.locator('input[type=file]').setInputFiles(customerFile(as.language));
  await page.waitForURL(/imports\/[0-9a-f-]{36}$/);
  await page.getByRole('heading', { name: customerFile(as.language).name, level: 1 }).waitFor();
  await settled(page);
}
