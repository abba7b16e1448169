// All SQL of the locks table.
import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../db/tables.ts';
import type { World } from '../world.ts';

export type LockRow = Selectable<Database['locks']>;
export type NewLock = Insertable<Database['locks']>;
type Subject = Pick<LockRow, 'subject_kind' | 'subject_key' | 'cause'>;

const standing = (world: World, subject: Subject) =>
  world.db
    .updateTable('locks')
    .where('workspace_id', '=', world.workspaceId)
    .where('subject_kind', '=', subject.subject_kind)
    .where('subject_key', '=', subject.subject_key)
    .where('cause', '=', subject.cause)
    .where('lifted_at', 'is', null);

/** Writes down that a lock of this subject has run out by itself. */
export async function closeEnded(world: World, subject: Subject, now: string): Promise<void> {
  await standing(world, subject)
    .where('until', '<=', now)
    .set(eb => ({ lifted_at: eb.ref('until'), lifted_how: 'time' }))
    .execute();
}

/** Inserts a lock, or moves the end and the evidence of the one that stands already; returns it. */
export async function upsert(world: World, row: NewLock): Promise<LockRow> {
  return world.db
    .insertInto('locks')
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(['workspace_id', 'subject_kind', 'subject_key', 'cause'])
        .where('lifted_at', 'is', null)
        .doUpdateSet(eb => ({ until: eb.ref('excluded.until'), evidence: eb.ref('excluded.evidence') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

const named = (world: World) =>
  world.db
    .selectFrom('locks as l')
    .leftJoin('people as p', join =>
      join.onRef('p.workspace_id', '=', 'l.workspace_id').onRef('p.id', '=', 'l.person_id'),
    )
    .selectAll('l')
    .select('p.name as person_name')
    .where('l.workspace_id', '=', world.workspaceId);

export async function byId(
  world: World,
  id: string,
): Promise<(LockRow & { person_name: string | null }) | undefined> {
  return named(world).where('l.id', '=', id).executeTakeFirst();
}

/** The standing lock of a subject, whether or not its time has run out. */
export async function bySubject(world: World, subject: Subject): Promise<LockRow | undefined> {
  return world.db
    .selectFrom('locks')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('subject_kind', '=', subject.subject_kind)
    .where('subject_key', '=', subject.subject_key)
    .where('cause', '=', subject.cause)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
}

/** How many other people had a failure lock within a span. */
export async function othersIn(
  world: World,
  span: { personId: string | null; from: string; to: string },
): Promise<number> {
  let query = world.db
    .selectFrom('locks')
    .select(eb => eb.cast<number>(eb.fn.count('person_id').distinct(), 'integer').as('people'))
    .where('workspace_id', '=', world.workspaceId)
    .where('cause', '=', 'failed-attempts')
    .where('person_id', 'is not', null)
    .where('since', '<=', span.to)
    .where(eb =>
      eb.or([
        eb('lifted_at', '>=', span.from),
        eb.and([eb('lifted_at', 'is', null), eb.or([eb('until', 'is', null), eb('until', '>=', span.from)])]),
      ]),
    );
  if (span.personId) query = query.where('person_id', '<>', span.personId);
  return (await query.executeTakeFirstOrThrow()).people;
}

/** Newest first; `after` is the last id of the page before (ids are ordered by time). */
export async function list(
  world: World,
  f: {
    limit: number;
    after?: string | undefined;
    personId?: string | undefined;
    standingAt?: string | undefined;
  },
): Promise<(LockRow & { person_name: string | null })[]> {
  let query = named(world);
  if (f.after) query = query.where('l.id', '<', f.after);
  if (f.personId) query = query.where('l.person_id', '=', f.personId);
  const at = f.standingAt;
  if (at)
    query = query
      .where('l.lifted_at', 'is', null)
      .where(eb => eb.or([eb('l.until', 'is', null), eb('l.until', '>', at)]));
  return query.orderBy('l.id', 'desc').limit(f.limit).execute();
}

/** How many hold at that moment. */
export async function countStanding(world: World, at: string): Promise<number> {
  const row = await world.db
    .selectFrom('locks')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', world.workspaceId)
    .where('lifted_at', 'is', null)
    .where(eb => eb.or([eb('until', 'is', null), eb('until', '>', at)]))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function lift(
  world: World,
  id: string,
  how: { at: string; by: string | null; how: string; reason: string | null; proof: string | null },
): Promise<LockRow | undefined> {
  return world.db
    .updateTable('locks')
    .set({
      lifted_at: how.at,
      lifted_by: how.by,
      lifted_how: how.how,
      lifted_reason: how.reason,
      lifted_proof: how.proof,
    })
    .where('workspace_id', '=', world.workspaceId)
    .where('id', '=', id)
    .where('lifted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** The standing failure locks about one person, whatever the lane. */
export async function standingOf(world: World, personId: string, cause: string): Promise<LockRow[]> {
  return world.db
    .selectFrom('locks')
    .selectAll()
    .where('workspace_id', '=', world.workspaceId)
    .where('person_id', '=', personId)
    .where('cause', '=', cause)
    .where('lifted_at', 'is', null)
    .execute();
}
