// Files through HTTP: taken in whole or not at all, open to whoever may read the record, saved and never shown.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';
import { isFull } from './disk.ts';
import * as files from './files.ts';
import { disposition, typeOf } from './rules.ts';

let test: Test;
let rep: Client;
let rep2: Client;
let auditor: Client;
let customerId: string;

beforeAll(async () => {
  test = await openTest();
  [rep, rep2, auditor] = [await test.as('rep'), await test.as('rep2'), await test.as('auditor')];
  customerId = (await rep.post('/customers', { name: '华腾' })).body.id;
});
afterAll(() => test.close());

const octets = { 'content-type': 'application/octet-stream' };
const pdf = (more = '') => new Uint8Array(Buffer.from(`%PDF-1.7\n${more}`));
const upload = (by: Client, name: string, raw: Uint8Array<ArrayBuffer>, id = customerId) =>
  by.send(`POST /files?object=customer&objectId=${id}&name=${encodeURIComponent(name)}`, {
    raw,
    headers: octets,
  });
const listed = (by: Client) => by.get(`/files?object=customer&objectId=${customerId}`);
const onDisk = () => {
  const folder = join(test.world.config.dataDir, 'files');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    statSync(join(folder, name)).isFile(),
  );
};

it('takes a file in, shows it to whoever may read the record, and hands it out for saving only', async () => {
  const added = await upload(rep, '合同 (终稿).pdf', pdf('x'.repeat(100_000)));
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ name: '合同 (终稿).pdf', type: 'application/pdf', size: 100_009 });
  expect((await listed(rep)).body).toMatchObject({ items: [{ id: added.body.id }], writable: true });
  expect((await listed(auditor)).body).toMatchObject({ items: [{ id: added.body.id }], writable: false });
  expect((await listed(rep2)).status).toBe(404);
  const path = `/files/${added.body.id}`;
  const read = await auditor.get(`${path}/content`);
  expect([read.status, read.text.length]).toEqual([200, 100_009]);
  expect(Object.fromEntries(read.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': disposition('合同 (终稿).pdf'),
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  for (const by of [rep2, test.client()])
    expect((await by.get(`${path}/content`)).status).toBeGreaterThanOrEqual(401);
  expect([(await rep2.delete(path)).status, (await auditor.delete(path)).status]).toEqual([404, 403]);
  expect((await upload(auditor, 'a.pdf', pdf())).status).toBe(403);
  expect((await upload(rep2, 'a.pdf', pdf())).status).toBe(404);
  expect((await rep.delete(path)).status).toBe(204);
  expect((await rep.get(`${path}/content`)).status).toBe(404);
  expect((await rep.post(`${path}/restore`)).status).toBe(200);
  await rep.delete(`/customers/${customerId}`);
  expect((await rep.get(`${path}/content`)).status).toBe(404);
  await rep.post(`/customers/${customerId}/restore`);
  expect((await rep.get(`${path}/content`)).status).toBe(200);
});

it('leaves nothing of what it refuses: programs in disguise, pages, empty ones, too large ones', async () => {
  const before = onDisk();
  const tries: [string, string | Uint8Array<ArrayBuffer>, number][] = [
    ['virus.pdf', 'MZ\u0090\u0000 a program', 415],
    ['page.html', '<script>alert(1)</script>', 415],
    ['picture.svg', '<svg onload="alert(1)"/>', 415],
    ['page.png', '<html>', 415],
    ['paper.exe', '%PDF-1.7', 415],
    ['empty.pdf', '', 422],
  ];
  for (const [name, content, status] of tries) {
    const raw = typeof content === 'string' ? new Uint8Array(Buffer.from(content)) : content;
    expect([name, (await upload(rep, name, raw)).status]).toEqual([name, status]);
  }
  const administrator = await test.as('administrator');
  expect((await rep.put('/files/settings', { megabytes: 1 })).status).toBe(403);
  expect((await rep.get('/files/settings')).status).toBe(403);
  expect((await administrator.put('/files/settings', { megabytes: 1 })).status).toBe(200);
  expect((await upload(rep, 'large.pdf', pdf('x'.repeat(1_048_576)))).status).toBe(413);
  expect(onDisk()).toEqual(before);
  const allowed = await administrator.put('/files/settings', { megabytes: 1, kinds: ['picture', 'text'] });
  expect(allowed.body).toMatchObject({
    kinds: ['picture', 'text'],
    used: { files: 1, bytes: 100_009, binned: 0, place: 'folder', elsewhere: 0 },
  });
  expect((await upload(rep, 'no longer.pdf', pdf())).status).toBe(415);
  expect((await listed(rep)).body.kinds).toEqual(['picture', 'text']);
  const text = await upload(rep, '../../名单.csv', new Uint8Array(Buffer.from('姓名,电话\n')));
  expect(text.body).toMatchObject({ name: '名单.csv', type: 'text/csv' });
  const gzip = { headers: { 'accept-encoding': 'gzip' } };
  expect((await rep.send(`GET /files/${text.body.id}/content`, gzip)).status).toBe(200);
  await administrator.put('/files/settings', { megabytes: 1 });
});

