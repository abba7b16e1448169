// What is delicate wants a fresh showing, from the network and browser that ask, through HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../routes.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';

const minute = 60_000;
let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

const preset = { preset: 'balanced' };
const choose = async (client: Client) => {
  const { status, body } = await client.put('/policies/lock', preset);
  return body?.code ?? status;
};
const confirm = (client: Client) => client.post('/session/confirm', { password });

/** The same session's cookies elsewhere, as whoever copied them has them; `device` with the device's own cookie too. */
function copied(client: Client, address: string, device: boolean): Client {
  const copy = test.client(address);
  for (const [name, value] of client.cookies)
    if (device || !name.includes('device')) copy.cookies.set(name, value);
  return copy;
}

describe('what is delicate', () => {
  it('ASVS 7.5.3 8.4.2 wants a showing not older than half an hour: who gets in, what people may do, how locks work', async () => {
    expect(await choose(admin)).toBe(200);
    const { id } = await people.person();
    test.turn(31 * minute);
    const role = { role: 'auditor', reason: 'moves to revision' };
    const newcomer = { name: 'New Boss', email: 'boss@example.com', role: 'administrator', password };
    const asked = [
      await admin.put('/policies/lock', preset),
      await admin.put('/policies/factors', { roles: [], graceUntil: null }),
      await admin.put('/policies/questions', { enabled: false }),
      await admin.patch(`/people/${id}`, role),
      await admin.post('/people', newcomer),
      await admin.post('/invitations', {
        name: 'New Boss',
        email: 'boss@example.com',
        role: 'administrator',
      }),
    ];
    expect(asked.map(reply => reply.body.code)).toEqual(Array(6).fill('confirm-first'));
    // What is not, goes on.
    expect((await admin.post('/people', { ...newcomer, role: 'rep' })).status).toBe(201);
    expect((await confirm(admin)).status).toBe(204);
    expect(await choose(admin)).toBe(200);
    expect((await admin.patch(`/people/${id}`, role)).status).toBeLessThan(300);
    test.turn(-31 * minute);
  });

  it('ASVS 8.2.4 wants another one where an open session turns up in another network or browser', async () => {
    const owner = test.client('203.0.113.40');
    await owner.signIn('administrator@example.com', password);
    expect(await choose(owner)).toBe(200);
    const away = copied(owner, '198.51.100.7', true);
    expect((await away.get('/customers')).status).toBe(200);
    expect(await choose(away)).toBe('confirm-first');
    const bare = copied(owner, '203.0.113.40', false);
    expect(await choose(bare)).toBe('confirm-first');
    expect((await bare.post('/session/confirm', { password: 'no idea at all' })).status).toBe(401);
    expect(await choose(bare)).toBe('confirm-first');
    // The owner himself, on the way: one showing, and it counts there.
    expect((await confirm(away)).status).toBe(204);
    expect(await choose(away)).toBe(200);
  });

  it('is every policy and role that a route changes', () => {
    const open = routes
      .filter(({ method, endpoint }) => method === 'PUT' && Array.isArray(endpoint.access))
      .filter(({ path }) => path.startsWith('/policies/'))
      .filter(({ endpoint }) => endpoint.fresh !== true)
      .map(({ path }) => path);
    expect(open).toEqual([]);
  });
});
