// Files attached to records: open to whoever may read the record, changed by whoever may change it.
import * as audit from '../audit/audit.ts';
import { fenceOf, sees } from '../db/fence.ts';
import type { Me, Visitor } from '../http.ts';
import { may } from '../permissions.ts';
import * as subjects from '../subjects/subjects.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as disk from './disk.ts';
import { typeOf } from './rules.ts';
import * as store from './store.ts';

export type File = store.FileRow;
type By = { me: Me; visitor: Visitor };

const usualMegabytes = 25;
const keptDays = 90;

/** The largest file taken in, in megabytes. */
export async function largest(world: World): Promise<number> {
  return (await store.settings(world))?.megabytes ?? usualMegabytes;
}

/** Says how large a file may be, in megabytes. */
export async function setLargest(world: World, megabytes: number, by: By): Promise<void> {
  await atomically(world, async tx => {
    const before = { megabytes: await largest(tx) };
    await store.keep(tx, megabytes, { at: moment(tx), by: by.me.id });
    const states = { before, after: { megabytes } };
    await audit.record(tx, { action: 'file.settings', by: by.me, visitor: by.visitor, ...states });
  });
}

function mayChange(me: Me, ref: subjects.Ref, place: subjects.Place): boolean {
  const reach = may(me, 'update', ref.type);
  if (sees(fenceOf(me, reach), place)) return true;
  return reach !== 'none' && (me.shares?.[ref.type]?.update.includes(ref.id) ?? false);
}

/** The files of a record within reach; undefined where it is not. */
export async function of(
  world: World,
  ref: subjects.Ref,
  me: Me,
): Promise<{ items: File[]; writable: boolean; megabytes: number } | undefined> {
  const place = await subjects.readable(world, ref, me);
  if (!place) return undefined;
  const [items, megabytes] = await Promise.all([store.of(world, ref), largest(world)]);
  return { items, writable: mayChange(me, ref, place), megabytes };
}

export type AddOutcome =
  | { kind: 'added'; file: File }
  | { kind: 'too-large'; megabytes: number }
  | { kind: 'not-found' | 'not-allowed' | 'empty' | 'full' | 'wrong-type' };

/** Takes a file in: to the disk for good first, then its row; nothing is left of one that is refused. */
export async function add(
  world: World,
  input: { ref: subjects.Ref; name: string; body: ReadableStream<Uint8Array> | null; length: number },
  by: By,
): Promise<AddOutcome> {
  const { ref } = input;
  const place = await subjects.readable(world, ref, by.me);
  if (!place) return { kind: 'not-found' };
  if (!mayChange(by.me, ref, place)) return { kind: 'not-allowed' };
  const megabytes = await largest(world);
  const most = megabytes * 1_048_576;
  if (input.length > most) return { kind: 'too-large', megabytes };
  const id = world.random.id();
  const received = await disk.receive(world, id, input.body, most);
  if (received.kind === 'too-large') return { kind: 'too-large', megabytes };
  if (received.kind !== 'received') return received;
  // A name is a name, not a way through folders.
  const name = input.name.split(/[\\/]/).at(-1) || 'file';
  const type = typeOf(name, received.head);
  if (!type) {
    await disk.discard(world, id);
    return { kind: 'wrong-type' };
  }
  try {
    const { size, sha256 } = received;
    const file = { id, object_type: ref.type, object_id: ref.id, name, type, size, sha256 };
    await atomically(world, async tx => {
      await store.add(tx, { ...file, created_at: moment(tx), created_by: by.me.id });
      await record(tx, 'add', file, by);
    });
  } catch (error) {
    await disk.discard(world, id);
    throw error;
  }
  const added = await store.byId(world, id);
  if (!added) throw new Error('the file just written is gone');
  return { kind: 'added', file: added };
}

