// Counts of sign-ins, the charts drawn from them, the figures for Prometheus, and the flood that is seen in them.
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bindings } from '../app.ts';
import { addHealth } from '../health.ts';
import { openInstallation } from '../installation.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';
import { iso, worldOf } from '../world.ts';
import { SPAN } from './counts.ts';
import * as store from './store.ts';
import * as weather from './weather.ts';

const minute = 60_000;
const none = Object.fromEntries(weather.counted.map(what => [what, 0]));
let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator', '198.51.100.20');
  people = peopleOf(test, admin);
});
afterAll(() => test.close());

/** Time passes, and the administrator signs in again. */
async function later(ms: number): Promise<void> {
  test.turn(ms);
  await test.fairWeather();
  await admin.post('/session', { name: 'administrator@example.com', password });
}

/** So many refusals of one spent lane, from as many addresses, as quick as they come. */
async function refusals(name: string, count: number): Promise<void> {
  await people.lock(name);
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      test.client(`203.0.113.${i % 200}`).post('/session', { name, password: `wrong refusal number ${i}` }),
    ),
  );
}

/** Turns the clock to the start of a span, so that what comes next is not divided between two. */
const wholeSpan = () => test.turn(SPAN - (test.installation.now() % SPAN));

const recent = async () => (await admin.get('/weather')).body.recent;

describe('counts', () => {
  it('say what every attempt came to', async () => {
    await later(20 * minute);
    const before = (await recent()).hour.counts;
    const rep = test.client('198.51.100.77');
    const attempts = [
      [rep, password], // a stranger
      [rep, password], // on a known device
      [rep, 'wrong guess a of counts'],
      [rep, 'wrong guess a of counts'], // repeated
      [test.client('198.51.100.77'), password], // a familiar network
      [test.client(), 'password123'], // a listed guess
    ] as const;
    for (const [client, word] of attempts)
      await client.post('/session', { name: 'rep@example.com', password: word });
    await refusals('auditor@example.com', 3);
    const after = (await recent()).hour.counts;
    const gained = Object.fromEntries(
      Object.keys(none)
        .map(what => [what, after[what] - before[what]])
        .filter(([, more]) => more !== 0),
    );
    expect(gained).toEqual({
      stranger: 1,
      known: 1,
      familiar: 1,
      wrong: 1 + 5,
      repeated: 1,
      listed: 1,
      locked: 3,
    });
  });

  it('leave a window when their time has passed', async () => {
    await later(20 * minute);
    await people.miss('manager@example.com');
    expect((await recent()).fiveMinutes.counts.wrong).toBe(1);
    await later(11 * minute);
    const { fiveMinutes, hour, day } = await recent();
    expect(fiveMinutes.counts.wrong).toBe(0);
    expect(hour.counts.wrong).toBeGreaterThanOrEqual(1);
    await later(61 * minute);
    const { hour: now, day: still } = await recent();
    expect(now.counts.wrong).toBe(0);
    expect(still.counts.wrong).toBe(day.counts.wrong);
  });

  it('stand in the charts, each span without gaps and with 300 points at most', async () => {
    for (const [span, points, stepMinutes] of [
      ['day', 288, 5],
      ['week', 168, 60],
      ['quarter', 270, 480],
    ] as const) {
      const { body } = await admin.get(`/weather/history?span=${span}`);
      expect(body).toMatchObject({ span, stepMinutes });
      expect(body.points).toHaveLength(points);
      const times = body.points.map((point: { at: string }) => Date.parse(point.at));
      for (let i = 1; i < times.length; i++) expect(times[i] - times[i - 1]).toBe(stepMinutes * minute);
      const last = times.at(-1) ?? 0;
      expect(last).toBeLessThanOrEqual(test.installation.now());
      expect(last + stepMinutes * minute).toBeGreaterThan(test.installation.now());
      type Point = { counts: Record<string, number> };
      const wrong = body.points.reduce((sum: number, point: Point) => sum + (point.counts.wrong ?? 0), 0);
      expect(wrong).toBe((await recent()).day.counts.wrong);
    }
    expect((await admin.get('/weather/history?span=century')).status).toBe(422);
  });

  it('are written down by two processes at once without losing any', async () => {
    await later(20 * minute);
    const other = await openInstallation({
      config: test.installation.config,
      log: test.installation.log,
      appUrl: test.appUrl,
      secrets: test.installation.secrets,
      jobs: test.jobs,
      now: test.installation.now,
    });
    const there = worldOf(other, test.world.workspaceId);
    for (let round = 0; round < 20; round++) {
      weather.count(test.world, 'wrong', '203.0.113.1');
      weather.count(there, 'wrong', '203.0.113.1');
      weather.count(there, 'locked', '203.0.113.2');
      await Promise.all([weather.flush(test.installation), weather.flush(other)]);
    }
    await other.signals.close();
    await other.databases.close();
    expect((await recent()).fiveMinutes.counts).toMatchObject({ wrong: 40, locked: 20 });
  });

  it('are kept when the database fails, and written the next time', async () => {
    await later(20 * minute);
    weather.count(test.world, 'busy', '203.0.113.1');
    const { databases } = test.installation;
    const away = {
      ...databases,
      of: () => {
        throw new Error('away');
      },
    };
    await expect(weather.flush({ ...test.installation, databases: away })).rejects.toThrow('away');
    expect((await recent()).fiveMinutes.counts.busy).toBe(1);
  });

  it('are figures for Prometheus, each with help and type', async () => {
    const app = new Hono<{ Bindings: Bindings }>();
    addHealth(app, test.installation);
    const peer = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
    const text = await (await app.request('/metrics', {}, peer)).text();
    expect(text).toMatch(/^latchkey_sign_ins_total\{outcome="locked"\} [1-9]/m);
    for (const name of ['latchkey_alarms', 'latchkey_defences', 'latchkey_locks_standing']) {
      expect(text).toMatch(new RegExp(`^# HELP ${name} .+\n# TYPE ${name} gauge\n${name} \\d+$`, 'm'));
    }
    const names = [...text.matchAll(/^(latchkey_\w+)(\{[^}]*\})? /gm)].map(match => match[1]);
    for (const name of new Set(names)) expect(text).toContain(`# TYPE ${name} `);
  });
});

