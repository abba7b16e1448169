// The key to what a browser keeps offline, through HTTP: one for each person and browser, and for nobody else (L50).
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTest, password, type Test } from '../testing/harness.ts';

let test: Test;
beforeAll(async () => {
  test = await openTest();
});
afterAll(() => test.close());

const box = 'AAAAAAAAAAAAAAAAAAAAAA';
const address = `/offline-key?box=${box}`;

it('L50 is the same for one person and browser, another for everybody else, and secret to strangers', async () => {
  const rep = await test.as('rep');
  const first = await rep.get(address);
  expect(first.status).toBe(200);
  expect(Buffer.from(first.body.key, 'base64url')).toHaveLength(32);
  expect(first.headers.get('cache-control')).toBe('no-store');
  const others = [
    await (await test.as('rep2')).get(address),
    await rep.get('/offline-key?box=BBBBBBBBBBBBBBBBBBBBBB'),
  ];
  for (const other of others) {
    expect(other.status).toBe(200);
    expect(other.body.key).not.toBe(first.body.key);
  }
  expect((await test.client().get(address)).status).toBe(401);
  expect((await rep.get('/offline-key?box=short')).status).toBe(422);
});

it('L42 stays the same after signing out and on a device that was forgotten meanwhile', async () => {
  const rep = await test.as('rep');
  const before = await rep.get(address);
  const devices = await rep.get('/devices');
  const current = devices.body.items.find((device: { current: boolean }) => device.current);
  expect((await rep.delete(`/devices/${current.id}`)).status).toBe(204);
  expect((await rep.get(address)).status).toBe(401);
  const again = await test.as('rep');
  expect((await again.get(address)).body.key).toBe(before.body.key);
});

it('is to be forgotten when the session would end, and after the hours that the company has chosen', async () => {
  const hours = async (remember: boolean) => {
    const client = test.client();
    const name = 'rep@example.com';
    expect((await client.post('/session', { name, password, remember })).status).toBe(200);
    const { body } = await client.get(address);
    return (Date.parse(body.until) - test.world.now()) / 3_600_000;
  };
  expect(await hours(false)).toBeGreaterThan(20);
  expect(await hours(false)).toBeLessThanOrEqual(24);
  expect(Math.round(await hours(true))).toBe(24);
  const admin = await test.as('administrator');
  expect((await admin.put('/workspace', { offlineHours: 200 })).status).toBe(422);
  expect((await admin.put('/workspace', { offlineHours: 4 })).body.offlineHours).toBe(4);
  expect(Math.round(await hours(true))).toBe(4);
});
