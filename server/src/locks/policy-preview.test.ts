// A lock policy can be looked at before it is chosen: the record replayed, an attacker's chance; looking changes nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeTurnedAway } from '../sign-in/tally.ts';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { atomically, iso } from '../world.ts';
import { readRecord } from './preview-record.ts';

let test: Test;
let administrator: Client;
beforeAll(async () => {
  test = await openTest();
  administrator = await test.as('administrator');
  await makeHistory();
});
afterAll(() => test.close());
// Policies are delicate, and history took days.
beforeEach(() => administrator.post('/session/confirm', { password }));

const minute = 60_000;
const office = '203.0.113.20';
const preview = (query: string, as = administrator) => as.get(`/policies/lock/preview?${query}`);

/**
 * Three days: one name is attacked for 30 hours, an owner slips on a new browser, an office mistypes and gets in; then
 * the owner meets the attackers' lock on yet another browser and helps himself by waiting on his known one.
 */
async function makeHistory() {
  let guesses = 0;
  const miss = (name: string, client: Client) =>
    client.post('/session', { name, password: `nothing like it ${++guesses}` });
  const enter = (who: string, client: Client) =>
    client.post('/session', { name: `${who}@example.com`, password });
  const stranger = test.client('198.51.100.9');
  // rep: known at home on one browser; slips twice on a new one in a place he has not been to.
  const home = test.client('192.0.2.10');
  expect((await enter('rep', home)).status).toBe(200);
  const elsewhere = test.client('192.0.2.200');
  for (let i = 0; i < 2; i++) expect((await miss('rep@example.com', elsewhere)).status).toBe(401);
  test.turn(minute);
  expect((await enter('rep', elsewhere)).status).toBe(200);
  // The office: rep2 and the manager are familiar there, mistype on new browsers, and get in.
  for (const who of ['rep2', 'manager']) {
    expect((await enter(who, test.client(office))).status).toBe(200);
    const fresh = test.client(office);
    expect((await miss(`${who}@example.com`, fresh)).status).toBe(401);
    expect((await enter(who, fresh)).status).toBe(200);
  }
  // A stranger at a name that is nobody's: three tries.
  test.turn(minute);
  for (let i = 0; i < 3; i++) await miss('nobody@example.com', stranger);
  // The attack on rep: eight at once, of which five are looked at; then one in three hours, ten times.
  test.turn(60 * minute);
  for (let i = 0; i < 8; i++) await miss('rep@example.com', test.client(`198.18.77.${i + 1}`));
  for (let i = 0; i < 10; i++) {
    test.turn(180 * minute);
    await miss('rep@example.com', test.client(`198.18.78.${i + 1}`));
  }
  // The lane is spent: rep on a new browser, in a strange place, is refused; on his own he is not.
  expect((await enter('rep', test.client('198.18.90.1'))).status).toBe(423);
  expect((await enter('rep', home)).status).toBe(200);
  await writeTurnedAway(test.installation);
}

describe('the record replayed', () => {
  it('is told the same for the present policy as it went, and for a draft as it would have gone', async () => {
    const { status, body } = await preview('preset=strict');
    expect(status).toBe(200);
    expect(body).toMatchObject({ preset: 'strict', days: 90, cut: false });
    // administrator, rep at home, rep elsewhere, two in the office twice each, rep at home again.
    const owners = { visits: 8, refused: 0, asked: 0 };
    expect(body.now.owners).toEqual(owners);
    // 3 at nobody, 18 of the attack, 1 refused sign-in that nobody finished there.
    expect(body.now.strangers).toEqual({ tries: 22, verified: 14, stopped: 8, names: 2, locked: 1 });
    // What was looked at in truth, but for the two slips that the owner's visit took to himself.
    const rows = await test.world.db
      .selectFrom('attempts')
      .select('lane')
      .where('lane', '=', 'strangers')
      .execute();
    expect(rows.length - 2).toBe(body.now.strangers.verified);
    expect(body.draft.owners).toEqual(owners);
    expect(body.draft.strangers).toEqual({ tries: 22, verified: 13, stopped: 9, names: 2, locked: 1 });
  });

  it('lets more through as our old system did, and asks owners where strangers always prove themselves', async () => {
    const classic = (await preview('preset=classic&failures=5&minutes=30')).body;
    expect(classic.draft.strangers).toEqual({ tries: 22, verified: 19, stopped: 3, names: 2, locked: 1 });
    const narrow = (await preview('preset=classic&failures=1&minutes=1440')).body;
    expect(narrow.draft.owners).toEqual({ visits: 8, refused: 1, asked: 0 });
    const prove = (await preview('preset=prove')).body;
    expect(prove.draft.strangers).toEqual({ tries: 22, verified: 0, stopped: 22, names: 2, locked: 0 });
    expect(prove.draft.owners.refused).toBe(0);
    // Everybody's first visit came from a strange place, and rep's second one.
    expect(prove.draft.owners.asked).toBe(5);
  });

  it('asks new devices when the draft says so, and leaves what is not named as it is', async () => {
    const told = (await preview('preset=balanced')).body;
    expect(told.arrivals).toEqual({ newDevice: 'tell', abnormal: 'prove' });
    expect(told.draft).toEqual(told.now);
    const asked = (await preview('preset=balanced&newDevice=prove&abnormal=tell')).body;
    expect(asked.arrivals).toEqual({ newDevice: 'prove', abnormal: 'tell' });
    expect(asked.draft.owners).toEqual({ visits: 8, refused: 0, asked: 3 });
    expect(asked.now.owners.asked).toBe(0);
  });

  it('says so when there is more than fits, and keeps what is newest', async () => {
    const whole = await readRecord(test.world);
    expect(whole.cut).toBe(false);
    const cut = await readRecord(test.world, 10, 4);
    expect(cut.cut).toBe(true);
    expect(cut.happenings.length).toBeLessThan(whole.happenings.length);
    expect(cut.happenings.length).toBeGreaterThan(0);
    expect(cut.happenings).toEqual(
      whole.happenings.slice(-cut.happenings.length).map(sameNumber(cut, whole)),
    );
    for (const one of cut.happenings) expect(one.at).toBeGreaterThanOrEqual(cut.from);
  });

  /** Accounts are numbered as they are met. */
  const sameNumber = (a: Awaited<ReturnType<typeof readRecord>>, b: typeof a) => {
    const from = b.happenings.slice(-a.happenings.length);
    const numbers = new Map(from.map((one, index) => [one.account, a.happenings[index]?.account ?? -1]));
    return (one: (typeof from)[number]) => ({ ...one, account: numbers.get(one.account) ?? -1 });
  };
});

