// What imports ask of every kind of record: many written at once, written over, given back, taken back.
import * as audit from '../audit/audit.ts';
import { type Custom, customColumns } from '../custom-fields/custom-fields.ts';
import { fenceOf } from '../db/fence.ts';
import { type Columns, differenceIn } from '../difference.ts';
import type { ObjectType, Hand as Permitted } from '../permissions.ts';
import { moment, type World } from '../world.ts';
import * as store from './imported-store.ts';
import { type By, entryOf } from './records.ts';

export const { byForeignId } = store;
export type { Untouched } from './imported-store.ts';

/** A kind of record as imports write it. */
export type Target = store.Target & {
  readonly object: ObjectType;
  /** Fields as the journal tells them, and their columns. */
  readonly told: Columns;
  /** The search keys of a row, where its kind has any. */
  readonly keysOf?: (world: World, row: Record<string, unknown>) => number[];
  /** What follows in the same transaction when rows were written over: each as it was, and the columns that changed. */
  readonly written?: (world: World, rows: Pick<Written, 'row' | 'columns'>[], by: By) => Promise<void>;
  /** What belongs to a record without being a column of it, such as the lines of an order. */
  readonly attached?: Attached;
  /** Of rows that are to have these columns again, those that cannot: another has taken what is one’s alone. */
  readonly taken?: (
    world: World,
    rows: { id: string; columns: Record<string, unknown> }[],
  ) => Promise<string[]>;
};

export type Attached = {
  /** As the journal names it. */
  readonly field: string;
  readonly read: (world: World, ids: string[]) => Promise<Map<string, unknown>>;
  /** `over`: what an import had written is taken back, as far as it still stands. */
  readonly write: (world: World, id: string, value: unknown, over?: unknown) => Promise<void>;
  /** `other`: what stands before or after it. */
  readonly told: (value: unknown, other: unknown) => unknown;
};

/** New rows, all with the same columns, with their search keys and journal entries, in one statement. */
export async function addRows(
  world: World,
  target: Target,
  rows: (Record<string, unknown> & { id: string })[],
  entries: Parameters<typeof store.addRows>[3],
): Promise<void> {
  const { keysOf } = target;
  const keys = keysOf ? rows.map(row => ({ id: row.id, keys: keysOf(world, row) })) : [];
  await store.addRows(world, target, rows, entries, keys);
}

/** Whose hand it is; how far it reaches says the caller. */
export type Hand = Pick<By, 'me' | 'visitor'>;

/** What one record was before it was written over; `before` is for `restore` alone. */
export type Before = { id: string; version: number; before: unknown };

type Kept = {
  columns: Record<string, unknown>;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  attached?: unknown;
  over?: unknown;
};

export type Overwrite = {
  id: string;
  /** The columns to set; what is left out stays. An id from elsewhere is kept only where there is none yet. */
  columns: Record<string, unknown>;
  /** Values of the workspace's own fields; those left out stay. */
  own?: Custom | undefined;
  /** The new owner, where there is one. */
  owner?: { id: string | null; name: string | null } | undefined;
  /** What is to be attached from then on; left out, it stays. */
  attached?: unknown;
};

/**
 * Writes over many records within reach in one statement; tells what those were that really changed. `dry`: nothing is
 * written.
 */
export async function overwrite(
  world: World,
  target: Target,
  input: { importId: string; changes: Overwrite[]; dry?: boolean | undefined },
  by: By,
): Promise<Before[]> {
  const changes = new Map(input.changes.map(change => [change.id, change]));
  const fence = fenceOf(by.me, by.reach);
  const rows = await store.lockRows(world, target, fence, [...changes.keys()], { lock: !input.dry });
  const there = await target.attached?.read(world, [...changes.keys()]);
  const written = rows.flatMap(row => {
    const change = changes.get(row.id);
    if (!change) return [];
    const wanted = { ...change.columns };
    if (row.foreign_id) delete wanted.foreign_id;
    const own = ownChanged(row.custom as Custom | undefined, change.own);
    const found = changed(target, row, wanted);
    const other = otherAttached(there?.get(row.id), change.attached);
    if (!found && !own && !other) return [];
    const { before, after } = differenceIn(target.told, row, wanted);
    if (other && target.attached) {
      before[target.attached.field] = target.attached.told(other.before, other.after);
      after[target.attached.field] = target.attached.told(other.after, other.before);
    }
    Object.assign(before, own?.before);
    Object.assign(after, own?.after);
    if (found?.owner_id !== undefined) {
      before.owner = row.owner_id ? { id: row.owner_id, name: row.owner_name } : null;
      after.owner = change.owner?.id ? change.owner : null;
    }
    return [{ row, columns: { ...found, ...own?.columns }, before, after, other }];
  });
  if (!input.dry) await write(world, target, written, input.importId, by);
  return written.map(({ row, columns, before, after, other }) => ({
    id: row.id,
    version: row.version + 1,
    before: {
      columns: Object.fromEntries(Object.keys(columns).map(column => [column, row[column]])),
      before,
      after,
      ...(other ? { attached: other.before, over: other.after } : {}),
    } satisfies Kept,
  }));
}

