// Lessons of other systems about locks and proofs, each shown through HTTP (lessons.md).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../routes.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { otherThan, peopleOf } from '../testing/people.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

const person = () => people.person();
const lock = (name: string) => people.lock(name);
const miss = (name: string, client?: Client) => people.miss(name, client);
const latest = (to: string) => people.latest(to);

describe('L3 counting', () => {
  it('L3 counts parallel misses exactly', async () => {
    const { email } = await person();
    await Promise.all(Array.from({ length: 4 }, () => miss(email)));
    const row = await test.world.db
      .selectFrom('lanes')
      .selectAll()
      .orderBy('short_at', 'desc')
      .executeTakeFirst();
    expect(row).toMatchObject({ misses: 4, pending: 0 });
    expect(row?.long_value).toBeGreaterThan(3.99);
    expect(row?.long_value).toBeLessThanOrEqual(4);
  });
});

describe('L5 every route that can mint', () => {
  type Case = { locked: (p: { id: string; email: string }) => Promise<number[]>; expected: number[] };
  const suspend = (id: string) => admin.post(`/people/${id}/suspension`, { reason: 'left the company' });
  const cases: Record<string, Case> = {
    'POST /setup': {
      expected: [404],
      locked: async () => [
        (await test.client().post('/setup', { workspace: 'x', name: 'x', email: 'x@example.com', password }))
          .status,
      ],
    },
    'POST /session': {
      expected: [423, 401],
      locked: async ({ id, email }) => {
        await lock(email);
        const start = await test.client().post('/session', { name: email, password });
        const other = await person();
        await suspend(other.id);
        const suspended = await test.client().post('/session', { name: other.email, password });
        await suspend(id);
        return [start.status, suspended.status];
      },
    },
    'POST /session/proofs': {
      // Whoever holds the mailbox is told that the account is suspended, and is let in no more for it.
      expected: [401, 423],
      locked: async ({ id, email }) => {
        await lock(email);
        const client = test.client();
        const { flow } = (await client.post('/session', { name: email, password })).body;
        await client.post('/session/messages', { flow, kind: 'email-code' });
        const { code } = await latest(email);
        await suspend(id);
        const redeemed = await client.post('/session/proofs', { flow, kind: 'email-code', code });
        await client.post('/session/messages', { flow, kind: 'email-code' });
        const again = await client.post('/session/proofs', {
          flow,
          kind: 'email-code',
          code: (await latest(email)).code,
        });
        return [redeemed.status, again.status];
      },
    },
    'POST /recovery': {
      expected: [202, 0],
      locked: async ({ id, email }) => {
        await suspend(id);
        const begun = await test.client().post('/recovery', { name: email });
        return [begun.status, (await latest(email)).count];
      },
    },
    'POST /recovery/proofs': {
      expected: [401],
      locked: async ({ id, email }) => {
        const client = test.client();
        const { flow } = (await client.post('/recovery', { name: email })).body;
        const { code } = await latest(email);
        await suspend(id);
        return [(await client.post('/recovery/proofs', { flow, code })).status];
      },
    },
    'POST /recovery/factors': {
      expected: [200, 401],
      locked: async ({ id, email }) => {
        const client = test.client();
        const { flow } = (await client.post('/recovery', { name: email })).body;
        const proved = await client.post('/recovery/proofs', { flow, code: (await latest(email)).code });
        await suspend(id);
        const factor = await client.post('/recovery/factors', { flow, kind: 'totp', code: '123456' });
        return [proved.status, factor.status];
      },
    },
    'POST /recovery/answers': {
      expected: [200, 401],
      locked: async ({ id, email }) => {
        const client = test.client();
        const { flow } = (await client.post('/recovery', { name: email })).body;
        const proved = await client.post('/recovery/proofs', { flow, code: (await latest(email)).code });
        await suspend(id);
        const answers = ['one', 'two', 'three'];
        return [proved.status, (await client.post('/recovery/answers', { flow, answers })).status];
      },
    },
    'POST /recovery/password': {
      expected: [200, 401],
      locked: async ({ id, email }) => {
        const client = test.client();
        const { flow } = (await client.post('/recovery', { name: email })).body;
        const proved = await client.post('/recovery/proofs', { flow, code: (await latest(email)).code });
        await suspend(id);
        const set = await client.post('/recovery/password', { flow, password: 'five-green-bottles' });
        return [proved.status, set.status];
      },
    },
    'POST /invitations/{id}': {
      expected: [404, 401],
      locked: async () => {
        const { id, email, invitation, token } = await people.invited();
        await suspend(id);
        const body = { token, password: 'five-green-bottles' };
        const set = await test.client().post(`/invitations/${invitation}`, body);
        return [set.status, (await test.client().post('/session', { name: email, ...body })).status];
      },
    },
    'POST /invitations/{id}/renewal': {
      expected: [202, 1],
      locked: async () => {
        const { id, email, invitation, token } = await people.invited();
        await suspend(id);
        test.turn(8 * 86_400_000);
        const asked = await test.client().post(`/invitations/${invitation}/renewal`, { token });
        test.turn(-8 * 86_400_000);
        await test.jobs.settle();
        const letters = (await admin.get(`/outbox?to=${encodeURIComponent(email)}`)).body.items;
        return [asked.status, letters.length];
      },
    },
    'POST /me/password': {
      expected: [401],
      locked: async ({ id, email }) => {
        const client = test.client();
        await client.signIn(email, password);
        await suspend(id);
        return [
          (await client.post('/me/password', { current: password, next: 'five-green-bottles' })).status,
        ];
      },
    },
    'POST /session/confirm': {
      expected: [401, 401],
      locked: async ({ id, email }) => {
        const client = test.client();
        await client.signIn(email, password);
        await suspend(id);
        const held = await client.post('/session/confirm', { password });
        await admin.delete(`/people/${id}/suspension`);
        return [held.status, (await client.post('/session/confirm', { password })).status];
      },
    },
  };
  const because = { reason: 'called and was known', proof: 'call-back' };
  const desk = {
    password: async (id: string) =>
      (await admin.post(`/people/${id}/initial-password`, because)).body.secret.value,
    code: async (id: string) => (await admin.post(`/people/${id}/unlock-code`, because)).body.secret.value,
  };
  const administrator = async () => {
    const made = await person();
    await test.world.db
      .updateTable('people')
      .set({ role: 'administrator' })
      .where('id', '=', made.id)
      .execute();
    return made;
  };
  Object.assign(cases, {
    'POST /people/{id}/initial-password': {
      expected: [423, 401, 409],
      locked: async ({ id, email }) => {
        await lock(email);
        const value = await desk.password(id);
        const start = await test.client().post('/session', { name: email, password: value });
        const other = await person();
        const second = await desk.password(other.id);
        await suspend(other.id);
        const redeemed = await test.client().post('/session', { name: other.email, password: second });
        const again = await admin.post(`/people/${other.id}/initial-password`, because);
        return [start.status, redeemed.status, again.status];
      },
    },
    'POST /people/{id}/unlock-code': {
      expected: [401, 409],
      locked: async ({ id, email }) => {
        await lock(email);
        const client = test.client();
        const code = await desk.code(id);
        const { flow } = (await client.post('/session', { name: email, password })).body;
        await suspend(id);
        const redeemed = await client.post('/session/proofs', { flow, kind: 'desk-code', code });
        return [redeemed.status, (await admin.post(`/people/${id}/unlock-code`, because)).status];
      },
    },
    'POST /desk/requests/{id}/collection': {
      expected: [409, 409],
      locked: async () => {
        const [concerned, second] = [await administrator(), await administrator()];
        const asked = await admin.post(`/people/${concerned.id}/initial-password`, because);
        const { request } = asked.body;
        const early = await admin.post(`/desk/requests/${request}/collection`);
        const other = test.client();
        await other.signIn(second.email, password);
        expect((await other.post(`/desk/requests/${request}/approval`)).body.kind).toBe('approved');
        await suspend(concerned.id);
        return [early.status, (await admin.post(`/desk/requests/${request}/collection`)).status];
      },
    },
  } satisfies Record<string, Case>);
  const minting = routes.filter(route => route.endpoint.mints).map(route => `${route.method} ${route.path}`);

  it('L5 has a case for every route of the code that may open a session', () => {
    expect(Object.keys(cases).sort()).toEqual(minting.sort());
  });

  it('L5 hands a permit to those routes only', () => {
    const other = routes.filter(route =>
      /session|recovery|setup|password|invit|token|callback/.test(route.path),
    );
    const quiet = other.filter(route => !route.endpoint.mints).map(route => `${route.method} ${route.path}`);
    expect(quiet.sort()).toEqual([
      'DELETE /session',
      'DELETE /sessions',
      'DELETE /sessions/{id}',
      // A calendar read by a secret address: it opens nothing else.
      'GET /calendar/{token}',
      'GET /policies/password',
      'GET /session',
      'GET /sessions',
      'GET /setup',
      'POST /factors/recovery-codes',
      'POST /invitations',
      'POST /invitations/{id}/view',
      'POST /passwords/strength',
      'POST /people/{id}/invitation',
      'POST /recovery/messages',
      'POST /recovery/passkey',
      'POST /recovery/stop',
      'POST /session/messages',
      'POST /session/passkey',
      'POST /session/story',
      'PUT /policies/password',
    ]);
  });

  for (const route of minting)
    it(`L5 ${route} lets nobody in who is locked, at the start and at redemption`, async () => {
      const found = cases[route];
      expect(await found?.locked(await person())).toEqual(found?.expected);
    });
});

