// Exports through HTTP: everything within reach, harmless to spreadsheets, and whole again when imported.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openZip } from '../formats/zip-reading.ts';
import { counts, manyCustomers, runner } from '../imports/uploading.fixture.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let administrator: Client;
let run: ReturnType<typeof runner>;

beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  run = runner(test);
});
afterAll(() => test.close());

const records = (text: string) =>
  parse(text, { columns: true, bom: true }) as Record<string, string | undefined>[];

const evil = [
  ['=1+1 Ltd', "'=1+1 Ltd"],
  ['+1+cmd Ltd', "'+1+cmd Ltd"],
  ['-2+3 Ltd', "'-2+3 Ltd"],
  ['@SUM(A1:A9) Ltd', "'@SUM(A1:A9) Ltd"],
  ["'=quoted Ltd", "''=quoted Ltd"],
] as const;

describe('exports', () => {
  it('L51 formulas are neutralised, and come back exactly as they were by an import', async () => {
    for (const [name] of evil) {
      const remark = 'line one\n=two, "three"\t;@four';
      const made = await administrator.post('/customers', { name, phone: '+86 138-0013-8000', remark });
      expect(made.status, made.text).toBe(201);
    }
    const out = await administrator.get('/exports/customer.csv?language=en');
    expect(out.status).toBe(200);
    expect(out.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(out.headers.get('content-disposition')).toMatch(/^attachment; filename="customers-\d{4}-/);
    const rows = records(out.text);
    expect(rows.map(row => row['Customer name'])).toEqual(evil.map(([, cell]) => cell));
    for (const row of rows) {
      expect(row.Phone).toBe('+86 138-0013-8000');
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=@]/);
    }
    const before = (await administrator.get('/customers?sort=name')).body.items as unknown as Record<
      string,
      unknown
    >[];
    for (const { id } of before) await administrator.delete(`/customers/${id}`);
    const back = await run(administrator, out.text);
    expect(counts(back)).toMatchObject({ created: evil.length, failed: 0 });
    const after = (await administrator.get('/customers?sort=name')).body.items as unknown as Record<
      string,
      unknown
    >[];
    const told = (list: Record<string, unknown>[]) =>
      list.map(({ name, phone, remark, stage, owner }) => ({ name, phone, remark, stage, owner }));
    expect(told(after)).toEqual(told(before));
  });

  it('begins with a byte order mark and has Chinese headings for who reads Chinese', async () => {
    const response = await test.app.request(`${test.installation.config.url}/api/v1/exports/customer.csv`, {
      headers: {
        cookie: [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'accept-language': 'zh-CN',
      },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain('客户-');
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain('客户名称,电话,邮箱');
    expect(text).toContain('新客户');
  });

  it('L45 has no cap, tells relations, and keeps to filters and reach', async () => {
    await run(administrator, manyCustomers(4_100, 'Bulk'), { options: { owner: test.people.rep2 } });
    const contacts = 'Name,Company,Created at\nAnn Bulk,Bulk 7,2020-02-03 04:05:06\n';
    await run(administrator, contacts, { object: 'contact' });
    const all = await administrator.get('/exports/customer.csv?q=Bulk');
    expect(records(all.text).length).toBe(4_100);
    expect(new Set(records(all.text).map(row => row.Id)).size).toBe(4_100);
    const [ann] = records((await administrator.get('/exports/contact.csv?q=Ann')).text);
    expect(ann).toMatchObject({ 'Customer name': 'Bulk 7', Owner: 'rep2 person' });
    expect(ann?.['Created at']).toBe('2020-02-03 04:05:06+00:00');

    const rep = await test.as('rep');
    expect(records((await rep.get('/exports/customer.csv')).text)).toEqual([]);
    const auditor = await test.as('auditor');
    expect(records((await auditor.get('/exports/customer.csv?q=Bulk')).text).length).toBe(4_100);
    expect((await test.client().get('/exports/customer.csv')).status).toBe(401);
    expect((await rep.get('/exports/customer.csv?nonsense=1')).status).toBe(422);
  });

  it('L45 any format, everything at once, with progress; filters that are none are refused', async () => {
    const ask = async (body: object) => {
      const asked = await administrator.post('/exports', body);
      expect(asked.status, asked.text).toBe(201);
      expect(asked.body).toMatchObject({ state: 'ready', done: 0 });
      const url = `${test.installation.config.url}${asked.body.href}`;
      const cookie = [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await test.app.request(url, { headers: { cookie } });
      expect(response.status).toBe(200);
      const bytes = Buffer.from(await response.arrayBuffer());
      const { body: after } = await administrator.get(`/exports/${asked.body.id}`);
      expect(after.state).toBe('done');
      return { bytes, done: after.done, type: response.headers.get('content-type') ?? '' };
    };
    const bulks = (await administrator.get('/customers?q=Bulk%207&sort=createdAt')).body.items as unknown as {
      id: string;
      name: string;
    }[];
    const bulk = bulks[0];
    await administrator.patch(`/customers/${bulk?.id}`, { nextFollowUpAt: '2027-01-02T03:04:05Z' });
    await administrator.post('/activities', { customerId: bulk?.id, kind: 'call', body: '=rang, "them"' });

    const xlsx = await ask({ object: 'customer', format: 'xlsx', filters: { q: 'Bulk' } });
    expect(xlsx).toMatchObject({ done: 4_100, type: expect.stringContaining('spreadsheetml') });
    const back = await run(administrator, new Uint8Array(xlsx.bytes), { options: { duplicates: 'skip' } });
    expect(counts(back)).toMatchObject({ total: 4_100, skipped: 4_100, failed: 0 });

    const cards = await ask({ object: 'contact', format: 'vcard', filters: { q: 'Ann' } });
    expect(cards.bytes.toString()).toMatch(
      /^BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Bulk\r\n(?:.*\r\n)*ORG:Bulk 7\r\n/,
    );
    const calendar = await ask({ object: 'customer', format: 'ics' });
    expect(calendar.bytes.toString()).toContain('DTSTART:20270102T030405Z\r\n');
    const lines = await ask({ object: 'activity', format: 'jsonl' });
    expect(JSON.parse(lines.bytes.toString())).toMatchObject({
      object: 'activity',
      customer: { id: bulk?.id, name: bulk?.name },
      author: { name: 'administrator person' },
      body: '=rang, "them"',
    });
    const all = await ask({ object: 'everything', format: 'csv', language: 'en' });
    const path = join(test.dataDir, 'all.zip');
    writeFileSync(path, all.bytes);
    const zip = await openZip(path);
    expect(zip.names).toEqual(
      ['customers', 'contacts', 'leads', 'deals', 'activities', 'tasks', 'products', 'orders'].map(
        name => `${name}.csv`,
      ),
    );
    expect((await administrator.post('/exports', { object: 'customer', files: true })).status).toBe(422);
    for (const [object, id] of [
      ['customer', bulk?.id],
      ['task', (await administrator.post('/tasks', { title: 'Two/of: them' })).body.id],
    ])
      for (const content of ['one', 'two'])
        await administrator.send(`POST /files?object=${object}&objectId=${id}&name=a.pdf`, {
          raw: new Uint8Array(Buffer.from(`%PDF-1.7 ${content}`)),
          headers: { 'content-type': 'application/octet-stream' },
        });
    const withFiles = await ask({ object: 'everything', format: 'csv', language: 'en', files: true });
    writeFileSync(path, withFiles.bytes);
    const filed = await openZip(path);
    const attached = filed.names.slice(8);
    expect(
      attached.map(name => name.replace(/[\da-f]{8}\//, 'id/').replace(/ [\da-f]{6}\./, ' id.')),
    ).toEqual([
      `files/customers/${bulk?.name} id/a.pdf`,
      `files/customers/${bulk?.name} id/a id.pdf`,
      'files/tasks/Two of them id/a.pdf',
      'files/tasks/Two of them id/a id.pdf',
      'files.csv',
    ]);
    const read = async (name = '') => {
      let content = '';
      for await (const chunk of filed.read(name) ?? []) content += Buffer.from(chunk).toString();
      return content;
    };
    expect([await read(attached[0]), await read(attached[1])]).toEqual(['%PDF-1.7 one', '%PDF-1.7 two']);
    expect(records(await read('files.csv')).map(line => [line.File, line.Bytes, line.State])).toEqual(
      Array.from({ length: 4 }, () => ['a.pdf', '12', 'complete']),
    );
    let text = '';
    for await (const chunk of zip.read('activities.csv') ?? []) text += Buffer.from(chunk).toString();
    expect(records(text)).toMatchObject([{ Body: `'=rang, "them"`, 'Customer name': bulk?.name }]);
    expect(all.done).toBeGreaterThan(4_100);

    const rep = await test.as('rep');
    // Nothing of what is not one’s own to export.
    const { href } = (await rep.post('/exports', { object: 'everything', files: true })).body;
    expect((await rep.get(`/${href}`)).text).not.toContain('a.pdf');
    const mine = await rep.post('/exports', { object: 'customer' });
    expect((await administrator.get(`/exports/${mine.body.id}`)).status).toBe(404);
    expect((await administrator.get(`/exports/${mine.body.id}/file`)).status).toBe(404);
    const none = await administrator.post('/exports', { object: 'deal', format: 'vcard' });
    expect(none.status).toBe(422);
    const wrong = await administrator.post('/exports', { object: 'contact', filters: { stage: 'won' } });
    expect(wrong.status).toBe(422);
  });

  it('is on record with the number of rows, also when the reader goes away', async () => {
    await administrator.get('/exports/customer.csv?q=Bulk');
    const entries = async () =>
      (await administrator.get('/audit?action=export')).body.items as unknown as {
        action: string;
        details: object;
      }[];
    expect((await entries()).slice(0, 2)).toMatchObject([
      { action: 'export.end', details: { object: 'customer', rows: 4_100, complete: true } },
      { action: 'export.start', details: { object: 'customer', filters: { q: 'Bulk' } } },
    ]);
    const response = await test.app.request(`${test.installation.config.url}/api/v1/exports/customer.csv`, {
      headers: { cookie: [...administrator.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect
      .poll(async () => (await entries())[0])
      .toMatchObject({
        action: 'export.end',
        details: { complete: false },
      });
  });
});
