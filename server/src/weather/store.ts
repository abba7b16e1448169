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
    .select([
      'average',
      'alarm_since',
      'alarm_until',
      'auto_defence',
      'flood_since',
      'flood_seen',
      'hidden_visitors_at',
    ])
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
}

/** False when another process has raised the same alarm already. */
export async function raiseAlarm(
  world: World,
  alarm: { since: number; until: number; fresh: boolean; day: string },
): Promise<boolean> {
  const { rows } =
    await sql`insert into weather as w (workspace_id, day, alarm_since, alarm_until, alarm_told)
    values (${world.workspaceId}, ${alarm.day}, ${alarm.since}, ${alarm.until}, false)
    on conflict (workspace_id) do update set alarm_until = greatest(w.alarm_until, excluded.alarm_until),
      alarm_told = false,
      alarm_since = case when ${alarm.fresh} then excluded.alarm_since else w.alarm_since end
    where not ${alarm.fresh} or w.alarm_until is null or w.alarm_until <= ${alarm.since}
    returning 1`.execute(world.db);
  return rows.length > 0;
}

/** Ends a standing alarm; since when it held, or null when there was none. */
export async function endAlarm(world: World, now: number): Promise<number | null> {
  const { rows } = await sql<{ since: number }>`update weather set alarm_until = ${now}, alarm_told = true
    where workspace_id = ${world.workspaceId} and alarm_until > ${now}
    returning coalesce(alarm_since, ${now}::bigint) as since`.execute(world.db);
  if (rows[0]) await sql`delete from touches where workspace_id = ${world.workspaceId}`.execute(world.db);
  return rows[0]?.since ?? null;
}

/** An alarm that has run out and was not told over yet; for the first who asks. */
export async function closeAlarm(world: World, now: number) {
  const { rows } = await sql<{ since: number; until: number }>`update weather set alarm_told = true
    where workspace_id = ${world.workspaceId} and not alarm_told and alarm_until <= ${now}
    returning coalesce(alarm_since, alarm_until) as since, alarm_until as until`.execute(world.db);
  return rows[0];
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

/** The counts since then, by kind. */
export async function sumSince(world: World, since: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; value: number }>`select c.key, sum(c.value::int)::int as value
    from weather_spans s, jsonb_each_text(s.counts) c
    where s.workspace_id = ${world.workspaceId} and s.at >= ${since}::timestamptz group by 1`.execute(
    world.db,
  );
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

/** Points `step` milliseconds apart, oldest first; one without sign-ins has no counts. */
export async function points(
  world: World,
  { first, last, step }: { first: string; last: string; step: number },
): Promise<Span[]> {
  const every = sql`make_interval(secs => ${step / 1_000}::float8)`;
  const { rows } = await sql<Span>`with mine as (
      select date_bin(${every}, at, ${first}::timestamptz) as bin, counts, sources from weather_spans
      where workspace_id = ${world.workspaceId} and at >= ${first}::timestamptz
    ), sums as (
      select bin, key, sum(value::int)::int as value from mine, jsonb_each_text(counts) group by 1, 2
    ), counted as (
      select bin, jsonb_object_agg(key, value) as counts from sums group by 1
    ), most as (select bin, max(sources) as sources from mine group by 1)
    select p.at, coalesce(counts, '{}') as counts, coalesce(sources, 0) as sources
    from generate_series(${first}::timestamptz, ${last}::timestamptz, ${every}) as p(at)
      left join counted on counted.bin = p.at left join most on most.bin = p.at order by 1`.execute(world.db);
  return rows;
}

/** Failed sign-ins: the most in one of the latest spans, and the sum of those before, none counted above `most`. */
export async function failures(
  world: World,
  f: { kinds: string[]; latestFrom: string; usualFrom: string; most: number },
): Promise<{ latest: number; sources: number; usual: number }> {
  const { rows } = await sql<{ latest: number; sources: number; usual: number }>`with failed as (
      select at, sources, (select coalesce(sum(value::int), 0)::int from jsonb_each_text(counts)
        where key = any(${f.kinds})) as misses
      from weather_spans where workspace_id = ${world.workspaceId} and at >= ${f.usualFrom}::timestamptz
    )
    select coalesce(max(misses) filter (where at >= ${f.latestFrom}::timestamptz), 0) as latest,
      coalesce(max(sources) filter (where at >= ${f.latestFrom}::timestamptz), 0) as sources,
      coalesce(sum(least(misses, ${f.most}::int)) filter (where at < ${f.latestFrom}::timestamptz), 0)::int as usual
    from failed`.execute(world.db);
  return rows[0] ?? { latest: 0, sources: 0, usual: 0 };
}

export async function noteFlood(world: World, now: number, day: string): Promise<void> {
  await sql`insert into weather as w (workspace_id, day, flood_since, flood_seen)
    values (${world.workspaceId}, ${day}, ${now}, ${now})
    on conflict (workspace_id) do update set flood_since = coalesce(w.flood_since, excluded.flood_since),
      flood_seen = greatest(w.flood_seen, excluded.flood_seen)`.execute(world.db);
}

/** True for one who asks, unless it was told since `before`. */
export async function takeFloodTelling(world: World, now: number, before: number): Promise<boolean> {
  const { rows } = await sql`update weather set flood_told = ${now} where workspace_id = ${world.workspaceId}
    and (flood_told is null or flood_told <= ${before}) returning 1`.execute(world.db);
  return rows.length > 0;
}

/** A flood that was last seen before then; for the first who asks. */
export async function closeFlood(world: World, seenBefore: number) {
  const { rows } = await sql<{ since: number; seen: number }>`with over as (
      select flood_since as since, flood_seen as seen from weather where workspace_id = ${world.workspaceId}
        and flood_since is not null and flood_seen <= ${seenBefore} for update
    )
    update weather set flood_since = null from over where workspace_id = ${world.workspaceId}
    returning over.since, over.seen`.execute(world.db);
  return rows[0];
}

export async function keepAutoDefence(world: World, on: boolean, day: string): Promise<void> {
  await sql`insert into weather (workspace_id, day, auto_defence) values (${world.workspaceId}, ${day}, ${on})
    on conflict (workspace_id) do update set auto_defence = excluded.auto_defence`.execute(world.db);
}

export async function noteHidden(world: World, at: number, day: string): Promise<void> {
  await sql`insert into weather as w (workspace_id, day, hidden_visitors_at)
    values (${world.workspaceId}, ${day}, ${at})
    on conflict (workspace_id) do update set hidden_visitors_at = excluded.hidden_visitors_at
    where w.hidden_visitors_at is null or w.hidden_visitors_at < excluded.hidden_visitors_at`.execute(
    world.db,
  );
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
