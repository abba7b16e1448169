// Fields that a workspace adds to its records: which there are, what may be written into them, how lists go by them.
import type { RawBuilder } from 'kysely';
import type { z } from 'zod';
import * as audit from '../audit/audit.ts';
import { bothWays, type Order } from '../db/keyset.ts';
import type { Difference } from '../difference.ts';
import { folded } from '../folding.ts';
import type { Me, Visitor } from '../http.ts';
import { memory } from '../memory.ts';
import { fixedFields, hiddenFields, type ObjectType } from '../permissions.ts';
import { announce } from '../signals.ts';
import type { LinkType } from '../subjects/subjects.ts';
import { atomically, moment, type World } from '../world.ts';
import type { Extended, NewCustomField } from './contract.ts';
import { wrongLinks } from './links.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

export type { Asked, Custom, Field, Values } from './rules.ts';
/** Values found sound, and what of them changes. */
export type Settled = Extract<rules.Settled, { kind: 'settled' }>;
/** Values refused, each with its fault. */
export type WrongCustom = Extract<rules.Settled, { kind: 'wrong-custom' }>;
export { namesIn, namesOf } from './links.ts';
export { askedKeys, carriedOver, labelIn, valueKeys } from './rules.ts';

type Object_ = z.output<typeof Extended>;

/** The table of each object that takes such fields; it has been given the columns `custom` and `custom_sort`. */
const tables: Record<Object_, string> = {
  customer: 'customers',
  contact: 'contacts',
  lead: 'leads',
  deal: 'deals',
  order: 'orders',
  product: 'products',
  task: 'tasks',
};
const most = 60;

const remembered = memory<readonly rules.Field[]>(signal =>
  signal.kind === 'workspace-changed' ? [signal.workspaceId] : null,
);

/** All fields of the workspace, archived ones included. */
export async function all(world: World): Promise<readonly rules.Field[]> {
  return remembered(world, world.workspaceId, async () => (await store.all(world)).map(asField));
}

/** The fields of one object that are in use. */
export async function of(world: World, object: ObjectType): Promise<readonly rules.Field[]> {
  return (await all(world)).filter(field => field.object === object && !field.archivedAt);
}

/** Those that cells of an imported file can fill: what other systems attach does not come with it. */
export async function importable(world: World, object: ObjectType): Promise<readonly rules.Field[]> {
  return (await of(world, object)).filter(field => field.kind !== 'file');
}

function asField(row: store.FieldRow): rules.Field {
  const options = row.options as { choices?: rules.Choice[]; currency?: string; target?: LinkType };
  return {
    id: row.id,
    object: row.object,
    key: row.key,
    label: row.label,
    labelOther: row.label_other,
    kind: row.kind,
    choices: options.choices ?? [],
    currency: options.currency ?? null,
    target: options.target ?? null,
    required: row.required,
    position: row.position,
    archivedAt: row.archived_at,
    indexed: row.indexed || rules.unsorted.includes(row.kind),
    version: row.version,
  };
}

/**
 * What becomes of the values of a record that is written; `row` is the record as it is, null for a new one. Only where
 * values are given is a new one asked for what is required: what comes in from outside is never refused for want of it.
 */
export async function settle(
  world: World,
  object: ObjectType,
  given: rules.Values | undefined,
  row: { id: string; custom: rules.Custom } | null,
  me: Me,
): Promise<rules.Settled> {
  if (!given) return untouched(row?.custom);
  const fields = await of(world, object);
  const settled = rules.settle(fields, given, row?.custom ?? null, new Set(fixedFields(me, object)));
  if (settled.kind !== 'settled') return settled;
  const written = fields.filter(field => `custom.${field.key}` in settled.after);
  const faults = await wrongLinks(world, written, settled.custom, { type: object, id: row?.id ?? null }, me);
  return faults.length > 0 ? { kind: 'wrong-custom', faults } : settled;
}

type Held = { object: ObjectType; row: { id: string; custom: rules.Custom } };

/**
 * The values of one record that another one gets of it: where both have a field of the same key and kind, the other holds
 * nothing there, and this person sees the one and may write the other.
 */
export async function carried(world: World, from: Held, into: Held, me: Me): Promise<rules.Custom> {
  const fixed = fixedFields(me, into.object);
  const [seen, all] = [await visible(world, from.object, me), await of(world, into.object)];
  const open = all.filter(field => !fixed.includes(`custom.${field.key}`));
  const custom = rules.carriedOver(seen, from.row.custom, open, into.row.custom);
  const given = open.filter(field => custom[field.key] !== undefined);
  const at = { type: into.object, id: into.row.id };
  const wrong = new Set((await wrongLinks(world, given, custom, at, me)).map(fault => fault.path));
  return Object.fromEntries(Object.entries(custom).filter(([key]) => !wrong.has(`custom.${key}`)));
}

