// Values that point elsewhere: people, files of the record, other records. Whether they may, and what they are called.
import type { z } from 'zod';
import * as files from '../files/files.ts';
import type { Me } from '../http.ts';
import * as staff from '../staff/staff.ts';
import { LinkType } from '../subjects/contract.ts';
import * as subjects from '../subjects/subjects.ts';
import type { World } from '../world.ts';
import type { customFieldsContract } from './contract.ts';
import type { Custom, Fault, Field } from './rules.ts';

/** What is wrong with the values just written to these fields of a record, whose id is null while it is new. */
export async function wrongLinks(
  world: World,
  fields: readonly Field[],
  custom: Custom,
  at: { type: string; id: string | null },
  me: Me,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const field of fields) {
    const value = custom[field.key];
    const message = value === undefined ? null : await faultOf(world, field, String(value), at, me);
    if (message) faults.push({ path: `custom.${field.key}`, message });
  }
  return faults;
}

async function faultOf(
  world: World,
  field: Field,
  id: string,
  at: { type: string; id: string | null },
  me: Me,
): Promise<string | null> {
  if (field.kind === 'person') return (await staff.byId(world, id)) ? null : 'is nobody of this workspace';
  if (field.kind === 'file') {
    const isThere = at.id !== null && (await files.isAt(world, id, { type: at.type, id: at.id }));
    return isThere ? null : 'is no file attached to this record';
  }
  if (field.kind !== 'record' || !field.target) return null;
  const there = await subjects.readable(world, { type: field.target, id }, me);
  return there ? null : 'is no such record within your reach';
}

type Ref = z.output<(typeof customFieldsContract)['GET /custom-fields/names']['query']>['refs'][number];

/** What these records and files are called, as far as the reader may know them; those that he may not are left out. */
export async function namesOf(
  world: World,
  refs: Ref[],
  reader: subjects.Reader,
): Promise<{ ref: Ref; name: string }[]> {
  const parts = refs.map(ref => ({ ref, type: ref.slice(0, ref.indexOf('.')), id: ref.slice(-36) }));
  const ofFiles = parts.filter(one => one.type === 'file').map(one => one.id);
  const [nameOf, fileNames] = await Promise.all([
    subjects.namesFor(world, parts, reader, LinkType.options),
    files.namesFor(world, ofFiles, reader),
  ]);
  return parts.flatMap(({ ref, type, id }) => {
    const name = type === 'file' ? fileNames.get(id) : nameOf(type, id);
    return name === undefined ? [] : [{ ref, name }];
  });
}

/** What the values of these rows that point elsewhere are called for the reader, by field and value. */
export async function namesIn(
  world: World,
  fields: readonly Field[],
  rows: readonly { custom?: Custom }[],
  reader: subjects.Reader,
): Promise<(field: Field, value: string) => string | undefined> {
  const prefix = (field: Field) => (field.kind === 'record' ? field.target : field.kind);
  const pointing = fields.filter(field => field.kind === 'record' || field.kind === 'file');
  const refs = pointing.flatMap(field =>
    rows.flatMap(row => {
      const id = row.custom?.[field.key];
      return id === undefined ? [] : [`${prefix(field)}.${id}` as Ref];
    }),
  );
  const found = await namesOf(world, [...new Set(refs)], reader);
  const names = new Map<string, string>(found.map(one => [one.ref, one.name]));
  if (fields.some(field => field.kind === 'person'))
    for (const person of await staff.names(world)) names.set(`person.${person.id}`, person.name);
  return (field, value) => names.get(`${prefix(field)}.${value}`);
}
