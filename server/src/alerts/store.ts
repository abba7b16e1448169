// All SQL of alerts, hooks, deliveries, settings and switches.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type AlertRow = Selectable<Database['alerts']>;
export type HookRow = Selectable<Database['alert_hooks']>;

/** Alerts of one kind and key are weighed one after the other, over all processes. */
export async function takeGate(world: World, kind: string, key: string): Promise<void> {
  const gate = `latchkey alert ${world.workspaceId} ${kind} ${key}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${gate}::text, 0))`.execute(world.db);
}

export async function alertById(world: World, id: string): Promise<AlertRow | undefined> {
  return alerts(world).where('id', '=', id).executeTakeFirst();
}

const alerts = (world: World) =>
  world.db.selectFrom('alerts').selectAll().where('workspace_id', '=', world.workspaceId);

/** The newest alert of that kind and key. */
export async function latest(world: World, kind: string, key: string): Promise<AlertRow | undefined> {
  return alerts(world)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function insertAlert(world: World, row: Insertable<Database['alerts']>): Promise<void> {
  await world.db.insertInto('alerts').values(row).execute();
}

export async function countHeldBack(world: World, id: string): Promise<void> {
  await world.db
    .updateTable('alerts')
    .set(eb => ({ held_back: eb('held_back', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Newest first; `after` is the id of the last one of the page before. */
export async function listAlerts(
  world: World,
  f: { limit: number; after?: string | undefined },
): Promise<AlertRow[]> {
  let query = alerts(world).orderBy('id', 'desc').limit(f.limit);
  if (f.after) query = query.where('id', '<', f.after);
  return query.execute();
}

export async function removeOld(world: World, before: string): Promise<void> {
  await world.db
    .deleteFrom('alerts')
    .where('workspace_id', '=', world.workspaceId)
    .where('at', '<', before)
    .execute();
}

const hooks = (world: World) =>
  world.db.selectFrom('alert_hooks').selectAll().where('workspace_id', '=', world.workspaceId);

export async function listHooks(world: World): Promise<HookRow[]> {
  return hooks(world).orderBy('id').execute();
}

export async function hookById(world: World, id: string): Promise<HookRow | undefined> {
  return hooks(world).where('id', '=', id).executeTakeFirst();
}

/** Adds a hook unless there are `most` already; waits for others that are being added. */
export async function insertHook(
  world: World,
  row: Insertable<Database['alert_hooks']>,
  most: number,
): Promise<boolean> {
  const gate = `latchkey hooks ${world.workspaceId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${gate}::text, 0))`.execute(world.db);
  if ((await listHooks(world)).length >= most) return false;
  await world.db.insertInto('alert_hooks').values(row).execute();
  return true;
}

export type HookChange = Partial<
  Pick<HookRow, 'name' | 'url' | 'secret' | 'kinds' | 'own_network' | 'active' | 'failures' | 'last_problem'>
> & { failing_since?: null };

export async function changeHook(world: World, id: string, change: HookChange): Promise<void> {
  await world.db
    .updateTable('alert_hooks')
    .set(change)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function removeHook(world: World, id: string): Promise<void> {
  await world.db
    .deleteFrom('alert_hooks')
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function noteGood(world: World, id: string, at: string): Promise<void> {
  await world.db
    .updateTable('alert_hooks')
    .set({ last_ok_at: at, last_problem: null, failures: 0, failing_since: null })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** One more try that went wrong; true when the hook counts as failing from now on and did not before. */
export async function noteBad(
  world: World,
  id: string,
  bad: { problem: string; givenUpAt: string | null },
): Promise<boolean> {
  const row = await world.db
    .updateTable('alert_hooks')
    .set(eb => ({
      last_problem: bad.problem,
      failures: eb('failures', '+', 1),
      ...(bad.givenUpAt === null
        ? {}
        : { failing_since: sql<string>`coalesce(failing_since, ${bad.givenUpAt}::timestamptz)` }),
    }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .returning('failing_since')
    .executeTakeFirst();
  return bad.givenUpAt !== null && row?.failing_since === bad.givenUpAt;
}

export async function insertDelivery(
  world: World,
  row: Insertable<Database['alert_deliveries']>,
): Promise<void> {
  await world.db.insertInto('alert_deliveries').values(row).execute();
}

/** Counts one more try of a delivery that still waits; undefined when there is none to make. */
export async function takeDelivery(world: World, id: string) {
  return world.db
    .updateTable('alert_deliveries')
    .set(eb => ({ attempts: eb('attempts', '+', 1) }))
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returning(['id', 'alert_id', 'hook_id', 'attempts', 'created_at'])
    .executeTakeFirst();
}

export async function closeDelivery(
  world: World,
  id: string,
  change: { state: 'queued' | 'sent' | 'failed'; problem: string | null },
): Promise<void> {
  await world.db
    .updateTable('alert_deliveries')
    .set(change)
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** What became of the deliveries of some alerts. */
export async function deliveriesOf(world: World, alertIds: string[]) {
  if (alertIds.length === 0) return [];
  return world.db
    .selectFrom('alert_deliveries as d')
    .innerJoin('alert_hooks as h', join =>
      join.onRef('h.workspace_id', '=', 'd.workspace_id').onRef('h.id', '=', 'd.hook_id'),
    )
    .select(['d.alert_id', 'd.state', 'd.problem', 'h.name'])
    .where('d.workspace_id', '=', world.workspaceId)
    .where('d.alert_id', 'in', alertIds)
    .orderBy('d.id')
    .execute();
}

export async function quietMinutes(world: World): Promise<number | undefined> {
  const row = await world.db
    .selectFrom('alert_settings')
    .select('quiet_minutes')
    .where('workspace_id', '=', world.workspaceId)
    .executeTakeFirst();
  return row?.quiet_minutes;
}

export async function keepQuietMinutes(world: World, minutes: number): Promise<void> {
  await world.db
    .insertInto('alert_settings')
    .values({ workspace_id: world.workspaceId, quiet_minutes: minutes })
    .onConflict(conflict => conflict.column('workspace_id').doUpdateSet({ quiet_minutes: minutes }))
    .execute();
}

/** The kinds that people have switched off, by person. */
export async function switches(world: World): Promise<Map<string, string[]>> {
  const rows = await world.db
    .selectFrom('alert_switches')
    .select(['person_id', 'off'])
    .where('workspace_id', '=', world.workspaceId)
    .execute();
  return new Map(rows.map(row => [row.person_id, row.off]));
}

export async function keepSwitches(world: World, personId: string, off: string[]): Promise<void> {
  await world.db
    .insertInto('alert_switches')
    .values({ workspace_id: world.workspaceId, person_id: personId, off })
    .onConflict(conflict => conflict.columns(['workspace_id', 'person_id']).doUpdateSet({ off }))
    .execute();
}
