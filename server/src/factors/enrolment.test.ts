// Adding, naming and removing second factors through HTTP, and showing again who one is before.
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticator } from '../testing/authenticator.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';

const url = 'http://localhost:3000';
const minute = 60_000;
let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest({ config: { url } });
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

const now = () => test.installation.now();

/** A new person, signed in. */
async function person() {
  const { id, email } = await people.person();
  const client = test.client();
  await client.signIn(email, password);
  return { id, email, client };
}

async function withTotp() {
  const someone = await person();
  const begun = await someone.client.post('/factors/totp');
  expect(begun.status).toBe(201);
  const code = (ms = now()) =>
    new TOTP({ secret: begun.body.secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({
      timestamp: ms,
    });
  const confirmed = await someone.client.post('/factors/totp/confirm', { code: code(), name: 'Phone 手机' });
  expect(confirmed.status).toBe(204);
  test.turn(minute);
  return { ...someone, code };
}

const lettersTo = async (email: string, template: string) => {
  await test.jobs.settle();
  const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(email)}`)).body;
  return items.filter((item: { template: string }) => item.template === template);
};

describe('an authenticator', () => {
  it('is shown as QR code and text, and counts only after one right code', async () => {
    const { client, email } = await person();
    const begun = await client.post('/factors/totp');
    expect(begun.body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun.body.uri).toContain(`secret=${begun.body.secret}`);
    expect(begun.body.uri).toContain('issuer=Latchkey');
    expect(begun.body.svg).toMatch(/^<svg/);
    expect((await client.get('/factors')).body.items).toEqual([]);
    expect((await client.post('/factors/totp/confirm', { code: '000000' })).status).toBe(401);
    expect((await client.get('/factors')).body.items).toEqual([]);
    const code = TOTP.generate({ secret: new TOTP({ secret: begun.body.secret }).secret, timestamp: now() });
    expect((await client.post('/factors/totp/confirm', { code, name: '' })).status).toBe(204);
    expect((await client.get('/factors')).body).toMatchObject({
      items: [{ kind: 'totp', name: '身份验证器', lastUsedAt: null }],
      askOnNewDevices: true,
      recoveryCodes: null,
    });
    expect(await lettersTo(email, 'factor-added')).toHaveLength(1);
  });

  it('keeps its secret sealed in the database', async () => {
    const { client, id } = await person();
    const { secret } = (await client.post('/factors/totp')).body;
    const rows = await test.world.db.selectFrom('factors').selectAll().where('person_id', '=', id).execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('replaces one that was begun and never confirmed', async () => {
    const { client } = await person();
    const first = (await client.post('/factors/totp')).body.secret;
    await client.post('/factors/totp');
    const code = new TOTP({ secret: first }).generate({ timestamp: now() });
    expect((await client.post('/factors/totp/confirm', { code })).status).toBe(401);
  });

  it('can be renamed and removed by its owner only, with a letter', async () => {
    const { client, email } = await withTotp();
    await client.post('/session/confirm', { password });
    const [factor] = (await client.get('/factors')).body.items;
    const other = await person();
    expect((await other.client.patch(`/factors/${factor.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await other.client.delete(`/factors/${factor.id}`)).status).toBe(404);
    expect((await client.patch(`/factors/${factor.id}`, { name: '旧手机' })).status).toBe(204);
    expect((await client.get('/factors')).body.items[0].name).toBe('旧手机');
    expect((await client.delete(`/factors/${factor.id}`)).status).toBe(204);
    expect((await client.get('/factors')).body.items).toEqual([]);
    expect(await lettersTo(email, 'factor-removed')).toHaveLength(1);
    const log = (await admin.get('/audit?limit=200')).body.items.map((e: { action: string }) => e.action);
    expect(log).toEqual(expect.arrayContaining(['factor.add', 'factor.rename', 'factor.remove']));
  });
});

