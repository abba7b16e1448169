// A5 to A8: the story of a lock, from one source for its owner, for administrators and on the server; nothing for strangers.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as audit from '../audit/audit.ts';
import { writeTurnedAway } from '../sign-in/tally.ts';
import type { Client, Loose } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { otherThan, peopleOf } from '../testing/people.ts';
import { commands } from '../tool/commands.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.fairWeather();
  // Locks of one test are the others' locks of the next.
  await sql`update locks set lifted_at = since, until = since where lifted_at is null`.execute(test.world.db);
});

type Signal = { kind: string; speaks: string | null; note: string };
const speaks = (story: { signals: Signal[] }, kind: string) =>
  story.signals.find(signal => signal.kind === kind)?.speaks;

const chrome = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
const english = { 'accept-language': 'en' };
const guess = (client: Client, name: string, n: number) =>
  client.post(
    '/session',
    { name, password: `some wrong guess ${n}` },
    { headers: { 'user-agent': chrome, ...english } },
  );

/** Somebody new on a device that is known, in a network of his own. */
async function owner(): Promise<{ id: string; email: string; client: Client }> {
  const { id, email } = await people.person();
  const client = test.client();
  await client.signIn(email, password);
  await client.patch('/me', { language: 'en' });
  return { id, email, client };
}

/** Spends what a person's three known devices have together (ten misses on one would make it a strange one). */
async function lockDevice({ email, client }: { email: string; client: Client }) {
  const devices = [test.client(), test.client(), client];
  let guesses = 0;
  for (const device of devices) {
    if (device !== client) await device.signIn(email, password);
    for (let i = 0; i < 9; i++) {
      const reply = await guess(device, email, guesses++);
      if (reply.status === 423) return reply;
    }
  }
  throw new Error('the device was not locked');
}

/** Locks strangers out of a name from two places. */
async function lockStrangers(name: string): Promise<Client> {
  const [one, two] = [test.client(), test.client()];
  for (let i = 0; i < 5; i++) await guess(i % 2 ? one : two, name, i);
  return one;
}

describe('A5 a stranger', () => {
  it('gets the same of a lock for a name that exists and one that does not, and no story', async () => {
    const { email } = await owner();
    const replies = [];
    for (const name of [email, 'nobody-at-all@example.com']) {
      const stranger = await lockStrangers(name);
      replies.push(await guess(stranger, name, 9));
    }
    const shapes = replies.map(({ status, body }) => {
      const { flow, correlationId, lock, ...rest } = body;
      expect(typeof flow).toBe('string');
      expect(typeof correlationId).toBe('string');
      const { since, until, ...told } = lock;
      expect(Date.parse(until)).toBeGreaterThan(Date.parse(since));
      return { status, ...rest, told };
    });
    expect(shapes[0]).toEqual(shapes[1]);
    expect(shapes[0]?.told.normal).toBeNull();
    expect(Object.keys(replies[0]?.body)).not.toContain('story');
    expect(Object.keys(replies[0]?.body.lock).sort()).toEqual(
      ['cause', 'mind', 'normal', 'scope', 'since', 'until', 'waysOut', 'why'].sort(),
    );
  });

  it('is answered alike by the story route for every flow: of a name, of nobody, altered, of another purpose', async () => {
    const mine = await owner();
    await lockStrangers(mine.email);
    const stranger = test.client();
    const flows: string[] = [];
    for (const name of [mine.email, 'nobody-either@example.com']) {
      if (name !== mine.email) await lockStrangers(name);
      flows.push((await guess(stranger, name, 30)).body.flow);
    }
    const recovery = await stranger.post('/recovery', { name: mine.email, via: 'email' });
    flows.push(`${flows[0]}x`, 'not a flow', recovery.body.flow);
    const colleague = await test.as('rep');
    const answers = [];
    for (const client of [stranger, colleague])
      for (const flow of flows) answers.push(await client.post('/session/story', { flow }));
    const bare = answers.map(({ status, body, headers }) => {
      const { correlationId, ...rest } = body;
      expect(typeof correlationId).toBe('string');
      return { status, rest, type: headers.get('content-type'), cookies: headers.getSetCookie() };
    });
    expect(new Set(bare.map(one => JSON.stringify(one))).size).toBe(1);
    expect(bare[0]?.status).toBe(404);
    expect((await stranger.post('/session/story', { flow: '' })).status).toBe(422);
    expect((await stranger.post('/session/story', { flow: ['a'] })).status).toBe(422);
  });

  it('cannot read a story without rights', async () => {
    const { email } = await owner();
    await lockStrangers(email);
    const { items } = (await admin.get('/locks?standing=true')).body;
    const colleague = await test.as('rep2');
    for (const path of [`/locks/${items[0].id}`, '/locks']) {
      expect((await colleague.get(path)).status).toBe(403);
      expect((await test.client().get(path)).status).toBe(401);
    }
    expect((await colleague.get('/locks/mine')).body.items).toEqual([]);
  });
});

