// An administrator's first hour at a desk, in English: a field of her own, the old system's customers, and a role
// that sees less than before.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { demoPassword } from './stage/demo.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, goTo, settled } from './stage/eyes.ts';
import { manyCustomers } from './stage/files.ts';

let browser: Browser;
let simon: Person;
beforeAll(async () => {
  browser = await openBrowser();
  simon = await visitor(browser, { size: 'desk', language: 'en' });
  await enter(simon, 'admin@demo.test');
});
afterAll(() => browser.close());

describe('an administrator’s first hour', () => {
  it('adds a field, and the form of a customer has it at once', async () => {
    const { page } = simon;
    await page.goto('/');
    await settled(page);
    await goTo(page, 'Custom fields', 'Settings');
    await settled(page);
    await page.getByRole('button', { name: 'Add a field' }).first().click();
    const sheet = page.getByRole('dialog');
    await sheet
      .getByLabel(/^Label/)
      .first()
      .fill('Tax number');
    await expectAccessible(page, 'adding a field');
    await sheet.getByRole('button', { name: 'Save', exact: true }).click();
    await sheet.waitFor({ state: 'hidden' });
    await page.goto('/customers?sheet=new');
    await page.getByRole('dialog').getByText('More details').click();
    await page.getByRole('dialog').getByLabel('Tax number').waitFor();
  });

  it('brings in 10,000 customers of another system without mapping a column', async () => {
    const { page } = simon;
    await page.goto('/imports/new');
    await page.getByLabel('Choose a file').setInputFiles(manyCustomers(10_000));
    await page.getByText(/Recognised: 10,000 rows, 6 columns/).waitFor();
    await settled(page);
    await expectAccessible(page, 'an import before it starts');
    const fields = await page
      .locator('main select')
      .evaluateAll(all =>
        all.slice(0, 6).map(one => (one as HTMLSelectElement).selectedOptions[0]?.textContent),
      );
    expect(fields).toEqual(['Name', 'Phone', 'Web site', 'City', 'Industry', 'Created']);
    await page.getByRole('button', { name: 'Import 10,000 rows' }).click();
    await page.getByRole('heading', { name: 'Outcome' }).waitFor({ timeout: 90_000 });
    await page.getByRole('link', { name: 'See customers' }).click();
    await page.getByRole('searchbox', { name: 'Search customers' }).fill('Alder Wharf 09999');
    await page.getByRole('link', { name: 'Alder Wharf 09999 Ltd' }).waitFor();
  });

  it('hides phone numbers from the sales role, and a rep sees them no longer', async () => {
    const { page } = simon;
    const rep = await visitor(browser, { size: 'phone', language: 'en' });
    await enter(rep, 'rep@demo.test');
    const list = '/api/v1/customers?limit=1';
    const { items } = await (await rep.context.request.get(list)).json();
    const { id, phone } = items[0] as { id: string; phone: string };
    await rep.page.goto(`/customers/${id}`);
    await rep.page.getByText(phone).first().waitFor();

    await goTo(page, 'Roles', 'Settings');
    await settled(page);
    await page.getByRole('button', { name: 'Change permissions' }).click();
    const fold = page.locator('details').filter({ hasText: 'Hidden fields appear in no list' }).first();
    await fold.locator('summary').click();
    await fold.getByLabel('Rule for Phone', { exact: true }).selectOption({ label: 'Hidden' });
    await page.getByRole('button', { name: 'Review' }).click();
    const sheet = page.getByRole('dialog', { name: 'Save changes' });
    await sheet.getByText(/Customers · Phone: .*→ Hidden/).waitFor();
    await sheet.getByLabel('Why').fill('Numbers are for the managers');
    await sheet.getByRole('button', { name: 'Save', exact: true }).click();
    const confirm = page.getByRole('dialog', { name: 'Is it you?' });
    const done = page.getByText('Permissions saved; they count at once');
    await confirm.or(done).first().waitFor();
    if (await confirm.isVisible()) {
      await confirm.getByLabel('Password').fill(demoPassword);
      await confirm.getByRole('button').last().click();
    }
    await done.waitFor();

    await rep.page.reload();
    await settled(rep.page);
    expect(await rep.page.content()).not.toContain(phone);
    const after = await (await rep.context.request.get(`/api/v1/customers/${id}`)).json();
    expect(after.phone ?? null).toBeNull();
    await farewell(rep, simon);
  });
});