function otherAttached(before: unknown, after: unknown): { before: unknown; after: unknown } | null {
  return after === undefined || JSON.stringify(before) === JSON.stringify(after) ? null : { before, after };
}

/** What changes among a record's own fields; null for nothing. */
function ownChanged(there: Custom = {}, given: Custom = {}) {
  const keys = Object.keys(given).filter(key => given[key] !== there[key]);
  if (keys.length === 0) return null;
  const named = (values: Custom) =>
    Object.fromEntries(keys.map(key => [`custom.${key}`, values[key] ?? null]));
  return { columns: customColumns({ ...there, ...given }), before: named(there), after: named(given) };
}

/** What of a change replaces values that somebody has entered, rather than filling what is empty. */
export function conflictsIn(one: Before): { field: string; before: string; after: string }[] {
  const { before, after } = one.before as Kept;
  const words = (value: unknown): string =>
    Array.isArray(value)
      ? value.join(', ')
      : typeof value === 'object' && value !== null && 'name' in value
        ? String(value.name ?? '')
        : typeof value === 'object' && value !== null
          ? JSON.stringify(value)
          : String(value ?? '');
  return Object.keys(before).flatMap(field => {
    const was = words(before[field]);
    const is = words(after[field]);
    return was === '' || was === is ? [] : [{ field, before: was.slice(0, 500), after: is.slice(0, 500) }];
  });
}

/** Gives records back what they were, where nobody has changed them since; how many those were. */
export async function restore(
  world: World,
  target: Target,
  input: { importId: string; befores: Before[] },
  hand: Hand,
): Promise<number> {
  const kept = new Map(input.befores.map(before => [before.id, before]));
  const rows = await store.lockRows(world, target, { kind: 'all' }, [...kept.keys()]);
  const back = rows.flatMap(row => {
    const one = kept.get(row.id);
    if (one?.version !== row.version) return [];
    const { columns, before, after, attached, over } = one.before as Kept;
    const other = attached === undefined ? null : { after: attached, over };
    return [{ row, columns, before: after, after: before, other }];
  });
  const taken = await target.taken?.(
    world,
    back.map(({ row, columns }) => ({ id: row.id, columns })),
  );
  const written = back.filter(({ row }) => !taken?.includes(row.id));
  await write(world, target, written, input.importId, { ...hand, reach: 'all' });
  return written.length;
}

type Written = {
  row: store.Locked;
  columns: Record<string, unknown>;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  other: { after: unknown; over?: unknown } | null;
};

async function write(world: World, target: Target, written: Written[], importId: string, by: By) {
  if (written.length === 0) return;
  const entries = written.map(({ row, before, after }) =>
    entryOf(world, target, 'change', row.id, by, {
      before,
      after,
      details: { name: nameIn(target, row), import: importId },
    }),
  );
  const rows = written.map(({ row, columns }) => {
    const all = target.columns.map(column => [
      column,
      columns[column] === undefined ? row[column] : columns[column],
    ]);
    return { id: row.id, ...Object.fromEntries(all) } as { id: string } & Record<string, unknown>;
  });
  const keys = rows.flatMap((row, at) => {
    const before = written[at]?.row;
    if (!target.keysOf || !before) return [];
    const fresh = target.keysOf(world, row);
    return fresh.join('\n') === target.keysOf(world, before).join('\n') ? [] : [{ id: row.id, keys: fresh }];
  });
  await store.writeOver(world, target, rows, { at: moment(world), by: by.me.id }, entries, keys);
  for (const { row, other } of written)
    if (other) await target.attached?.write(world, row.id, other.after, other.over);
  await target.written?.(world, written, by);
}

function changed(target: Target, row: store.Locked, wanted: Record<string, unknown>) {
  const identity = Object.fromEntries(target.columns.map(column => [column, column]));
  const { columns } = differenceIn(identity, row, wanted);
  return Object.keys(columns).length === 0 ? null : columns;
}