describe('A5 the owner', () => {
  it('hears the whole story on a known device, and again by its flow', async () => {
    const mine = await owner();
    const { body } = await lockDevice(mine);
    const { story, lock, flow } = body;
    expect(lock.normal).toBe(true);
    expect(lock.why).toMatch(/your known devices/);
    expect(lock.waysOut.map((way: { kind: string }) => way.kind)).not.toContain('known-device');
    expect(story).toMatchObject({ cause: 'failed-attempts', normal: true, stands: true, lifted: null });
    expect(story.until).toBe(lock.until);
    expect(story.tries).toMatchObject({ sources: 3, count: 20 });
    expect(story.tries.newest).toHaveLength(10);
    expect(story.tries.newest[0]).toMatchObject({
      device: 'Chrome · Windows',
      laneWords: 'known device',
      kind: 'wrong',
    });
    expect(speaks(story, 'own-behaviour')).toBe('normal');
    expect(speaks(story, 'log')).toBe('normal');
    const again = await mine.client.post('/session/story', { flow }, { headers: english });
    expect(again.status).toBe(200);
    expect(again.body).toEqual(story);
    const chinese = await mine.client.post(
      '/session/story',
      { flow },
      { headers: { 'accept-language': 'zh-CN' } },
    );
    expect(chinese.body.tries.newest[0].laneWords).toBe('已识别设备');
  });

  it('hears it after one proof, where somebody else’s tries are called abnormal', async () => {
    const mine = await owner();
    await lockStrangers(mine.email);
    const phone = test.client();
    const refused = await guess(phone, mine.email, 77);
    expect(refused.status).toBe(423);
    await phone.post('/session/messages', { flow: refused.body.flow, kind: 'email-code' });
    const { code } = await people.latest(mine.email);
    const wrong = await phone.post('/session/proofs', {
      flow: refused.body.flow,
      kind: 'email-code',
      code: otherThan(code),
    });
    expect(wrong.body.story).toBeUndefined();
    const proved = await phone.post('/session/proofs', { flow: refused.body.flow, kind: 'email-code', code });
    expect(proved.status).toBe(401);
    expect(proved.body).toMatchObject({ deviceKnown: true, story: { normal: false, stands: true } });
    expect(proved.body.story.tries).toMatchObject({ count: 5, sources: 2 });
    expect(proved.body.story.lifted).toBeNull();
    expect(speaks(proved.body.story, 'own-behaviour')).toBe('abnormal');

    // Other strangers are held off still, so the lock stands for the console too, which can lift it.
    const other = test.client();
    expect((await guess(other, mine.email, 78)).status).toBe(423);
    const { items } = (await admin.get(`/locks?person=${mine.id}&standing=true`)).body;
    expect(items.map((lock: { id: string }) => lock.id)).toEqual([proved.body.story.id]);
    await admin.post(`/locks/${items[0].id}/lift`, { reason: 'Known by voice', proof: 'call-back' });
    expect((await guess(other, mine.email, 79)).status).toBe(401);
  });

  it('opens a known device that is locked by one proof on it, and the lock is lifted then', async () => {
    const mine = await owner();
    const { flow, story } = (await lockDevice(mine)).body;
    await mine.client.post('/session/messages', { flow, kind: 'email-code' });
    const { code } = await people.latest(mine.email);
    const proved = await mine.client.post('/session/proofs', { flow, kind: 'email-code', code });
    expect(proved.status).toBe(401);
    expect(proved.body.story).toMatchObject({
      id: story.id,
      stands: false,
      lifted: { how: 'email-code', by: mine.id },
    });
    expect((await mine.client.post('/session', { name: mine.email, password })).status).toBe(200);
  });

  it('sees it on the status page and among his own locks, with tries that were turned away', async () => {
    const mine = await owner();
    const stranger = await lockStrangers(mine.email);
    for (let i = 0; i < 3; i++) await guess(stranger, mine.email, 50 + i);
    await writeTurnedAway(test.installation);
    const [status, own] = [await mine.client.get('/status'), await mine.client.get('/locks/mine')];
    expect(status.body.locks[0]).toMatchObject({ normal: false, refused: { count: 3 } });
    const { subject, evidence, ...story } = own.body.items[0];
    expect(story).toEqual(status.body.locks[0]);
    expect(subject.person.id).toBe(mine.id);
    expect(evidence.misses).toBe(5);
  });

  it('keeps a past lock apart from what comes later', async () => {
    const mine = await owner();
    await lockStrangers(mine.email);
    const [past] = (await mine.client.get('/status')).body.locks;
    test.turn(3 * 86_400_000);
    await guess(test.client('203.0.113.80'), mine.email, 500);
    const back = test.client();
    back.cookies.set('latchkey-device', mine.client.cookies.get('latchkey-device') ?? '');
    await back.signIn(mine.email, password);
    const { locks } = (await back.get('/status')).body;
    const same = locks.find((lock: { id: string }) => lock.id === past.id);
    expect(same.stands).toBe(false);
    expect(same.tries).toEqual(past.tries);
    await admin.signIn('administrator@example.com', password);
  });
});

