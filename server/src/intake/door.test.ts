// The open address: whoever is locked it answers, who sends too much or from elsewhere hears it in a clear word.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client, Reply } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';

let test: Test;
let admin: Client;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
});
afterAll(() => test.close());
afterEach(() => test.turn(61_000));

async function newKey(
  fields: Record<string, unknown> = {},
): Promise<{ id: string; key: string; url: string }> {
  const made = await admin.post('/intake-keys', { name: 'Web site', ownerId: test.people.rep, ...fields });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

const send = (key: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  test.client().post(`/intake/${key}`, body, { headers });

/** A problem without what differs from request to request. */
const problemOf = ({ status, body, headers }: Reply) => {
  const { correlationId, ...rest } = body;
  expect(correlationId).toBeTruthy();
  return { status, ...rest, headers: [...headers.keys()].sort() };
};

describe('a key', () => {
  it('is shown once, kept as a hash, and names its workspace', async () => {
    const { key, url, id } = await newKey();
    expect(url).toBe(`${test.installation.config.url}/api/v1/intake/${key}`);
    const rows = await test.world.db.selectFrom('intake_keys').selectAll().where('id', '=', id).execute();
    expect(JSON.stringify(rows)).not.toContain(key.split('.')[1]);
    const log = (await admin.get('/audit?limit=200')).text;
    const list = (await admin.get('/intake-keys')).text;
    expect(log + list).not.toContain(key.split('.')[1]);
  });

  it('unknown, switched off, deleted or malformed answers the same 404', async () => {
    const off = await newKey();
    const deleted = await newKey();
    const { key } = await newKey();
    expect((await admin.patch(`/intake-keys/${off.id}`, { active: false })).status).toBe(200);
    expect((await admin.delete(`/intake-keys/${deleted.id}`)).status).toBe(204);
    const [workspace = '', secret = ''] = key.split('.');
    const wrong = [
      off.key,
      deleted.key,
      `${workspace}.${'x'.repeat(32)}`,
      `${'A'.repeat(22)}.${secret}`,
      `${workspace}.${secret}x`,
      secret,
      'nonsense',
      '%00',
      '..%2f..%2fsession',
    ];
    const replies = await Promise.all(wrong.map(each => send(each, { name: 'x' })));
    const [first, ...others] = replies.map(problemOf);
    expect(first).toMatchObject({ status: 404, code: 'not-found' });
    for (const other of others) expect(other).toEqual(first);
    expect((await send(key, { name: 'x' })).status).toBe(202);
    expect((await admin.patch(`/intake-keys/${off.id}`, { active: true })).status).toBe(200);
    expect((await send(off.key, { name: 'x' })).status).toBe(202);
  });

  it('keeps what came in when it is taken away', async () => {
    const { key, id } = await newKey({ ownerId: null });
    const { body } = await send(key, { name: 'Stays' });
    await test.jobs.settle();
    await admin.delete(`/intake-keys/${id}`);
    expect((await admin.get(`/intake/${body.receipt}`)).body.key).toEqual({ id, name: 'Web site' });
    expect((await admin.delete(`/intake-keys/${id}`)).status).toBe(404);
  });
});

describe('limits', () => {
  it('a body above 256 kB is refused as too large, one at the limit is kept whole', async () => {
    const { key } = await newKey({ ownerId: null });
    const body = (size: number) => JSON.stringify({ message: 'm'.repeat(size - 14) });
    const raw = (size: number) =>
      test.client().send(`POST /intake/${key}`, {
        raw: body(size),
        headers: { 'content-type': 'application/json' },
      });
    const large = await raw(262_145);
    expect([large.status, large.body.code]).toEqual([413, 'too-large']);
    const kept = await raw(262_144);
    expect(kept.status).toBe(202);
    await test.jobs.settle();
    const { raw: stored } = await test.world.db
      .selectFrom('intake_entries')
      .select('raw')
      .where('id', '=', kept.body.receipt)
      .executeTakeFirstOrThrow();
    expect(stored.toString()).toBe(body(262_144));
    expect((await admin.get(`/intake/${kept.body.receipt}`)).body.waiting).toBe('no-name');
  });

  it('a key takes 120 a minute; the next hears when to come again, and a repeated one its receipt', async () => {
    const { key, id } = await newKey({ ownerId: null });
    const replies = await Promise.all(Array.from({ length: 125 }, (_, n) => send(key, { n })));
    const kept = replies.filter(reply => reply.status === 202);
    const refused = replies.filter(reply => reply.status === 429);
    expect([kept.length, refused.length]).toEqual([120, 5]);
    const seconds = Number(refused[0]?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused[0]?.body.detail).toContain(`${seconds} seconds`);
    const other = await newKey({ ownerId: null });
    expect((await send(other.key, { n: 1 })).status).toBe(202);
    const keys = (await admin.get('/intake-keys')).body.items;
    expect(keys.find((one: { id: string }) => one.id === id)).toMatchObject({ received: 120, turnedAway: 5 });
    const first = replies.findIndex(reply => reply.status === 202);
    expect((await send(key, { n: first })).body).toEqual(replies[first]?.body);
    test.turn(seconds * 1_000);
    expect((await send(key, { n: 'later' })).status).toBe(202);
    await test.jobs.settle();
  });

  it('other content types and empty bodies are refused in words', async () => {
    const { key } = await newKey();
    for (const type of ['text/plain', 'application/xml', 'text/html', ''])
      expect(
        problemOf(
          await test.client().send(`POST /intake/${key}`, { raw: 'x', headers: { 'content-type': type } }),
        ),
      ).toMatchObject({ status: 415, detail: expect.stringContaining('text/vcard') });
    const empty = await test
      .client()
      .send(`POST /intake/${key}`, { raw: '', headers: { 'content-type': 'application/json' } });
    expect(empty.status).toBe(422);
  });
});

describe('pages of other sites', () => {
  const site = 'https://www.acme.example';
  const cross = (origin: string) => ({ origin, 'sec-fetch-site': 'cross-site' });
  const preflight = (key: string, origin: string) =>
    test.client().send(`OPTIONS /intake/${key}`, {
      headers: {
        ...cross(origin),
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  it('may send where the key names their origin, exactly', async () => {
    const { key } = await newKey({ origins: ['https://WWW.acme.example/'] });
    const asked = await preflight(key, site);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(site);
    expect(asked.headers.get('access-control-allow-methods')).toBe('POST');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const sent = await send(key, { name: 'x' }, cross(site));
    expect(sent.status).toBe(202);
    expect(sent.headers.get('access-control-allow-origin')).toBe(site);
    expect(sent.headers.get('vary')).toBe('origin');
    const wrong = await test
      .client()
      .send(`POST /intake/${key}`, { raw: 'x', headers: { ...cross(site), 'content-type': 'text/plain' } });
    expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([415, site]);
    for (const origin of [
      'https://evil.example',
      'http://www.acme.example',
      'https://www.acme.example:8443',
      'https://www.acme.example.evil.example',
      'null',
    ]) {
      const foreign = await send(key, { name: 'y' }, cross(origin));
      expect([foreign.status, foreign.body.code]).toEqual([403, 'foreign-origin']);
      expect((await preflight(key, origin)).headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('may not where the key names none, nor anywhere else in the API', async () => {
    const { key } = await newKey();
    expect((await send(key, { name: 'x' }, cross(site))).status).toBe(403);
    expect((await send(key, { name: 'x' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await preflight('nonsense', site)).status).toBe(404);
    const named = await newKey({ origins: [site] });
    expect(named.key).toBeTruthy();
    const foreign = await admin.post('/customers', { name: 'x' }, { headers: cross(site) });
    expect(foreign.status).toBe(403);
    const options = await admin.send('OPTIONS /customers', { headers: cross(site) });
    expect([options.status, options.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  });

  it.each(['https://a.example/path', 'acme.example', '*', 'https://*', 'https://a b', 'javascript:x'])(
    'no key takes %s for an origin',
    async origin => {
      const made = await admin.post('/intake-keys', { name: 'x', origins: [origin] });
      expect(made.status).toBe(422);
    },
  );
});

describe('hostile bodies', () => {
  const kept = async (key: string, raw: string | Uint8Array<ArrayBuffer>, type: string) => {
    const reply = await test.client().send(`POST /intake/${key}`, { raw, headers: { 'content-type': type } });
    expect(reply.status, reply.text).toBe(202);
    await test.jobs.settle();
    return (await admin.get(`/intake/${reply.body.receipt}`)).body;
  };
  const json = 'application/json';

  it('are kept and hurt nothing', async () => {
    const { key } = await newKey();
    const deep = `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`;
    expect(await kept(key, deep, json)).toMatchObject({ state: 'received' });
    expect(await kept(key, '['.repeat(200_000), json)).toMatchObject({ waiting: 'unreadable' });
    const proto =
      '{"__proto__":{"isAdmin":"yes","name":"P"},"constructor":{"prototype":{"x":"y"}},"name":"P"}';
    const poisoned = await kept(key, proto, json);
    expect(poisoned.found.person).toBe('P');
    expect(({} as { isAdmin?: string }).isAdmin).toBeUndefined();
    const nul = await kept(key, '{"name":"a\\u0000b\\ud800","phone":"\\u202e12345"}', json);
    expect(nul.found).toMatchObject({ person: 'ab\ufffd', phone: '12345' });
    expect(await kept(key, new Uint8Array([0xff, 0xfe, 0x00, 0xd8]), json)).toMatchObject({
      waiting: 'unreadable',
    });
    expect(
      await kept(key, 'name=%FF%FE%00&x=%zz', 'application/x-www-form-urlencoded; charset=klingon'),
    ).toBeTruthy();
    expect(await kept(key, 'x', 'multipart/form-data')).toMatchObject({ waiting: 'unreadable' });
    expect(await kept(key, 'no card', 'text/vcard')).toMatchObject({ waiting: 'unreadable' });
    const many = Array.from({ length: 5_000 }, (_, n) => `k${n}=v`).join('&');
    expect((await kept(key, many, 'application/x-www-form-urlencoded')).fields).toHaveLength(200);
  });

  it('formulas and scripts stay plain text, and no field beyond the customer’s own is written (L13)', async () => {
    const { key } = await newKey();
    const entry = await kept(
      key,
      JSON.stringify({
        name: '=HYPERLINK("http://x","y")',
        message: '<script>alert(1)</script>',
        id: '00000000-0000-7000-8000-000000000001',
        owner_id: test.people.rep2,
        stage: 'won',
        version: '99',
      }),
      json,
    );
    const { body } = await admin.get(`/customers/${entry.customer.id}`);
    expect(body).toMatchObject({
      name: '=HYPERLINK("http://x","y")',
      stage: 'new',
      version: 1,
      owner: { id: test.people.rep },
    });
    expect(body.id).not.toBe('00000000-0000-7000-8000-000000000001');
    const notes = (await admin.get(`/activities?customer=${body.id}`)).body.items;
    expect(notes[0].body).toContain('<script>alert(1)</script>');
  });
});

describe('L14', () => {
  it('every person locked and suspended, the maker of the key as well: intake answers and the customer is there', async () => {
    const away = await openTest();
    try {
      const boss = await away.as('administrator');
      const owned = await boss.post('/intake-keys', { name: 'Own', ownerId: away.people.rep });
      const teams = await away.world.db
        .selectFrom('people')
        .select('team_id')
        .where('id', '=', away.people.rep)
        .execute();
      const pooled = await boss.post('/intake-keys', { name: 'Team', teamId: teams[0]?.team_id });
      for (const who of ['administrator', 'manager', 'rep', 'rep2', 'auditor']) {
        const name = `${who}@example.com`;
        for (let n = 0; n < 8; n++)
          await away.client().post('/session', { name, password: `wrong guess ${n}` });
        expect((await away.client().post('/session', { name, password })).status).toBe(423);
      }
      const whileLocked = await away.client().post(`/intake/${owned.body.key}`, { name: 'Locked Ltd' });
      expect(whileLocked.status).toBe(202);
      await away.world.db.updateTable('people').set({ state: 'suspended' }).execute();
      await away.world.db.updateTable('sessions').set({ ended_at: new Date() }).execute();
      const replies = [
        await away
          .client()
          .post(`/intake/${owned.body.key}`, { name: 'Suspended Ltd', phone: '13300001111' }),
        await away.client().post(`/intake/${pooled.body.key}`, { name: 'Pool Ltd', phone: '13300002222' }),
      ];
      expect(replies.map(reply => reply.status)).toEqual([202, 202]);
      await away.jobs.settle();
      const rows = await away.world.db
        .selectFrom('customers')
        .select(['name', 'owner_id', 'team_id'])
        .orderBy('name')
        .execute();
      const team = teams[0]?.team_id;
      expect(rows).toEqual([
        { name: 'Locked Ltd', owner_id: null, team_id: team },
        { name: 'Pool Ltd', owner_id: null, team_id: team },
        { name: 'Suspended Ltd', owner_id: null, team_id: team },
      ]);
    } finally {
      await away.close();
    }
  });

  it('an owner who is merely locked still gets his customers', async () => {
    const { key } = await newKey();
    for (let n = 0; n < 8; n++)
      await test.client().post('/session', { name: 'rep@example.com', password: `wrong guess ${n}` });
    const { body } = await send(key, { name: 'For the locked one' });
    await test.jobs.settle();
    const { customer } = (await admin.get(`/intake/${body.receipt}`)).body;
    expect((await admin.get(`/customers/${customer.id}`)).body.owner.id).toBe(test.people.rep);
  });
});

describe('without its database', () => {
  let gone: Test;
  let owner: pg.Client;
  let key = '';
  beforeAll(async () => {
    gone = await openTest();
    owner = new pg.Client({ connectionString: gone.ownerUrl });
    await owner.connect();
    const boss = await gone.as('administrator');
    key = (await boss.post('/intake-keys', { name: 'Own' })).body.key;
  });
  afterAll(async () => {
    await owner.end();
    await gone.close();
  });
  const drop = () =>
    owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
  const expectAway = (reply: Reply) => {
    expect([reply.status, reply.body.code]).toEqual([503, 'database-away']);
    expect(reply.headers.get('retry-after')).toBe('2');
    expect(reply.body.detail).toContain('Nothing was saved');
  };

  it('lost halfway it gives no receipt and keeps no row', async () => {
    await owner.query('begin');
    await owner.query('select 1 from intake_keys for update');
    const reply = gone.client().post(`/intake/${key}`, { name: 'Halfway' });
    await vi.waitFor(async () => {
      const { rows } = await owner.query(
        "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
      );
      expect(rows).toHaveLength(1);
    });
    await drop();
    expectAway(await reply);
    await owner.query('rollback');
    expect((await owner.query('select 1 from intake_entries')).rows).toEqual([]);
    // Of the connections that were cut the pool hears one by one.
    await vi.waitFor(async () =>
      expect((await gone.client().post(`/intake/${key}`, { name: 'Halfway' })).status).toBe(202),
    );
  });

  it('not to be reached at all it says so', async () => {
    const { options } = gone.installation.databases.pool;
    const { connectionString } = options;
    options.connectionString = 'postgres://nobody@127.0.0.1:1/none';
    await drop();
    await vi.waitFor(async () => expectAway(await gone.client().post(`/intake/${key}`, { name: 'Away' })));
    Object.assign(options, { connectionString });
    expect((await gone.client().post(`/intake/${key}`, { name: 'Away' })).status).toBe(202);
  });
});

it('OpenAPI names the media types', async () => {
  const { body } = await test.client().get('//api/v1/openapi.json');
  const { post } = body.paths['/api/v1/intake/{key}'];
  expect(Object.keys(post.requestBody.content)).toEqual([
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/vcard',
    'text/x-vcard',
  ]);
  expect(post.responses['202'].content['application/json'].schema.properties.receipt.format).toBe('uuid');
  expect(post.security).toEqual([]);
});
