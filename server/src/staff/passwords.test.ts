// Setting passwords over HTTP: set-up, recovery, change and adding a person refuse what attackers try first.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import * as staff from './staff.ts';

const common = ['password1234', 'zhangwei19900101', '1qaz2wsx3edc'];
const languages = { en: /unrelated words/, 'zh-CN': /互不相关的词语/ } as const;

let test: Test;
let admin: Client;
let crowd: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  crowd = peopleOf(test, admin);
});
afterAll(() => test.close());

/** The refusal of each common password, in both languages. */
async function expectRefused(
  send: (password: string, headers: Record<string, string>) => ReturnType<Client['send']>,
) {
  for (const typed of common)
    for (const [language, words] of Object.entries(languages)) {
      const reply = await send(typed, { 'accept-language': language });
      expect([typed, reply.status, reply.body.code, reply.body.fault]).toEqual([
        typed,
        422,
        'password-too-weak',
        'too-common',
      ]);
      expect(reply.body.detail).toMatch(words);
    }
}

const screenedWith = async (id: string) => (await staff.byId(test.world, id))?.screened_with;

describe('a listed password is refused, with what to do instead', () => {
  it('in the set-up, which goes on with another', async () => {
    const empty = await openTest({ empty: true });
    const client = empty.client();
    const fields = {
      workspace: '海云贸易有限公司',
      name: 'Lin Yue',
      email: 'lin@example.com',
      language: 'zh-CN',
    };
    await expectRefused((typed, headers) =>
      client.send('POST /setup', { body: { ...fields, password: typed }, headers }),
    );
    const own = await client.post('/setup', { ...fields, password: '我们在海云一起工作很久了呀' });
    expect([own.status, own.body.fault]).toEqual([422, 'holds-company']);
    expect((await client.get('/setup')).body.needed).toBe(true);
    expect((await client.post('/setup', { ...fields, password: 'seven-quiet-harbours' })).status).toBe(201);
    await empty.close();
  });

  it('for a new person', async () => {
    const fields = { name: 'Chen Bo', email: 'chen@example.com', role: 'rep' };
    await expectRefused((typed, headers) =>
      admin.send('POST /people', { body: { ...fields, password: typed }, headers }),
    );
    const own = await admin.post('/people', { ...fields, password: 'all-of-test-trading-9' });
    expect([own.status, own.body.fault]).toEqual([422, 'holds-company']);
    const added = await admin.post('/people', { ...fields, password: 'seven-quiet-harbours' });
    expect(added.status).toBe(201);
    expect(await screenedWith(added.body.id)).toBe(test.world.screening.version);
  });

  it('in a change, which ends no session and keeps the old one', async () => {
    const client = await test.as('rep');
    await expectRefused((next, headers) =>
      client.send('POST /me/password', { body: { current: password, next }, headers }),
    );
    expect(
      (await client.post('/me/password', { current: password, next: 'nine-rivers-run-east' })).status,
    ).toBe(204);
    expect(await screenedWith(test.people.rep)).toBe(test.world.screening.version);
  });

  it('in a recovery, whose proof stays good for another', async () => {
    const { email } = await crowd.person();
    const client = test.client();
    const { flow } = (await client.post('/recovery', { name: email, via: 'email' })).body;
    const { code } = await crowd.latest(email);
    expect((await client.post('/recovery/proofs', { flow, code })).status).toBe(200);
    await expectRefused((typed, headers) =>
      client.send('POST /recovery/password', { body: { flow, password: typed }, headers }),
    );
    const set = await client.post('/recovery/password', { flow, password: 'ten-rivers-run-west' });
    expect(set.status).toBe(204);
    const back = await client.post('/session', { name: email, password: 'ten-rivers-run-west' });
    expect(back.status).toBe(200);
  });
});

describe('an account', () => {
  const someone = async (): Promise<staff.Person> => {
    const { id } = await crowd.person();
    const person = await staff.byId(test.world, id);
    if (!person) throw new Error('nobody');
    return person;
  };
  const unscreened = async (person: staff.Person) => {
    await test.world.db
      .updateTable('people')
      .set({ screened_with: null })
      .where('id', '=', person.id)
      .execute();
    return { ...person, screened_with: null };
  };

  it('with a demo password that is listed may sign in, and counts as not screened', async () => {
    const demo = { role: 'rep', language: 'en', leastLength: 8 } as const;
    const listed = await staff.add(
      test.world,
      { ...demo, name: 'Demo One', email: 'one@demo.example', password: 'password1234' },
      {},
    );
    const free = await staff.add(
      test.world,
      { ...demo, name: 'Demo Two', email: 'two@demo.example', password: 'seven-quiet-harbours' },
      {},
    );
    if (listed.kind !== 'added' || free.kind !== 'added') throw new Error('not added');
    expect(await screenedWith(listed.id)).toBeNull();
    expect(await screenedWith(free.id)).toBe(test.world.screening.version);
  });

  it('is screened again after a right password, unless that one is listed or was changed meanwhile', async () => {
    const person = await unscreened(await someone());
    await staff.rescreen(test.world, person, 'password1234');
    expect(await screenedWith(person.id)).toBeNull();
    await staff.rescreen(test.world, { ...person, password_hash: 'another' }, password);
    expect(await screenedWith(person.id)).toBeNull();
    await staff.rescreen(test.world, person, password);
    expect(await screenedWith(person.id)).toBe(test.world.screening.version);
    const before = { ...person, screened_with: 'an older list' };
    await staff.rescreen(test.world, before, 'password1234');
    expect(await screenedWith(person.id)).toBeNull();
  });

  it('adds up the mass of listed guesses, also of fifty at once, and forgets half in ninety days', async () => {
    const person = await someone();
    await Promise.all(Array.from({ length: 50 }, () => staff.addListedMass(test.world, person.id, 1e-4)));
    const full = await staff.byId(test.world, person.id);
    expect(full?.listed_mass).toBeCloseTo(50e-4, 8);
    const days = 90 * 86_400_000;
    test.turn(days);
    await staff.addListedMass(test.world, person.id, 1e-4);
    test.turn(-days);
    const later = await staff.byId(test.world, person.id);
    expect(later?.listed_mass).toBeCloseTo(25e-4 + 1e-4, 6);
    expect(Number(later?.listed_mass_at) - Number(full?.listed_mass_at)).toBeGreaterThanOrEqual(days);
  });
});
