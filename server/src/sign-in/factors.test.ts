// Second factors in signing in: a way in while locked, asked for on new devices, counted whatever the flow.
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offered } from '../factors/factors.ts';
import { authenticator } from '../testing/authenticator.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { otherThan, peopleOf } from '../testing/people.ts';

const url = 'http://localhost:3000';
const minute = 60_000;
const all: string[] = [...offered];
let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest({ config: { url } });
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

const kinds = (reply: { body: { proofs?: { kind: string }[] } }) => reply.body.proofs?.map(p => p.kind);

/** A person with an authenticator, a passkey and recovery codes, enrolled at home. */
async function equipped() {
  const { id, email } = await people.person();
  const home = test.client();
  await home.signIn(email, password);
  const { secret } = (await home.post('/factors/totp')).body;
  const code = (ms = test.installation.now()) => new TOTP({ secret }).generate({ timestamp: ms });
  expect((await home.post('/factors/totp/confirm', { code: code() })).status).toBe(204);
  const key = authenticator(url);
  const { options } = (await home.post('/factors/passkeys/options')).body;
  expect((await home.post('/factors/passkeys', { response: key.make(options) })).status).toBe(201);
  const { codes } = (await home.post('/factors/recovery-codes')).body;
  test.turn(minute);
  return { id, email, home, code, key, codes: codes as string[] };
}

const knock = (client: Client, email: string, typed = password) =>
  client.post('/session', { name: email, password: typed });
const prove = (client: Client, flow: string, kind: string, code: string) =>
  client.post('/session/proofs', { flow, kind, code });

async function byPasskey(client: Client, key: ReturnType<typeof authenticator>, flow?: string) {
  const begun = (await client.post('/session/passkey')).body;
  return client.post('/session/proofs', {
    flow: flow ?? begun.flow,
    kind: 'passkey',
    response: key.show(begun.options),
  });
}

describe('a passkey alone', () => {
  it('signs in without name or password and makes the device known', async () => {
    const { email, key } = await equipped();
    const fresh = test.client();
    const reply = await byPasskey(fresh, key);
    expect([reply.status, reply.body.kind, reply.body.user.email]).toEqual([200, 'signed-in', email]);
    expect((await fresh.get('/session')).status).toBe(200);
    await fresh.delete('/session');
    expect((await knock(fresh, email)).body.kind, 'known, and proved').toBe('signed-in');
  });

  it('L4 gets the owner in at once while somebody keeps him locked', async () => {
    const { email, key } = await equipped();
    await people.lock(email);
    const fresh = test.client();
    const locked = await knock(fresh, email);
    expect([locked.status, kinds(locked)]).toEqual([423, all]);
    // The attacker spends every proof that a name alone reaches.
    for (const kind of ['totp', 'recovery-code', 'email-code'])
      for (let i = 0; i < 7; i++) await prove(test.client(), locked.body.flow, kind, `00000${i}`);
    expect((await byPasskey(fresh, key, locked.body.flow)).body.kind).toBe('signed-in');
  });

  it('is refused in the flow of somebody else, and for somebody suspended', async () => {
    const one = await equipped();
    const other = await people.person();
    await people.lock(other.email);
    const { flow } = (await knock(test.client(), other.email)).body;
    expect((await byPasskey(test.client(), one.key, flow)).status).toBe(401);
    expect((await byPasskey(test.client(), one.key, 'nonsense')).status).toBe(401);
    await admin.post(`/people/${one.id}/suspension`, { reason: 'left the company' });
    expect((await byPasskey(test.client(), one.key)).status).toBe(401);
  });

  it('L12 is refused when it was begun before a lock', async () => {
    const { email, key } = await equipped();
    const client = test.client();
    const begun = (await client.post('/session/passkey')).body;
    test.turn(1_000);
    await people.lock(email);
    const late = { flow: begun.flow, kind: 'passkey', response: key.show(begun.options) };
    expect((await client.post('/session/proofs', late)).body.code).toBe('code-dead');
    expect((await byPasskey(client, key)).body.kind).toBe('signed-in');
  });

  it('L6 counts unknown passkeys by where they come from, and leaves those that are known alone', async () => {
    const { key } = await equipped();
    const client = test.client('9.9.9.30');
    const before = await test.world.db.selectFrom('lanes').select('key').execute();
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push((await byPasskey(client, authenticator(url))).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const after = await test.world.db.selectFrom('lanes').select('key').execute();
    expect(after.length - before.length).toBe(1);
    expect((await byPasskey(client, key)).body.kind).toBe('signed-in');
  });

  it('L24 opens one session of fifty at once', async () => {
    const { key } = await equipped();
    const begun = (await test.client().post('/session/passkey')).body;
    const body = { flow: begun.flow, kind: 'passkey', response: key.show(begun.options) };
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => test.client().post('/session/proofs', body)),
    );
    expect(replies.filter(reply => reply.status === 200)).toHaveLength(1);
  });
});

