// Sharing (共享): one record opened to a colleague or a team beside its owner's reach, for a time or until it is closed.
import * as audit from '../audit/audit.ts';
import * as fences from '../db/fence.ts';
import type { Me, Visitor } from '../http.ts';
import * as notices from '../notices/notices.ts';
import { may } from '../permissions.ts';
import * as rights from '../rights/rights.ts';
import { announce } from '../signals.ts';
import * as staff from '../staff/staff.ts';
import * as subjects from '../subjects/subjects.ts';
import { atomically, iso, moment, type World } from '../world.ts';

type By = { me: Me; visitor: Visitor };

/** So many records may stand open for one person or team: their ids travel with each of their questions. */
export const mostForOne = 500;

export type Share = {
  id: string;
  person: { id: string; name: string } | null;
  team: { id: string; name: string } | null;
  mayUpdate: boolean;
  until: string | null;
  reason: string | null;
  by: { id: string; name: string };
  at: string;
};

/** Whether a record is this person's to share: he may change it by his own reach, not because it is shared with him. */
function isHisToShare(me: Me, ref: subjects.Ref, place: subjects.Place): boolean {
  return fences.sees(fences.fenceOf(me, may(me, 'update', ref.type)), place);
}

type Names = { people: Map<string, string>; teams: Map<string, string> };

async function namesOf(world: World): Promise<Names> {
  const [people, teams] = await Promise.all([staff.names(world), staff.teams(world)]);
  return {
    people: new Map(people.map(one => [one.id, one.name])),
    teams: new Map(teams.map(one => [one.id, one.name])),
  };
}

function shareOf(row: rights.ShareRow, { people, teams }: Names): Share {
  const named = (id: string | null, names: Map<string, string>) =>
    id ? { id, name: names.get(id) ?? '' } : null;
  return {
    id: row.id,
    person: named(row.person_id, people),
    team: named(row.team_id, teams),
    mayUpdate: row.may_update,
    until: row.until,
    reason: row.reason,
    by: { id: row.shared_by, name: people.get(row.shared_by) ?? '' },
    at: row.shared_at,
  };
}

/** With whom a record within reach is shared now, and whether this person may share it; undefined for no such record. */
export async function of(
  world: World,
  ref: subjects.Ref,
  me: Me,
): Promise<{ items: Share[]; mine: boolean } | undefined> {
  const place = await subjects.readable(world, ref, me);
  if (!place) return undefined;
  const names = await namesOf(world);
  const rows = await rights.sharesOf(world, { object: ref.type, id: ref.id }, moment(world));
  return { items: rows.map(row => shareOf(row, names)), mine: isHisToShare(me, ref, place) };
}

export type Target = { id: string; name: string; kind: 'person' | 'team' };

/** With whom one may share a record: some teams and colleagues whose names hold a text; undefined where one may not. */
export async function targets(
  world: World,
  input: { ref: subjects.Ref; q: string; limit: number },
  me: Me,
): Promise<Target[] | undefined> {
  const { ref, q, limit } = input;
  const place = await subjects.readable(world, ref, me);
  if (!place || !isHisToShare(me, ref, place)) return undefined;
  const [teams, found] = await Promise.all([
    staff.teams(world),
    subjects.colleagues(world, { q, limit: limit + 2 }),
  ]);
  const people = found.filter(
    one => one.id !== me.id && one.id !== place.owner_id && may(one, 'read', ref.type) !== 'none',
  );
  const wanted = q.toLowerCase();
  return [
    ...people.map(({ id, name }) => ({ id, name, kind: 'person' as const })),
    ...teams
      .filter(one => one.name.toLowerCase().includes(wanted))
      .map(({ id, name }) => ({ id, name, kind: 'team' as const })),
  ].slice(0, limit);
}

export type ShareOutcome =
  | { kind: 'shared'; share: Share }
  | { kind: 'not-found' | 'not-allowed' | 'no-such-target' | 'past' | 'too-many' };

type Wish = {
  ref: subjects.Ref;
  personId: string | null;
  teamId: string | null;
  mayUpdate: boolean;
  until: string | null;
  reason: string | null;
};

