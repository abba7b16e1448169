// The engine's lanes in PostgreSQL: one conditional statement spends, so that no number of processes overspends (L1).
import {
  type Lane,
  type LaneKind,
  type LaneRules,
  type LaneSpent,
  laneUntil,
  PENDING_FOR,
  type Verdict,
  withinCeiling,
} from '@latchkey/engine';
import { type RawBuilder, sql } from 'kysely';
import { kept } from '../db/kept-plans.ts';
import { iso, type World } from '../world.ts';

type Row = {
  short_value: number;
  short_at: number;
  long_value: number;
  long_at: number;
  misses: number;
  pending: number;
};

export type StoredLane = Lane & { kind: LaneKind | 'proof' };

/** The key of a lane: a keyed hash, so that the table names nobody. */
export function laneKey(world: World, ...parts: string[]): Buffer {
  return world.secrets.mac('lane', parts.join('\n'));
}

/**
 * Reserves one try before the slow hash. Commits on its own: a try that was spent stays spent when the process dies.
 * The statement is the SQL form that the engine's docstrings give for `spendLane`.
 */
export async function spend(
  world: World,
  input: { key: Buffer; kind: StoredLane['kind']; rules: LaneRules; now: number; account?: Buffer | null },
): Promise<LaneSpent> {
  const { key, rules, now } = input;
  const { short, long } = rules;
  const account = input.account ?? null;
  // The other lanes of the account and kind draw on the same ceiling; tries under way there may yet come back.
  const elsewhere = account ? sql` + ${missedElsewhere(world, account, key)}` : sql``;
  const { rows } = await sql<Row>`${kept}
    insert into lanes as l (workspace_id, key, kind, short_value, short_at, long_value, long_at, misses, pending, since, account)
    select ${world.workspaceId}::uuid, ${key}::bytea, ${input.kind}::text, 1, ${now}::bigint, 1, ${now}::bigint, 1, 1, ${iso(now)}::timestamptz, ${account}::bytea
    where ${short.capacity}::float8 >= 1 and ${long.capacity}::float8 >= 1 and 0${elsewhere} < ${rules.ceiling}::float8
    on conflict (workspace_id, key) do update set
      short_value = ceil(${level('short', short.leakPerMs, now)}) + 1, short_at = greatest(l.short_at, excluded.short_at),
      long_value = ${level('long', long.leakPerMs, now)} + 1, long_at = greatest(l.long_at, excluded.long_at),
      misses = l.misses + 1,
      pending = case when ${now}::bigint - greatest(l.short_at, l.long_at) > ${PENDING_FOR}::bigint then 0 else l.pending end + 1,
      since = case when l.misses = 0 then excluded.since else l.since end
    where ${open('short', short, now)} and ${open('long', long, now)} and l.misses${elsewhere} < ${rules.ceiling}::float8
    returning short_value, short_at, long_value, long_at, misses, pending`.execute(world.db);
  const spent = rows[0];
  if (spent) return { ok: true, lane: laneOf(spent) };
  const lane = (await peek(world, key)) ?? laneOf(untouched(now));
  const shared = withinCeiling(rules, account ? await elsewhereOf(world, account, key) : 0);
  return { ok: false, lane, until: laneUntil(lane, shared, now) };
}

/** Misses in a row on the account's other lanes of this kind. */
export async function elsewhereOf(world: World, account: Buffer, key: Buffer): Promise<number> {
  const { rows } = await sql<{
    misses: number;
  }>`select ${missedElsewhere(world, account, key)} as misses`.execute(world.db);
  return Number(rows[0]?.misses ?? 0);
}

function missedElsewhere(world: World, account: Buffer, key: Buffer) {
  return sql`(select coalesce(sum(greatest(0, o.misses - o.pending)), 0) from lanes o
    where o.workspace_id = ${world.workspaceId} and o.account = ${account} and o.key <> ${key})`;
}

/** Ends the run of misses of every lane of these accounts and of that one: their owner has proved himself. */
export async function endRuns(world: World, accounts: Buffer[], key: Buffer): Promise<void> {
  await sql`update lanes set misses = pending where workspace_id = ${world.workspaceId} and misses > pending
    and (account = any(${accounts}::bytea[]) or key = ${key})`.execute(world.db);
}

