// The administrator adds fields to leads; on 李思源's phone a contract is attached and a customer linked, and the list goes by them.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farewell, openBrowser, type Person, visitor } from './stage/browser.ts';
import { enter } from './stage/door.ts';
import { expectAccessible, expectNoSidewaysScroll, settled } from './stage/eyes.ts';
import { add } from './stage/lift.ts';

let browser: Browser;
let admin: Person;
let leo: Person;
beforeAll(async () => {
  browser = await openBrowser();
  admin = await visitor(browser, { size: 'desk', language: 'en' });
  leo = await visitor(browser, { size: 'phone', language: 'zh-CN' });
});
afterAll(() => browser.close());

const looked = async ({ page, as }: Person, where: string) => {
  await settled(page);
  await expectAccessible(page, `${where}, ${as.size}`);
  await expectNoSidewaysScroll(page, `${where}, ${as.size}`);
};

describe('自定义字段', () => {
  it('are added to leads: a link to a customer by hand, a file and a number beside it', async () => {
    const { page } = admin;
    await enter(admin, 'admin@demo.test');
    await page.goto('/custom-fields');
    await page.getByRole('button', { name: 'Add a field to Leads' }).click();
    const sheet = page.getByRole('dialog', { name: 'Add a field' });
    await sheet
      .getByLabel(/^Label/)
      .first()
      .fill('介绍客户');
    await sheet.getByLabel('Label in the other language').fill('Referred by');
    await sheet.getByLabel('Kind').selectOption({ label: 'Link to a record' });
    await sheet.getByLabel('Links to').selectOption({ label: 'customer' });
    await looked(admin, 'a field to be');
    await sheet.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Link to a customer').waitFor();
    for (const body of [
      { object: 'lead', label: '合同扫描件', labelOther: 'Contract', kind: 'file' },
      { object: 'lead', label: '员工人数', labelOther: 'Employees', key: 'employees', kind: 'number' },
    ])
      await add(admin, '/custom-fields', body);
    await page.reload();
    await page.getByText('合同扫描件').or(page.getByText('Contract')).first().waitFor();
    await looked(admin, 'the fields');
  });

  it('hold a file and a customer, filled in on the phone', async () => {
    const { page } = leo;
    await enter(leo, 'rep@demo.test');
    const customer = await add(leo, '/customers', { name: '杭州知味坊食品有限公司' });
    const lead = await add(leo, '/leads', {
      name: '陆放翁',
      company: '绍兴沈园文化',
      custom: { employees: 45 },
    });
    await page.goto(`/leads/${lead.id}?sheet=edit`);
    const sheet = page.getByRole('dialog', { name: '编辑线索' });
    await sheet.getByLabel('介绍客户').fill('知味');
    await sheet.getByRole('button', { name: String(customer.name) }).click();
    const choose = page.waitForEvent('filechooser');
    await sheet.getByRole('button', { name: '选择文件：合同扫描件' }).click();
    await (await choose).setFiles({
      name: '合同.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7\n'),
    });
    await sheet.getByRole('link', { name: '合同.pdf' }).waitFor();
    await looked(leo, 'a lead being edited');
    await sheet.getByRole('button', { name: '保存' }).click();
    await page.getByText('线索已保存').or(page.getByText('已保存')).first().waitFor();
    await page.getByRole('link', { name: String(customer.name) }).waitFor();
    // Its card of files and its timeline name the file as well.
    const link = page.getByRole('definition').getByRole('link', { name: '合同.pdf', exact: true });
    expect(await link.getAttribute('href')).toMatch(/^\/api\/v1\/files\/[\w-]+\/content$/);
    await looked(leo, 'a lead with fields');
  });

  it('are what the list is asked by and goes by', async () => {
    const { page } = leo;
    await page.goto('/leads');
    await page.getByRole('button', { name: '更多筛选' }).click();
    const sheet = page.getByRole('dialog', { name: '更多筛选与排序' });
    const range = sheet.getByRole('group', { name: '员工人数' });
    await range.getByLabel('不小于').fill('45.0');
    await range.getByLabel('不小于').blur();
    await sheet.getByLabel('排序方式').selectOption({ label: '员工人数：升序' });
    await looked(leo, 'filters by own fields');
    await sheet.getByRole('button', { name: '查看结果' }).click();
    await page.getByText('员工人数不小于 45的线索').waitFor();
    await page.getByText('陆放翁').waitFor();
    await looked(leo, 'leads by own fields');
    await farewell(admin, leo);
  });
});
