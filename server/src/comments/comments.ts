// Comments: what colleagues say to each other about a record; whoever may read it may read them.
import * as audit from '../audit/audit.ts';
import { paged, placeOf } from '../db/keyset.ts';
import type { Me, Visitor } from '../http.ts';
import * as notices from '../notices/notices.ts';
import { may } from '../permissions.ts';
import * as subjects from '../subjects/subjects.ts';
import { atomically, moment, type World } from '../world.ts';
import { followersOf } from './follows.ts';
import * as store from './store.ts';

export { followersOf, following, setFollowing } from './follows.ts';
export { newestFirst } from './store.ts';
export type Comment = store.CommentRow;

type By = { me: Me; visitor: Visitor | null };
type Person = { id: string; name: string };

/** One page of the comments on a record within reach. */
export async function list(
  world: World,
  input: { ref: subjects.Ref; limit: number; after?: string | undefined },
  me: Me,
): Promise<{ kind: 'page'; items: Comment[]; next: string | null } | { kind: 'not-found' | 'bad-cursor' }> {
  const place = input.after === undefined ? null : placeOf(store.newestFirst, input.after);
  if (input.after !== undefined && !place) return { kind: 'bad-cursor' };
  if (!(await subjects.readable(world, input.ref, me))) return { kind: 'not-found' };
  const rows = await store.list(world, input.ref, { place, limit: input.limit + 1 });
  const page = paged(store.newestFirst, rows, input.limit);
  return { kind: 'page', items: page.rows, next: page.next };
}

/** Comments on a record that the caller has found to be within reach; newest first, from a place on. */
export const about = store.list;

/** What these comments say, as far as they have not been removed; for who is known to read the records. */
export const bodies = store.bodies;

export type Written = { kind: 'written'; comment: Comment; unreached: Person[] };
type Words = { body: string; mentions: string[] };

// Reading is enough to see comments; writing them is for those who work with such records, not for who only looks.
const mayWrite = (me: Me, ref: subjects.Ref) => may(me, 'update', ref.type) !== 'none';

/** Comments on a record within reach, and follows it; tells those mentioned, and then those who follow. */
export async function add(
  world: World,
  input: Words & { ref: subjects.Ref },
  by: By,
): Promise<Written | { kind: 'not-found' | 'not-allowed' }> {
  const { ref, body } = input;
  const place = await subjects.readable(world, ref, by.me);
  if (!place) return { kind: 'not-found' };
  if (!mayWrite(by.me, ref)) return { kind: 'not-allowed' };
  const mentioned = await mentionedIn(world, ref, input.mentions);
  return atomically(world, async tx => {
    const id = tx.random.id();
    const at = moment(tx);
    const mentions = mentioned.all.map(one => one.id);
    await store.insert(tx, { id, ref, authorId: by.me.id, body, mentions, at });
    await audit.record(tx, entryOf('comment.add', id, ref, place.name, by, { after: { body } }));
    const joining = [by.me.id, ...mentioned.reading.map(one => one.id)];
    await store.follow(tx, ref, { personIds: joining, following: true, at, unlessSaid: true });
    const notice = { by: by.me, object: ref, quote: { text: body, source: id } };
    const called = mentioned.reading.map(one => one.id);
    await notices.tell(tx, { ...notice, kind: 'mention', to: called });
    const others = (await followersOf(tx, ref, place)).filter(one => !called.includes(one));
    await notices.tell(tx, { ...notice, kind: 'comment', to: others });
    return { kind: 'written', comment: await reread(tx, id), unreached: mentioned.unreached };
  });
}

async function mentionedIn(
  world: World,
  ref: subjects.Ref,
  ids: string[],
): Promise<{ all: Person[]; reading: Person[]; unreached: Person[] }> {
  const all = await subjects.colleagues(world, [...new Set(ids)]);
  const place = (await subjects.placesOf(world, ref.type, [ref.id])).get(ref.id);
  const reads = (one: subjects.Colleague) => place !== undefined && subjects.sees(one, ref.type, place);
  const named = (some: subjects.Colleague[]) => some.map(({ id, name }) => ({ id, name }));
  return {
    all: named(all),
    reading: named(all.filter(reads)),
    unreached: named(all.filter(one => !reads(one))),
  };
}

