// All SQL of sources, touches, the weather, its counts and defences.
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import { kept } from '../db/kept-plans.ts';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type Defence = Selectable<Database['defences']>;
export type Span = { at: string; counts: Record<string, number>; sources: number };

export async function sourceOf(world: World, source: string) {
  const { rows } = await sql<{ blame: number; at: number }>`${kept}select blame, at from sources
    where workspace_id = ${world.workspaceId} and source = ${source}`.execute(world.db);
  return rows[0];
}

/** The engine's `blame` in SQL: half of it is gone after twelve hours. */
export function addBlame(world: World, source: string, weight: number, now: number): RawBuilder<unknown> {
  return sql`insert into sources as s (workspace_id, source, blame, at)
    values (${world.workspaceId}, ${source}, ${weight}::float8, ${now}::bigint)
    on conflict (workspace_id, source) do update set
      blame = s.blame * power(0.5, greatest(0, excluded.at - s.at) / 43200000.0) + excluded.blame,
      at = greatest(s.at, excluded.at)`;
}

export async function worstSources(world: World, now: number, limit: number, least: number) {
  const { rows } = await sql<{ source: string; blame: number; at: number }>`
    select * from (
      select source, blame * power(0.5, greatest(0, ${now}::bigint - at) / 43200000.0) as blame, at from sources
      where workspace_id = ${world.workspaceId}
    ) s where blame >= ${least}::float8 order by blame desc limit ${limit}`.execute(world.db);
  return rows;
}

/** Writes a touch down and counts the names touched since then, at most `most`. */
export async function touch(
  world: World,
  account: Buffer,
  at: number,
  since: number,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`${kept}
    with mine as (
      insert into touches as t (workspace_id, account, at) values (${world.workspaceId}, ${account}, ${at})
      on conflict (workspace_id, account) do update set at = greatest(t.at, excluded.at)
    )
    select count(*)::int as count from (select 1 from touches where workspace_id = ${world.workspaceId}
      and at > ${since} and account <> ${account} limit ${most}) others`.execute(world.db);
  return (rows[0]?.count ?? 0) + 1;
}

export async function touchesSince(world: World, since: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from touches
    where workspace_id = ${world.workspaceId} and at > ${since}`.execute(world.db);
  return rows[0]?.count ?? 0;
}

export async function weatherOf(world: World) {
  return world.db
    .selectFrom('weather')
    .select(['average', 'alarm_since', 'alarm_until'])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

/** False when another process has raised the same alarm already. */
export async function raiseAlarm(
  world: World,
  alarm: { since: number; until: number; fresh: boolean; day: string },
): Promise<boolean> {
  const { rows } = await sql`insert into weather as w (workspace_id, day, alarm_since, alarm_until)
    values (${world.workspaceId}, ${alarm.day}, ${alarm.since}, ${alarm.until})
    on conflict (workspace_id) do update set alarm_until = greatest(w.alarm_until, excluded.alarm_until),
      alarm_since = case when ${alarm.fresh} then excluded.alarm_since else w.alarm_since end
    where not ${alarm.fresh} or w.alarm_until is null or w.alarm_until <= ${alarm.since}
    returning 1`.execute(world.db);
  return rows.length > 0;
}

export async function endAlarm(world: World, now: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update weather set alarm_until = ${now}
    where workspace_id = ${world.workspaceId} and alarm_until > ${now}`.execute(world.db);
  await sql`delete from touches where workspace_id = ${world.workspaceId}`.execute(world.db);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Moves the average once a day, whichever process comes first. */
export async function closeDay(world: World, day: string, average: number): Promise<void> {
  await sql`insert into weather as w (workspace_id, day) values (${world.workspaceId}, ${day})
    on conflict (workspace_id) do update set day = excluded.day, average = ${average}
    where w.day < excluded.day`.execute(world.db);
}

export async function addCounts(
  world: World,
  at: string,
  counts: Record<string, number>,
  sources: number,
): Promise<void> {
  await sql`insert into weather_spans as s (workspace_id, at, counts, sources)
    values (${world.workspaceId}, ${at}, ${JSON.stringify(counts)}::jsonb, ${sources})
    on conflict (workspace_id, at) do update set sources = greatest(s.sources, excluded.sources), counts = (
      select jsonb_object_agg(key, coalesce((s.counts ->> key)::int, 0) + coalesce((excluded.counts ->> key)::int, 0))
      from jsonb_object_keys(s.counts || excluded.counts) as key)`.execute(world.db);
}

export async function spansSince(world: World, since: string): Promise<Span[]> {
  return world.db
    .selectFrom('weather_spans')
    .select(['at', 'counts', 'sources'])
    .where('workspace_id', '=', world.workspaceId)
    .where('at', '>=', since)
    .orderBy('at')
    .execute();
}

export async function standingDefence(world: World, at: string): Promise<Defence | undefined> {
  return world.db
    .selectFrom('defences')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('ended_at', 'is', null)
    .where('until', '>', at)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertDefence(world: World, row: Insertable<Database['defences']>): Promise<Defence> {
  return world.db.insertInto('defences').values(row).returningAll().executeTakeFirstOrThrow();
}

/** Ends the defences that stand; how many there were. */
export async function endDefences(world: World, at: string, by: string): Promise<number> {
  const rows = await world.db
    .updateTable('defences')
    .set({ ended_at: at, ended_by: by })
    .where('workspace_id', '=', world.workspaceId)
    .where('ended_at', 'is', null)
    .where('until', '>', at)
    .returning('id')
    .execute();
  return rows.length;
}

export async function sweep(
  world: World,
  before: { touchesBefore: number; sourcesBefore: number; spansBefore: string },
): Promise<void> {
  const id = world.workspaceId;
  await sql`delete from touches where workspace_id = ${id} and at < ${before.touchesBefore}`.execute(
    world.db,
  );
  await sql`delete from sources where workspace_id = ${id} and at < ${before.sourcesBefore}`.execute(
    world.db,
  );
  await sql`delete from weather_spans where workspace_id = ${id} and at < ${before.spansBefore}`.execute(
    world.db,
  );
}
