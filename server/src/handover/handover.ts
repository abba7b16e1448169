// Hand-over (工作交接): what somebody who leaves, is suspended or away has in hand goes to colleagues, and back on return.
import { sql } from 'kysely';
import * as agenda from '../agenda/agenda.ts';
import * as audit from '../audit/audit.ts';
import { reownRecords } from '../db/records.ts';
import type { Visitor } from '../http.ts';
import * as notices from '../notices/notices.ts';
import { may } from '../permissions.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { type By, reaches } from './rules.ts';
import * as store from './store.ts';

export { pause, resume } from './pausing.ts';

export type HandoverRow = store.HandoverRow;
export type HandedObject = keyof typeof parts;

const all = sql<boolean>`true`;

/** What may be in somebody's hand; customers first, so that what belongs to them goes along. */
const parts = {
  customer: { table: 'customers', title: 'name', open: all, customer: null },
  contact: { table: 'contacts', title: 'name', open: sql<boolean>`customer_id is null`, customer: null },
  lead: {
    table: 'leads',
    title: 'name',
    open: sql<boolean>`status not in ('converted', 'unqualified')`,
    customer: null,
  },
  deal: { table: 'deals', title: 'title', open: sql<boolean>`kind = 'open'`, customer: 'customer_id' },
  order: {
    table: 'orders',
    title: 'number',
    open: sql<boolean>`status in ('draft', 'sent', 'confirmed', 'delivered')`,
    customer: 'customer_id',
  },
  task: {
    table: 'tasks',
    title: 'title',
    open: sql<boolean>`done_at is null`,
    customer: 'customer_id',
  },
} as const satisfies Record<string, store.Part>;

const objects = Object.keys(parts) as HandedObject[];

/** So many are moved at once, each batch in a transaction of its own unless the whole is that small. */
const batch = 500;
const atOnce = 1_000;

const covered = (by: By, object: HandedObject) => {
  const reach = may(by.me, 'update', object);
  return reach === 'all' || reach === by.reach;
};

/** The colleagues that may be given what a person has. */
async function targetsFor(world: World, personId: string, by: By) {
  const team = by.reach === 'team' && by.me.teamId ? { teamId: by.me.teamId } : {};
  return (await staff.owners(world, team)).filter(one => one.id !== personId);
}

export type InHand = {
  parts: { object: HandedObject; count: number }[];
  followUps: number;
  targets: { id: string; name: string }[];
  items: HandoverRow[];
  pause: agenda.Pause | undefined;
};

/** What somebody has in hand, to whom it could go, and what was handed over before; undefined where it is not his to see. */
export async function inHand(world: World, personId: string, by: By): Promise<InHand | undefined> {
  const person = await staff.byId(world, personId);
  if (!person || !reaches(by, person)) return undefined;
  const counted = await Promise.all(
    objects
      .filter(object => covered(by, object))
      .map(async object => ({ object, count: await store.count(world, parts[object], personId) })),
  );
  const [followUps, targets, items, pause] = await Promise.all([
    store.followUps(world, personId),
    targetsFor(world, personId, by),
    store.of(world, personId),
    agenda.pauseOf(world, personId),
  ]);
  return { parts: counted, followUps, targets, items, pause };
}

/** One hand-over of somebody within reach. */
export async function byId(world: World, id: string, by: By): Promise<HandoverRow | undefined> {
  const row = await store.byId(world, id);
  const person = row && (await staff.byId(world, row.person_id));
  return person && reaches(by, person) ? row : undefined;
}

