// Idempotency-Key: a doubled or repeated write answers as the first did and acts once (A18, E5).
import { sql } from 'kysely';
import { fingerprint } from '../http.ts';
import type { Problem } from '../problems.ts';
import { atomically, iso, moment, type World } from '../world.ts';

export type Stored = { status: number; headers: Record<string, string>; body: string | null };

const keptForHours = 24;

class RolledBack extends Error {
  readonly answer: Stored;
  constructor(answer: Stored) {
    super('refused, so nothing is kept');
    this.answer = answer;
  }
}

/**
 * Runs `work` in one transaction together with the key's row. A second request with the key waits for the first and
 * gets its answer; a refused one (status 400 and above) is rolled back and may be tried again with the same key.
 */
export async function once(
  world: World,
  input: { ownerId: string; key: string; method: string; path: string; body: string },
  work: (world: World) => Promise<Stored>,
): Promise<Stored | { problem: Problem }> {
  const print = fingerprint(input.method, input.path, input.body);
  try {
    return await atomically(world, async tx => {
      const claimed = await tx.db
        .insertInto('idempotency_keys')
        .values({
          workspace_id: tx.workspaceId,
          owner_id: input.ownerId,
          key: input.key,
          fingerprint: print,
          status: 0,
          headers: '{}',
          at: moment(tx),
        })
        .onConflict(conflict =>
          conflict
            .columns(['workspace_id', 'owner_id', 'key'])
            .doUpdateSet({ status: 0, fingerprint: print, at: moment(tx) })
            .where('idempotency_keys.at', '<', iso(tx.now() - keptForHours * 3_600_000)),
        )
        .returning('key')
        .executeTakeFirst();
      if (!claimed) return replay(tx, input, print);
      const answer = await work(tx);
      if (answer.status >= 400) throw new RolledBack(answer);
      await tx.db
        .updateTable('idempotency_keys')
        .set({ status: answer.status, headers: JSON.stringify(answer.headers), body: answer.body })
        .where('workspace_id', '=', tx.workspaceId)
        .where('owner_id', '=', input.ownerId)
        .where('key', '=', input.key)
        .execute();
      return answer;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.answer;
    throw error;
  }
}

async function replay(
  world: World,
  input: { ownerId: string; key: string },
  print: Buffer,
): Promise<Stored | { problem: Problem }> {
  const row = await world.db
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'status', 'headers', 'body'])
    .where('workspace_id', '=', world.workspaceId)
    .where('owner_id', '=', input.ownerId)
    .where('key', '=', input.key)
    .executeTakeFirstOrThrow();
  if (!row.fingerprint.equals(print)) return { problem: { code: 'key-reused' } };
  return { status: row.status, headers: { ...row.headers, 'idempotency-replayed': 'true' }, body: row.body };
}

/** Drops keys older than a day; run by the nightly sweep. */
export async function sweepKeys(world: World): Promise<void> {
  await sql`delete from idempotency_keys where workspace_id = ${world.workspaceId}
    and at < ${new Date(world.now() - keptForHours * 3_600_000)}`.execute(world.db);
}
