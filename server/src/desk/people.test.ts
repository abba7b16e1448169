// The console of people, the story of one account, the reasons and the kit, through HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, password, type Test } from '../testing/harness.ts';
import { peopleOf } from '../testing/people.ts';

let test: Test;
let admin: Client;
let people: ReturnType<typeof peopleOf>;
const crowd: { id: string; email: string }[] = [];

beforeAll(async () => {
  test = await openTest();
  admin = await test.as('administrator');
  people = peopleOf(test, admin);
  for (let i = 0; i < 4; i++) crowd.push(await people.person());
});
afterAll(() => test.close());

type Row = {
  id: string;
  name: string;
  account?: { locks: { cause: string }[]; lastSignInAt: string | null };
};
const list = async (query: string, client = admin) =>
  (await client.get(`/people?${query}`)).body as { items: Row[]; next: string | null };

describe('the list of people', () => {
  it('tells state, locks, last sign-in, devices and factors to those who look after locks, and to nobody else', async () => {
    const [one] = crowd;
    if (!one) throw new Error('nobody');
    await test.client().signIn(one.email, password);
    await people.lock(one.email);
    const { items } = await list('q=person1%40');
    expect(items).toMatchObject([
      {
        id: one.id,
        state: 'active',
        account: {
          verified: { email: true },
          locks: [{ cause: 'failed-attempts' }],
          devices: 1,
          sessions: 1,
          factors: 0,
          initialPassword: null,
        },
      },
    ]);
    expect(Date.parse(items[0]?.account?.lastSignInAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    const auditor = await test.as('auditor');
    expect((await list('locked=true', auditor)).items.map(row => row.id)).toContain(one.id);
    const rep = await test.as('rep');
    const seen = await list('limit=200', rep);
    expect(seen.items.length).toBeGreaterThanOrEqual(9);
    expect(seen.items.every(row => row.account === undefined)).toBe(true);
    for (const query of ['locked=true', 'sort=lastSignIn'])
      expect((await rep.get(`/people?${query}`)).status).toBe(403);
  });

  it('filters by state, role, lock and words', async () => {
    const off = crowd[1]?.id ?? '';
    await admin.post(`/people/${off}/suspension`, { reason: 'on leave' });
    expect((await list('state=suspended')).items.map(row => row.id)).toEqual([off]);
    expect((await list('role=auditor')).items.map(row => row.name)).toEqual(['auditor person']);
    expect((await list('locked=true&role=rep')).items.map(row => row.id)).toEqual([crowd[0]?.id]);
    expect((await list('locked=false&limit=200')).items.map(row => row.id)).not.toContain(crowd[0]?.id);
    expect((await list('q=NOBODY%203')).items).toHaveLength(1);
    expect((await list('q=%25')).items).toHaveLength(0);
    expect((await list('q=_')).items).toHaveLength(0);
  });

  it.each(['name', '-name', 'lastSignIn', '-lastSignIn', 'createdAt', '-createdAt'])(
    'walks all pages by %s without losing or repeating anybody',
    async sort => {
      const whole = await list(`sort=${sort}&limit=200`);
      const walked: Row[] = [];
      let after = '';
      do {
        const page = await list(`sort=${sort}&limit=2${after ? `&after=${after}` : ''}`);
        walked.push(...page.items);
        after = page.next ?? '';
      } while (after);
      expect(walked.map(row => row.id)).toEqual(whole.items.map(row => row.id));
      expect(new Set(walked.map(row => row.id)).size).toBe(walked.length);
      const reverse = await list(`sort=${sort.startsWith('-') ? sort.slice(1) : `-${sort}`}&limit=200`);
      expect(reverse.items.map(row => row.id)).toEqual(whole.items.map(row => row.id).reverse());
    },
  );

  it.each(['after=x', 'after=W10', 'sort=password_hash', 'limit=0', 'limit=201', 'role=king', 'drop=1'])(
    'refuses %s',
    async query => expect((await admin.get(`/people?${query}`)).status).toBe(422),
  );
});

describe('the story of one account', () => {
  it('holds locks, devices, sessions, tries, requests; for auditors without anything to do', async () => {
    const one = crowd[0]?.id ?? '';
    const { body } = await admin.get(`/people/${one}/story`);
    expect(body.locks[0]).toMatchObject({ cause: 'failed-attempts', stands: true });
    expect(body.locks[0].signals.length).toBe(6);
    expect(body.devices).toHaveLength(1);
    expect(body.sessions).toHaveLength(1);
    expect(body.attempts.length).toBeGreaterThanOrEqual(5);
    expect(body.offers.find((offer: { action: string }) => offer.action === 'lift').why).toBeNull();
    const auditor = await test.as('auditor');
    const seen = await auditor.get(`/people/${one}/story`);
    expect([seen.status, seen.body.offers]).toEqual([200, []]);
    expect((await (await test.as('manager')).get(`/people/${one}/story`)).status).toBe(403);
  });
});

describe('reasons for common cases', () => {
  it('come with the product in both languages and are replaced by one’s own', async () => {
    const usual = (await admin.get('/desk/templates')).body.items;
    expect(usual.length).toBeGreaterThan(5);
    for (const item of usual) expect(item.words['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
    const own = [{ action: 'lift', words: { en: 'Typed in the dark.', 'zh-CN': '光线太暗输错。' } }];
    expect((await admin.put('/desk/templates', { items: own })).body.items).toEqual(own);
    expect((await admin.get('/desk/templates')).body.items).toEqual(own);
    expect((await admin.put('/desk/templates', { items: [{ action: 'dance', words: {} }] })).status).toBe(
      422,
    );
    expect((await (await test.as('auditor')).put('/desk/templates', { items: [] })).status).toBe(403);
  });
});

describe('L15 the kit', () => {
  it('L15 counts as printed only with codes, and is rehearsed by using one of them up', async () => {
    const me = await test.as('administrator');
    expect((await me.get('/kit')).body).toMatchObject({ codesLeft: 0, printedAt: null, rehearsedAt: null });
    expect((await me.post('/kit/printed')).status).toBe(409);
    const { codes } = (await me.post('/factors/recovery-codes')).body;
    expect((await me.post('/kit/printed')).status).toBe(204);
    expect((await me.post('/kit/rehearsal', { code: 'AAAA-BBBB-CCCC-DDDD' })).status).toBe(401);
    expect((await me.post('/kit/rehearsal', { code: codes[0] })).status).toBe(204);
    expect((await me.post('/kit/rehearsal', { code: codes[0] })).status).toBe(401);
    const { body } = await me.get('/kit');
    expect(body.codesLeft).toBe(9);
    expect(body.printedAt && body.rehearsedAt).toBeTruthy();
    expect(body.name).toBe('administrator@example.com');
    expect((await me.post('/factors/recovery-codes')).status).toBe(201);
    expect((await me.get('/kit')).body).toMatchObject({ codesLeft: 10, printedAt: null, rehearsedAt: null });
    const kept = await admin.get('/audit?action=kit.');
    expect(kept.body.items.map((entry: { action: string }) => entry.action)).toEqual([
      'kit.rehearsed',
      'kit.printed',
    ]);
  });
});
