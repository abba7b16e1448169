// Puts together what is the same for all rows of an import: its plan, its options, the people, the importer's reach.
import * as customFields from '../custom-fields/custom-fields.ts';
import type { By } from '../customers/customers.ts';
import type { Source } from '../formats/csv-reading.ts';
import type { Delimiter } from '../formats/delimiter.ts';
import type { Encoding } from '../formats/encoding.ts';
import type { Me } from '../http.ts';
import { type Importing, mayGive, type Owner, ownersOf, sidesOf } from '../landing/landing.ts';
import { fills, isOfList } from '../mapping/fields.ts';
import { type Mapping, planOf } from '../mapping/mapping.ts';
import { far, fixedFields, type Hand, hiddenFields, may, type Reach } from '../permissions.ts';
import * as rights from '../rights/rights.ts';
import * as staff from '../staff/staff.ts';
import * as workspaces from '../workspaces/workspaces.ts';
import { moment, type World } from '../world.ts';
import { Options } from './contract.ts';
import { type Column, pathOf } from './files.ts';
import type { ImportRow } from './store.ts';

/** Where and how the rows of an import are read. */
export function sourceOf(world: World, row: ImportRow): Source {
  return {
    path: pathOf(world, row.file_path),
    encoding: row.encoding as Encoding,
    delimiter: row.delimiter as Delimiter,
  };
}

export const optionsOf = (row: ImportRow) => Options.parse(row.options);
export const columnsOf = (row: ImportRow) => row.columns as Column[];
export const mappingOf = (row: ImportRow) => row.mapping as Mapping;

/** Fields of other records that stand beside those of a row. */
const beside = /^(contact|deal)(?=[A-Z])/;

const least = (one: Reach, other: Reach): Reach => (far.indexOf(one) < far.indexOf(other) ? one : other);

/**
 * Whether somebody may write a field of an import: neither matched by nor filled where his role hides or fixes it, nor
 * where it makes records of a kind that he may not import.
 */
export function isPermitted(field: string, object: ImportRow['object'], hand: Hand): boolean {
  const other = beside.exec(field)?.[1] as 'contact' | 'deal' | undefined;
  const name = other ? field.charAt(other.length).toLowerCase() + field.slice(other.length + 1) : field;
  const makes = other ?? (field === 'contact' ? field : object);
  if (makes !== object && may(hand, 'import', makes) === 'none') return false;
  if (object === 'product' && isOfList(field) && may(hand, 'update', 'product') === 'none') return false;
  return !fixedFields(hand, other ?? object).includes(
    isOfList(field) ? 'price' : (fills[other ?? object]?.[name] ?? name),
  );
}

function permitted(mapping: Mapping, object: ImportRow['object'], hand: Hand): Mapping {
  return Object.fromEntries(
    Object.entries(mapping).map(([column, field]) => [
      column,
      field && isPermitted(field, object, hand) ? field : null,
    ]),
  );
}

/** Null when the importer is gone or may no longer import. */
export async function settingOf(world: World, row: ImportRow): Promise<Importing | null> {
  const people = await everybody(world);
  const importer = people.find(person => person.id === row.created_by);
  if (importer?.state !== 'active') return null;
  const person = await staff.byId(world, importer.id);
  const hand = person && (await rights.handOf(world, person));
  const reach = hand ? may(hand, 'import', row.object) : 'none';
  if (!hand || reach === 'none') return null;
  const options = optionsOf(row);
  const over = may(hand, options.duplicates === 'update' ? 'update' : 'read', row.object);
  const mayOwn = people.filter(person => person.state === 'active' && person.role !== 'auditor');
  const wanted = mayOwn.find(person => person.id === options.owner);
  const mapping = permitted(mappingOf(row), row.object, hand);
  const everyone = ownersOf(people);
  const personIn = (text: string) => {
    const found = everyone.find(text);
    return typeof found === 'string' ? null : found;
  };
  const me = meOf(importer);
  const asked = { personIn, hand, duplicates: options.duplicates };
  const found = new Map<string, string>();
  const recordIn = (target: string, text: string) => found.get(`${target} ${text}`) ?? null;
  return {
    importId: row.id,
    plan: planOf(
      row.object,
      columnsOf(row).map(column => column.name),
      mapping,
      { fields: await customFields.importable(world, row.object), personIn, recordIn },
    ),
    options,
    style: { timeZone: options.timeZone ?? (await workspaces.timeZone(world)), dayFirst: options.dayFirst },
    owners: ownersOf(mayOwn),
    fallback: wanted && mayGive(importer, reach, wanted) ? wanted : importer,
    importer,
    // What is there is met as far as he sees, and written over as far as he may change it.
    by: { me, reach: least(reach, over), visitor: null },
    reading: of => ({ me, reach: may(hand, 'read', of), visitor: null }),
    hidden: of => hiddenFields(hand, of),
    found,
    makesCustomers: may(hand, 'import', 'customer') !== 'none',
    reach,
    now: moment(world),
    ...(await sidesOf(world, row.object, mapping, asked)),
  };
}

/** The hand of somebody who works here; null for anybody else. */
export async function handOf(world: World, id: string): Promise<Pick<By, 'me' | 'visitor'> | null> {
  const person = await staff.byId(world, id);
  return person?.state === 'active'
    ? { me: meOf({ ...person, teamId: person.team_id }), visitor: null }
    : null;
}

type Somebody = Owner & Pick<staff.Person, 'role' | 'state' | 'language'>;

/** The importer as the rooms below want to see whoever writes; no session stands behind a job. */
function meOf(person: Somebody): Me {
  const { id, name, email, role, teamId } = person;
  const language = person.language === 'zh-CN' ? 'zh-CN' : 'en';
  return { id, name, email, role, teamId, language, sessionId: '', deviceId: null };
}

async function everybody(world: World): Promise<Somebody[]> {
  const people: Somebody[] = [];
  let after: string | undefined;
  do {
    const page = await staff.list(world, { limit: 500, after });
    for (const { id, name, email, team_id, role, state, language } of page)
      people.push({ id, name, email, teamId: team_id, role, state, language });
    after = page.length === 500 ? page.at(-1)?.id : undefined;
  } while (after);
  return people;
}
