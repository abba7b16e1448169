// A17: what strangers are told while the hash has no room, what that costs the database, and who is let in all the same.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { strangersLane } from '../locks/locks.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { admit } from './admission.ts';

let test: Test;
beforeAll(async () => {
  test = await openTest();
});
beforeEach(() => test.fairWeather());
afterAll(() => test.close());

/** Leaves strangers no room at the hash, until the function that comes back is called. */
function fillHash(): () => void {
  const { passwords } = test.installation;
  const { hasRoom } = passwords;
  passwords.hasRoom = (urgency, source) => urgency !== 'stranger' && hasRoom(urgency, source);
  return () => {
    passwords.hasRoom = hasRoom;
  };
}

/** Runs the work and counts the queries that it sent. */
async function queries(work: () => Promise<unknown>): Promise<number> {
  const { pool } = test.installation.databases;
  let taken = 0;
  const count = () => taken++;
  pool.on('acquire', count);
  await work();
  pool.off('acquire', count);
  return taken;
}

const guess = (n: number) => ({ name: `nobody${n}@example.com`, password: `wrong guess ${n}` });

describe('A17 while the hash has no room for strangers', () => {
  it('tells a stranger when to come back, without a query and without a strike', async () => {
    await test.client('203.0.113.1').post('/session', guess(0));
    const empty = fillHash();
    const client = test.client('203.0.113.2');
    let reply = await client.post('/session', guess(1));
    const cost = await queries(async () => {
      for (let n = 2; n < 12; n++) reply = await client.post('/session', guess(n));
    });
    empty();
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('2');
    expect(reply.body.code).toBe('busy');
    expect(cost).toBe(0);
    const lane = await strangersLane(test.world, guess(11).name);
    const row = await test.world.db
      .selectFrom('lanes')
      .select('misses')
      .where('key', '=', lane.key)
      .executeTakeFirst();
    expect(row).toBeUndefined();
  });

  it('lets in known devices and familiar networks', async () => {
    const device = await test.as('manager', '198.51.100.7');
    const empty = fillHash();
    // What is remembered of familiar networks is a quarter of a minute old at most.
    test.turn(20_000);
    const manager = { name: 'manager@example.com', password };
    const known = await device.post('/session', manager);
    const familiar = await test.client('198.51.100.7').post('/session', manager);
    const strange = await test.client('203.0.113.3').post('/session', manager);
    empty();
    expect([known.status, familiar.status, strange.status]).toEqual([200, 200, 503]);
  });

  it('L4 lets a stranger prove himself at once instead of waiting, whatever the name', async () => {
    const admin = await test.as('administrator', '198.51.100.8');
    const empty = fillHash();
    const fresh = test.client('203.0.113.5');
    const busy = await fresh.post('/session', { name: 'rep@example.com', password });
    const ghost = await test.client('203.0.113.6').post('/session', guess(30));
    expect([busy.status, ghost.status]).toEqual([503, 503]);
    expect(Object.keys(ghost.body)).toEqual(Object.keys(busy.body));
    expect(ghost.body.proofs).toEqual(busy.body.proofs);
    const { flow } = busy.body;
    await fresh.post('/session/messages', { flow, kind: 'email-code' });
    await test.jobs.settle();
    const { items } = (await admin.get('/outbox?to=rep@example.com')).body;
    const code = /\b(\d{6})\b/.exec(items[0].body)?.[1];
    const proved = await fresh.post('/session/proofs', { flow, kind: 'email-code', code });
    empty();
    expect(proved.body.kind).toBe('signed-in');
  });

  it('a browser with a cookie that is nobody’s device is a stranger like any', async () => {
    const empty = fillHash();
    const client = test.client('203.0.113.4');
    client.cookies.set('latchkey-device', 'x'.repeat(43));
    const reply = await client.post('/session', guess(20));
    empty();
    expect(reply.status).toBe(503);
  });
});

describe('A17 a crowd at one name', () => {
  it('costs the database as much as one visitor while its tries are under way, and all are told the same', async () => {
    const lane = await strangersLane(test.world, 'crowd@example.com');
    const capacity = lane.rules.short.capacity;
    for (let n = 0; n < capacity; n++) expect((await admit(test.world, lane)).kind).toBe('open');
    let crowd: ReturnType<typeof admit>[] = [];
    const cost = await queries(async () => {
      crowd = Array.from({ length: 200 }, () => admit(test.world, lane));
      await new Promise(resolve => setTimeout(resolve, 200));
    });
    expect(cost).toBeLessThan(60);
    await test.world.db.updateTable('lanes').set({ pending: 0 }).where('key', '=', lane.key).execute();
    const kinds = await Promise.all(crowd.map(async one => (await one).kind));
    expect(kinds).toEqual(Array(200).fill('closed'));
  });
});