describe('while locked', () => {
  it.each(['totp', 'recovery-code'] as const)('L4 %s opens this device at once', async kind => {
    const { email, code, codes } = await equipped();
    await people.lock(email);
    const fresh = test.client();
    const locked = await knock(fresh, email);
    expect(locked.status).toBe(423);
    const reply = await prove(fresh, locked.body.flow, kind, kind === 'totp' ? code() : (codes[0] ?? ''));
    expect([reply.status, reply.body.kind]).toEqual([200, 'signed-in']);
    await fresh.delete('/session');
    expect((await knock(fresh, email)).body.kind).toBe('signed-in');
    expect((await people.miss(email)).status, 'strangers stay out').toBe(423);
  });

  it('a right factor with a wrong password makes the device known and asks for the password again', async () => {
    const { email, code } = await equipped();
    await people.lock(email);
    const fresh = test.client();
    const { flow } = (await knock(fresh, email, 'not the right one')).body;
    const reply = await prove(fresh, flow, 'totp', code());
    expect([reply.status, reply.body.deviceKnown]).toEqual([401, true]);
    expect((await knock(fresh, email)).body.kind).toBe('signed-in');
  });

  it('L12 a flow begun before the lock is dead, and the right code is not used up by it', async () => {
    const { email, codes } = await equipped();
    const client = test.client();
    const asked = await knock(client, email);
    test.turn(1_000);
    await people.lock(email);
    const dead = await prove(client, asked.body.flow, 'recovery-code', codes[0] ?? '');
    expect(dead.body.code).toBe('code-dead');
    const { flow } = (await knock(client, email)).body;
    expect((await prove(client, flow, 'recovery-code', codes[0] ?? '')).body.kind).toBe('signed-in');
  });
});

describe('on a new device', () => {
  it('asks for a factor after the right password only, and once', async () => {
    const { email, code, home } = await equipped();
    const fresh = test.client();
    expect((await knock(fresh, email, 'wrong guess 1')).status).toBe(401);
    const asked = await knock(fresh, email);
    expect([asked.status, asked.body.kind, kinds(asked)]).toEqual([
      200,
      'proof-needed',
      ['passkey', 'totp', 'recovery-code'],
    ]);
    expect((await fresh.get('/session')).status).toBe(401);
    expect((await prove(fresh, asked.body.flow, 'totp', code())).body.kind).toBe('signed-in');
    await fresh.delete('/session');
    expect((await knock(fresh, email)).body.kind).toBe('signed-in');
    await home.delete('/session');
    expect((await knock(home, email)).body.kind, 'where it was enrolled').toBe('signed-in');
  });

  it('asks nobody who does not want it', async () => {
    const { email, home } = await equipped();
    expect((await home.patch('/factors', { askOnNewDevices: false })).status).toBe(204);
    expect((await knock(test.client(), email)).body.kind).toBe('signed-in');
  });

  it('L26 lets a mailbox replace neither the factor nor the password', async () => {
    const { email, code } = await equipped();
    const thief = test.client();
    const { flow } = (await thief.post('/recovery', { name: email })).body;
    await thief.post('/recovery/proofs', { flow, code: (await people.latest(email)).code });
    const fresh = 'five-green-bottles';
    const early = await thief.post('/recovery/password', { flow, password: fresh });
    expect([early.status, early.body.code]).toEqual([403, 'factor-first']);
    // Whoever knows the password as well stands before the same factor.
    const asked = await knock(thief, email);
    expect([asked.body.kind, kinds(asked)]).toEqual(['proof-needed', ['passkey', 'totp', 'recovery-code']]);
    // Nor by a code that a lock, or the flow itself, makes the server send.
    await thief.post('/session/messages', { flow: asked.body.flow, kind: 'email-code' });
    const mailed = await prove(thief, asked.body.flow, 'email-code', (await people.latest(email)).code);
    expect([mailed.status, mailed.body.kind, kinds(mailed)]).toEqual([
      200,
      'proof-needed',
      ['passkey', 'totp', 'recovery-code'],
    ]);
    expect((await knock(thief, email)).body.kind, 'a known device by mail only').toBe('proof-needed');
    await people.lock(email);
    const locked = await knock(test.client(), email);
    const client = test.client();
    await client.post('/session/messages', { flow: locked.body.flow, kind: 'email-code' });
    const unlocked = await prove(client, locked.body.flow, 'email-code', (await people.latest(email)).code);
    expect(unlocked.body.kind).toBe('proof-needed');
    expect((await prove(client, unlocked.body.flow, 'totp', code())).body.kind).toBe('signed-in');
  });

  it('L24 gives fifty parallel uses of one code one session', async () => {
    const { email, code, codes } = await equipped();
    for (const [kind, value] of [
      ['totp', code()],
      ['recovery-code', codes[0] ?? ''],
    ] as const) {
      const { flow } = (await knock(test.client(), email)).body;
      const replies = await Promise.all(
        Array.from({ length: 50 }, () => prove(test.client(), flow, kind, value)),
      );
      expect(
        replies.filter(reply => reply.status === 200),
        kind,
      ).toHaveLength(1);
    }
  });
});