describe('A5 one story', () => {
  it('is the same from the refusal, the status page, the console, one lock’s page and the tool', async () => {
    const mine = await owner();
    const told = (await lockDevice(mine)).body.story;
    await writeTurnedAway(test.installation);
    const facts = (story: Record<string, unknown> & { signals: Signal[] }) => {
      const {
        id,
        cause,
        scope,
        since,
        until,
        stands,
        normal,
        tries,
        staleClients,
        lifted,
        why,
        mind,
        waysOut,
      } = story;
      const signals = story.signals.map(signal => [signal.kind, signal.speaks, signal.note]);
      return {
        ...{ id, cause, scope, since, until, stands, normal, tries, staleClients, lifted },
        ...{ why, mind, waysOut, signals },
      };
    };
    const auditor = await test.as('auditor');
    const sources = [
      (await mine.client.get('/status')).body.locks[0],
      (await mine.client.get('/locks/mine')).body.items[0],
      (await admin.get(`/locks?person=${mine.id}`)).body.items[0],
      (await auditor.get(`/locks/${told.id}`)).body,
    ];
    const listed = await commands['locks list']?.run(test.world, [], {});
    const lines = listed?.value as Loose[];
    sources.push(lines.find(one => one.id === told.id));
    for (const source of sources) expect(facts(source)).toEqual(facts(told));
    expect(listed?.lines.join('\n')).toContain(told.why);
  });

  it('names a stale client, since when its password is a former one, and what to do', async () => {
    const mine = await owner();
    await mine.client.post('/me/password', { current: password, next: 'another-fine-harbour' });
    const old = { name: mine.email, password };
    const known = await mine.client.post('/session', old);
    expect(known.body.formerPassword.changedAt).toMatch(/^\d{4}-/);
    const mail = test.client('203.0.113.44');
    for (let i = 0; i < 12; i++) {
      await mail.post('/session', old, { headers: { 'user-agent': chrome } });
      test.turn(1_500);
    }
    const { staleClients } = (await mine.client.get('/status')).body;
    expect(staleClients).toEqual([
      expect.objectContaining({
        device: 'Chrome · Windows',
        changedAt: known.body.formerPassword.changedAt,
      }),
    ]);
    expect(staleClients[0].times).toBeGreaterThanOrEqual(10);
    expect(staleClients[0].note).toMatch(/has been changed/);
  });
});

describe('A6 signals as they come', () => {
  it('others locked in the same time', async () => {
    const [one, two] = [await owner(), await owner()];
    await lockStrangers(one.email);
    const alone = (await one.client.get('/status')).body.locks[0];
    expect(speaks(alone, 'others-locked')).toBeNull();
    await lockStrangers(two.email);
    const both = (await one.client.get('/status')).body.locks[0];
    expect(speaks(both, 'others-locked')).toBe('abnormal');
  });

  it('a log that was sealed agrees; one that was altered, moved or cut does not', async () => {
    const mine = await owner();
    await lockStrangers(mine.email);
    const log = async () => {
      const [lock] = (await mine.client.get('/status')).body.locks;
      const { note } = lock.signals.find((signal: Signal) => signal.kind === 'log');
      return { id: lock.id, normal: lock.normal, note };
    };
    const fresh = await log();
    expect(fresh.note).toMatch(/about to be sealed/);
    while ((await audit.seal(test.world)) > 0);
    expect((await log()).note).toMatch(/sealed and unaltered/);

    const owned = new (await import('pg')).default.Client({ connectionString: test.ownerUrl });
    await owned.connect();
    const run = (text: string, ...values: unknown[]) => owned.query(text, values);
    await run(`set session_replication_role = replica`);
    await run(`update locks set until = until + interval '1 hour' where id = $1`, fresh.id);
    expect((await log()).note).toMatch(/differently/);
    await run(`update locks set until = until - interval '1 hour' where id = $1`, fresh.id);
    await run(
      `update audit_entries set address = '192.0.2.1' where seq = (select seq - 1 from audit_entries where object_id = $1 and action = 'lock.set')`,
      fresh.id,
    );
    expect(await log()).toMatchObject({ normal: false, note: expect.stringMatching(/altered/) });
    await run(`delete from audit_entries where object_id = $1 and action = 'lock.set'`, fresh.id);
    expect((await log()).note).toMatch(/knows nothing/);
    await owned.end();
  });
});
