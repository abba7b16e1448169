// The HTTP edge: addresses, origins, bodies, idempotency, problems, OpenAPI.
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTest, password, type Test } from '../testing/harness.ts';
import { addressReader, languageOf, plainAddress, sourceOf } from './visitor.ts';

let test: Test;
beforeAll(async () => {
  test = await openTest();
});
afterAll(() => test.close());

describe('addresses', () => {
  it('L8 believes no header by default', () => {
    const read = addressReader([]);
    expect(read('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
    expect(read('::ffff:203.0.113.9', '127.0.0.1, 10.0.0.1')).toBe('203.0.113.9');
  });

  it('L8 walks the chain from the right behind trusted proxies, and stops at the first stranger', () => {
    const read = addressReader(['10.0.0.0/8', 'fd00::/8']);
    expect(read('10.0.0.2', '1.2.3.4')).toBe('1.2.3.4');
    expect(read('10.0.0.2', '6.6.6.6, 1.2.3.4, 10.9.9.9')).toBe('1.2.3.4');
    expect(read('10.0.0.2', '1.2.3.4:4711')).toBe('1.2.3.4');
    expect(read('fd00::1', '[2001:db8::7]:443')).toBe('2001:db8::7');
    expect(read('10.0.0.2', '1.2.3.4, nonsense')).toBe('10.0.0.2');
    expect(read('203.0.113.9', '1.2.3.4')).toBe('203.0.113.9');
    expect(read('10.0.0.2', `${'9.9.9.9, '.repeat(5_000)}10.0.0.3`)).toBe('9.9.9.9');
  });

  it('L8 counts IPv6 by /64', () => {
    expect(sourceOf('2001:db8:1:2:3:4:5:6')).toBe(sourceOf('2001:db8:1:2:ffff::1'));
    expect(sourceOf('2001:db8:1:2::1')).toBe('2001:db8:1:2::/64');
    expect(sourceOf('::1')).toBe('0:0:0:0::/64');
    expect(sourceOf('2001:DB8:1:3::1')).not.toBe(sourceOf('2001:db8:1:2::1'));
    expect(sourceOf('198.51.100.7')).toBe('198.51.100.7');
    expect(plainAddress('fe80::1%eth0')).toBe('fe80::1');
    expect(plainAddress('::ffff:1.2.3.4')).toBe('1.2.3.4');
    expect(plainAddress('1.2.3.4.5')).toBeNull();
  });

  it('L8 writes the true address into the log, not the forged one', async () => {
    const client = test.client('192.0.2.44');
    await client.post(
      '/session',
      { name: 'rep@example.com', password },
      { headers: { 'x-forwarded-for': '8.8.8.8' } },
    );
    const admin = await test.as('administrator');
    const log = await admin.get('/audit?action=session.open&limit=200');
    const addresses = log.body.items.map((item: { address: string }) => item.address);
    expect(addresses).toContain('192.0.2.44');
    expect(addresses).not.toContain('8.8.8.8');
  });
});

describe('requests from elsewhere', () => {
  const writes = (headers: Record<string, string>) =>
    test.client().post('/session', { name: 'x', password: 'y' }, { headers });

  it('are refused by Origin and Sec-Fetch-Site; a client that sends neither passes', async () => {
    const own = test.installation.config.url;
    expect((await writes({ origin: 'https://evil.example' })).body.code).toBe('foreign-origin');
    expect((await writes({ origin: 'null' })).status).toBe(403);
    expect((await writes({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await writes({ 'sec-fetch-site': 'same-site', origin: own })).status).toBe(403);
    expect((await writes({ origin: own, 'sec-fetch-site': 'same-origin' })).status).toBe(401);
    expect((await writes({})).status).toBe(401);
  });

  it('are refused without a JSON content type, even with a body that is JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      '',
    ]) {
      const raw = JSON.stringify({ name: 'x', password: 'y' });
      const reply = await test.client().send('POST /session', { raw, headers: { 'content-type': type } });
      expect([type, reply.status]).toEqual([type, 415]);
    }
  });
});

describe('bodies and addresses', () => {
  it('answers hostile input with a clear problem and never with 500', async () => {
    const client = await test.as('administrator');
    const bodies: [string, number][] = [
      ['{', 422],
      ['[]', 422],
      ['null', 422],
      ['{"name":{"$ne":1},"password":"x"}', 422],
      [`{"name":"${'a'.repeat(2_000)}","password":"x"}`, 422],
      [JSON.stringify({ name: 'a\u0000b', password: 'x\u0000y' }), 401],
      [JSON.stringify({ name: '\ud800', password: '\udfff' }), 401],
      [`{"name":"x","password":"${'p'.repeat(1_100_000)}"}`, 413],
      ['{"__proto__":{"role":"administrator"},"name":"x","password":"y"}', 401],
    ];
    for (const [raw, status] of bodies) {
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(raw)),
      };
      const reply = await test.client().send('POST /session', { raw, headers });
      expect([raw.slice(0, 40), reply.status]).toEqual([raw.slice(0, 40), status]);
    }
    for (const path of [
      '/people/not-an-id',
      '/people/%00',
      '/people/..%2f..%2fetc',
      '/nothing',
      '/people?limit=0',
      '/people?after=x',
    ])
      expect([404, 422]).toContain((await client.get(path)).status);
    expect((await client.send('PUT /people', { body: {} })).status).toBe(405);
  });

  it('tells problems in two languages with a correlation id', async () => {
    const zh = await test
      .client()
      .get('/session', { headers: { 'accept-language': 'fr, zh-TW;q=0.8, en;q=0.5' } });
    expect(zh.body).toMatchObject({
      type: '/problems/signed-out',
      status: 401,
      code: 'signed-out',
      title: '尚未登录',
    });
    expect(zh.headers.get('content-language')).toBe('zh-CN');
    const en = await test.client().get('/session');
    expect(en.body.title).toBe('Not signed in');
    expect(en.body.correlationId).not.toBe(zh.body.correlationId);
    expect(languageOf('zh;q=0, en')).toBe('en');
  });
});

