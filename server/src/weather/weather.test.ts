// Attack weather through HTTP: the alarm of a spray, defence mode, floods, counts and what administrators see of them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import * as weather from './weather.ts';

const hour = 3_600_000;
let test: Test;
let admin: Client;
let known: Client;
let people: ReturnType<typeof peopleOf>;

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  known = await test.as('rep');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());
beforeEach(() => test.fairWeather());

const signIn = (client: Client, name: string, word = password) =>
  client.post('/session', { name, password: word });
const alarm = async () => (await admin.get('/weather')).body.alarm;

/** Alerts of that kind that were told. */
async function told(kind: string): Promise<{ data: Record<string, unknown> }[]> {
  await test.jobs.settle();
  const { items } = (await admin.get('/alerts?limit=200')).body;
  return items.filter((alert: { kind: string }) => alert.kind === kind);
}

/** Strangers miss on these names, each once. */
async function spray(names: string[]): Promise<void> {
  for (const name of names) await people.miss(name);
}

let series = 0;
/** Names that are nobody's. */
const made = (count: number) => {
  series++;
  return Array.from({ length: count }, (_, i) => `nobody${i}-of-${series}@example.com`);
};

/** How many wrong guesses of a stranger are looked at for this name before it is locked. */
async function triesOf(name: string): Promise<number> {
  for (let tries = 0; tries < 20; tries++) if ((await people.miss(name)).status === 423) return tries;
  return 20;
}

describe('the alarm', () => {
  it('rises when six names were missed on, and strangers then have two tries', async () => {
    await spray(made(5));
    expect(await alarm()).toBeNull();
    expect(await triesOf('rep2@example.com')).toBe(2);
    expect(await alarm()).toMatchObject({ wide: false });
  });

  it('counts names that are nobody’s like those that are somebody’s', async () => {
    const six = [...made(3), 'manager@example.com', 'auditor@example.com'];
    await spray(six);
    expect((await admin.get('/weather')).body.spray).toEqual({ names: 5, threshold: 5 });
    expect(await alarm()).toBeNull();
    await spray(made(1));
    expect(await alarm()).not.toBeNull();
    // Known or not, a name has two tries now.
    const person = made(1)[0] ?? '';
    expect(await triesOf(person)).toBe(2);
  });

  it('is not raised by one name missed on again and again', async () => {
    const [one = ''] = made(1);
    for (let i = 0; i < 12; i++) await people.miss(one);
    expect(await alarm()).toBeNull();
  });

  it('leaves a known device alone: its tries, and its owner’s sign-in', async () => {
    await spray(made(6));
    expect(await alarm()).not.toBeNull();
    for (let i = 0; i < 3; i++) expect((await people.miss('rep@example.com', known)).status).toBe(401);
    expect((await signIn(known, 'rep@example.com')).body.kind).toBe('signed-in');
  });

  it('ends by itself a day after the last of it, tells of its end once, and can rise again', async () => {
    await spray(made(6));
    const { until } = await alarm();
    expect(Date.parse(until) - test.installation.now()).toBeGreaterThan(23 * hour);
    test.turn(25 * hour);
    await signIn(admin, 'administrator@example.com');
    const before = (await told('calm')).length;
    await Promise.all([weather.look(test.world), weather.look(test.world), weather.look(test.world)]);
    expect((await told('calm')).length).toBe(before + 1);
    const { body } = await admin.get('/weather');
    expect(body.alarm).toBeNull();
    expect(body.lastAlarm).toMatchObject({ until });
    await spray(made(6));
    expect(await alarm()).not.toBeNull();
  });

  it('is ended by hand with a reason, goes into the log, and the watch begins anew', async () => {
    await spray(made(6));
    expect((await admin.post('/weather/alarm/end', {})).status).toBe(422);
    const reason = 'our own penetration test';
    expect((await admin.post('/weather/alarm/end', { reason })).status).toBe(204);
    expect(await alarm()).toBeNull();
    expect((await admin.post('/weather/alarm/end', { reason })).body.code).toBe('wrong-state');
    const { items } = (await admin.get('/audit?action=weather.alarm-end')).body;
    expect(items[0]).toMatchObject({ actor: { name: 'administrator person' }, details: { reason } });
    await spray(made(5));
    expect(await alarm()).toBeNull();
    await spray(made(1));
    expect(await alarm()).not.toBeNull();
  });

  it('is told to administrators and written into the log once, however many guess at once', async () => {
    const entries = async () => (await admin.get('/audit?action=weather.alarm&limit=200')).body.items;
    const raised = async () =>
      (await entries()).filter((entry: { action: string }) => entry.action === 'weather.alarm').length;
    const before = await raised();
    await Promise.all(made(20).map(name => people.miss(name)));
    expect(await raised()).toBe(before + 1);
  });

  it('names the accounts that strangers signed in to while it held', async () => {
    const unlucky = await people.person();
    await spray(made(6));
    expect((await signIn(test.client('203.0.113.9'), unlucky.email)).status).toBe(200);
    await people.miss(unlucky.email);
    test.turn(20_000);
    const { body } = await admin.get('/weather');
    const ours = body.letIn.filter((one: { person: { id: string } }) => one.person.id === unlucky.id);
    expect(ours).toMatchObject([
      { address: '203.0.113.9', person: { name: expect.stringMatching(/Nobody/) } },
    ]);
    const account = body.accounts.find((one: { person: { id: string } }) => one.person?.id === unlucky.id);
    expect(account).toMatchObject({ tries: 1, letIn: 1 });
    const nobodys = body.accounts.find((one: { person: null }) => one.person === null);
    expect(nobodys.names).toBeGreaterThanOrEqual(6);
    // A sign-in on a known device is nobody's to worry about.
    await signIn(known, 'rep@example.com');
    expect((await admin.get('/weather')).body.letIn).toHaveLength(body.letIn.length);
  });
});

