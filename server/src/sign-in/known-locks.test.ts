// Locks that stand: refused from memory, summed up in the log, following the policy.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import { writeTurnedAway } from './tally.ts';

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

describe('a known lock', () => {
  it('is refused from memory, without a query, and opens at once when an administrator lifts it', async () => {
    const { id, email } = await person();
    await lock(email);
    expect((await miss(email)).status).toBe(423);
    let queries = 0;
    const count = () => queries++;
    test.installation.databases.pool.on('acquire', count);
    for (let i = 0; i < 20; i++) expect((await miss(email)).status).toBe(423);
    test.installation.databases.pool.off('acquire', count);
    expect(queries).toBe(0);
    const standing = (await admin.get(`/locks?standing=true&person=${id}`)).body.items[0];
    await admin.post(`/locks/${standing.id}/lift`, { reason: 'known by voice', proof: 'telephone' });
    expect((await test.client().post('/session', { name: email, password })).status).toBe(200);
  });

  it('sums refusals up in the log: how many, from where, from when to when', async () => {
    const { id, email } = await person();
    await lock(email);
    for (let i = 0; i < 7; i++) await miss(email);
    await writeTurnedAway(test.installation);
    const log = await admin.get(`/audit?object=${id}&action=sign-in.turned-away`);
    expect(log.body.items).toHaveLength(1);
    expect(log.body.items[0].details).toMatchObject({ lane: 'strangers', count: 7 });
    expect(log.body.items[0].details.addresses).toHaveLength(7);
    expect((await admin.get(`/audit?object=${id}&action=sign-in.refused`)).body.items).toHaveLength(5);
  });

  it('follows the policy as soon as it is changed', async () => {
    const { email } = await person();
    await lock(email);
    expect((await miss(email)).status).toBe(423);
    const chosen = await admin.put('/policies/lock', { preset: 'classic', failures: 8, minutes: 60 });
    expect(chosen.body).toMatchObject({ preset: 'classic', failures: 8, minutes: 60 });
    for (let i = 0; i < 3; i++) expect((await miss(email)).status).toBe(401);
    expect((await miss(email)).status).toBe(423);
    expect((await admin.put('/policies/lock', { preset: 'classic', failures: 0, minutes: 30 })).status).toBe(
      422,
    );
    expect((await admin.put('/policies/lock', { preset: 'forever' })).status).toBe(422);
    expect((await admin.put('/policies/lock', { preset: 'balanced' })).status).toBe(200);
    expect((await (await test.as('manager')).put('/policies/lock', { preset: 'calm' })).status).toBe(403);
  });
});

describe('strangers always prove', () => {
  it('asks every stranger for a code before the password is looked at, and signs in with both', async () => {
    const { email } = await person();
    await admin.put('/policies/lock', { preset: 'prove' });
    const before = test.installation.passwords.verified();
    const client = test.client();
    const asked = await client.post('/session', { name: email, password });
    expect(asked.body).toMatchObject({
      kind: 'proof-needed',
      proofs: expect.arrayContaining([{ kind: 'email-code' }]),
    });
    const ghost = await test.client().post('/session', { name: 'no-such-name@example.com', password });
    expect(Object.keys(ghost.body)).toEqual(Object.keys(asked.body));
    expect(test.installation.passwords.verified()).toBe(before);
    const { flow } = asked.body;
    await client.post('/session/messages', { flow, kind: 'email-code' });
    const { code } = await latest(email);
    const proved = await client.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.body).toMatchObject({ kind: 'signed-in' });
    expect((await client.post('/session', { name: email, password })).body.kind).toBe('signed-in');
    await admin.put('/policies/lock', { preset: 'balanced' });
  });
});