async function record(
  tx: World,
  action: string,
  file: Pick<File, 'id' | 'name' | 'object_type' | 'object_id' | 'size'>,
  by: By | null,
): Promise<void> {
  const { id, name, size, object_type: type } = file;
  await audit.record(tx, {
    action: `file.${action}`,
    by: by?.me ?? null,
    visitor: by?.visitor ?? null,
    object: { type: 'file', id },
    details: { name, size, of: { type, id: file.object_id } },
  });
}

/** A file of a record within reach, with whether one may change it. */
async function find(
  world: World,
  id: string,
  me: Me,
): Promise<{ file: File; writable: boolean } | undefined> {
  const file = await store.byId(world, id);
  if (!file || !subjects.isSubjectType(file.object_type)) return undefined;
  const ref = { type: file.object_type, id: file.object_id };
  const place = await subjects.readable(world, ref, me);
  return place && { file, writable: mayChange(me, ref, place) };
}

/** Whether such a file, not in the bin, is attached to that record. */
export async function isAt(world: World, id: string, ref: { type: string; id: string }): Promise<boolean> {
  const file = await store.byId(world, id);
  return file?.object_type === ref.type && file.object_id === ref.id && file.deleted_at === null;
}

/** The names of those files that this person may download, by their ids. */
export async function namesFor(world: World, ids: string[], reader: subjects.Reader) {
  const rows = await store.named(world, ids);
  const nameOf = await subjects.namesFor(
    world,
    rows.map(row => ({ type: row.object_type, id: row.object_id })),
    reader,
  );
  const open = rows.filter(row => nameOf(row.object_type, row.object_id) !== undefined);
  return new Map(open.map(row => [row.id, row.name]));
}

/** A file with its bytes; undefined where it is out of reach, in the bin or lost. */
export async function open(
  world: World,
  id: string,
  me: Me,
): Promise<{ file: File; bytes: ReadableStream<Uint8Array> } | undefined> {
  const found = await find(world, id, me);
  if (!found || found.file.deleted_at) return undefined;
  const bytes = await disk.read(world, id);
  return bytes && { file: found.file, bytes };
}

/** Puts a file into the bin or takes it out. */
export async function bin(
  world: World,
  input: { id: string; deleted: boolean },
  by: By,
): Promise<{ kind: 'done'; file: File } | { kind: 'not-found' | 'not-allowed' }> {
  return atomically(world, async tx => {
    const found = await find(tx, input.id, by.me);
    if (!found) return { kind: 'not-found' };
    if (!found.writable) return { kind: 'not-allowed' };
    const stamp = { at: moment(tx), by: by.me.id };
    if (!(await store.setDeleted(tx, input.id, input.deleted, stamp))) return { kind: 'not-found' };
    await record(tx, input.deleted ? 'remove' : 'restore', found.file, by);
    return { kind: 'done', file: found.file };
  });
}

/** Removes for good what has lain in the bin for 90 days, what belonged to records that are gone, and strays. */
export async function sweep(world: World): Promise<void> {
  const over = await store.over(world, iso(world.now() - keptDays * 86_400_000), 500);
  for (const file of [...over, ...(await ofGone(world))]) {
    await atomically(world, async tx => {
      await store.remove(tx, file.id);
      await record(tx, 'purge', file, null);
    });
    await disk.discard(world, file.id);
  }
  for await (const stray of disk.strays(world))
    if (stray.path.endsWith('.part') || !(await store.byId(world, stray.id))) await disk.remove(stray.path);
}

async function ofGone(world: World): Promise<File[]> {
  const found: File[] = [];
  let after = { type: '', id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const refs = await store.owners(world, after, 500);
    for (const type of new Set(refs.map(ref => ref.type))) {
      if (!subjects.isSubjectType(type)) continue;
      const ids = refs.filter(ref => ref.type === type).map(ref => ref.id);
      const there = await subjects.placesOf(world, type, ids);
      const gone = ids.filter(id => !there.has(id));
      if (gone.length > 0) found.push(...(await store.ofGone(world, type, gone)));
    }
    const last = refs.at(-1);
    if (!last || refs.length < 500) return found;
    after = last;
  }
}
