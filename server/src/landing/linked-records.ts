// Rows that become records of a customer, deals and activities for instance; each room says what its own are.
import * as contacts from '../contacts/contacts.ts';
import * as present from '../contacts/imported.ts';
import { folded } from '../customers/imported.ts';
import { ownIn } from '../mapping/mapping.ts';
import type { PlacedRow } from '../records/imported.ts';
import type { World } from '../world.ts';
import { keepBefores } from './befores.ts';
import { text } from './conversions.ts';
import {
  type Decision,
  decide,
  type Known as KnownRecord,
  mergedChanges,
  mergedCreations,
  type Prepared,
  type Scope,
} from './decide.ts';
import { atOther } from './gather.ts';
import type { Importing } from './importing.ts';
import { makePlaces, type Place, type Places, placed, placesFor } from './places.ts';

export type Known = { records: KnownRecord[]; places: Places };

const sideOf = (importing: Importing) => {
  if (!importing.side) throw new Error('this object is none of those');
  return importing.side;
};

export async function knownFor(
  world: World,
  importing: Importing,
  rows: Prepared[],
  scope: Scope,
): Promise<Known> {
  const places = isPlaced(importing) ? await placesFor(world, importing, rows, scope) : nowhere;
  if (importing.options.duplicates === 'create' && !sideOf(importing).isUnique)
    return { places, records: [] };
  const customerKeys = new Map(places.all.map(one => [one.id, one.key]));
  const foreignIds = rows.map(row => text(row.values.foreignId)).filter(Boolean);
  const wanted = { customerKeys, foreignIds, rows: rows.map(row => row.values) };
  const records = await sideOf(importing).met(world, wanted, importing.by);
  return { places, records: scope === 'everything' ? records : records.filter(one => one.withinReach) };
}

export function decideBatch(
  importing: Importing,
  rows: Prepared[],
  known: Known,
  seen?: Set<string>,
): Decision[] {
  const side = sideOf(importing);
  const heads = rows.filter(row => row.head === undefined);
  const column = (field: string) => importing.plan.columns.find(one => one.field === field)?.name ?? null;
  const judged = heads.map(row => {
    if (row.faults.length > 0) return row;
    const { settled } = side;
    const faults = side.faults(row.values, row.parts).map(({ field, code }) => ({
      column: column(field),
      field: field as 'stage',
      code,
      value: text(row.values[field as 'stage']),
    }));
    if (faults.length > 0) return { ...row, faults };
    return settled ? { ...row, values: settled(row.values) } : row;
  });
  const needed = importing.object?.placed === 'always';
  const sound = isPlaced(importing) ? placed(importing, judged, known.places, needed) : judged;
  const keyOf = (row: Prepared) => side.keyOf(row.values, known.places.keyOf(row));
  const joins = (row: Prepared) => side.joins?.(row.values) ?? false;
  const { duplicates } = importing.options;
  const decisions = decide(sound, known.records, duplicates, keyOf, seen, side.isUnique, joins);
  return heads.length === rows.length ? decisions : withParts(rows, decisions);
}

/** What becomes of the further rows of each record: what becomes of its first. */
function withParts(rows: Prepared[], decisions: Decision[]): Decision[] {
  const byHead = new Map(decisions.map(decision => [decision.row.number, decision]));
  return rows.flatMap((row): Decision[] => {
    const decision = byHead.get(row.head ?? row.number);
    if (!decision) return [];
    if (row.head === undefined) return [decision];
    if (decision.outcome === 'skip') return [{ outcome: 'skip', row }];
    if (decision.outcome !== 'fault') return [{ outcome: 'part', row }];
    return [{ outcome: 'fault', row: row.faults.length > 0 ? row : atOther(row) }];
  });
}

const isPlaced = (importing: Importing) => importing.object?.placed !== 'never';
const nowhere: Places = { find: () => undefined, keyOf: () => '', all: [] };

export async function write(
  world: World,
  importing: Importing,
  decisions: Decision[],
  known: Known,
): Promise<void> {
  const side = sideOf(importing);
  const made = mergedCreations(decisions);
  const changed = mergedChanges(decisions);
  const rows = [...made, ...changed.map(one => one.row)];
  const found = isPlaced(importing)
    ? await makePlaces(world, importing, rows, known.places)
    : new Map<string, Place>();
  const named = await contactsAt(world, importing, rows, known.places, found);
  const asPlaced = (row: Prepared): PlacedRow => {
    const place = found.get(known.places.keyOf(row)) ?? null;
    return {
      values: row.values,
      owner: row.owner,
      customer: place,
      contact: place ? (named.get(contactKey(place.id, row)) ?? null) : null,
      own: ownIn(row.values, importing.plan.own, importing.style),
      parts: row.parts,
    };
  };
  const { importId, by } = importing;
  const ids = await side.add(world, { rows: made.map(asPlaced), importId }, by);
  const changes = changed.map(({ id, row }) => ({
    id,
    row: asPlaced(row),
    namesOwner: Boolean(row.values.owner),
  }));
  const befores = await side.overwrite(world, { changes, importId }, by);
  await keepBefores(world, importId, importing.plan.object, befores);
  await importing.object?.afterwards?.(world, [...ids, ...changes.map(one => one.id)]);
}

/** What rows would write over in the records that they change. */
export async function wouldChange(world: World, importing: Importing, decisions: Decision[]) {
  const { importId, by } = importing;
  const changes = mergedChanges(decisions).map(({ id, row }) => ({
    id,
    row: {
      values: row.values,
      owner: row.owner,
      customer: null,
      contact: null,
      own: ownIn(row.values, importing.plan.own, importing.style),
      parts: row.parts,
    },
    namesOwner: Boolean(row.values.owner),
  }));
  return sideOf(importing).overwrite(world, { changes, importId, dry: true }, by);
}

const contactKey = (customerId: string, row: Prepared) => `${customerId} ${folded(text(row.values.contact))}`;

/** The contacts that rows name at their customers; those that are not there yet are made. */
async function contactsAt(
  world: World,
  importing: Importing,
  rows: Prepared[],
  places: Places,
  found: Map<string, Place>,
): Promise<Map<string, { id: string; name: string }>> {
  const naming = rows.flatMap(row => {
    const place = row.values.contact ? found.get(places.keyOf(row)) : undefined;
    return place ? [{ row, place }] : [];
  });
  const customerIds = naming.map(one => one.place.id);
  const { atCustomers } = await present.met(
    world,
    { customerIds, emails: [], digits: [], foreignIds: [] },
    importing.reading('contact'),
  );
  const named = new Map(
    atCustomers.map(({ id, name, customerId }) => [`${customerId} ${folded(name)}`, { id, name }]),
  );
  const missing = new Map<string, { name: string; place: Place }>();
  for (const { row, place } of naming) {
    const key = contactKey(place.id, row);
    if (!named.has(key)) missing.set(key, { name: text(row.values.contact), place });
  }
  const list = [...missing.entries()];
  const { importId, by, fallback } = importing;
  const ids = await contacts.addMany(
    world,
    {
      rows: list.map(([, { name, place }]) => ({
        fields: { name, customerId: place.id },
        customerName: place.name,
      })),
      owner: fallback,
      importId,
    },
    by,
  );
  for (const [at, [key, { name }]] of list.entries()) named.set(key, { id: ids[at] ?? '', name });
  return named;
}