describe('changes need a fresh confirmation', () => {
  const changes: [string, (client: Client) => ReturnType<Client['post']>][] = [
    ['POST /factors/totp', c => c.post('/factors/totp')],
    ['POST /factors/totp/confirm', c => c.post('/factors/totp/confirm', { code: '123456' })],
    ['POST /factors/passkeys/options', c => c.post('/factors/passkeys/options')],
    ['POST /factors/recovery-codes', c => c.post('/factors/recovery-codes')],
    ['PATCH /factors', c => c.patch('/factors', { askOnNewDevices: false })],
    ['PATCH /factors/{id}', c => c.patch('/factors/00000000-0000-7000-8000-000000000001', { name: 'Mine' })],
    ['DELETE /factors/{id}', c => c.delete('/factors/00000000-0000-7000-8000-000000000001')],
  ];

  it.each(changes)(
    '%s is refused ten minutes after signing in, and open after a confirmation',
    async (_, call) => {
      const { client } = await person();
      test.turn(11 * minute);
      const refused = await call(client);
      expect([refused.status, refused.body.code]).toEqual([403, 'confirm-first']);
      expect((await client.post('/session/confirm', { password })).status).toBe(204);
      expect((await call(client)).body?.code).not.toBe('confirm-first');
      test.turn(11 * minute);
      expect((await call(client)).status).toBe(403);
    },
  );

  it('counts wrong passwords of the confirmation in the device’s lane, whatever key they carry', async () => {
    const { client } = await person();
    const statuses: number[] = [];
    for (let i = 0; i < 24; i++)
      statuses.push(
        (
          await client.post(
            '/session/confirm',
            { password: `wrong guess ${i}` },
            { headers: { 'idempotency-key': `try-${i}` } },
          )
        ).status,
      );
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.slice(20)).toEqual(Array(4).fill(429));
    expect((await client.post('/session/confirm', { password })).status).toBe(429);
  });

  it('lets nobody guess another’s password for nothing by sending an Idempotency-Key', async () => {
    const { client } = await person();
    const victim = await people.person();
    const headers = (i: number) => ({ 'idempotency-key': `guess-${i}` });
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) {
      const body = { name: victim.email, password: `wrong guess ${i}` };
      statuses.push((await client.post('/session', body, { headers: headers(i) })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 423, 423, 423]);
  });

  it('keeps no secret for a repeated request', async () => {
    const { client } = await person();
    const headers = { 'idempotency-key': 'same' };
    const [one, two] = [
      await client.post('/factors/recovery-codes', undefined, { headers }),
      await client.post('/factors/recovery-codes', undefined, { headers }),
    ];
    expect(one.body.codes).not.toEqual(two.body.codes);
    const keys = await test.world.db.selectFrom('idempotency_keys').selectAll().execute();
    expect(JSON.stringify(keys)).not.toContain(one.body.codes[0]);
  });
});

describe('L6 L24 the codes of an authenticator', () => {
  const use = (client: Client, code: string) => client.post('/session/confirm', { kind: 'totp', code });

  it('L24 accepts a code once, also within the drift and in parallel', async () => {
    const { client, code } = await withTotp();
    const replies = await Promise.all(Array.from({ length: 50 }, () => use(client, code())));
    expect(replies.filter(reply => reply.status === 204)).toHaveLength(1);
    test.turn(20 * minute);
    const current = code();
    expect((await use(client, current)).status).toBe(204);
    expect((await use(client, current)).body.code).toBe('code-dead');
    test.turn(30_000);
    expect((await use(client, current)).status, 'a step late, used').toBe(401);
    test.turn(minute);
    const before = code(now() - 30_000);
    expect((await use(client, code())).status).toBe(204);
    expect((await use(client, before)).status, 'older than the last one').toBe(401);
  });

  it('allows for one step of drift and not for two', async () => {
    const { client, code } = await withTotp();
    expect((await use(client, code(now() - 60_000))).status).toBe(401);
    expect((await use(client, code(now() + 60_000))).status).toBe(401);
    expect((await use(client, code(now() - 30_000))).status).toBe(204);
    expect((await use(client, code(now() + 30_000))).status).toBe(204);
  });

  it('L6 refuses the right code too after five wrong ones, in every session', async () => {
    const { client, email, code } = await withTotp();
    const again = test.client();
    for (const [name, value] of client.cookies) if (/device/.test(name)) again.cookies.set(name, value);
    await again.signIn(email, password);
    for (let i = 0; i < 5; i++)
      expect((await use(i % 2 ? again : client, code(now() - 10 * minute - i * 30_000))).status).toBe(401);
    expect((await use(client, code())).status).toBe(429);
    expect((await use(again, code())).status).toBe(429);
    test.turn(16 * minute);
    expect((await use(again, code())).status).toBe(204);
  });

  it('survives hostile codes', async () => {
    const { client } = await withTotp();
    for (const code of [
      '',
      ' ',
      '１２３４５６',
      'x'.repeat(64),
      '1e5',
      '-1',
      '\u0000'.repeat(6),
      '0'.repeat(65),
    ])
      expect([401, 422, 429], JSON.stringify(code)).toContain((await use(client, code)).status);
    for (const body of [{}, { kind: 'iris', code: '1' }, { kind: 'totp' }, [], { password: 1 }])
      expect((await client.post('/session/confirm', body)).status).toBe(422);
  });
});