describe('a flood', () => {
  const told = async (kind: string) => {
    await test.jobs.settle();
    const { items } = (await admin.get('/alerts?limit=200')).body;
    return items.filter((alert: { kind: string }) => alert.kind === kind);
  };
  const look = () => Promise.all([weather.look(test.world), weather.look(test.world)]);

  it('is told once an hour with its numbers, and its end once', async () => {
    await later(20 * minute);
    wholeSpan();
    await refusals('rep2@example.com', 150);
    await weather.flush(test.installation);
    await look();
    expect(await told('flood')).toHaveLength(0);
    await refusals('rep2@example.com', 100);
    await weather.flush(test.installation);
    await look();
    const [first] = await told('flood');
    expect(first.data).toMatchObject({ minutes: 5 });
    expect(first.data.misses).toBeGreaterThanOrEqual(250);
    expect(first.data.networks).toBeGreaterThanOrEqual(100);
    expect((await admin.get('/weather')).body.flood).not.toBeNull();
    await look();
    test.turn(30 * minute);
    wholeSpan();
    await refusals('rep2@example.com', 250);
    await weather.flush(test.installation);
    await look();
    expect(await told('flood')).toHaveLength(1);

    await later(16 * minute);
    const calm = (await told('calm')).length;
    await look();
    expect((await told('calm')).length).toBe(calm + 1);
    expect((await admin.get('/weather')).body.flood).toBeNull();
    await look();
    expect((await told('calm')).length).toBe(calm + 1);

    await later(30 * minute);
    wholeSpan();
    await refusals('rep2@example.com', 250);
    await weather.flush(test.installation);
    await look();
    expect(await told('flood')).toHaveLength(2);
  });

  it('is none where as much is usual', async () => {
    await later(120 * minute);
    await look();
    const before = (await told('flood')).length;
    const now = test.installation.now();
    for (let at = now - 7 * 24 * 60 * minute; at < now - 10 * minute; at += 5 * minute)
      await store.addCounts(test.world, iso(Math.floor(at / (5 * minute)) * 5 * minute), { wrong: 40 }, 5);
    await refusals('manager@example.com', 300);
    await weather.flush(test.installation);
    await look();
    expect(await told('flood')).toHaveLength(before);
  });
});
