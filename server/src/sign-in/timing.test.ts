// L10: the time of an answer tells nothing; 500 tries each, taken in turns, compared as distributions.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

const names = 125;
const triesOfEach = 4; // one fewer than the strangers' lane takes, so that nothing is locked

let test: Test;
beforeAll(async () => {
  test = await openTest();
  const { workspaceId, db } = test.world;
  const model = await db.selectFrom('people').selectAll().where('role', '=', 'rep').executeTakeFirstOrThrow();
  await db
    .insertInto('people')
    .values(
      Array.from({ length: names }, (_, i) => ({
        workspace_id: workspaceId,
        id: test.installation.random.id(),
        sign_in_name: `known${i}@example.com`,
        email: `known${i}@example.com`,
        email_verified_at: model.email_verified_at,
        name: `Known ${i}`,
        role: 'rep' as const,
        password_hash: model.password_hash,
        ...(i % 5 === 4 ? { state: 'suspended' as const } : {}),
      })),
    )
    .execute();
});
afterAll(() => test.close());

/**
 * How far apart two samples lie, as the z of the Mann–Whitney rank sum: a twentieth of a millisecond between medians of
 * such samples gives well over 5; equal distributions stay below 4 in all but one of 15,000 runs.
 */
function apart(a: number[], b: number[]): number {
  const all = [...a.map(x => ({ x, first: true })), ...b.map(x => ({ x, first: false }))].sort(
    (p, q) => p.x - q.x,
  );
  const ranks = all.reduce((sum, { first }, i) => sum + (first ? i + 1 : 0), 0);
  const mean = (a.length * (a.length + b.length + 1)) / 2;
  const deviation = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  return Math.abs(ranks - mean) / deviation;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Times both kinds of name in turns, each turn in random order, so that the machine's moods fall on both alike. */
let guesses = 0;

async function compare(call: (client: Client, name: string) => Promise<unknown>, tries: number) {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < tries; round++)
    for (let i = 0; i < names; i++) {
      const pair: [number[], string][] = [
        [known, `known${i}@example.com`],
        [unknown, `ghost${i}@example.com`],
      ];
      if (Math.random() < 0.5) pair.reverse();
      for (const [into, name] of pair) into.push(await timed(() => call(test.client(), name)));
    }
  return { known, unknown };
}

describe('L10 timing', () => {
  it('L10 of a sign-in is the same for names that exist, are suspended, and do not exist', async () => {
    const miss = (client: Client, name: string) =>
      client.post('/session', { name, password: `wrong guess number ${++guesses}` });
    await compare((client, name) => miss(client, `warm-${name}`), 1);
    const { known, unknown } = await compare(miss, triesOfEach);
    expect(known).toHaveLength(500);
    expect(apart(known, unknown)).toBeLessThan(4);
  }, 120_000);

  it('tells apart what is not alike, so that the comparison means something', () => {
    const noise = () => 3 + Math.random() + (Math.random() < 0.05 ? 5 : 0);
    const a = Array.from({ length: 500 }, noise);
    const b = Array.from({ length: 500 }, () => noise() + 0.15);
    expect(apart(a, b)).toBeGreaterThan(4);
    expect(apart(a, Array.from({ length: 500 }, noise))).toBeLessThan(4);
  });
});