describe('how far a guesser gets', () => {
  it('is told for both policies and for what most systems do, with its basis', async () => {
    const { body } = await preview('preset=strict');
    expect(body.now.attacker).toMatchObject({ month: 40, halfYear: 50 });
    expect(body.draft.attacker).toMatchObject({ month: 17, halfYear: 50 });
    expect(body.reference).toMatchObject({ failures: 5, minutes: 30 });
    expect(body.reference.attacker).toMatchObject({ month: 7_200, halfYear: 43_200 });
    expect(body.reference.attacker.chance).toBeGreaterThan(100 * body.now.attacker.chance);
    expect(body.now.attacker.chance).toBeGreaterThan(0);
    expect(body.now.attacker.chance).toBeLessThan(0.000_2);
    expect(body.basis).toEqual({
      list: test.installation.screening.size,
      fits: ['rockYou', 'csdn', 'yahoo'],
    });
    const prove = (await preview('preset=prove')).body;
    expect(prove.draft.attacker).toEqual({ month: 0, halfYear: 0, chance: 0 });
  });
});

describe('a preview', () => {
  it('shows lanes and warnings of every preset without choosing it', async () => {
    const before = (await administrator.get('/policies/lock')).body;
    const classic = await preview('preset=classic&failures=3&minutes=60');
    expect(classic.body).toMatchObject({ preset: 'classic', failures: 3, minutes: 60 });
    expect(classic.body.lanes.strangers).toMatchObject({ tries: 3, pauseMinutes: 60 });
    expect(classic.body.lanes.knownDevice).toEqual(before.lanes.knownDevice);
    const prove = await preview('preset=prove');
    expect(prove.body.warnings).toMatchObject([{ kind: 'strangers-prove', value: 0 }]);
    expect(prove.body.warnings[0].words).toContain('verified e-mail');
    expect((await administrator.get('/policies/lock')).body).toEqual(before);
    const log = await administrator.get('/audit?action=policy.lock');
    expect(log.body.items).toEqual([]);
  });

  it('refuses what is no policy, saying what to do in both languages', async () => {
    for (const query of [
      'preset=classic&failures=0',
      'preset=classic&minutes=1441',
      'preset=classic&failures=2.5',
      'preset=mine',
      '',
      'preset=strict&newDevice=shout',
      `preset=custom&lanes=${'x'.repeat(2_000)}`,
      'preset=custom&lanes=[1,2',
      'preset=custom&lanes={"__proto__":{}}',
      'preset=custom',
      "preset=strict'%20or%201=1--",
    ])
      expect((await preview(query)).status, query).toBe(422);
    const lane = { tries: 5, pauseMinutes: 30, reserve: 10, perDay: 24 };
    const lanes = { knownDevice: { ...lane, tries: 0 }, familiarNetwork: lane, strangers: lane, alarm: lane };
    const query = `preset=custom&lanes=${encodeURIComponent(JSON.stringify(lanes))}`;
    const { body } = await administrator.send(`GET /policies/lock/preview?${query}`, {
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(body.faults).toEqual([
      { path: 'lanes.knownDevice.tries', message: '已识别设备的连续尝试次数：请填写 10 到 20 之间的整数。' },
    ]);
  });

  it('is for administrators and auditors, and nobody else', async () => {
    expect((await preview('preset=calm', await test.as('auditor'))).status).toBe(200);
    expect((await preview('preset=calm', await test.as('rep2', office))).status).toBe(403);
    expect((await preview('preset=calm', await test.as('manager', office))).status).toBe(403);
    expect((await preview('preset=calm', test.client())).status).toBe(401);
    const auditor = await test.as('auditor');
    expect((await auditor.put('/policies/lock', { preset: 'calm' })).status).toBe(403);
  });

  it('is made one at a time; a crowd of them is asked to come again', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => preview('preset=strict')));
    const statuses = replies.map(reply => reply.status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(replies.find(reply => reply.status === 503)?.headers.get('retry-after')).toBe('3');
    expect((await preview('preset=strict')).status).toBe(200);
  });
});