it('tells types by content and ending together, and a full disk from other faults', () => {
  const head = (text: string) => Buffer.from(text, 'latin1');
  expect(typeOf('a.PNG', head('\x89PNG\r\n\x1a\n'))).toBe('image/png');
  expect(typeOf('a.docx', head('PK\x03\x04'))).toMatch(/wordprocessingml/);
  expect(typeOf('a.jar', head('PK\x03\x04'))).toBeNull();
  expect(typeOf('a.txt', head('a\x00b'))).toBeNull();
  expect(isFull(Object.assign(new Error(), { code: 'ENOSPC' }))).toBe(true);
  expect(isFull(new Error())).toBe(false);
});

it('removes files for good with their record, and after 90 days in the bin', async () => {
  const other = (await rep.post('/customers', { name: '已清除' })).body.id;
  await upload(rep, 'gone.pdf', pdf(), other);
  const { items } = (await listed(rep)).body;
  await rep.delete(`/files/${items[0].id}`);
  await files.sweep(test.world);
  expect(onDisk().length).toBe(3);
  await sql`delete from customers where id = ${other}`.execute(test.world.db);
  test.turn(91 * 86_400_000);
  await files.sweep(test.world);
  expect(onDisk().length).toBe(1);
});

it.each([
  ['product', '/products', { name: '吊灯', code: 'L-1', price: 100 }, 'administrator'],
  ['task', '/tasks', { title: 'Send the drawing' }, 'rep'],
] as const)(
  'is attached to a %s as to a customer, and its name may be a field of it',
  async (object, path, body, role) => {
    // Sessions have ended in the days that went by.
    [rep2, auditor] = [await test.as('rep2'), await test.as('auditor')];
    const administrator = await test.as('administrator');
    const [owner, field] = [
      await test.as(role),
      (await administrator.post('/custom-fields', { object, label: 'Drawing', kind: 'file' })).body,
    ];
    const { id } = (await owner.post(path, body)).body;
    const to = `/files?object=${object}&objectId=${id}`;
    const send = (by: Client) => by.send(`POST ${to}&name=drawing.pdf`, { raw: pdf(), headers: octets });
    const file = (await send(owner)).body;
    expect(file).toMatchObject({ object, objectId: id });
    expect([(await auditor.get(to)).body.writable, (await send(auditor)).status]).toEqual([false, 403]);
    // Products are everybody's to read; tasks are not.
    const [seen, sent] = object === 'product' ? [200, 403] : [404, 404];
    expect([(await rep2.get(to)).status, (await send(rep2)).status]).toEqual([seen, sent]);
    expect((await rep2.get(`/files/${file.id}/content`)).status).toBe(seen);
    const own = { custom: { [field.key]: file.id } };
    expect((await owner.patch(`${path}/${id}`, own)).body.custom).toEqual(own.custom);
    const { href } = (await owner.post('/exports', { object })).body;
    expect((await owner.get(`/${href}`)).text).toContain('drawing.pdf');
    await owner.delete(`/files/${file.id}`);
    const lying = async (by: Client) =>
      (await by.get('/bin?object=file')).body.items.map((one: { id: string }) => one.id);
    expect([await lying(owner), (await lying(rep2)).length]).toEqual([
      [file.id],
      object === 'product' ? 1 : 0,
    ]);
    expect((await owner.post(`/files/${file.id}/restore`)).status).toBe(200);
    await sql`delete from ${sql.table(path.slice(1))} where id = ${id}`.execute(test.world.db);
    await files.sweep(test.world);
    expect((await owner.get(`/files/${file.id}/content`)).status).toBe(404);
  },
);
