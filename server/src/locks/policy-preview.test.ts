// A lock policy can be looked at before it is chosen; looking changes nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTest, type Test } from '../testing/harness.ts';

let test: Test;
beforeAll(async () => {
  test = await openTest();
});
afterAll(() => test.close());

it('shows lanes and warnings of every preset without choosing it', async () => {
  const administrator = await test.as('administrator');
  const before = (await administrator.get('/policies/lock')).body;
  const classic = await administrator.get('/policies/lock/preview?preset=classic&failures=3&minutes=60');
  expect(classic.body).toMatchObject({ preset: 'classic', failures: 3, minutes: 60 });
  expect(classic.body.lanes.strangers).toMatchObject({ tries: 3, pauseMinutes: 60 });
  expect(classic.body.lanes.knownDevice).toEqual(before.lanes.knownDevice);
  const prove = await administrator.get('/policies/lock/preview?preset=prove');
  expect(prove.body.warnings).toEqual([{ kind: 'strangers-prove', value: 0 }]);
  expect((await administrator.get('/policies/lock')).body).toEqual(before);
});

it('refuses numbers out of bounds, and whoever may not read the policy', async () => {
  const administrator = await test.as('administrator');
  expect((await administrator.get('/policies/lock/preview?preset=classic&failures=0')).status).toBe(422);
  expect((await administrator.get('/policies/lock/preview?preset=mine')).status).toBe(422);
  const rep = await test.as('rep');
  expect((await rep.get('/policies/lock/preview?preset=calm')).status).toBe(403);
});
