// Records that look like one: found from what they have in common as they change, told to whoever reaches all of them.
import * as audit from '../audit/audit.ts';
import { fenceOf, sees } from '../db/fence.ts';
import { hiddenFields, may } from '../permissions.ts';
import type { By } from '../records/records.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { type MarkKind, marksOf, pairsOf } from './rules.ts';
import * as store from './store.ts';

export type { Merge, MergeOutcome, UndoOutcome, Why } from './merges.ts';
export { kinds, merge, open, preview, undo } from './merges.ts';
export type Alike = store.Alike;
export type Member = store.MemberRow;
export type Group = {
  id: string;
  object: Alike;
  alike: { kind: MarkKind; value: string }[];
  members: Member[];
};

const objects: readonly Alike[] = ['customer', 'contact', 'lead'];
const batch = 500;
const most = 20;

/** A change is looked at when it is this old, so that none that commits late is passed over. */
const settledMs = 10_000;

/** While so many wait and more keep coming, somebody brings in a file: they are looked at afterwards, or when it takes long. */
const flood = { many: 5_000, calmMs: 20_000, patienceMs: 900_000 };

/** Looks at what has changed since the last time, at most some thousands of records; tells how many. */
export async function look(world: World): Promise<number> {
  let seen = 0;
  for (const object of objects) {
    if (await isFlooded(world, object)) continue;
    for (let round = 0; round < 20; round += 1) {
      const count = await lookOnce(world, object);
      seen += count;
      if (count < batch) break;
    }
  }
  return seen;
}

async function isFlooded(world: World, object: Alike): Promise<boolean> {
  const span = await store.waiting(world, object, flood.many);
  const now = world.now();
  return span !== null && now - span.last < flood.calmMs && now - span.first < flood.patienceMs;
}

async function lookOnce(world: World, object: Alike): Promise<number> {
  return atomically(world, async tx => {
    if (!(await store.only(tx))) return 0;
    const rows = await store.changed(tx, object, iso(tx.now() - settledMs), batch);
    const last = rows.at(-1);
    if (!last) return 0;
    const marks = rows.flatMap(row =>
      marksOf(object, row).map(mark => ({ ...mark, value: mark.value.slice(0, 400), record_id: row.id })),
    );
    const ids = rows.map(row => row.id);
    const touched = await store.remark(tx, object, marks, ids);
    await store.regroup(tx, object, touched, moment(tx));
    await store.settle(tx, object, last);
    return rows.length;
  });
}

// What a hidden field would tell is not told by a group either.
function kindsFor(by: By, object: Alike): MarkKind[] {
  const hidden = hiddenFields(by.me, object);
  const told: Record<MarkKind, string> = { name: 'name', phone: 'phone', email: 'email', domain: 'email' };
  return (Object.keys(told) as MarkKind[]).filter(kind => !hidden.includes(told[kind]));
}

/** One page of groups wholly within reach, newest first; what somebody has called two is left out. */
export async function list(
  world: World,
  input: { object: Alike; after?: string | undefined; limit: number },
  by: By,
): Promise<{ items: Group[]; next: string | null }> {
  const { object, limit } = input;
  const fence = fenceOf(by.me, may(by.me, 'read', object));
  const kinds = kindsFor(by, object);
  const items: Group[] = [];
  let before = input.after ?? null;
  for (let round = 0; round < 10; round += 1) {
    const rows = await store.groups(world, { object, fence, kinds, before, limit });
    const found = await membersOf(world, object, rows);
    for (const row of rows) {
      before = row.id;
      const inside = found.get(row.id) ?? [];
      const ids = inside.map(member => member.id);
      if (ids.length < 2 || !inside.every(member => sees(fence, member))) continue;
      const sameAs = items.find(one => one.members.map(m => m.id).join() === ids.join());
      const alike = { kind: row.kind, value: row.value };
      if (sameAs) sameAs.alike.push(alike);
      else items.push({ id: row.id, object, alike: [alike], members: inside });
      if (items.length === limit) return { items, next: before };
    }
    if (rows.length < limit) return { items, next: null };
  }
  return { items, next: before };
}

/** The records of each group but for those groups whose every pair somebody has called two. */
async function membersOf(
  world: World,
  object: Alike,
  rows: store.GroupRow[],
): Promise<Map<string, Member[]>> {
  const groups = new Map<string, Member[]>();
  if (rows.length === 0) return groups;
  const ids = rows.map(row => row.id);
  for (const { group_id, ...member } of await store.members(world, object, ids, most))
    groups.set(group_id, [...(groups.get(group_id) ?? []), { group_id, ...member }]);
  const all = [...groups.values()].flat().map(member => member.id);
  const apart = await store.apart(world, object, [...new Set(all)]);
  for (const [id, members] of groups)
    if (pairsOf(members.map(member => member.id)).every(([a, b]) => apart.has(`${a} ${b}`)))
      groups.delete(id);
  return groups;
}

/** Says of records within reach that they are not the same. */
export async function keepApart(
  world: World,
  input: { object: Alike; ids: string[] },
  by: By,
): Promise<{ kind: 'done' | 'not-found' }> {
  return atomically(world, async tx => {
    const { object } = input;
    const fence = fenceOf(by.me, may(by.me, 'update', object));
    const ids = [...new Set(input.ids)];
    const found = await store.reachable(tx, object, fence, ids);
    if (found.length !== ids.length || ids.length < 2) return { kind: 'not-found' };
    await store.keepApart(tx, object, pairsOf(ids), { at: moment(tx), by: by.me.id });
    const names = found.map(one => one.name).join('、');
    for (const one of found)
      await audit.record(tx, {
        action: `${object}.keep-apart`,
        by: by.me,
        visitor: by.visitor,
        object: { type: object, id: one.id },
        details: { name: names },
      });
    return { kind: 'done' };
  });
}
