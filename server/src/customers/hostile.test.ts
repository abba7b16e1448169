// What hostile or careless hands send to the record API: it is refused with the field's name, or kept as it is.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
let rep: Client;
let id: string;

beforeAll(async () => {
  test = await openTest();
  rep = await test.as('rep');
  id = `${(await rep.post('/customers', { name: 'Target' })).body.id}`;
});
afterAll(() => test.close());

it.each([
  'id',
  'workspaceId',
  'workspace_id',
  'owner',
  'owner_id',
  'teamId',
  'team_id',
  'version',
  'createdAt',
  'createdBy',
  'updatedAt',
  'deletedAt',
  'deleted_at',
  'nameKey',
  'name_key',
  'phoneDigits',
  'keys',
  'importId',
  'foreignId',
  'lastActivityAt',
  'locked',
  'lockedUntil',
  'locks',
  'session',
  'sessions',
  'password',
  'passwordHash',
  'role',
  '__proto__',
  'constructor',
])('L13 refuses to write %s through any route', async field => {
  const before = (await rep.get(`/customers/${id}`)).body;
  const value = test.people.rep2;
  const raw = (rest: string) => ({
    raw: `{${rest}"${field}":"${value}"}`,
    headers: { 'content-type': 'application/json' },
  });
  const replies = [
    await rep.send('POST /customers', raw('"name":"x",')),
    await rep.send(`PATCH /customers/${id}`, raw('')),
    await rep.send('POST /customers/bulk', {
      ...raw(''),
      raw: `{"ids":["${id}"],"patch":{"${field}":"${value}"}}`,
    }),
  ];
  for (const reply of replies) {
    // JSON's "__proto__" is dropped by the parser of schemas: then nothing is written either.
    if (field !== '__proto__')
      expect([field, reply.status, reply.body.code]).toEqual([field, 422, 'invalid']);
  }
  expect((await rep.get(`/customers/${id}`)).body).toEqual(before);
});

it('L13 bulk writes no name, phone or e-mail', async () => {
  for (const patch of [{ name: 'x' }, { phone: '1' }, { email: 'a@b.cd' }, { remark: 'x' }])
    expect((await rep.post('/customers/bulk', { ids: [id], patch })).status).toBe(422);
  const many = Array.from({ length: 201 }, () => crypto.randomUUID());
  expect((await rep.post('/customers/bulk', { ids: many, patch: { level: 'A' } })).status).toBe(422);
  expect((await rep.post('/customers/bulk', { ids: [], patch: { level: 'A' } })).status).toBe(422);
});

it.each([
  ['name', 'a\u0000b'],
  ['name', 'two\nlines'],
  ['name', 'x'.repeat(201)],
  ['name', '名'.repeat(10_000)],
  ['name', ' \t '],
  ['name', '\u202e\u202d'],
  ['name', 7],
  ['name', null],
  ['name', ['x']],
  ['phone', 'none'],
  ['phone', '1'.repeat(61)],
  ['email', 'nobody'],
  ['email', 'a@b'],
  ['email', 'a b@c.de'],
  ['email', 'a@b.cd, e@f.gh'],
  ['website', 'javascript:alert(1)'],
  ['website', 'data:text/html,x'],
  ['website', 'ftp://x.example'],
  ['stage', 'unknown'],
  ['tags', 'vip'],
  ['tags', ['']],
  ['tags', ['a\u0000']],
  ['tags', Array.from({ length: 51 }, (_, i) => `t${i}`)],
  ['remark', 'x'.repeat(5_001)],
  ['remark', 'bell \u0007'],
  ['nextFollowUpAt', 'tomorrow'],
  ['nextFollowUpAt', '2026-02-30T00:00:00Z'],
  ['nextFollowUpAt', '0000-01-01T00:00:00Z'],
  ['nextFollowUpAt', '-infinity'],
  ['nextFollowUpAt', 1_800_000_000],
  ['ownerId', 'me'],
  ['ownerId', { id: 'x' }],
])('%s refuses %j and names the field', async (field, value) => {
  const added = await rep.post('/customers', { name: 'x', [field]: value });
  expect([added.status, added.body.code]).toEqual([422, 'invalid']);
  expect(`${added.body.faults[0]?.path}`).toMatch(new RegExp(`^${field}`));
  expect((await rep.patch(`/customers/${id}`, { [field]: value })).status).toBe(422);
});

it.each([
  '👩‍👩‍👧‍👦 家庭 & Söhne',
  'שלום — مرحبا بالعالم',
  '<script>alert(1)</script>',
  "Robert'); DROP TABLE customers;--",
  '=HYPERLINK("http://x")',
  '{{7*7}} %s %00 $1 $$',
  'İstanbul ŞİRKETİ ß ﬁ',
  '𠮷野家 㐀㐁',
  'e\u0301 Z̷̢̛a̴l̷g̶o̴',
])('keeps the name %j and finds it again', async name => {
  const added = await rep.post('/customers', { name });
  expect(added.status).toBe(201);
  expect(added.body.name).toBe(name.normalize('NFC'));
  const found = await rep.get(`/customers?sort=name&limit=200&q=${encodeURIComponent(name.slice(0, 12))}`);
  expect(found.status).toBe(200);
  const listed = await rep.get('/customers?sort=name&limit=200');
  expect((listed.body.items as unknown as { id: string }[]).map(item => item.id)).toContain(
    `${added.body.id}`,
  );
  const history = await rep.get(`/customers/${added.body.id}/history`);
  expect(history.body.items[0]?.changes).toContainEqual({
    field: 'name',
    before: null,
    after: name.normalize('NFC'),
  });
});

it('mends half characters rather than storing them', async () => {
  const added = await rep.send('POST /customers', {
    raw: '{"name":"half \\ud83d smile","remark":"\\udc00"}',
    headers: { 'content-type': 'application/json' },
  });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ name: 'half \ufffd smile', remark: '\ufffd' });
});

it('refuses bodies that are no JSON, too large, or something else', async () => {
  const json = { 'content-type': 'application/json' };
  const send = (raw: string, headers: Record<string, string> = json) =>
    rep.send('POST /customers', { raw, headers });
  expect((await send('{"name":')).status).toBe(422);
  expect((await send('[]')).status).toBe(422);
  expect((await send('null')).status).toBe(422);
  expect((await send('"name"')).status).toBe(422);
  expect((await send('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  expect((await send(`{"name":"${'x'.repeat(2_000_000)}"}`)).status).toBe(413);
  expect((await send(`${'['.repeat(100_000)}`)).status).toBe(422);
});

it('answers 404 to ids that are none, in every verb', async () => {
  for (const wrong of ['1', 'undefined', '%00', `${id}'`, `${id} `, '../people', 'bulk']) {
    const at = `/customers/${encodeURIComponent(wrong)}`;
    const statuses = [await rep.get(at), await rep.delete(at), await rep.get(`${at}/history`)].map(
      r => r.status,
    );
    expect([wrong, ...statuses]).toEqual([wrong, 404, 404, 404]);
  }
  expect((await rep.patch('/customers/1', { city: 'x' })).status).toBe(404);
});

it('refuses queries with null bytes and oversize texts', async () => {
  expect((await rep.get('/customers?q=%00%00')).status).toBe(422);
  expect((await rep.get('/customers?city=a%00')).status).toBe(422);
  expect((await rep.get(`/customers?q=${'x'.repeat(201)}`)).status).toBe(422);
  expect((await rep.get('/customers?q=%ED%A0%80%ED%A0%80')).status).toBe(200);
  expect((await rep.get(`/customers?q=${encodeURIComponent('有'.repeat(200))}`)).status).toBe(200);
});