describe('recovery codes', () => {
  const use = (client: Client, code: string) =>
    client.post('/session/confirm', { kind: 'recovery-code', code });

  it('are ten, readable, shown once, good once, and told about', async () => {
    const { client, email, id } = await person();
    const { codes } = (await client.post('/factors/recovery-codes')).body;
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}$/);
    const rows = await test.world.db
      .selectFrom('recovery_codes')
      .selectAll()
      .where('person_id', '=', id)
      .execute();
    expect(JSON.stringify(rows)).not.toContain(codes[0].replaceAll('-', ''));
    expect((await client.get('/factors')).body.recoveryCodes).toMatchObject({ left: 10 });
    const typed = ` ${codes[0].toLowerCase().replaceAll('-', ' ')} `;
    expect((await use(client, typed)).status).toBe(204);
    expect((await use(client, codes[0])).body.code).toBe('code-dead');
    expect((await client.get('/factors')).body.recoveryCodes).toMatchObject({ left: 9 });
    const [letter] = await lettersTo(email, 'recovery-code-used');
    expect(letter.body).toContain('还剩 9 个');
  });

  it('say in the letter when three are left, and die when new ones are made', async () => {
    const { client, email } = await person();
    const { codes } = (await client.post('/factors/recovery-codes')).body;
    for (const code of codes.slice(0, 7)) expect((await use(client, code)).status).toBe(204);
    const [letter] = await lettersTo(email, 'recovery-code-used');
    expect(letter.body).toContain('剩余的恢复码不多了');
    const fresh = (await client.post('/factors/recovery-codes')).body.codes;
    expect((await use(client, codes[9])).status).toBe(401);
    expect((await use(client, fresh[0])).status).toBe(204);
  });

  it('L24 are used up by one of fifty at once; L6 are counted', async () => {
    const { client } = await person();
    const { codes } = (await client.post('/factors/recovery-codes')).body;
    const replies = await Promise.all(Array.from({ length: 50 }, () => use(client, codes[0])));
    expect(replies.filter(reply => reply.status === 204)).toHaveLength(1);
    test.turn(20 * minute);
    for (let i = 0; i < 5; i++) expect((await use(client, `AAAA-AAAA-AAAA-AAA${i + 2}`)).status).toBe(401);
    expect((await use(client, codes[1])).status).toBe(429);
  });
});