describe('L6 codes', () => {
  it('L6 counts guesses at codes per account, whatever the flow, and refuses the right one after the limit', async () => {
    const { email } = await person();
    await lock(email);
    const flows: { client: Client; flow: string }[] = [];
    for (let i = 0; i < 2; i++) {
      const client = test.client();
      flows.push({ client, flow: (await miss(email, client)).body.flow });
    }
    const [first, second] = flows;
    if (!first || !second) throw new Error('no flows');
    await first.client.post('/session/messages', { flow: first.flow, kind: 'email-code' });
    const { code } = await latest(email);
    const guess = (at: typeof first, value: string) =>
      at.client.post('/session/proofs', { flow: at.flow, kind: 'email-code', code: value });
    for (let i = 0; i < 4; i++) expect((await guess(first, otherThan(code))).status).toBe(401);
    await second.client.post('/session/messages', { flow: second.flow, kind: 'email-code' });
    const fresh = await latest(email);
    expect((await guess(second, otherThan(fresh.code))).status).toBe(401);
    expect((await guess(second, fresh.code)).status).toBe(429);
    expect((await guess(first, code)).status).toBe(429);
  });

  it('L24 gives fifty parallel uses of one code one session', async () => {
    const { email } = await person();
    await lock(email);
    const client = test.client();
    const { flow } = (await client.post('/session', { name: email, password })).body;
    await client.post('/session/messages', { flow, kind: 'email-code' });
    const { code } = await latest(email);
    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        test.client().post('/session/proofs', { flow, kind: 'email-code', code }),
      ),
    );
    expect(replies.filter(reply => reply.status === 200)).toHaveLength(1);
    const open = await test.world.db
      .selectFrom('sessions as s')
      .innerJoin('people as p', 'p.id', 's.person_id')
      .select('s.id')
      .where('p.email', '=', email)
      .execute();
    expect(open).toHaveLength(1);
  });

  it('L25 kills a code after five misses, and a resent one keeps the count', async () => {
    const { email } = await person();
    const client = test.client();
    const { flow } = (await client.post('/recovery', { name: email })).body;
    const { code } = await latest(email);
    for (let i = 0; i < 5; i++)
      expect((await client.post('/recovery/proofs', { flow, code: otherThan(code) })).status).toBe(401);
    test.turn(4 * 60_000);
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBeGreaterThanOrEqual(400);
    test.turn(-4 * 60_000);
    expect((await test.client().post('/session', { name: email, password })).status).toBe(200);
  });
});