describe('L6 guesses at a factor', () => {
  it.each(['totp', 'recovery-code'] as const)(
    'L6 %s: new flows, cookies and addresses change nothing, and the right one is refused after the limit',
    async kind => {
      const { email, code, codes } = await equipped();
      const right = kind === 'totp' ? code() : (codes[0] ?? '');
      const wrong = kind === 'totp' ? otherThan(right) : 'AAAA-BBBB-CCCC-DDDD';
      const statuses: number[] = [];
      for (let i = 0; i < 8; i++) {
        const client = test.client();
        const { flow } = (await knock(client, email)).body;
        statuses.push((await prove(client, flow, kind, wrong)).status);
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
      const client = test.client();
      const { flow } = (await knock(client, email)).body;
      const refused = await prove(client, flow, kind, right);
      expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true]);
    },
  );

  it('L4 of strangers name the other ways, and leave the owner’s own devices their tries', async () => {
    const { id, email, code, home } = await equipped();
    const { flow } = (await knock(test.client(), email)).body;
    for (let i = 0; i < 6; i++) await prove(test.client(), flow, 'totp', `00000${i}`);
    const last = await prove(test.client(), flow, 'totp', '000009');
    expect([last.body.code, kinds(last)]).toEqual(['proof-spent', all.filter(one => one !== 'totp')]);
    expect((await home.post('/session/confirm', { kind: 'totp', code: code() })).status).toBe(204);
    await home.delete('/session');
    test.turn(minute);
    await test.world.db.deleteFrom('factor_devices').where('person_id', '=', id).execute();
    const asked = (await knock(home, email)).body;
    expect((await prove(home, asked.flow, 'totp', code())).body.kind).toBe('signed-in');
  });

  it('L6 never allow more than a hundred in a row, however patient', async () => {
    const { email, code, key } = await equipped();
    let looked = 0;
    for (let round = 0; round < 16; round++) {
      const { flow } = (await knock(test.client(), email)).body;
      for (let i = 0; i < 6; i++)
        if ((await prove(test.client(), flow, 'totp', otherThan(code()))).status === 401) looked++;
      test.turn(16 * minute);
    }
    expect(looked).toBe(50);
    const { flow } = (await knock(test.client(), email)).body;
    expect((await prove(test.client(), flow, 'totp', code())).status).toBe(429);
    // The owner proves himself otherwise, and the way in is open again.
    expect((await byPasskey(test.client(), key)).body.kind).toBe('signed-in');
    const again = (await knock(test.client(), email)).body.flow;
    expect((await prove(test.client(), again, 'totp', code())).body.kind).toBe('signed-in');
  });
});

