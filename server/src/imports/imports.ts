// Imports (导入): a file becomes customers or contacts, with a look before, progress, reasons, and a way back.

import type { z } from 'zod';
import * as audit from '../audit/audit.ts';
import type { Field } from '../custom-fields/custom-fields.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import type { Encoding } from '../formats/encoding.ts';
import { FileFault } from '../formats/faults.ts';
import type { Me, Visitor } from '../http.ts';
import { mayGive } from '../landing/landing.ts';
import { importFields, joinedFields, requiredFields, standIns } from '../mapping/fields.ts';
import type { ImportObject, Mapping } from '../mapping/mapping.ts';
import { isTimeZone } from '../mapping/mapping.ts';
import { may } from '../permissions.ts';
import * as rights from '../rights/rights.ts';
import * as staff from '../staff/staff.ts';
import { atomically, moment, type World } from '../world.ts';
import { defaultOptions, type Options } from './contract.ts';
import { discard, examine, pathOf, placeOf, receive } from './files.ts';
import { entryOf, problemOf } from './journal.ts';
import { listsFor } from './offered.ts';
import { columnsOf, isPermitted, mappingOf, optionsOf } from './setting.ts';
import * as store from './store.ts';

export type Import = store.ImportRow;
export type By = { me: Me; visitor: Visitor };

const importObjects = Object.keys(importFields) as ImportObject[];
const forgottenAfter = 7 * 86_400_000;
/** Uploads of one person that wait to be started; one more takes the place of the oldest. */
const waitingAtMost = 10;

/** A file that lies there, with a mapping proposed for it, before anything is written about it. */
export type Draft = Parameters<typeof store.insert>[1];

/** Receives a file and proposes a mapping; `keep` writes it down. Forgotten uploads make room. */
export async function upload(
  world: World,
  input: { object: ImportObject; fileName: string; encoding?: Encoding | undefined },
  body: ReadableStream<Uint8Array> | null,
  by: By,
): Promise<{ kind: 'received'; draft: Draft } | { kind: 'too-large' } | { kind: 'faulty'; problem: string }> {
  await forget(world, by.me);
  const id = world.random.id();
  const place = placeOf(world, id);
  const path = pathOf(world, place);
  const received = await receive(body, path);
  if (received.kind === 'too-large') return received;
  if (received.kind === 'fault') return { kind: 'faulty', problem: problemOf(received.fault) };
  try {
    const shape = await examine(
      path,
      received.format === 'csv' ? (input.encoding ?? received.encoding) : received.encoding,
      input.object,
      await ownFields(world, input.object),
      await listsFor(world, input.object),
    );
    const mapping = Object.fromEntries(
      shape.columns.map(({ name, suggestion }) => [
        name,
        suggestion && isPermitted(suggestion, input.object, by.me) ? suggestion : null,
      ]),
    );
    const draft: Draft = {
      id,
      object: input.object,
      file_name: input.fileName,
      format: received.format,
      file_path: place,
      encoding: shape.encoding,
      delimiter: shape.delimiter,
      columns: JSON.stringify(shape.columns),
      mapping: JSON.stringify(mapping),
      options: JSON.stringify(defaultOptions),
      state: 'uploaded',
      total: shape.total,
      created_by: by.me.id,
      created_at: moment(world),
    };
    return { kind: 'received', draft };
  } catch (error) {
    await discard(path);
    if (error instanceof FileFault) return { kind: 'faulty', problem: problemOf(error) };
    throw error;
  }
}

/** Writes down what was received. */
export const keep = store.insert;

/** Throws away what was received, unless it was written down. */
export async function tidy(world: World, draft: Draft): Promise<void> {
  if (!(await store.byId(world, draft.id))) await discard(pathOf(world, draft.file_path));
}

/** An import that this person may see: his own; an administrator sees all. */
export async function find(world: World, id: string, me: Me): Promise<Import | null> {
  const row = await store.byId(world, id);
  return row && isVisible(row, me) ? row : null;
}

