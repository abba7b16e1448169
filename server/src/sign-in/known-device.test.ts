// Signing in on a known device: one statement after the hash settles the try, opens the session and tells the journal.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTest, password, type Test } from '../testing/harness.ts';

let t: Test;
beforeAll(async () => {
  t = await openTest();
});
afterAll(() => t.close());

async function rows(text: string, ...values: unknown[]) {
  const client = await t.installation.databases.pool.connect();
  try {
    await client.query("select set_config('latchkey.workspace', $1, false)", [t.world.workspaceId]);
    return (await client.query(text, values)).rows;
  } finally {
    client.release(true);
  }
}

const body = { name: 'rep@example.com', password };
const pending = () => rows('select coalesce(sum(pending), 0)::int as count from lanes');

it('keeps the device, settles the try and writes one entry', async () => {
  const client = t.client();
  const first = await client.post('/session', body);
  const secret = client.cookies.get('latchkey-device');
  t.turn(60_000);
  const again = await client.post('/session', body);
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(client.cookies.get('latchkey-device')).toBe(secret);
  const entries = await rows(
    `select details from audit_entries where action = 'session.open' and object_id = $1 order by id`,
    t.people.rep,
  );
  expect(entries.map(entry => entry.details.newDevice)).toEqual([true, false]);
  expect(entries[1]?.details.device).toBe(entries[0]?.details.device);
  const [device] = await rows(
    'select last_seen_at, created_at from devices where person_id = $1',
    t.people.rep,
  );
  expect(Date.parse(device.last_seen_at) - Date.parse(device.created_at)).toBeGreaterThanOrEqual(60_000);
  expect(await pending()).toEqual([{ count: 0 }]);
  expect((await client.get('/session')).status).toBe(200);
});

it('treats the browser as a strange one when the device is revoked while the hash runs', async () => {
  const client = t.client();
  await client.post('/session', body);
  const secret = client.cookies.get('latchkey-device');
  const { passwords } = t.installation;
  const { verify } = passwords;
  passwords.verify = async (...given) => {
    passwords.verify = verify;
    await rows('update devices set revoked_at = now() where person_id = $1', t.people.rep);
    return verify(...given);
  };
  const reply = await client.post('/session', body);
  expect(reply.status).toBe(200);
  expect(client.cookies.get('latchkey-device')).not.toBe(secret);
  const standing = await rows(
    'select d.id from devices d join sessions s on s.device_id = d.id and s.ended_at is null where d.person_id = $1 and d.revoked_at is null',
    t.people.rep,
  );
  expect(standing).toHaveLength(1);
  expect(await pending()).toEqual([{ count: 0 }]);
});
