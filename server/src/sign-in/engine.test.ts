// The engine at work behind the door: marks, listed guesses, familiar networks, sources, sprays, shared ceilings.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());
beforeEach(() => test.fairWeather());

const hour = 3_600_000;
const day = 24 * hour;
const attempt = (client: Client, name: string, typed: string) =>
  client.post('/session', { name, password: typed });

async function owner(address?: string) {
  const { id, email } = await people.person();
  const own = test.client(address);
  await own.signIn(email, password);
  return { id, email, own };
}

describe('L16 the same wrong password', () => {
  it('L16 costs one try however often it is sent, for names that exist and names that do not', async () => {
    const { email } = await owner();
    for (const name of [email, 'no-such-name@example.com']) {
      for (let i = 0; i < 12; i++)
        expect((await attempt(test.client('192.0.2.77'), name, 'one old secret')).status).toBe(401);
      for (let i = 0; i < 4; i++) expect((await people.miss(name)).status).toBe(401);
      expect((await people.miss(name)).status).toBe(423);
      // While locked, the answer depends on no password (L11): neither on the repeated nor on the right one.
      expect((await attempt(test.client('192.0.2.77'), name, 'one old secret')).status).toBe(423);
      expect((await attempt(test.client(), name, password)).status).toBe(423);
    }
  });

  it('L16 is spared the slow hash after a few times, and the right one is looked at as ever', async () => {
    const { email } = await owner();
    const client = test.client('192.0.2.78');
    for (let i = 0; i < 6; i++) await attempt(client, email, 'one old secret');
    const before = test.installation.passwords.verified();
    for (let i = 0; i < 50; i++) await attempt(client, email, 'one old secret');
    expect(test.installation.passwords.verified()).toBe(before);
    expect((await attempt(client, email, password)).status).toBe(200);
  });

  it('L16 a former password costs nothing for thirty days; on a known device its owner is told since when', async () => {
    const { email, own } = await owner();
    const changed = await own.post('/me/password', { current: password, next: 'five-green-bottles' });
    expect(changed.status).toBe(204);
    test.turn(2 * day);
    const poll = () => attempt(test.client('192.0.2.79'), email, password);
    for (let i = 0; i < 40; i++) expect((await poll()).status).toBe(401);
    expect((await attempt(test.client(), email, 'five-green-bottles')).status).toBe(200);
    const told = await attempt(own, email, password);
    expect(told.status).toBe(401);
    const { changedAt } = told.body.formerPassword;
    expect(Date.parse(changedAt)).toBeLessThan(Date.now() + 2 * day - 47 * hour);
    // Strangers are not told, and a name that is nobody's gets the very same answer.
    const stranger = await poll();
    const ghost = await attempt(test.client(), 'nobody-at-all@example.com', password);
    expect(Object.keys(stranger.body)).toEqual(Object.keys(ghost.body));
    test.turn(-2 * day);
  });

  it('L16 names a client that keeps sending it to its owner, once a day', async () => {
    const { id, email } = await owner();
    const headers = { 'user-agent': 'OldSync/3.1 (Windows NT 10.0)' };
    for (let i = 0; i < 30; i++) {
      const client = test.client('192.0.2.80');
      await client.post('/session', { name: email, password: 'one old secret' }, { headers });
      test.turn(2_000);
    }
    await test.jobs.settle();
    const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(email)}`)).body;
    const letters = items.filter((item: { template: string }) => item.template === 'stale-client');
    expect(letters).toHaveLength(1);
    expect(letters[0].body).toContain('192.0.2.80');
    const log = await admin.get(`/audit?object=${id}&action=sign-in.stale-client`);
    expect(log.body.items).toHaveLength(1);
    expect((await admin.get(`/locks?standing=true&person=${id}`)).body.items).toEqual([]);
    test.turn(-60_000);
  });

  it('L16 a password set anew is right at once, though it was repeated as a wrong one before', async () => {
    const { email, own } = await owner();
    const next = 'five-green-bottles';
    for (let i = 0; i < 8; i++) await attempt(test.client('192.0.2.81'), email, next);
    await own.post('/me/password', { current: password, next });
    expect((await attempt(test.client('192.0.2.81'), email, next)).status).toBe(200);
    await own.post('/me/password', { current: next, next: 'six-brown-bottles' });
    await own.post('/me/password', { current: 'six-brown-bottles', next });
    expect((await attempt(test.client('192.0.2.82'), email, next)).status).toBe(200);
  });
});

describe('listed guesses', () => {
  it('are never looked at when a stranger types them: he is asked for a proof, whatever the name', async () => {
    const { email } = await owner();
    const before = test.installation.passwords.verified();
    const known = await attempt(test.client(), email, 'qwertyuiop');
    const ghost = await attempt(test.client(), 'ghost-of-a-name@example.com', 'qwertyuiop');
    expect(known.body.kind).toBe('proof-needed');
    expect(Object.keys(ghost.body)).toEqual(Object.keys(known.body));
    expect(ghost.body.proofs).toEqual(known.body.proofs);
    expect(test.installation.passwords.verified()).toBe(before);
  });

  it('cost a try on a known device, without the hash', async () => {
    const { email, own } = await owner();
    const before = test.installation.passwords.verified();
    for (let i = 0; i < 3; i++) expect((await attempt(own, email, 'Qwertyuiop')).status).toBe(401);
    expect(test.installation.passwords.verified()).toBe(before);
    expect((await attempt(own, email, password)).status).toBe(200);
  });

  it('get the same 423 as others while the name is locked (L11)', async () => {
    const { email } = await owner();
    await people.lock(email);
    expect((await attempt(test.client(), email, 'qwertyuiop')).status).toBe(423);
  });

  it('are those of the list itself: what is built on a listed word counts like every wrong password', async () => {
    const { email } = await owner();
    for (let i = 0; i < 5; i++) expect((await attempt(test.client(), email, `wrong-${i}`)).status).toBe(401);
    expect((await attempt(test.client(), email, 'wrong-6')).status).toBe(423);
  });
});

describe('familiar networks', () => {
  it('keep a lane of their own: a name locked by strangers opens from home on a new browser', async () => {
    const { email } = await owner('203.0.113.40');
    for (let i = 0; i < 12; i++) await people.miss(email);
    expect((await attempt(test.client(), email, password)).status).toBe(423);
    expect((await attempt(test.client('203.0.113.40'), email, password)).body.kind).toBe('signed-in');
    expect((await attempt(test.client('203.0.113.41'), email, password)).status).toBe(423);
  });

  it('have ten tries, and their lock shuts neither strangers nor known devices out', async () => {
    const { email, own } = await owner('203.0.113.42');
    const home = () => test.client('203.0.113.42');
    for (let i = 0; i < 10; i++) expect((await people.miss(email, home())).status).toBe(401);
    expect((await people.miss(email, home())).status).toBe(423);
    expect((await attempt(own, email, password)).status).toBe(200);
    expect((await people.miss(email)).status).toBe(401);
  });

  it('the server’s own address is nobody’s network', async () => {
    const { email } = await owner('127.0.0.1');
    for (let i = 0; i < 5; i++) expect((await people.miss(email, test.client('127.0.0.1'))).status).toBe(401);
    expect((await attempt(test.client('127.0.0.1'), email, password)).status).toBe(423);
  });
});

describe('sources', () => {
  it('that missed more than six times are asked for a proof at any name, and no account is locked for it', async () => {
    const bad = '198.51.100.7';
    for (let i = 0; i < 3; i++) {
      await people.miss(`some-name-${i}@example.com`, test.client(bad));
      await people.miss(`some-name-${i}@example.com`, test.client(bad));
    }
    await people.miss('some-name-0@example.com', test.client(bad)); // blame fades from the first moment on
    const { id, email, own } = await owner();
    expect((await attempt(test.client(bad), email, password)).body.kind).toBe('proof-needed');
    expect((await attempt(test.client(bad), 'never-seen@example.com', password)).body.kind).toBe(
      'proof-needed',
    );
    expect((await attempt(test.client('198.51.100.8'), email, password)).body.kind).toBe('signed-in');
    expect((await own.post('/session', { name: email, password }, { address: bad })).body.kind).toBe(
      'signed-in',
    );
    expect((await admin.get(`/locks?standing=true&person=${id}`)).body.items).toEqual([]);
  });

  it('count an IPv6 /64 as one (L8)', async () => {
    for (let i = 0; i < 7; i++)
      await people.miss(`v6-name-${i % 3}@example.com`, test.client(`2001:db8:77:1::${i + 1}`));
    const { email } = await owner();
    const from = (address: string) => attempt(test.client(address), email, password);
    expect((await from('2001:db8:77:1:ffff::9')).body.kind).toBe('proof-needed');
    expect((await from('2001:db8:77:2::1')).body.kind).toBe('signed-in');
  });

  it('an office earns headroom: two for each person who signs in well from it', async () => {
    const office = '198.51.100.60';
    for (let i = 0; i < 4; i++) await owner(office);
    for (let i = 0; i < 10; i++) await people.miss(`typo-${i % 4}@example.com`, test.client(office));
    const { email } = await owner();
    expect((await attempt(test.client(office), email, password)).body.kind).toBe('signed-in');
  });
});

describe('a spray', () => {
  it('raises the alarm at the sixth name of a day: strangers have two tries, the owner on his device all', async () => {
    for (let i = 0; i < 6; i++) await people.miss(`sprayed-${i}@example.com`);
    const { email } = await people.person(); // fair again: this helper clears the sky
    for (let i = 0; i < 6; i++) await people.miss(`sprayed-${i}@example.com`);
    expect((await people.miss(email)).status).toBe(401);
    expect((await people.miss(email)).status).toBe(401);
    expect((await people.miss(email)).status).toBe(423);
    expect((await people.miss('fresh-name@example.com')).status).toBe(401);
    expect((await people.miss('fresh-name@example.com')).status).toBe(401);
    expect((await people.miss('fresh-name@example.com')).status).toBe(423);
    const own = await test.as('administrator');
    expect((await attempt(own, 'administrator@example.com', password)).status).toBe(200);
    expect((await admin.get('/audit?action=weather.alarm')).body.items.length).toBeGreaterThan(0);
  });
});

describe('known devices', () => {
  it('lose their cookie after ten misses in a row, while the session on them goes on', async () => {
    const { id, email, own } = await owner();
    for (let i = 0; i < 10; i++) expect((await people.miss(email, own)).status).toBe(401);
    expect((await own.get('/session')).status).toBe(200);
    // A stranger's browser from now on: five tries, like every stranger's.
    for (let i = 0; i < 5; i++) await people.miss(email, own);
    const log = await admin.get(`/audit?object=${id}&action=device.disown`);
    expect(log.body.items).toHaveLength(1);
  });

  it('share twenty misses in a row, after which only a proof opens them', async () => {
    const { email, own } = await owner('203.0.113.90');
    const others: Client[] = [];
    for (let i = 0; i < 3; i++) {
      const client = test.client('203.0.113.90');
      await client.signIn(email, password);
      others.push(client);
    }
    for (const client of others.slice(0, 2))
      for (let i = 0; i < 9; i++) expect((await people.miss(email, client)).status).toBe(401);
    const third = others[2] as Client;
    for (let i = 0; i < 2; i++) expect((await people.miss(email, third)).status).toBe(401);
    const locked = await attempt(own, email, password);
    expect(locked.status).toBe(423);
    expect(locked.body.lock.until).toBeNull();
    const { flow } = locked.body;
    await own.post('/session/messages', { flow, kind: 'email-code' });
    const { code } = await people.latest(email);
    const proved = await own.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.body.kind).toBe('signed-in');
    expect((await attempt(own, email, password)).status).toBe(200);
  });
});

describe('L29 messages asked for', () => {
  it('L29 are capped per source: twenty in a quarter of an hour to whomever, with the same answer after it', async () => {
    const names: string[] = [];
    for (let i = 0; i < 24; i++) names.push((await people.person()).email);
    const bomber = test.client('198.51.100.200');
    const replies: Awaited<ReturnType<Client['post']>>[] = [];
    for (const name of names) replies.push(await bomber.post('/recovery', { name }));
    expect(new Set(replies.map(reply => reply.status))).toEqual(new Set([202]));
    const sent: number[] = [];
    for (const name of names) sent.push((await people.latest(name)).count);
    expect(sent.reduce((a, b) => a + b)).toBe(20);
    expect((await test.client().post('/recovery', { name: names[23] })).status).toBe(202);
    expect((await people.latest(`${names[23]}`)).count).toBe(1);
  });
});

describe('L4 an attacker who wants the owner locked out', () => {
  it('L4 after 10,000 misses from 500 addresses the known device signs in at once, a new one by one proof', async () => {
    const { id, email, own } = await owner();
    let last = 0;
    for (let i = 0; i < 10_000; i += 50) {
      const replies = await Promise.all(
        Array.from({ length: 50 }, (_, n) => {
          const client = test.client(`10.${66 + (n % 10)}.${(i / 50) % 50}.9`);
          return attempt(client, email, `wrong guess number ${i + n}`);
        }),
      );
      last = replies.at(-1)?.status ?? 0;
    }
    expect(last).toBe(423);
    await own.delete('/session');
    const first = await attempt(own, email, password);
    expect(first.body.kind).toBe('signed-in');
    const fresh = test.client();
    const locked = await attempt(fresh, email, password);
    expect(locked.status).toBe(423);
    const { flow } = locked.body;
    await fresh.post('/session/messages', { flow, kind: 'email-code' });
    const { code } = await people.latest(email);
    const proved = await fresh.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.body.kind).toBe('signed-in');
    // He was told of the lock, and not ten thousand times.
    await test.jobs.settle();
    const { items } = (await admin.get(`/outbox?to=${encodeURIComponent(email)}`)).body;
    expect(items.filter((item: { template: string }) => item.template === 'account-locked')).toHaveLength(1);
    expect((await admin.get(`/audit?object=${id}&action=sign-in.refused`)).body.items.length).toBe(5);
  }, 60_000);
});
