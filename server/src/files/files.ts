// Files attached to records: open to whoever may read the record, changed by whoever may change it.
import * as audit from '../audit/audit.ts';
import { fenceOf, sees } from '../db/fence.ts';
import type { Me, Visitor } from '../http.ts';
import { may } from '../permissions.ts';
import { BearerType } from '../subjects/contract.ts';
import * as subjects from '../subjects/subjects.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import * as depot from './depot.ts';
import * as disk from './disk.ts';
import { kindOf, typeOf } from './rules.ts';
import * as store from './store.ts';

export { move } from './moving.ts';

export type File = store.FileRow;
type By = { me: Me; visitor: Visitor };

const usualMegabytes = 25;
const keptDays = 90;

/** How large a file may be, in megabytes, and of which kinds; null: all that are known. */
export async function settings(world: World): Promise<store.Settings> {
  return (await store.settings(world)) ?? { megabytes: usualMegabytes, kinds: null };
}

/** Says how large a file may be and of which kinds; files that are there already stay. */
export async function configure(world: World, after: store.Settings, by: By): Promise<void> {
  await atomically(world, async tx => {
    const before = await settings(tx);
    await store.keep(tx, after, { at: moment(tx), by: by.me.id });
    const states = { before, after };
    await audit.record(tx, { action: 'file.settings', by: by.me, visitor: by.visitor, ...states });
  });
}

/** What is used at present, where new files go, and what room is left where that can be told. */
export async function usage(
  world: World,
): Promise<store.Used & { place: depot.Place; freeBytes: number | null }> {
  const place = depot.placeNow(world);
  const freeBytes = place === 'folder' ? await disk.free(world) : null;
  return { ...(await store.used(world, place)), place, freeBytes };
}

/** Whether the place where new files go answers now; why not, for administrators on the server. */
export const check = (world: World) => depot.check(world);

/** A record that files are attached to. */
type Bearer = { type: subjects.BearerType; id: string };

function mayChange(me: Me, ref: Bearer, place: subjects.Place): boolean {
  const reach = may(me, 'update', ref.type);
  if (sees(fenceOf(me, reach), place)) return true;
  return reach !== 'none' && (me.shares?.[ref.type]?.update.includes(ref.id) ?? false);
}

/** The files of a record within reach; undefined where it is not. */
export async function of(
  world: World,
  ref: Bearer,
  me: Me,
): Promise<({ items: File[]; writable: boolean } & store.Settings) | undefined> {
  const place = await subjects.readable(world, ref, me);
  if (!place) return undefined;
  const [items, allowed] = await Promise.all([store.of(world, ref), settings(world)]);
  return { items, writable: mayChange(me, ref, place), ...allowed };
}

/** A file whose bytes are kept and which no record has yet. */
export type Taken = Pick<
  File,
  'id' | 'object_type' | 'object_id' | 'name' | 'type' | 'size' | 'sha256' | 'place'
>;
export type TakeOutcome =
  | { kind: 'taken'; file: Taken }
  | { kind: 'too-large'; megabytes: number }
  | { kind: 'not-found' | 'not-allowed' | 'empty' | 'full' | 'wrong-type' | 'away' };

/** Takes the bytes of a file in for good; `attach` writes its row. Nothing is left of one that is refused. */
export async function take(
  world: World,
  input: { ref: Bearer; name: string; body: ReadableStream<Uint8Array> | null; length: number },
  by: By,
): Promise<TakeOutcome> {
  const { ref } = input;
  const at = await subjects.readable(world, ref, by.me);
  if (!at) return { kind: 'not-found' };
  if (!mayChange(by.me, ref, at)) return { kind: 'not-allowed' };
  const { megabytes, kinds } = await settings(world);
  const most = megabytes * 1_048_576;
  if (input.length > most) return { kind: 'too-large', megabytes };
  const id = world.random.id();
  const received = await disk.receive(world, id, input.body, most);
  if (received.kind === 'too-large') return { kind: 'too-large', megabytes };
  if (received.kind !== 'received') return received;
  // A name is a name, not a way through folders.
  const name = input.name.split(/[\\/]/).at(-1) || 'file';
  const type = typeOf(name, received.head);
  if (!type || (kinds && !kinds.includes(kindOf(type)))) {
    await disk.forget(world, id);
    return { kind: 'wrong-type' };
  }
  const { size, sha256 } = received;
  const place = depot.placeNow(world);
  const file = { id, object_type: ref.type, object_id: ref.id, name, type, size, sha256, place };
  const settled = await depot.settle(world, place, file);
  if (settled.kind === 'full') return { kind: 'full' };
  if (settled.kind !== 'kept') {
    world.log.error({ outcome: settled }, 'a file could not be put into the bucket');
    return { kind: 'away' };
  }
  return { kind: 'taken', file };
}

