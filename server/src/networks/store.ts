// All SQL of familiar and trusted networks.
import { HEADROOM_PEOPLE } from '@latchkey/engine';
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import { kept } from '../db/kept-plans.ts';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type TrustedRow = Selectable<Database['trusted_networks']>;
type From = { personId: string; source: string; network: string };

export type Standing = { familiar: boolean; knownNetwork: boolean; people: number; networkPeople: number };

const most = sql.raw(`limit ${HEADROOM_PEOPLE}`);

/** What is known of a person and a source, in one statement that does the same work for nobody's id. */
export async function standing(
  world: World,
  { personId, source, network }: From,
  since: { familiar: number; headroom: number },
): Promise<Standing> {
  const { rows } = await sql<Standing>`${kept}select
      exists (select from familiar_networks where workspace_id = ${world.workspaceId} and person_id = ${personId}
        and source = ${source} and seen_at > ${since.familiar}) as familiar,
      exists (select from familiar_networks where workspace_id = ${world.workspaceId} and person_id = ${personId}
        and network = ${network} and seen_at > ${since.familiar}) as "knownNetwork",
      (select count(*)::integer from (select from familiar_networks where workspace_id = ${world.workspaceId}
        and source = ${source} and seen_at > ${since.headroom} ${most}) as p) as people,
      (select count(*)::integer from (select distinct person_id from familiar_networks
        where workspace_id = ${world.workspaceId} and network = ${network} and seen_at > ${since.headroom} ${most}) as p)
        as "networkPeople"`.execute(world.db);
  return rows[0] ?? { familiar: false, knownNetwork: false, people: 0, networkPeople: 0 };
}

/**
 * Remembers a good sign-in. Looks first, as an upsert that changes nothing still locks and logs the row; a source that
 * had become strange again starts anew.
 */
export function remember(
  world: World,
  { personId, source, network }: From,
  times: { notedSince: number; familiarSince: number },
): RawBuilder<unknown> {
  const now = world.now();
  return sql`insert into familiar_networks as f
      (workspace_id, person_id, source, network, id, first_at, seen_at)
    select ${world.workspaceId}::uuid, ${personId}::uuid, ${source}::text, ${network}::text, ${world.random.id()}::uuid,
      ${now}::bigint, ${now}::bigint
    where not exists (select from familiar_networks where workspace_id = ${world.workspaceId}
      and person_id = ${personId} and source = ${source} and seen_at > ${times.notedSince}::bigint)
    on conflict (workspace_id, person_id, source) do update set seen_at = excluded.seen_at,
      first_at = case when f.seen_at > ${times.familiarSince}::bigint then f.first_at else excluded.first_at end
      where f.seen_at < excluded.seen_at`;
}

/** How many different people signed in well from each of these sources since then, at most a hundred. */
export async function peopleAt(
  world: World,
  sources: string[],
  since: number,
): Promise<{ source: string; people: number }[]> {
  const { rows } = await sql<{ source: string; people: number }>`
    select source, least(count(*), ${HEADROOM_PEOPLE}::int)::int as people from familiar_networks
    where workspace_id = ${world.workspaceId} and source = any(${sources}) and seen_at > ${since}
    group by 1`.execute(world.db);
  return rows;
}

/** Every source that somebody is familiar at, at most so many. */
export async function familiarSources(world: World, since: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ source: string }>`select distinct source from familiar_networks
    where workspace_id = ${world.workspaceId} and seen_at > ${since} limit ${limit}`.execute(world.db);
  return rows.map(row => row.source);
}

/** Forgets all but the newest of a person. */
export async function prune(world: World, personId: string, keep: number): Promise<void> {
  await sql`delete from familiar_networks where workspace_id = ${world.workspaceId} and person_id = ${personId}
    and source in (select source from familiar_networks where workspace_id = ${world.workspaceId}
      and person_id = ${personId} order by seen_at desc, source offset ${sql.lit(keep)})`.execute(world.db);
}

/** Forgets what was not seen since, and what is beyond the newest of each person. */
export async function sweep(world: World, since: number, keep: number): Promise<void> {
  await sql`delete from familiar_networks f using (
      select person_id, source, seen_at,
        row_number() over (partition by person_id order by seen_at desc, source) as place
      from familiar_networks where workspace_id = ${world.workspaceId}) as ranked
    where f.workspace_id = ${world.workspaceId} and f.person_id = ranked.person_id and f.source = ranked.source
      and (f.seen_at <= ${since} or (ranked.place > ${keep} and f.seen_at = ranked.seen_at))`.execute(
    world.db,
  );
}

/** A person's good sign-ins by source, newest first. */
export async function visits(
  world: World,
  personId: string,
  since: number,
): Promise<{ id: string; source: string; network: string; first_at: number; seen_at: number }[]> {
  const { rows } = await sql<{
    id: string;
    source: string;
    network: string;
    first_at: number;
    seen_at: number;
  }>`${kept}select id, source, network, first_at, seen_at from familiar_networks
    where workspace_id = ${world.workspaceId} and person_id = ${personId} and seen_at > ${since}
    order by seen_at desc, source limit 40`.execute(world.db);
  return rows;
}

/** The row that was forgotten; undefined when there was none. */
export async function forget(
  world: World,
  personId: string,
  id: string,
): Promise<{ source: string } | undefined> {
  return world.db
    .deleteFrom('familiar_networks')
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .returning('source')
    .executeTakeFirst();
}

const trusted = (world: World) =>
  world.db.selectFrom('trusted_networks').selectAll().where('workspace_id', '=', world.workspaceId);

/** Those that hold at that moment, soonest to end first. */
export async function standingTrusted(world: World, at: string): Promise<TrustedRow[]> {
  return trusted(world)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', at)
    .orderBy('ends_at')
    .orderBy('id')
    .execute();
}

/** Newest first; `over` those that hold no more. */
export async function listTrusted(
  world: World,
  input: { limit: number; after?: string | undefined; standing?: boolean | undefined; at: string },
): Promise<TrustedRow[]> {
  let query = trusted(world).orderBy('id', 'desc').limit(input.limit);
  if (input.after) query = query.where('id', '<', input.after);
  if (input.standing === true) query = query.where('ended_at', 'is', null).where('ends_at', '>', input.at);
  if (input.standing === false)
    query = query.where(eb => eb.or([eb('ended_at', 'is not', null), eb('ends_at', '<=', input.at)]));
  return query.execute();
}

export async function trustedById(world: World, id: string): Promise<TrustedRow | undefined> {
  return trusted(world).where('id', '=', id).executeTakeFirst();
}

export async function insertTrusted(
  world: World,
  row: Insertable<Database['trusted_networks']>,
): Promise<void> {
  await world.db.insertInto('trusted_networks').values(row).execute();
}

/** False when it holds no more. */
export async function endTrusted(
  world: World,
  id: string,
  ending: { at: string; by: string; why: string },
): Promise<boolean> {
  const row = await world.db
    .updateTable('trusted_networks')
    .set({ ended_at: ending.at, ended_by: ending.by, ended_why: ending.why })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('ends_at', '>', ending.at)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