describe('L10 strangers learn nothing', () => {
  it('L10 answers alike whoever has factors and whoever is nobody', async () => {
    const bare = await people.person();
    const full = await equipped();
    const told: unknown[] = [];
    for (const name of [bare.email, full.email, 'never-here@example.com']) {
      await people.lock(name);
      const locked = await knock(test.client(), name);
      const { flow } = locked.body;
      const said: unknown[] = [locked.status, kinds(locked)];
      for (const kind of ['totp', 'recovery-code'])
        for (let i = 0; i < 7; i++) {
          const reply = await prove(test.client(), flow, kind, `12345${i}`);
          said.push([
            reply.status,
            reply.body.code,
            Object.keys(reply.body).sort(),
            [...reply.headers.keys()],
          ]);
        }
      const stranger = authenticator(url);
      const reply = await byPasskey(test.client(), stranger, flow);
      said.push([reply.status, reply.body.code]);
      told.push(said);
    }
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
    // What is written down takes its time for a name of nobody as well.
    const nobody = '00000000-0000-0000-0000-000000000000';
    for (const id of [bare.id, full.id, nobody]) {
      const noted = await admin.get(`/audit?object=${id}&action=factor.refuse`);
      expect(noted.body.items.length, id).toBe(10);
    }
  });
});

describe('a stranger who knew the password', () => {
  it('loses the passkey he left behind when the owner says that it was not him', async () => {
    const { email } = await people.person();
    const own = test.client();
    await own.signIn(email, password);
    test.turn(minute);
    const stranger = test.client('9.9.9.20');
    await stranger.signIn(email, password);
    const key = authenticator(url);
    const { options } = (await stranger.post('/factors/passkeys/options')).body;
    await stranger.post('/factors/passkeys', { response: key.make(options) });
    expect((await byPasskey(test.client(), key)).body.kind).toBe('signed-in');
    const arrival = (await own.get('/arrivals')).body.items.find(
      (item: { address: string }) => item.address === '9.9.9.20',
    );
    const answered = await own.post(`/arrivals/${arrival.id}`, { answer: 'not-me' });
    expect(answered.status).toBe(200);
    expect((await byPasskey(test.client(), key)).status).toBe(401);
  });
});

describe('L5 the locked', () => {
  it.each(['totp', 'recovery-code', 'passkey'] as const)(
    'L5 POST /session/proofs by %s lets nobody in who is suspended meanwhile',
    async kind => {
      const { id, email, code, codes, key } = await equipped();
      const client = test.client();
      const { flow } = (await knock(client, email)).body;
      await admin.post(`/people/${id}/suspension`, { reason: 'left the company' });
      const reply =
        kind === 'passkey'
          ? await byPasskey(client, key, flow)
          : await prove(client, flow, kind, kind === 'totp' ? code() : (codes[0] ?? ''));
      expect(reply.status).toBe(401);
      expect((await client.get('/session')).status).toBe(401);
    },
  );
});

describe('the policy of factors', () => {
  it('asks those who have to have one by now, lets nobody drop the last, and is the administrator’s', async () => {
    const rep = await equipped();
    const bare = await people.person();
    expect((await rep.home.put('/policies/factors', { roles: [], graceUntil: null })).status).toBe(403);
    const later = new Date(test.installation.now() + 60 * minute).toISOString();
    await admin.post('/session/confirm', { password });
    const chosen = await admin.put('/policies/factors', { roles: ['rep'], graceUntil: later });
    expect(chosen.body).toEqual({ roles: ['rep'], graceUntil: later });
    const due = test.client();
    await due.signIn(bare.email, password);
    expect((await due.get('/factors')).body.required).toEqual({ from: later, overdue: false });
    test.turn(61 * minute);
    expect((await due.get('/factors')).body.required.overdue).toBe(true);
    const elsewhere = await knock(test.client(), bare.email);
    expect([elsewhere.body.kind, kinds(elsewhere)]).toEqual(['proof-needed', ['email-code']]);
    await rep.home.post('/session/confirm', { password });
    const own = (await rep.home.get('/factors')).body;
    const [first, last] = own.items;
    expect((await rep.home.delete(`/factors/${first.id}`)).status).toBe(204);
    expect((await rep.home.delete(`/factors/${last.id}`)).status).toBe(409);
    await rep.home.patch('/factors', { askOnNewDevices: false });
    const asked = await knock(test.client(), rep.email);
    expect([asked.body.kind, kinds(asked)?.includes('email-code')]).toEqual(['proof-needed', false]);
    // Somebody whom no mail reaches could not prove anything: a rule must not lock the team out.
    const mute = await people.person();
    await test.world.db
      .updateTable('people')
      .set({ email_verified_at: null })
      .where('id', '=', mute.id)
      .execute();
    expect((await knock(test.client(), mute.email)).body.kind).toBe('signed-in');
    await admin.put('/policies/factors', { roles: [], graceUntil: null });
  });
});