/** Values that nothing is written of. */
export function untouched(custom: rules.Custom = {}): Settled {
  return { kind: 'settled', custom, before: {}, after: {} };
}

/**
 * The filters of a list with what they ask of the object's own fields: numbers as numbers and so on, so that keys and conditions
 * find the same; as it came where it cannot be meant, which the list then says.
 */
export async function meant<Filters extends { custom?: rules.Asked | undefined }>(
  world: World,
  object: ObjectType,
  filters: Filters,
): Promise<Filters> {
  const custom = filters.custom && rules.askedOf(await of(world, object), filters.custom);
  return custom ? { ...filters, custom } : filters;
}

/** Whether this person may ask a list that. */
export async function isAskable(
  world: World,
  object: ObjectType,
  asked: rules.Asked | undefined,
  me: Me,
): Promise<boolean> {
  return !asked || rules.askedOf(await visible(world, object, me), asked) !== null;
}

/** The conditions of a list's `custom`; null where it names a field or a value that there is not, or not for this person. */
export async function conditions(
  world: World,
  object: ObjectType,
  asked: rules.Asked | undefined,
  t: RawBuilder<unknown>,
  me: Me,
): Promise<RawBuilder<boolean>[] | null> {
  if (!asked) return [];
  const fields = await visible(world, object, me);
  const meant = rules.askedOf(fields, asked);
  return meant && store.conditionsOf(fields, meant, t);
}

/**
 * What makes a record's text in an own field begin with `q`, as a condition and as the keys that such have, by each field;
 * null where this person sees no field of texts, or the text is too short to be looked for.
 */
export async function beginning(
  world: World,
  object: ObjectType,
  q: string,
  t: RawBuilder<unknown>,
  me: Me,
): Promise<{ condition: RawBuilder<boolean>; ways: [string, string][] } | null> {
  const texts = (await visible(world, object, me)).filter(field => field.kind === 'text').slice(0, 20);
  const ways = texts.flatMap(field => {
    const key = rules.begunKey(field.key, q);
    return key ? [key] : [];
  });
  const keys = texts.map(field => field.key);
  return ways.length > 0 ? { condition: store.begun(t, keys, folded(q)), ways } : null;
}

/** Whether records of that kind have texts in own fields. */
export async function hasTexts(world: World, object: ObjectType): Promise<boolean> {
  return (await of(world, object)).some(field => field.kind === 'text');
}

async function visible(world: World, object: ObjectType, me: Me) {
  const hidden = hiddenFields(me, object);
  return (await of(world, object)).filter(field => !hidden.includes(`custom.${field.key}`));
}

/** The order by one field, as `custom.key` or `-custom.key` names it; undefined where there is none. */
export async function order<Row extends { id: string }>(
  world: World,
  object: ObjectType,
  sort: string,
  t: RawBuilder<unknown>,
  me: Me,
): Promise<Order<Row> | undefined> {
  const key = sort.replace(/^-?custom\./, '');
  const field = (await visible(world, object, me)).find(one => one.key === key);
  if (!field || rules.unsorted.includes(field.kind)) return undefined;
  const valueIn = (row: Row) =>
    (row as { custom_sort?: Record<string, string> }).custom_sort?.[key] ?? store.last;
  const empty = { value: store.last, not: store.filled(t, key) };
  return bothWays<Row>(`custom.${key}`, store.sortColumn(t, key), 'text', valueIn, empty)[sort];
}

/** A difference together with what changes among the workspace's own fields; null where neither does. */
export function withCustom<D extends Difference>(
  difference: D | null,
  settled: Settled,
): (Difference & { columns: D['columns'] }) | null {
  if (Object.keys(settled.after).length === 0) return difference;
  return {
    columns: { ...difference?.columns, ...customColumns(settled.custom) },
    before: { ...difference?.before, ...settled.before },
    after: { ...difference?.after, ...settled.after },
  };
}

/** Values as the journal tells them of a new record. */
export function toldOf(custom: rules.Custom): Record<string, unknown> {
  return Object.fromEntries(Object.entries(custom).map(([key, value]) => [`custom.${key}`, value]));
}

/** The columns of a record that hold such values. */
export function customColumns(custom: rules.Custom) {
  return { custom, custom_sort: rules.sortTexts(custom) };
}

type By = { me: Me; visitor: Visitor };
type Added = z.output<typeof NewCustomField>;