/**
 * Attaches what was taken in to its record. Should this fail, the row may be there all the same: what no row names is
 * for the sweep to remove, not for us.
 */
export async function attach(world: World, file: Taken, by: By): Promise<File> {
  return atomically(world, async tx => {
    await store.add(tx, { ...file, created_at: moment(tx), created_by: by.me.id });
    await record(tx, 'add', file, by);
    const added = await store.byId(tx, file.id);
    if (!added) throw new Error('the file just written is gone');
    return added;
  });
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
  if (!file || !subjects.isBearerType(file.object_type)) return undefined;
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
    BearerType.options,
  );
  const open = rows.filter(row => nameOf(row.object_type, row.object_id) !== undefined);
  return new Map(open.map(row => [row.id, row.name]));
}

export type OpenOutcome =
  | { kind: 'open'; file: File; bytes: ReadableStream<Uint8Array> }
  | { kind: 'not-found' | 'away' };

/** A file with its bytes; not found where it is out of reach, in the bin or lost. */
export async function open(world: World, id: string, me: Me): Promise<OpenOutcome> {
  let seen: depot.Place | undefined;
  for (;;) {
    const found = await find(world, id, me);
    // It was moved between looking it up and reading it once at most.
    if (!found || found.file.deleted_at || found.file.place === seen) return { kind: 'not-found' };
    const { file } = found;
    const got = await depot.read(world, file);
    if (got.kind === 'got') return { kind: 'open', file, bytes: got.bytes };
    if (got.kind === 'away') {
      world.log.error({ file: id, why: got.why }, 'a file could not be read from the bucket');
      return { kind: 'away' };
    }
    seen = file.place;
  }
}

export type Passing = (type: subjects.BearerType, place: subjects.Place) => boolean;
/** The bytes of a file; null where they cannot be had. */
export type Opening = () => Promise<ReadableStream<Uint8Array> | null>;
type Each = { file: File; type: subjects.BearerType; place: subjects.Place; open: Opening };

/** All files not in the bin, record by record, of records that are not there either and that pass. */
export async function* each(world: World, passes: Passing): AsyncGenerator<Each> {
  const zero = '00000000-0000-0000-0000-000000000000';
  let after = { type: '', record: zero, id: zero };
  for (;;) {
    const rows = await store.byRecord(world, after, 500);
    const places = new Map<string, subjects.Place>();
    for (const type of BearerType.options) {
      const ids = rows.filter(row => row.object_type === type).map(row => row.object_id);
      for (const place of (await subjects.placesOf(world, type, ids)).values())
        if (place.deleted_at === null && passes(type, place)) places.set(`${type} ${place.id}`, place);
    }
    for (const file of rows) {
      const place = places.get(`${file.object_type} ${file.object_id}`);
      if (!place || !subjects.isBearerType(file.object_type)) continue;
      const open = async () => {
        const got = await depot.read(world, file);
        return got.kind === 'got' ? got.bytes : null;
      };
      yield { file, type: file.object_type, place, open };
    }
    const last = rows.at(-1);
    if (!last || rows.length < 500) return;
    after = { type: last.object_type, record: last.object_id, id: last.id };
  }
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

/** Removes for good what has lain in the bin for so many days, what belonged to records that are gone, and strays. */
export async function sweep(world: World, days = keptDays): Promise<void> {
  const over = await store.over(world, iso(world.now() - days * 86_400_000), 500);
  for (const file of [...over, ...(await ofGone(world))]) {
    await atomically(world, async tx => {
      await store.remove(tx, file.id);
      await record(tx, 'purge', file, null);
    });
    await depot.discard(world, file.place, file.id);
  }
  let some: { id: string; place: depot.Place }[] = [];
  for await (const one of depot.old(world)) {
    some.push(one);
    if (some.length < 500) continue;
    await removeStrays(world, some);
    some = [];
  }
  await removeStrays(world, some);
}

/** Bytes that no row names there: a process died before it could write one, or before it could tidy up after a move. */
async function removeStrays(world: World, some: { id: string; place: depot.Place }[]): Promise<void> {
  if (some.length === 0) return;
  const known = await store.places(
    world,
    some.map(one => one.id),
  );
  for (const { id, place } of some) {
    if (known.get(id) === place) continue;
    // With its row held: a move that is under way looks for its copy under the same hold.
    await atomically(world, async tx => {
      if ((await store.hold(tx, id))?.place !== place) await depot.discard(tx, place, id);
    });
  }
}

async function ofGone(world: World): Promise<File[]> {
  const found: File[] = [];
  let after = { type: '', id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const refs = await store.owners(world, after, 500);
    for (const type of new Set(refs.map(ref => ref.type))) {
      if (!subjects.isBearerType(type)) continue;
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
