// What is kept of failed tries, and for how long, against PostgreSQL.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { together } from '../db/together.ts';
import { openTest, type Test } from '../testing/harness.ts';
import * as attempts from './attempts.ts';
import { sweep } from './store.ts';

let t: Test;
beforeAll(async () => {
  t = await openTest();
});
afterAll(() => t.close());

const day = 86_400_000;
const account = (name: string) => attempts.accountOf(t.world, name);
const mark = (name: string, text: string) => attempts.markOf(t.world, account(name), Buffer.from(text));
const remember = (name: string, text: string) =>
  together(
    t.world,
    attempts.remembering(t.world, { account: account(name), mark: mark(name, text), source: 's' }),
  );
const seen = async (name: string, text: string) =>
  (await attempts.seenAs(t.world, account(name), mark(name, text))).as;

it('remembers the newest sixteen wrong passwords of a name for a day', async () => {
  for (let i = 0; i < 17; i++) {
    await remember('a', `wrong ${i}`);
    t.turn(1);
  }
  expect(await seen('a', 'wrong 0')).toBeNull();
  expect(await seen('a', 'wrong 1')).toBe('repeated');
  expect(await seen('b', 'wrong 1')).toBeNull();
  t.turn(day);
  expect(await seen('a', 'wrong 16')).toBeNull();
  await attempts.sweep(t.world);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from wrong_marks`.execute(
    t.world.db,
  );
  expect(rows[0]?.count).toBe(0);
});

it('keeps no password and no name: marks and accounts are keyed hashes', async () => {
  await remember('li.lei@example.com', 'a secret nobody should read');
  const { rows } = await sql<{ text: string }>`select wrong_marks::text as text from wrong_marks`.execute(
    t.world.db,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row.text).not.toMatch(/secret|li\.lei/);
});

it('forgets attempts after ninety days, and the oldest of too many', async () => {
  const write = (i: number) => {
    const tried = { account: account(`n${i}`), personId: null, lane: 'strangers', source: 's', device: 'd' };
    return together(t.world, [attempts.writing(t.world, { ...tried, verdict: 'wrong' })]);
  };
  const count = async () => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from attempts`.execute(
      t.world.db,
    );
    return rows[0]?.count;
  };
  for (let i = 0; i < 8; i++) {
    await write(i);
    // Which of two of the same moment is older is nobody's business; ids go by the machine's clock, not by the one turned here.
    t.turn(2);
    await sleep(2);
  }
  const now = t.world.now();
  const never = { plainBefore: 0, formerBefore: 0, staleBefore: '2000-01-01', attemptsBefore: '2000-01-01' };
  await sweep(t.world, { ...never, attemptsKept: 5 });
  expect(await count()).toBe(5);
  const [oldest] = await attempts.of(t.world, {
    account: account('n3'),
    since: new Date(now - day).toISOString(),
    limit: 1,
  });
  expect(oldest).toBeDefined();
  t.turn(91 * day);
  await attempts.sweep(t.world);
  expect(await count()).toBe(0);
});