/** Adds a field at the end of its object's. */
export async function add(
  world: World,
  input: Added,
  by: By,
): Promise<{ kind: 'added'; field: rules.Field } | { kind: rules.Objection | 'key-taken' | 'too-many' }> {
  const objection = rules.objectionTo(input);
  if (objection) return { kind: objection };
  return atomically(world, async tx => {
    const there = await store.hold(tx, input.object);
    if (there.length >= most) return { kind: 'too-many' };
    const taken = new Set(there.map(row => row.key));
    if (input.key && taken.has(input.key)) return { kind: 'key-taken' };
    const at = moment(tx);
    const taking = input.key ?? rules.keyFrom(input.label, taken);
    const row = {
      workspace_id: tx.workspaceId,
      id: tx.random.id(),
      object: input.object,
      key: taking,
      label: input.label,
      label_other: input.labelOther || null,
      kind: input.kind,
      options: {
        ...(input.kind === 'choice' ? { choices: rules.choicesAfter([], input.choices ?? []) } : {}),
        ...(input.kind === 'money' ? { currency: input.currency ?? 'CNY' } : {}),
        ...(input.kind === 'record' ? { target: input.target } : {}),
      },
      required: input.required,
      indexed: await indexedBy(tx, { object: input.object, key: taking, kind: input.kind }),
      position: input.position ?? Math.max(0, ...there.map(one => one.position)) + 1,
      created_at: at,
      updated_at: at,
    };
    await store.insert(tx, row);
    const { key, label, kind, object } = row;
    await record(tx, 'custom-field.add', row.id, by, { after: { object, key, label, kind } });
    return { kind: 'added', field: asField({ ...row, archived_at: null, version: 1 }) };
  });
}

async function indexedBy(tx: World, of: { object: Object_; key: string; kind: rules.FieldKind }) {
  return !rules.unsorted.includes(of.kind) && (await store.index(tx, tables[of.object], of.key));
}

async function record(
  tx: World,
  action: string,
  id: string,
  by: By,
  states: Pick<audit.Entry, 'before' | 'after' | 'details'>,
): Promise<void> {
  await audit.record(tx, {
    action,
    by: by.me,
    visitor: by.visitor,
    object: { type: 'custom-field', id },
    ...states,
  });
  await announce(tx, { kind: 'workspace-changed', workspaceId: tx.workspaceId, ids: [] });
}

export type FieldPatch = {
  label?: string | undefined;
  labelOther?: string | null | undefined;
  required?: boolean | undefined;
  position?: number | undefined;
  choices?: { id?: string | undefined; label: string; archived?: boolean | undefined }[] | undefined;
  archived?: boolean | undefined;
};

/** Changes a field; where a version is named, only that one. */
export async function change(
  world: World,
  input: { id: string; patch: FieldPatch; version: number | null },
  by: By,
): Promise<
  | { kind: 'changed'; field: rules.Field }
  | { kind: 'changed-meanwhile'; current: rules.Field }
  | { kind: 'not-found' }
> {
  return atomically(world, async tx => {
    const known = (await store.all(tx)).find(row => row.id === input.id);
    const row = known && (await store.hold(tx, known.object)).find(one => one.id === input.id);
    if (!row) return { kind: 'not-found' };
    if (input.version !== null && input.version !== row.version)
      return { kind: 'changed-meanwhile', current: asField(row) };
    const { choices, archived, labelOther, required, ...plain } = input.patch;
    const field = asField(row);
    const at = moment(tx);
    const set = {
      ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
      // A file is attached to a record that is there already.
      ...(required === undefined || field.kind === 'file' ? {} : { required }),
      // Where there was no room for an index, or no moment to make it, there may be one now.
      ...(row.indexed || archived
        ? {}
        : { indexed: await indexedBy(tx, { ...field, object: row.object as Object_ }) }),
      ...(labelOther === undefined ? {} : { label_other: labelOther || null }),
      ...(archived === undefined ? {} : { archived_at: archived ? at : null }),
      ...(choices && field.kind === 'choice'
        ? { options: { choices: rules.choicesAfter(field.choices, choices) } }
        : {}),
    };
    await store.update(tx, row.id, set, at);
    const after = (await store.all(tx)).find(one => one.id === row.id) ?? row;
    const told = (one: rules.Field) => ({
      label: one.label,
      required: one.required,
      archived: one.archivedAt,
    });
    const states = { before: told(field), after: told(asField(after)), details: { name: row.label } };
    await record(tx, 'custom-field.change', row.id, by, states);
    return { kind: 'changed', field: asField(after) };
  });
}