describe('a policy in numbers of one’s own', () => {
  const lane = { tries: 10, pauseMinutes: 30, reserve: 10, perDay: 24 };
  const lanes = {
    knownDevice: lane,
    familiarNetwork: lane,
    strangers: { tries: 4, pauseMinutes: 45, reserve: 8, perDay: 0.5 },
    alarm: { tries: 1, pauseMinutes: 60, reserve: 2, perDay: 0.1 },
  };

  it('is previewed, chosen, obeyed, and told again', async () => {
    const draft = await preview(`preset=custom&lanes=${encodeURIComponent(JSON.stringify(lanes))}`);
    expect(draft.body).toMatchObject({ preset: 'custom', lanes, warnings: [] });
    expect(draft.body.draft.attacker).toMatchObject({ month: 23 });
    const chosen = await administrator.put('/policies/lock', { preset: 'custom', lanes });
    expect(chosen.status).toBe(200);
    expect((await administrator.get('/policies/lock')).body).toMatchObject({ preset: 'custom', lanes });
    const [told] = (await administrator.get('/audit?action=policy.lock')).body.items;
    expect(told.before).toMatchObject({ preset: 'balanced', measureAbnormal: 'ask-proof' });
    expect(told.after).toMatchObject({ preset: 'custom', laneStrangers: '4 / 45 / 8 / 0.5' });
    await test.fairWeather();
    const statuses = [];
    for (let i = 0; i < 5; i++)
      statuses.push(
        (
          await test
            .client()
            .post('/session', { name: 'lone@example.com', password: `nothing like it at all ${i}` })
        ).status,
      );
    expect(statuses).toEqual([401, 401, 401, 401, 423]);
    expect((await administrator.put('/policies/lock', { preset: 'balanced' })).status).toBe(200);
  });

  it('is refused out of bounds: no policy may lock owners out', async () => {
    const closed = { ...lanes, knownDevice: { ...lane, tries: 1, perDay: 1_000 } };
    const refused = await administrator.put('/policies/lock', { preset: 'custom', lanes: closed });
    expect(refused.status).toBe(422);
    expect(refused.body.faults.map((one: { path: string }) => one.path)).toEqual([
      'lanes.knownDevice.tries',
      'lanes.knownDevice.perDay',
    ]);
    expect(refused.body.faults[0].message).toBe(
      'Known devices, tries at once: choose a whole number from 10 to 20.',
    );
    const { alarm: _, ...three } = lanes;
    for (const body of [
      { preset: 'custom' },
      { preset: 'custom', lanes: three },
      { preset: 'custom', lanes: { ...lanes, fifth: lane } },
      { preset: 'custom', lanes: { ...lanes, alarm: { ...lane, tries: '5' } } },
      { preset: 'calm', lanes },
    ])
      expect((await administrator.put('/policies/lock', body)).status).toBe(422);
  });
});

describe('with a long record', () => {
  it('answers within seconds and lets others go on meanwhile', async () => {
    const at = (index: number) => iso(test.world.now() - 80 * 86_400_000 + index * 30_000);
    await atomically(test.world, async tx => {
      for (let start = 0; start < 40_000; start += 4_000)
        await tx.db
          .insertInto('attempts')
          .values(
            Array.from({ length: 4_000 }, (_, i) => ({
              workspace_id: tx.workspaceId,
              id: tx.random.id(),
              at: at(start + i),
              account: Buffer.from(`account ${(start + i) % 500}`),
              person_id: null,
              lane: 'strangers',
              verdict: 'wrong' as const,
              source: `198.18.${i % 250}.1`,
              device: '',
            })),
          )
          .execute();
    });
    // Work, not time: a machine with much else to do must not fail it.
    const worked = () => process.threadCpuUsage().user / 1_000;
    let longest = 0;
    let last = worked();
    const watch = setInterval(() => {
      longest = Math.max(longest, worked() - last);
      last = worked();
    }, 1);
    const begun = worked();
    const { body } = await preview('preset=strict');
    clearInterval(watch);
    expect(body.records).toBeGreaterThan(40_000);
    expect(body.now.strangers.names).toBeGreaterThanOrEqual(500);
    expect(body.draft.strangers.verified).toBeLessThan(body.now.strangers.verified);
    expect(worked() - begun).toBeLessThan(5_000);
    expect(longest).toBeLessThan(150);
  });
});