function entryOf(
  action: string,
  id: string,
  ref: subjects.Ref,
  name: string,
  by: By,
  states: Pick<audit.Entry, 'before' | 'after'>,
): audit.Entry {
  return {
    action,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'comment', id },
    details: { name, record: { ...ref, name } },
    ...states,
  };
}

async function reread(world: World, id: string): Promise<Comment> {
  const comment = await store.byId(world, id);
  if (!comment) throw new Error('the comment just written is gone');
  return comment;
}

/** A comment of one's own at a record within reach, locked; undefined for anybody else's. */
async function holdOwn(world: World, id: string, me: Me) {
  const comment = await store.byId(world, id, { lock: true });
  if (!comment || comment.author_id !== me.id || !subjects.isSubjectType(comment.object_type))
    return undefined;
  const ref: subjects.Ref = { type: comment.object_type, id: comment.object_id };
  const place = await subjects.readable(world, ref, me);
  return place && mayWrite(me, ref) ? { comment, ref, place } : undefined;
}

/** Changes a comment of one's own; only those who are mentioned anew are told. */
export async function change(
  world: World,
  input: Words & { id: string; version: number | null },
  by: By,
): Promise<Written | { kind: 'not-found' } | { kind: 'changed-meanwhile'; current: Comment }> {
  return atomically(world, async tx => {
    const held = await holdOwn(tx, input.id, by.me);
    if (!held) return { kind: 'not-found' };
    const { comment, ref, place } = held;
    if (input.version !== null && input.version !== comment.version)
      return { kind: 'changed-meanwhile', current: comment };
    const mentioned = await mentionedIn(tx, ref, input.mentions);
    const mentions = mentioned.all.map(one => one.id);
    const before = comment.mentions.map(one => one.id);
    const isSame = comment.body === input.body && [...mentions].sort().join() === [...before].sort().join();
    if (isSame) return { kind: 'written', comment, unreached: [] };
    const at = moment(tx);
    await store.update(tx, comment.id, { body: input.body, mentions, at });
    const states = { before: { body: comment.body }, after: { body: input.body } };
    await audit.record(tx, entryOf('comment.change', comment.id, ref, place.name, by, states));
    await notices.requote(tx, comment.id, input.body);
    const called = mentioned.reading.map(one => one.id).filter(id => !before.includes(id));
    await store.follow(tx, ref, { personIds: called, following: true, at, unlessSaid: true });
    const quote = { text: input.body, source: comment.id };
    await notices.tell(tx, { kind: 'mention', by: by.me, object: ref, quote, to: called });
    return { kind: 'written', comment: await reread(tx, comment.id), unreached: mentioned.unreached };
  });
}

/** Removes a comment of one's own; what people were told of it goes along. */
export async function remove(world: World, id: string, by: By): Promise<{ kind: 'removed' | 'not-found' }> {
  return atomically(world, async tx => {
    const held = await holdOwn(tx, id, by.me);
    if (!held) return { kind: 'not-found' };
    await store.remove(tx, id, moment(tx));
    await audit.record(tx, entryOf('comment.remove', id, held.ref, held.place.name, by, {}));
    await notices.requote(tx, id, null);
    return { kind: 'removed' };
  });
}

/** Whom one may mention at a record within reach: some whose names hold what was typed; undefined for no such record. */
export async function people(
  world: World,
  input: { ref: subjects.Ref; q: string; limit: number },
  me: Me,
): Promise<(Person & { reads: boolean })[] | undefined> {
  const { ref, q, limit } = input;
  const place = await subjects.readable(world, ref, me);
  if (!place) return undefined;
  const found = await subjects.colleagues(world, { q, limit: limit + 1 });
  return found
    .filter(one => one.id !== me.id)
    .slice(0, limit)
    .map(one => ({ id: one.id, name: one.name, reads: subjects.sees(one, ref.type, place) }));
}