/** Opens a record to one colleague or one team; what stood for them before ends. They are told. */
export async function share(world: World, wish: Wish, by: By): Promise<ShareOutcome> {
  const { ref, personId, teamId } = wish;
  const place = await subjects.readable(world, ref, by.me);
  if (!place) return { kind: 'not-found' };
  if (!isHisToShare(by.me, ref, place)) return { kind: 'not-allowed' };
  const until = wish.until ? iso(Date.parse(wish.until)) : null;
  if (until && Date.parse(until) <= world.now()) return { kind: 'past' };
  const names = await namesOf(world);
  const [colleague] = personId ? await subjects.colleagues(world, [personId]) : [];
  if (teamId ? !names.teams.has(teamId) : !colleague || personId === by.me.id)
    return { kind: 'no-such-target' };
  if (colleague && may(colleague, 'read', ref.type) === 'none') return { kind: 'no-such-target' };
  return atomically(world, async tx => {
    const target = { personId, teamId };
    const record = { object: ref.type, recordId: ref.id };
    await rights.holdShares(tx, personId ?? teamId ?? '');
    await rights.endShares(tx, { ...record, ...target }, { at: moment(tx), by: by.me.id });
    if ((await rights.countShares(tx, target, moment(tx))) >= mostForOne) return { kind: 'too-many' };
    const row: rights.ShareRow = {
      workspace_id: tx.workspaceId,
      id: tx.random.id(),
      object: ref.type,
      record_id: ref.id,
      person_id: personId,
      team_id: teamId,
      may_update: wish.mayUpdate,
      until,
      reason: wish.reason,
      shared_by: by.me.id,
      shared_at: moment(tx),
      ended_at: null,
      ended_by: null,
    };
    await rights.insertShare(tx, row);
    await settle(tx, row, 'share.add', by, names);
    const to = personId ? [personId] : (await staff.teamOf(tx, teamId ?? '')).map(one => one.id);
    await notices.tell(tx, { to, kind: 'shared', by: by.me, object: ref });
    return { kind: 'shared', share: shareOf(row, names) };
  });
}

/** Closes a record to whom it was opened; whoever may share it may do so, and whoever opened it. */
export async function close(
  world: World,
  id: string,
  by: By,
): Promise<{ kind: 'closed' | 'not-found' | 'not-allowed' }> {
  return atomically(world, async tx => {
    const row = await rights.shareById(tx, id);
    if (!row || row.ended_at || !subjects.isSubjectType(row.object)) return { kind: 'not-found' };
    const ref = { type: row.object, id: row.record_id };
    const place = await subjects.readable(tx, ref, by.me);
    if (!place) return { kind: 'not-found' };
    if (row.shared_by !== by.me.id && !isHisToShare(by.me, ref, place)) return { kind: 'not-allowed' };
    const end = { at: moment(tx), by: by.me.id };
    await rights.endShares(tx, { object: row.object, recordId: row.record_id, id }, end);
    await settle(tx, row, 'share.end', by, await namesOf(tx));
    return { kind: 'closed' };
  });
}

/** Lets open sessions know at once, and the journal for good. */
async function settle(
  world: World,
  row: rights.ShareRow,
  action: 'share.add' | 'share.end',
  { me, visitor }: By,
  names: Names,
): Promise<void> {
  const share = shareOf(row, names);
  await tellSessions(world, [row]);
  const told = {
    with: share.person ?? share.team,
    mayUpdate: share.mayUpdate,
    ...(share.until ? { until: share.until } : {}),
  };
  await audit.record(world, {
    action,
    by: me,
    visitor,
    object: { type: row.object, id: row.record_id },
    ...(action === 'share.add' ? { after: told } : { before: told }),
    details: row.reason ? { reason: row.reason } : null,
  });
}

async function tellSessions(
  world: World,
  rows: readonly { person_id: string | null; team_id: string | null }[],
): Promise<void> {
  const found = await Promise.all(
    rows.map(async row =>
      row.person_id ? [row.person_id] : (await staff.teamOf(world, row.team_id ?? '')).map(one => one.id),
    ),
  );
  const ids = [...new Set(found.flat())];
  for (let at = 0; at < ids.length; at += 100)
    await announce(world, {
      kind: 'person-changed',
      workspaceId: world.workspaceId,
      ids: ids.slice(at, at + 100),
    });
}

/** Lets the open sessions of all with whom these records are shared know at once that the shares are others now. */
export async function announceShared(world: World, object: string, ids: string[]): Promise<void> {
  const rows = await Promise.all(ids.map(id => rights.sharesOf(world, { object, id }, moment(world))));
  await tellSessions(world, rows.flat());
}