describe('Idempotency-Key', () => {
  const form = (email: string) => ({ name: 'Twice', email, role: 'rep', password: 'once-and-only-once' });

  it('acts once for many at once and gives all the same answer', async () => {
    const admin = await test.as('administrator');
    const headers = { 'idempotency-key': 'k-1' };
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => admin.post('/people', form('twice@example.com'), { headers })),
    );
    expect(replies.map(reply => reply.status)).toEqual(Array(12).fill(201));
    expect(new Set(replies.map(reply => reply.body.id)).size).toBe(1);
    expect(replies.filter(reply => reply.headers.get('idempotency-replayed') === 'true')).toHaveLength(11);
  });

  it('refuses the key for another request, keeps persons apart, and lets a refused request be tried again', async () => {
    const admin = await test.as('administrator');
    const headers = { 'idempotency-key': 'k-2' };
    expect(
      (await admin.post('/people', { ...form('weak@example.com'), password: 'short' }, { headers })).status,
    ).toBe(422);
    expect((await admin.post('/people', form('weak@example.com'), { headers })).status).toBe(201);
    expect((await admin.post('/people', form('other@example.com'), { headers })).body.code).toBe(
      'key-reused',
    );
    const rep = await test.as('rep');
    expect((await rep.patch('/me', { language: 'zh-CN' }, { headers })).status).toBe(204);
  });

  it('forgets after a day', async () => {
    const admin = await test.as('administrator');
    const headers = { 'idempotency-key': 'k-3' };
    await admin.post('/people', form('day@example.com'), { headers });
    test.turn(25 * 3_600_000);
    const later = await test.as('administrator');
    expect((await later.post('/people', form('day@example.com'), { headers })).status).toBe(409);
    test.turn(-25 * 3_600_000);
  });
});

describe('If-Match', () => {
  it('with anything but the version of the record saves nothing', async () => {
    const rep = await test.as('rep2');
    const made = await rep.post('/customers', { name: 'Matched' });
    const patch = (match: string) =>
      rep.patch(`/customers/${made.body.id}`, { remark: match }, { headers: { 'if-match': match } });
    for (const match of ['"v9"', 'v1', '"1"', 'nonsense']) expect((await patch(match)).status).toBe(412);
    expect((await patch('"v1"')).status).toBe(200);
    expect((await patch('*')).status).toBe(200);
  });
});

describe('OpenAPI', () => {
  it('is valid 3.1 and names every route', async () => {
    const reply = await test.client().get('/openapi.json');
    expect(reply.body.openapi).toBe('3.1.0');
    const checked = await new Validator().validate(structuredClone(reply.body));
    expect(checked.errors ?? []).toEqual([]);
    expect(checked.valid).toBe(true);
    for (const path of [
      '/session',
      '/session/proofs',
      '/recovery',
      '/locks/{id}/lift',
      '/policies/lock',
      '/audit',
    ])
      expect(reply.body.paths[`/api/v1${path}`]).toBeDefined();
  });
});

describe('sessions end', () => {
  it('after idling, at their limit, and when the clock jumps nobody gains', async () => {
    const client = test.client();
    await client.post('/session', { name: 'rep2@example.com', password, remember: false });
    expect((await client.get('/session')).status).toBe(200);
    test.turn(9 * 3_600_000);
    expect((await client.get('/session')).status).toBe(401);
    test.turn(-9 * 3_600_000);
    const kept = await test.as('rep2');
    for (let day = 0; day < 5; day++) {
      test.turn(6 * 86_400_000);
      expect([day, (await kept.get('/session')).status]).toEqual([day, day < 4 ? 200 : 401]);
    }
    test.turn(-30 * 86_400_000);
  });
});