describe('a passkey', () => {
  async function withPasskey(options: { counting?: boolean } = {}) {
    const someone = await person();
    const key = authenticator(url, options);
    const begun = await someone.client.post('/factors/passkeys/options');
    expect(begun.status).toBe(200);
    const kept = await someone.client.post('/factors/passkeys', {
      response: key.make(begun.body.options),
      name: 'Laptop',
    });
    expect(kept.status).toBe(201);
    return { ...someone, key };
  }
  const ask = async (client: Client) =>
    (await client.post('/session/passkey', { confirm: true })).body.options;
  const confirm = (client: Client, response: unknown) =>
    client.post('/session/confirm', { kind: 'passkey', response });

  it('is made, excluded the next time, and confirms a session', async () => {
    const { client, key } = await withPasskey();
    const again = (await client.post('/factors/passkeys/options')).body.options;
    expect(again.excludeCredentials.map((one: { id: string }) => one.id)).toEqual([key.id]);
    expect(again.rp.id).toBe('localhost');
    expect(again.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    });
    test.turn(11 * minute);
    expect((await client.post('/factors/recovery-codes')).status).toBe(403);
    expect((await confirm(client, key.show(await ask(client)))).status).toBe(204);
    expect((await client.post('/factors/recovery-codes')).status).toBe(201);
  });

  it('L20 is bound to the configured address, not to the Host that was asked', async () => {
    const { client } = await person();
    const headers = { host: '127.0.0.1:3000', 'x-forwarded-host': 'evil.example' };
    const { options } = (await client.post('/factors/passkeys/options', undefined, { headers })).body;
    expect(options.rp.id).toBe('localhost');
  });

  it.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['another site', { rpId: 'evil.example' }],
    ['a user who was not verified', { flags: 1 }],
    ['the answer to another question', { type: 'webauthn.create' }],
  ])('is refused with %s', async (_, quirks) => {
    const { client, key } = await withPasskey();
    expect((await confirm(client, key.show(await ask(client), quirks))).status).toBe(401);
    expect((await confirm(client, key.show(await ask(client)))).status).toBe(204);
  });

  it('is refused when made for another challenge, session or purpose, or too late', async () => {
    const { client, key } = await withPasskey();
    const other = await person();
    const door = (await client.post('/session/passkey')).body.options;
    const enrol = (await client.post('/factors/passkeys/options')).body.options;
    const theirs = await ask(other.client);
    for (const options of [
      door,
      theirs,
      { ...door, challenge: enrol.challenge },
      { ...door, challenge: 'AAAA' },
    ])
      expect((await confirm(client, key.show(options))).status).toBe(401);
    test.turn(16 * minute);
    const old = await ask(client);
    test.turn(6 * minute);
    expect((await confirm(client, key.show(old))).status).toBe(401);
  });

  it('L24 redeems a challenge once, of fifty at once one', async () => {
    const { client, key } = await withPasskey({ counting: false });
    const response = key.show(await ask(client));
    const replies = await Promise.all(Array.from({ length: 50 }, () => confirm(client, response)));
    expect(replies.filter(reply => reply.status === 204)).toHaveLength(1);
    test.turn(16 * minute);
    expect((await confirm(client, response)).status).toBe(401);
  });

  it('is refused and noted when its count of uses goes back', async () => {
    const { client, key, id } = await withPasskey();
    expect((await confirm(client, key.show(await ask(client), { counter: 9 }))).status).toBe(204);
    expect((await confirm(client, key.show(await ask(client), { counter: 9 }))).status).toBe(401);
    expect((await confirm(client, key.show(await ask(client), { counter: 3 }))).status).toBe(401);
    const log = (await admin.get(`/audit?object=${id}&action=factor.refuse`)).body.items;
    expect(log[0].details).toMatchObject({ kind: 'passkey', why: 'counter' });
    expect((await confirm(client, key.show(await ask(client), { counter: 10 }))).status).toBe(204);
  });

  it('cannot be made twice, nor by what is no authenticator', async () => {
    const { client, key } = await withPasskey();
    const options = async () => (await client.post('/factors/passkeys/options')).body.options;
    const made = key.make(await options());
    expect((await client.post('/factors/passkeys', { response: made })).status).toBe(409);
    const fresh = authenticator(url);
    const unverified = fresh.make(await options(), { flags: 1 });
    expect((await client.post('/factors/passkeys', { response: unverified })).status).toBe(401);
    const garbled = { ...fresh.make(await options()) };
    garbled.response = { ...garbled.response, attestationObject: 'AAAA' };
    expect((await client.post('/factors/passkeys', { response: garbled })).status).toBe(401);
    const unknown = await confirm(client, authenticator(url).show(await ask(client)));
    expect(unknown.status).toBe(401);
    for (const response of [
      null,
      {},
      { ...made, id: '%%%%%%%%%%%%%%%%%%%%' },
      { ...made, id: 'x'.repeat(3_000) },
    ])
      expect((await client.post('/factors/passkeys', { response })).status).toBe(422);
  });

  it('is not offered where the address is a bare number', async () => {
    const plain = await openTest();
    const client = await plain.as('rep');
    expect((await client.get('/factors')).body.passkeysOffered).toBe(false);
    const refused = await client.post('/factors/passkeys/options');
    expect([refused.status, refused.body.code]).toEqual([409, 'passkey-unavailable']);
    expect((await plain.client().post('/session/passkey')).status).toBe(409);
    await plain.close();
  });
});