/** The same for lanes named by their keys. */
export async function endRunsOf(world: World, keys: Buffer[]): Promise<void> {
  await sql`update lanes set misses = pending where workspace_id = ${world.workspaceId} and misses > pending
    and key = any(${keys}::bytea[])`.execute(world.db);
}

type Settlement = { key: Buffer; rules: LaneRules; now: number; verdict: Verdict; credit?: number };

/** Settles a reserved try; commits with the session and the journal when called within their transaction. */
export async function settle(world: World, input: Settlement): Promise<Lane> {
  const { rows } = await sql<Row>`${kept}${settling(world, input)}`.execute(world.db);
  return laneOf(rows[0] ?? untouched(input.now));
}

/** The statement that settles, for a `with` that does more at once. */
export function settling(world: World, input: Settlement): RawBuilder<unknown> {
  const { key, rules, now, verdict } = input;
  const { short, long } = rules;
  const pending = sql`greatest(0, l.pending - 1)`;
  if (verdict === 'wrong') return changing(world, key, sql`pending = ${pending}`);
  const credit = verdict === 'right' ? Math.min(Math.max(0, input.credit ?? 0), 1e6) : 0;
  const give = (which: 'short' | 'long', leak: number) => {
    const full = level(which, leak, now);
    return sql`greatest(0, ${full} - 1 - least(${credit}::float8, greatest(0, ${full} - 1 - ${pending})))`;
  };
  const misses = verdict === 'right' ? pending : sql`greatest(0, l.misses - 1)`;
  return changing(
    world,
    key,
    sql`short_value = ${give('short', short.leakPerMs)}, short_at = greatest(l.short_at, ${now}::bigint),
        long_value = ${give('long', long.leakPerMs)}, long_at = greatest(l.long_at, ${now}::bigint),
        misses = ${misses}, pending = ${pending}`,
  );
}

/** The lane as it stands; null when nobody has spent from it. */
export async function peek(world: World, key: Buffer): Promise<Lane | null> {
  const row = await world.db
    .selectFrom('lanes')
    .select(['short_value', 'short_at', 'long_value', 'long_at', 'misses', 'pending'])
    .where('workspace_id', '=', world.workspaceId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row ? laneOf(row) : null;
}

/** Empties a lane: all tries are fresh. Tries under way stay under way. */
export async function empty(world: World, key: Buffer): Promise<void> {
  await world.db
    .updateTable('lanes')
    .set({ short_value: 0, long_value: 0, misses: 0, since: null })
    .where('workspace_id', '=', world.workspaceId)
    .where('key', '=', key)
    .execute();
}

/** Forgets lanes nobody has touched for ninety days and that hold no run of misses: all of it has drained. */
export async function sweep(world: World): Promise<void> {
  const old = world.now() - 90 * 86_400_000;
  await sql`delete from lanes where workspace_id = ${world.workspaceId} and misses = 0 and greatest(short_at, long_at) < ${old}`.execute(
    world.db,
  );
}

function changing(world: World, key: Buffer, changes: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`update lanes l set ${changes} where workspace_id = ${world.workspaceId} and key = ${key}
    returning short_value, short_at, long_value, long_at, misses, pending`;
}

const column = { short: ['l.short_value', 'l.short_at'], long: ['l.long_value', 'l.long_at'] } as const;

function level(which: 'short' | 'long', leakPerMs: number, now: number) {
  const [value, at] = column[which];
  return sql`greatest(0, ${sql.ref(value)} - ${leakPerMs}::float8 * greatest(0, ${now}::bigint - ${sql.ref(at)}))`;
}

function open(which: 'short' | 'long', rule: LaneRules['short'], now: number) {
  const reopen = Math.max(0, Math.min(rule.reopenAt, rule.capacity - 1));
  return sql`(${rule.capacity}::float8 >= 1 and (${sql.ref(column[which][0])} <= ${rule.capacity - 1}::float8
    or ${level(which, rule.leakPerMs, now)} <= ${reopen}::float8))`;
}

function laneOf(row: Row): Lane {
  return {
    short: { value: row.short_value, at: Number(row.short_at) },
    long: { value: row.long_value, at: Number(row.long_at) },
    misses: row.misses,
    pending: row.pending,
  };
}

function untouched(now: number): Row {
  return { short_value: 0, short_at: now, long_value: 0, long_at: now, misses: 0, pending: 0 };
}