const nameIn = (target: Target, row: Record<string, unknown>) => String(row[target.name] ?? '').slice(0, 200);

/** Puts into the bin at most `limit` records that an import made and nobody has changed since; their ids. */
export async function unmake(
  world: World,
  target: Target,
  input: store.Untouched,
  hand: Hand,
): Promise<string[]> {
  const gone = await store.binRows(world, target, input, { at: moment(world), by: hand.me.id });
  const entries = gone.map(({ id, name }) => ({
    action: `${target.object}.remove`,
    by: hand.me,
    visitor: hand.visitor,
    object: { type: target.object, id },
    details: { name: name.slice(0, 200), import: input.importId },
  }));
  await audit.recordAll(world, entries);
  return gone.map(({ id }) => id);
}

/** Records of an import that are not in the bin. */
export const remaining = store.remaining;
export const countRemaining = (world: World, target: Target, importId: string) =>
  store.countRemaining(world, target.table, importId);

/** What a cell may come to for a field. */
export type Value = string | string[] | boolean;
export type Values = Record<string, Value | undefined>;
type Named = { id: string; name: string };

/** A row of a file as a room takes it that keeps its records with customers. */
export type PlacedRow = {
  values: Values;
  owner: { id: string; name: string; teamId: string | null };
  customer: (Named & { ownerId: string | null; teamId: string | null }) | null;
  contact: Named | null;
  /** Values of the workspace's own fields. */
  own?: Custom | undefined;
  /** The rows that it consists of, itself the first, where a record may have several. */
  parts?: Values[] | undefined;
};

/** What a room has against a row. */
export type Objection = {
  field: string;
  code:
    | 'choice'
    | 'date'
    | 'amount'
    | 'converted'
    | 'lines-fixed'
    | 'too-many-lines'
    | 'no-lines'
    | 'list-missing'
    | 'list-ambiguous';
};

export type Met = {
  id: string;
  key: string;
  foreignId: string | null;
  withinReach: boolean;
  /** What speaks against writing such a row over it. */
  objection?: (row: Pick<PlacedRow, 'values' | 'parts'>) => Objection | null;
};

/** What a room may want to know when an import begins. */
export type Asked = {
  /** The member of that name or address, whether or not he still works here; null for nobody. */
  personIn: (text: string) => { id: string; name: string } | null;
  /** Whose permissions count for what rows point to. */
  hand: Permitted;
  /** What becomes of a record that is there already. */
  duplicates: 'skip' | 'create' | 'update';
};

/** A room's side of imports, as it stands when one begins. */
export type Importing = {
  /** What is wrong with a row for this room alone. */
  faults: (values: Values, parts?: Values[]) => Objection[];
  /** What makes two rows the same record beside an id from elsewhere; null for nothing. */
  keyOf: (values: Values, customerKey: string) => string | null;
  /** The values of a row with what the room makes of them, before rows of one record are put together. */
  settled?: (values: Values) => Values;
  /** Whether a row adds to a record that is there, also where such records are left as they are. */
  joins?: (values: Values) => boolean;
  /** Whether no two records may have that key. */
  isUnique?: (key: string) => boolean;
  /** Records at these customers, and records by ids from elsewhere; `key` as `keyOf` makes it from `customerKeys`. */
  met: (
    world: World,
    wanted: { customerKeys: Map<string, string>; foreignIds: string[]; rows: Values[] },
    by: By,
  ) => Promise<Met[]>;
  add: (world: World, input: { rows: PlacedRow[]; importId: string }, by: By) => Promise<string[]>;
  overwrite: (
    world: World,
    input: {
      changes: { id: string; row: PlacedRow; namesOwner: boolean }[];
      importId: string;
      dry?: boolean;
    },
    by: By,
  ) => Promise<Before[]>;
};

/** A kind of record that rows of a file may become; a room that has one says so in its `imported.ts`. */
export type ImportedObject = {
  readonly target: Target;
  /** Whether each belongs to a customer. */
  readonly placed: 'always' | 'perhaps' | 'never';
  /** Whether rows below that say nothing of their own are further lines of it. */
  readonly lined?: boolean;
  readonly open: (world: World, asked: Asked) => Promise<Importing>;
  /** What follows when some were put into the bin or made. */
  readonly afterwards?: (world: World, ids: string[]) => Promise<void>;
  /** What follows when all of an import has been taken back. */
  readonly undone?: (world: World, importId: string, by: Hand) => Promise<void>;
};