describe('defence mode', () => {
  const reason = 'a wave of guesses since noon';

  it('asks strangers for a proof whatever the password, and lets known devices in', async () => {
    const begun = await admin.post('/weather/defence', { hours: 2, reason });
    expect(begun.status).toBe(201);
    expect(begun.body).toMatchObject({ reason, by: { name: 'administrator person' } });
    for (const word of [password, 'wrong guess in defence']) {
      const reply = await signIn(test.client(), 'rep@example.com', word);
      expect(reply.body).toMatchObject({ kind: 'proof-needed' });
    }
    expect((await signIn(test.client(), made(1)[0] ?? '')).body.kind).toBe('proof-needed');
    expect((await signIn(known, 'rep@example.com')).body.kind).toBe('signed-in');
    expect((await admin.delete('/weather/defence')).status).toBe(204);
    expect((await signIn(test.client(), 'rep@example.com')).body.kind).toBe('signed-in');
    expect((await admin.delete('/weather/defence')).status).toBe(409);
  });

  it('ends by itself, and lasts three days at most', async () => {
    for (const hours of [0, 73, 1.5])
      expect((await admin.post('/weather/defence', { hours, reason })).status).toBe(422);
    expect((await admin.post('/weather/defence', { hours: 1, reason: ' ' })).status).toBe(422);
    await admin.post('/weather/defence', { hours: 3, reason });
    expect((await admin.get('/weather')).body.defence).toMatchObject({ reason });
    test.turn(3 * hour + 1);
    expect((await admin.get('/weather')).body.defence).toBeNull();
    expect((await signIn(test.client(), 'manager@example.com')).body.kind).toBe('signed-in');
  });

  it('is begun by an alarm for two hours where the workspace wants that', async () => {
    await spray(made(6));
    expect((await admin.get('/weather')).body).toMatchObject({
      defence: null,
      settings: { autoDefence: false },
    });
    await test.fairWeather();
    expect((await admin.put('/weather/settings', { autoDefence: true })).body).toEqual({ autoDefence: true });
    await spray(made(6));
    const { defence } = (await admin.get('/weather')).body;
    expect(defence).toMatchObject({ by: null, reason: '' });
    expect(Date.parse(defence.until) - Date.parse(defence.since)).toBe(2 * hour);
    expect((await signIn(test.client(), 'rep2@example.com')).body.kind).toBe('proof-needed');
    await admin.put('/weather/settings', { autoDefence: false });
    await admin.delete('/weather/defence');
    const { items } = (await admin.get('/audit?action=weather.settings')).body;
    expect(items[0]).toMatchObject({ before: { autoDefence: true }, after: { autoDefence: false } });
  });
});

describe('who sees the weather', () => {
  it('is whoever may read locks; who keeps the policy changes it', async () => {
    const auditor = await test.as('auditor');
    const reason = 'because I say so';
    expect((await auditor.get('/weather')).status).toBe(200);
    expect((await auditor.get('/weather/history')).status).toBe(200);
    expect((await auditor.post('/weather/defence', { hours: 1, reason })).status).toBe(403);
    expect((await auditor.post('/weather/alarm/end', { reason })).status).toBe(403);
    expect((await auditor.put('/weather/settings', { autoDefence: true })).status).toBe(403);
    expect((await known.get('/weather')).status).toBe(403);
    expect((await test.client().get('/weather')).status).toBe(401);
  });
});

describe('a proxy that the settings do not name', () => {
  it('is told of when it passes requests on from this machine', async () => {
    expect((await admin.get('/weather')).body.hiddenVisitors).toBe(false);
    const forwarded = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    await test.client('198.51.100.3').get('/setup', forwarded);
    expect((await admin.get('/weather')).body.hiddenVisitors).toBe(false);
    await test.client('127.0.0.1').get('/setup', forwarded);
    expect((await admin.get('/weather')).body.hiddenVisitors).toBe(true);
    await weather.noteHidden(test.installation);
    test.turn(25 * hour);
    await signIn(admin, 'administrator@example.com');
    expect((await admin.get('/weather')).body.hiddenVisitors).toBe(false);
  });
});