/** Gives what somebody has in hand to colleagues; up to a thousand records at once, more in the background. */
export async function handOver(
  world: World,
  input: { personId: string; to: string[]; objects: HandedObject[]; reason: string },
  by: By & { visitor: Visitor },
): Promise<{ kind: 'begun'; handover: HandoverRow } | { kind: 'not-found' | 'no-such-target' | 'nothing' }> {
  const person = await staff.byId(world, input.personId);
  if (!person || !reaches(by, person)) return { kind: 'not-found' };
  const to = [...new Set(input.to)];
  const allowed = new Set((await targetsFor(world, person.id, by)).map(one => one.id));
  if (to.some(id => !allowed.has(id))) return { kind: 'no-such-target' };
  const chosen = objects.filter(object => input.objects.includes(object) && covered(by, object));
  const counts = await Promise.all(chosen.map(object => store.count(world, parts[object], person.id)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return { kind: 'nothing' };
  return atomically(world, async tx => {
    const id = tx.random.id();
    await store.insert(tx, {
      workspace_id: tx.workspaceId,
      id,
      person_id: person.id,
      to_ids: to,
      objects: chosen,
      reason: input.reason,
      by_id: by.me.id,
      at: moment(tx),
      state: 'moving',
      total,
    });
    await audit.record(tx, {
      action: 'handover.start',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: person.id },
      details: { name: person.name, reason: input.reason, count: total, handover: id },
    });
    return { kind: 'begun', handover: await settled(tx, id, total) };
  });
}

/** Gives back what was handed over, but for what has changed hands since. */
export async function giveBack(
  world: World,
  input: { id: string; reason: string },
  by: By & { visitor: Visitor },
): Promise<
  { kind: 'begun'; handover: HandoverRow } | { kind: 'not-found' | 'not-allowed' | 'wrong-state' | 'away' }
> {
  return atomically(world, async tx => {
    const row = await store.byId(tx, input.id, true);
    const person = row && (await staff.byId(tx, row.person_id));
    if (!row || !person || !reaches(by, person)) return { kind: 'not-found' };
    // It is taken from those who have it now, who may be of another team.
    const holders = await Promise.all(row.to_ids.map(id => staff.byId(tx, id)));
    const held = holders.every(one => one !== undefined && reaches(by, one));
    if (!held || !objects.every(one => !row.objects.includes(one) || covered(by, one)))
      return { kind: 'not-allowed' };
    if (row.state !== 'moved') return { kind: 'wrong-state' };
    if (person.state !== 'active' || person.role === 'auditor') return { kind: 'away' };
    await store.update(tx, row.id, { state: 'returning', undone_by: by.me.id, undone_at: moment(tx) });
    await audit.record(tx, {
      action: 'handover.return',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'person', id: person.id },
      details: { name: person.name, reason: input.reason, count: row.moved, handover: row.id },
    });
    return { kind: 'begun', handover: await settled(tx, row.id, row.moved) };
  });
}

async function settled(world: World, id: string, total: number): Promise<HandoverRow> {
  for (;;) {
    const row = await store.byId(world, id, true);
    if (!row) throw new Error('the hand-over just written is gone');
    if (total > atOnce || row.state === 'moved' || row.state === 'returned') return row;
    await step(world, row);
  }
}

/** Goes on with hand-overs that are under way, a batch at a time; several processes may do so. */
export async function proceed(world: World): Promise<void> {
  for (let more = true; more; )
    more = await atomically(world, async tx => {
      const row = await store.underWay(tx);
      if (row) await step(tx, row);
      return row !== undefined;
    });
}

/** One batch of a hand-over whose row is locked. */
async function step(world: World, row: HandoverRow): Promise<void> {
  for (const object of objects.filter(one => row.objects.includes(one)))
    if (await (row.state === 'moving' ? move(world, row, object) : takeBack(world, row, object))) return;
  // Open deals go along with their customer by themselves, so that fewer are moved than were counted.
  const end =
    row.state === 'moving' ? { state: 'moved' as const, total: row.moved } : { state: 'returned' as const };
  await store.update(world, row.id, { ...end, settled_at: moment(world) });
  if (row.failed > 0) await tellOfFaults(world, row);
}

/**
 * Does the work for all; where that fails, for one after the other, and what fails by itself is noted and stays where it
 * is, so that one record does not hold up the rest for ever.
 */
async function bearing(
  world: World,
  at: { row: HandoverRow; object: HandedObject },
  held: store.Held[],
  work: (some: store.Held[]) => Promise<void>,
): Promise<void> {
  const { row, object } = at;
  const failed = (err: unknown) =>
    world.log.error({ err, handover: row.id, object }, 'a hand-over could not write some records');
  if (await store.stands(world, () => work(held), failed)) return;
  for (const one of held) {
    if (await store.stands(world, () => work([one]), failed)) continue;
    const returning = row.state === 'returning';
    const fault = { handover_id: row.id, object, record_id: one.id, name: one.name, on_return: returning };
    await store.note(world, { ...fault, at: moment(world) });
    if (returning) await store.markGivenBack(world, row.id, object, [one.id], false);
    row.failed += 1;
    await store.update(world, row.id, { failed: row.failed });
  }
}