export async function list(
  world: World,
  me: Me,
  page: { limit: number; after?: string | undefined },
): Promise<Import[]> {
  const objects = importObjects.filter(object => may(me, 'import', object) !== 'none');
  return store.list(world, { ...page, objects, createdBy: me.role === 'administrator' ? null : me.id });
}

export type Change = {
  mapping?: Mapping | undefined;
  options?: { [K in keyof z.infer<typeof Options>]?: z.infer<typeof Options>[K] | undefined } | undefined;
};
export type SettingFault = { path: string; message: string };

/** Sets mapping and options of an import that was not started yet. */
export async function change(
  world: World,
  id: string,
  wanted: Change,
  me: Me,
): Promise<
  | { kind: 'changed'; row: Import }
  | { kind: 'not-found' }
  | { kind: 'wrong-state'; state: string }
  | { kind: 'invalid'; faults: SettingFault[] }
> {
  return atomically(world, async tx => {
    const row = await store.hold(tx, id);
    if (!row || !isVisible(row, me)) return { kind: 'not-found' };
    if (row.state !== 'uploaded') return { kind: 'wrong-state', state: row.state };
    const faults = [
      ...mappingFaults(row, wanted.mapping, me, [
        ...(await ownFields(tx, row.object)).map(field => `custom.${field.key}`),
        ...(await listsFor(tx, row.object)).map(list => list.field),
      ]),
      ...(await optionFaults(tx, row, wanted.options)),
    ];
    if (faults.length > 0) return { kind: 'invalid', faults };
    const mapping = { ...mappingOf(row), ...wanted.mapping };
    const options = { ...optionsOf(row), ...wanted.options };
    const changed = await store.update(tx, id, {
      mapping: JSON.stringify(mapping),
      options: JSON.stringify(options),
    });
    return { kind: 'changed', row: changed };
  });
}

type Begun =
  | { kind: 'begun'; row: Import }
  | { kind: 'not-found' }
  | { kind: 'wrong-state'; state: string }
  | { kind: 'invalid'; faults: SettingFault[] };

/** Hands an import to the job queue: a new one from its first row, a cancelled or failed one from where it stands. */
export async function start(world: World, id: string, by: By): Promise<Begun> {
  return atomically(world, async tx => {
    const row = await store.hold(tx, id);
    if (!row || !isVisible(row, by.me)) return { kind: 'not-found' };
    if (!['uploaded', 'cancelled', 'failed'].includes(row.state))
      return { kind: 'wrong-state', state: row.state };
    const fields = new Set(Object.values(mappingOf(row)));
    const required = requiredFields[row.object];
    if (![required, ...(standIns[row.object] ?? [])].some(field => fields.has(field)))
      return {
        kind: 'invalid',
        faults: [{ path: 'mapping', message: `no column is mapped to ${required}` }],
      };
    return begin(tx, row, 'running', 'import.start', by);
  });
}

/** Stops a running import after the batch that is being written. */
export async function cancel(world: World, id: string, by: By): Promise<Begun> {
  return atomically(world, async tx => {
    const row = await store.hold(tx, id);
    if (!row || !isVisible(row, by.me)) return { kind: 'not-found' };
    if (row.state !== 'running') return { kind: 'wrong-state', state: row.state };
    const stopped = await store.update(tx, id, { state: 'cancelled', finished_at: moment(tx) });
    await audit.record(tx, { ...entryOf(stopped, 'import.cancel'), by: by.me, visitor: by.visitor });
    return { kind: 'begun', row: stopped };
  });
}

/** Takes back what an import created, except what was changed since. */
export async function undo(world: World, id: string, by: By): Promise<Begun> {
  return atomically(world, async tx => {
    const row = await store.hold(tx, id);
    if (!row || !isVisible(row, by.me)) return { kind: 'not-found' };
    if (!['done', 'cancelled', 'failed'].includes(row.state))
      return { kind: 'wrong-state', state: row.state };
    return begin(tx, row, 'undoing', 'import.undo', by);
  });
}