describe('L12 a lock ends what was begun before it', () => {
  it('L12 kills a code that was sent before a new lock', async () => {
    const { id, email } = await person();
    await lock(email);
    const client = test.client();
    const { flow } = (await client.post('/session', { name: email, password })).body;
    await client.post('/session/messages', { flow, kind: 'email-code' });
    const { code } = await latest(email);
    const standing = (await admin.get(`/locks?standing=true&person=${id}`)).body.items[0];
    await admin.post(`/locks/${standing.id}/lift`, { reason: 'test of renewed lock', proof: 'in person' });
    await lock(email);
    expect((await miss(email)).status).toBe(423);
    const proved = await client.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.status).toBe(401);
    expect(proved.body.code).toBe('code-dead');
  });
});

describe('L10 strangers learn nothing', () => {
  it('L10 answers alike for unknown, known, locked, suspended and unverified names', async () => {
    const known = await person();
    const suspended = await person();
    await admin.post(`/people/${suspended.id}/suspension`, { reason: 'on leave' });
    const unverified = await person();
    await test.world.db
      .updateTable('people')
      .set({ email_verified_at: null })
      .where('id', '=', unverified.id)
      .execute();
    const names = [known.email, suspended.email, unverified.email, 'never@example.com'];
    const shape = (reply: Awaited<ReturnType<typeof miss>>) => ({
      status: reply.status,
      headers: [...reply.headers.keys()].sort(),
      body: Object.keys(reply.body).sort(),
      lock: Object.keys(reply.body.lock ?? {}).sort(),
      words: [reply.body.title, reply.body.detail],
    });
    const told: ReturnType<typeof shape>[][] = [];
    for (const name of names) {
      const replies: ReturnType<typeof shape>[] = [];
      for (let i = 0; i < 7; i++) replies.push(shape(await miss(name)));
      replies.push(shape(await test.client().post('/session', { name, password })));
      const flow = (await miss(name)).body.flow;
      replies.push(shape(await test.client().post('/session/messages', { flow, kind: 'email-code' })));
      replies.push(
        shape(await test.client().post('/session/proofs', { flow, kind: 'email-code', code: '123456' })),
      );
      replies.push(shape(await test.client().post('/recovery', { name })));
      told.push(replies);
    }
    for (const replies of told) expect(replies).toEqual(told[0]);
  });
});