async function tellOfFaults(world: World, row: HandoverRow): Promise<void> {
  const person = await staff.byId(world, row.person_id);
  await notices.tell(world, {
    to: [row.undone_by ?? row.by_id],
    kind: 'handover-left',
    by: null,
    object: null,
    params: { who: person?.name ?? '', count: row.failed },
    page: `/people/${row.person_id}`,
  });
}

/** What a hand-over could not write, by name. */
export const faultsOf = store.faultsOf;

type Owner = { id: string; name: string; teamId: string | null };

async function people(world: World, ids: string[]): Promise<Map<string, Owner>> {
  const found = await Promise.all(ids.map(id => staff.byId(world, id)));
  return new Map(
    found.flatMap(one => (one ? [[one.id, { id: one.id, name: one.name, teamId: one.team_id }]] : [])),
  );
}

async function move(world: World, row: HandoverRow, object: HandedObject): Promise<boolean> {
  const held = await store.take(world, parts[object], { row, object }, batch);
  if (held.length === 0) return false;
  await bearing(world, { row, object }, held, async some => {
    const customers = some.flatMap(one => (one.customer_id ? [one.customer_id] : []));
    const went = await store.customersWent(world, row.id, customers);
    const given = some.map((one, i) => {
      const along = one.customer_id ? went.get(one.customer_id) : undefined;
      const next = row.to_ids[(row.moved + i) % row.to_ids.length] ?? row.person_id;
      return { ...one, from: row.person_id, to: along ?? next };
    });
    await reown(world, row, object, given, row.by_id);
    const items = given.map(one => ({ object, record_id: one.id, to_id: one.to }));
    await store.insertItems(world, row.id, items);
    await store.update(world, row.id, { moved: row.moved + given.length });
    row.moved += given.length;
  });
  return true;
}

async function takeBack(world: World, row: HandoverRow, object: HandedObject): Promise<boolean> {
  const items = await store.waiting(world, row.id, object, batch);
  if (items.length === 0) return false;
  const held = await store.stillWith(world, parts[object], items);
  const still = new Set(held.map(one => one.id));
  const kept = items.filter(item => !still.has(item.record_id)).map(item => item.record_id);
  const was = new Map(items.map(item => [item.record_id, item.to_id]));
  await bearing(world, { row, object }, held, async some => {
    const given = some.map(one => ({ ...one, from: was.get(one.id) ?? null, to: row.person_id }));
    await reown(world, row, object, given, row.undone_by ?? row.by_id);
    const ids = some.map(one => one.id);
    await store.markGivenBack(world, row.id, object, ids, true);
    await store.update(world, row.id, { returned: row.returned + some.length });
    row.returned += some.length;
  });
  await store.markGivenBack(world, row.id, object, kept, false);
  row.kept += kept.length;
  await store.update(world, row.id, { kept: row.kept });
  return true;
}

/** Sets owner and team of locked records, each with its entry in the journal. */
async function reown(
  world: World,
  row: HandoverRow,
  object: HandedObject,
  given: { id: string; name: string; from: string | null; to: string }[],
  byId: string,
): Promise<void> {
  if (given.length === 0) return;
  const known = await people(world, [...new Set([byId, row.person_id, ...row.to_ids])]);
  const by = known.get(byId) ?? null;
  const named = (one: Owner | null | undefined) => (one ? { id: one.id, name: one.name } : null);
  const rows = given.map(one => ({
    id: one.id,
    owner_id: one.to,
    team_id: known.get(one.to)?.teamId ?? null,
  }));
  const entries = given.map(one =>
    audit.row(world, {
      action: `${object}.change`,
      by,
      object: { type: object, id: one.id },
      before: { owner: named(one.from ? known.get(one.from) : null) },
      after: { owner: named(known.get(one.to)) },
      details: { name: one.name, handover: row.id },
    }),
  );
  const stamp = { at: moment(world), by: byId };
  await reownRecords(world, { table: parts[object].table }, rows, stamp, entries);
}
