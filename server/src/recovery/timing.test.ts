// L10: how long asking for a code takes tells nothing; 500 tries each, by recovery, by message and by factor.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flowOf } from '../sign-in/flow.ts';
import type { Client } from '../testing/client.ts';
import { openTest, type Test } from '../testing/harness.ts';

const names = 500;

let test: Test;
beforeAll(async () => {
  test = await openTest();
  const { workspaceId, db } = test.world;
  const model = await db.selectFrom('people').selectAll().where('role', '=', 'rep').executeTakeFirstOrThrow();
  const ids = Array.from({ length: names }, () => test.installation.random.id());
  await db
    .insertInto('people')
    .values(
      ids.map((id, i) => ({
        workspace_id: workspaceId,
        id,
        sign_in_name: `known${i}@example.com`,
        email: `known${i}@example.com`,
        email_verified_at: model.email_verified_at,
        name: `Known ${i}`,
        role: 'rep' as const,
        password_hash: model.password_hash,
      })),
    )
    .execute();
  const at = new Date(Date.now() - 3_600_000);
  await db
    .insertInto('contact_points')
    .values(
      ids.map((id, i) => ({
        workspace_id: workspaceId,
        id: test.installation.random.id(),
        person_id: id,
        kind: 'sms' as const,
        value: `+86138${String(10_000_000 + i)}`,
        purpose: 'primary' as const,
        verified_at: at,
        created_at: at,
      })),
    )
    .execute();
});
afterAll(() => test.close());

/** How far apart two samples lie, as the z of the Mann–Whitney rank sum; equal ones stay below 4. */
function apart(a: number[], b: number[]): number {
  const all = [...a.map(x => ({ x, first: true })), ...b.map(x => ({ x, first: false }))].sort(
    (p, q) => p.x - q.x,
  );
  const ranks = all.reduce((sum, { first }, i) => sum + (first ? i + 1 : 0), 0);
  const mean = (a.length * (a.length + b.length + 1)) / 2;
  return Math.abs(ranks - mean) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
}

type Call = (client: Client, name: string) => Promise<() => Promise<unknown>>;

/** Both kinds of name in pairs of random order, twenty pairs at once, so that the machine's moods fall on both alike. */
async function compare(prepare: Call) {
  const known: number[] = [];
  const unknown: number[] = [];
  const waiting = Array.from({ length: names }, (_, i) => i);
  const runner = async () => {
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      const pair: [number[], string][] = [
        [known, `known${i}@example.com`],
        [unknown, `ghost${i}@example.com`],
      ];
      if (Math.random() < 0.5) pair.reverse();
      for (const [into, name] of pair) {
        const call = await prepare(test.client(), name);
        const start = performance.now();
        await call();
        into.push(performance.now() - start);
      }
    }
  };
  await Promise.all(Array.from({ length: 20 }, runner));
  await test.jobs.settle();
  expect([known.length, unknown.length]).toEqual([names, names]);
  return apart(known, unknown);
}

describe('L10 timing', () => {
  it.each(['email', 'sms'] as const)(
    'L10 of beginning a recovery by %s is the same for everybody',
    async via => {
      const apartBy = await compare(async (client, name) => () => client.post('/recovery', { name, via }));
      expect(apartBy).toBeLessThan(4);
    },
    120_000,
  );

  it.each(['email-code', 'sms-code'])(
    'L10 of asking for an %s is the same for everybody',
    async kind => {
      const apartBy = await compare(async (client, name) => {
        const flow = flowOf(test.world, { name, password: 'as typed', remember: false });
        return () => client.post('/session/messages', { flow, kind });
      });
      expect(apartBy).toBeLessThan(4);
    },
    120_000,
  );

  it.each(['totp', 'sms-code'])(
    'L10 of trying a factor by %s is the same for everybody',
    async kind => {
      const apartBy = await compare(async (client, name) => {
        const flow = flowOf(test.world, { name, password: 'as typed', remember: false });
        return () => client.post('/session/proofs', { flow, kind, code: '123456' });
      });
      expect(apartBy).toBeLessThan(4);
    },
    120_000,
  );
});