async function begin(
  tx: World,
  row: Import,
  state: 'running' | 'undoing',
  action: string,
  by: By,
): Promise<Begun> {
  // While it is undone the time when it ended still tells what was changed since.
  const ended = state === 'undoing' ? {} : { finished_at: null };
  const begun = await store.update(tx, row.id, { state, problem: null, attempts: 0, ...ended });
  await tx.jobs.send(tx, 'imports', { id: row.id, by: by.me.id });
  await audit.record(tx, { ...entryOf(begun, action), by: by.me, visitor: by.visitor });
  return { kind: 'begun', row: begun };
}

/** Throws an upload away that was not started. */
export async function throwAway(
  world: World,
  id: string,
  me: Me,
): Promise<{ kind: 'gone' } | { kind: 'not-found' } | { kind: 'wrong-state'; state: string }> {
  return atomically(world, async tx => {
    const row = await store.hold(tx, id);
    if (!row || !isVisible(row, me)) return { kind: 'not-found' };
    if (row.state !== 'uploaded') return { kind: 'wrong-state', state: row.state };
    await store.remove(tx, id);
    await discard(pathOf(tx, row.file_path));
    return { kind: 'gone' };
  });
}

export const faults = store.faults;

export { work } from './run.ts';

// One's own, or anybody's for an administrator; of what one may import now, whatever one might when it was made.
function isVisible(row: Import, me: Me): boolean {
  const mine = row.created_by === me.id || me.role === 'administrator';
  return mine && may(me, 'import', row.object) !== 'none';
}

/** The workspace's own fields that rows of such an import may fill. */
async function ownFields(world: World, object: ImportObject): Promise<readonly Field[]> {
  return customFields.importable(world, object);
}

function mappingFaults(
  row: Import,
  mapping: Mapping | undefined,
  me: Me,
  further: readonly string[],
): SettingFault[] {
  if (!mapping) return [];
  const columns = new Set(columnsOf(row).map(column => column.name));
  const allowed = new Set<string>([...importFields[row.object], ...further]);
  const joined = new Set<string>(joinedFields);
  const faults: SettingFault[] = [];
  for (const [column, field] of Object.entries(mapping)) {
    const path = `mapping.${column}`;
    if (!columns.has(column)) faults.push({ path, message: 'the file has no such column' });
    else if (field && !allowed.has(field)) faults.push({ path, message: `not a field of a ${row.object}` });
    else if (field && !isPermitted(field, row.object, me))
      faults.push({ path, message: `${field} may not be changed by your role` });
  }
  const used = new Set<string>();
  const settled = { ...mappingOf(row), ...mapping };
  for (const column of columns) {
    const field = settled[column];
    if (!field || joined.has(field)) continue;
    if (used.has(field))
      faults.push({ path: `mapping.${column}`, message: `two columns are mapped to ${field}` });
    used.add(field);
  }
  return faults;
}

async function optionFaults(world: World, row: Import, options: Change['options']): Promise<SettingFault[]> {
  const faults: SettingFault[] = [];
  if (options?.timeZone && !isTimeZone(options.timeZone))
    faults.push({ path: 'options.timeZone', message: 'not a time zone, e.g. Asia/Shanghai' });
  if (options?.owner) {
    const owner = await staff.byId(world, options.owner);
    const importer = row.created_by ? await staff.byId(world, row.created_by) : undefined;
    const reach = importer ? may(await rights.handOf(world, importer), 'import', row.object) : 'none';
    const can =
      owner &&
      importer &&
      mayGive({ id: importer.id, teamId: importer.team_id }, reach, {
        id: owner.id,
        teamId: owner.team_id,
      });
    if (!can) faults.push({ path: 'options.owner', message: 'not a person you may give records to' });
  }
  return faults;
}

async function forget(world: World, me: Me): Promise<void> {
  const before = new Date(world.now() - forgottenAfter).toISOString();
  for (const row of await store.forgotten(world, { before, createdBy: me.id, newest: waitingAtMost - 1 })) {
    await discard(pathOf(world, row.file_path));
    await store.remove(world, row.id);
  }
}
