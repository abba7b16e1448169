// What a process remembers of sums: adding a quarter up takes long, seeing that nothing has changed since does not.
import { sql } from 'kysely';
import { kept as keptPlan } from '../db/kept-plans.ts';
import type { World } from '../world.ts';

export type Source = 'deals' | 'customers';
type Kept = { stamp: string; until: number; value: Promise<unknown> };

const kept = new Map<string, Kept>();
const most = 300;
/** Longer than any write takes that the stamp could miss, in milliseconds. */
const recentMs = 120_000;
/** Whatever the stamp says: a transaction may take longer, and clocks jump. */
const keptMs = 60_000;

/**
 * What `read` gave last for this question, as long as none of these records was changed, added or removed since; many who
 * ask at once wait for one reading. `about` names all that the answer depends on but the records: reach, times, narrowing.
 * Who has something else to look up meanwhile takes the stamp himself.
 */
export async function whileStanding<T>(
  world: World,
  from: readonly Source[],
  about: unknown,
  read: () => Promise<T>,
  taken: string | Promise<string> = stampOf(world, from),
): Promise<T> {
  const key = JSON.stringify([world.workspaceId, about]);
  // Taken before the reading: then what is kept is never older than it says.
  const stamp = await taken;
  const known = kept.get(key);
  if (known?.stamp === stamp && performance.now() < known.until) return known.value as Promise<T>;
  const value = read();
  kept.delete(key);
  const [oldest] = kept.keys();
  if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
  const mine = { stamp, until: performance.now() + keptMs, value };
  kept.set(key, mine);
  value.catch(() => {
    if (kept.get(key) === mine) kept.delete(key);
  });
  return value;
}

/**
 * A mark that differs after whatever was written to these records. A write may commit after a later one: so it also counts
 * the latest, between two ends, as a plan that is kept would otherwise expect a third of all and gather them with helpers. Sums
 * tell of those who went to another team, the version of pipelines of other stages.
 */
export async function stampOf(world: World, from: readonly Source[]): Promise<string> {
  const here = sql`workspace_id = ${world.workspaceId}`;
  const recent = new Date(world.now() - recentMs).toISOString();
  const parts = from.flatMap(source => {
    const table = sql.table(source);
    return [
      sql`(select max(updated_at) from ${table} where ${here} and deleted_at is null)`,
      sql`(select count(*) from ${table} where ${here} and deleted_at is null
        and updated_at > ${recent}::timestamptz and updated_at < 'infinity')`,
      sql`(select max(deleted_at) from ${table} where ${here} and deleted_at is not null)`,
    ];
  });
  if (from.includes('deals'))
    parts.push(
      sql`(select max(id::text) from (select id from deal_sums where ${here} order by id desc limit 1) newest)`,
      sql`(select concat(count(*), '/', sum(version)) from pipelines where ${here})`,
    );
  const { rows } = await sql<{
    stamp: string;
  }>`${keptPlan}select concat_ws(' ', ${sql.join(parts)}) as stamp`.execute(world.db);
  return rows[0]?.stamp ?? '';
}
