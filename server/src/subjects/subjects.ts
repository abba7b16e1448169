// What people talk about: records of every kind by one name and owner, and which colleagues may read them.
import type { z } from 'zod';
import * as fences from '../db/fence.ts';
import { folded, sortKey } from '../folding.ts';
import type { Me } from '../http.ts';
import { may } from '../permissions.ts';
import * as rights from '../rights/rights.ts';
import * as staff from '../staff/staff.ts';
import type { World } from '../world.ts';
import {
  BearerType as BearerSchema,
  type LinkType as LinkSchema,
  type SubjectRef,
  SubjectType as TypeSchema,
} from './contract.ts';
import * as store from './store.ts';

export type SubjectType = z.output<typeof TypeSchema>;
export type LinkType = z.output<typeof LinkSchema>;
export type BearerType = z.output<typeof BearerSchema>;
export type Ref = z.output<typeof SubjectRef>;

/** Where each kind of record lies; `customer` where it opens with a customer that is shared, as in its own lists. */
const tables: Record<BearerType, store.Table> = {
  customer: { table: 'customers', title: 'name', sorted: true },
  contact: { table: 'contacts', title: 'name', customer: true, sorted: true },
  deal: { table: 'deals', title: 'title', customer: true },
  lead: { table: 'leads', title: 'name', sorted: true },
  // Its title may be empty.
  order: { table: 'orders', title: 'number' },
  product: { table: 'products', title: 'name', sorted: true, code: true },
  // Opens with its own owner alone, also where its customer is shared.
  task: { table: 'tasks', title: 'title' },
};

/** Who reads, as far as permissions ask. */
export type Reader = Pick<Me, 'id' | 'role' | 'teamId' | 'grants' | 'policy' | 'shares'>;

/** Where a record stands now. */
export type Place = store.PlaceRow;

export function isSubjectType(type: string | null): type is SubjectType {
  return type !== null && (TypeSchema.options as string[]).includes(type);
}

/** Whether files are attached to records of that type. */
export function isBearerType(type: string | null): type is BearerType {
  return type !== null && (BearerSchema.options as string[]).includes(type);
}

/** Whether a reader may read a record that stands there: by the reach of his permission, or as it is shared with him. */
export function sees(reader: Reader, type: BearerType, place: Place): boolean {
  if (fences.sees(fences.fenceOf(reader, may(reader, 'read', type)), place)) return true;
  const { shares } = reader;
  if (!shares || may(reader, 'read', type) === 'none') return false;
  const ofCustomer = place.customer_id !== null && shares.customer?.read.includes(place.customer_id);
  return ofCustomer || (shares[type]?.read.includes(place.id) ?? false);
}

/** Where records of one kind stand, whoever asks; those in the bin included. */
export async function placesOf(world: World, type: BearerType, ids: string[]): Promise<Map<string, Place>> {
  const rows = ids.length === 0 ? [] : await store.places(world, tables[type], [...new Set(ids)]);
  return new Map(rows.map(row => [row.id, row]));
}

/** The record as this reader may know it; undefined where it is not there, in the bin, or out of reach. */
export async function readable(
  world: World,
  ref: { type: BearerType; id: string },
  reader: Reader,
): Promise<Place | undefined> {
  const place = (await placesOf(world, ref.type, [ref.id])).get(ref.id);
  return place && place.deleted_at === null && sees(reader, ref.type, place) ? place : undefined;
}

/** The table in which records of that type lie. */
export const tableOf = (type: BearerType): string => tables[type].table;

/** The field that holds what a record is called. */
export const titleOf = (type: BearerType): string => (type === 'order' ? 'number' : tables[type].title);

/** The ids of the records that each text names exactly, but for case and width, a product also by its code; of those that pass. */
export async function called(
  world: World,
  type: BearerType,
  texts: string[],
  passes: (place: Place) => boolean,
): Promise<Map<string, string[]>> {
  if (texts.length === 0) return new Map();
  const rows = (await store.called(world, tables[type], texts, texts.map(sortKey))).filter(passes);
  const byName = Map.groupBy(rows, row => folded(row.name));
  const byCode = Map.groupBy(rows, row => folded(row.code ?? ''));
  return new Map(
    texts.map(text => {
      const key = folded(text);
      const coded = tables[type].code ? byCode.get(key) : undefined;
      return [text, (coded ?? byName.get(key) ?? []).map(row => row.id)];
    }),
  );
}

/** The names of those records that this reader may read, by `type id`. */
export async function namesFor(
  world: World,
  refs: { type: string | null; id: string | null }[],
  reader: Reader,
  types: readonly BearerType[] = TypeSchema.options,
): Promise<(type: string | null, id: string | null) => string | undefined> {
  const names = new Map<string, string>();
  for (const type of types) {
    const ids = refs.flatMap(ref => (ref.type === type && ref.id ? [ref.id] : []));
    for (const place of (await placesOf(world, type, ids)).values())
      if (place.deleted_at === null && sees(reader, type, place))
        names.set(`${type} ${place.id}`, place.name);
  }
  return (type, id) => names.get(`${type} ${id}`);
}

export type Colleague = Reader & {
  name: string;
  email: string;
  verified: boolean;
  language: 'en' | 'zh-CN';
};

/** Of whom to read: those named, or a few whose names hold a text, by name. */
export type Whom = readonly string[] | { q: string; limit: number };

/** Colleagues who can work now, as readers; those named in no order. */
export async function colleagues(world: World, whom: Whom): Promise<Colleague[]> {
  if ('length' in whom && whom.length === 0) return [];
  const rows = 'q' in whom ? await store.peopleCalled(world, whom) : await store.people(world, [...whom]);
  return Promise.all(
    rows
      .map(row => staff.asOf(world, row) ?? row)
      .filter(row => row.state === 'active')
      .map(async row => {
        const [grants, policy, shared] = await Promise.all([
          row.granted ? staff.grantsOf(world, row.id) : undefined,
          rights.policyOf(world, row),
          row.shared ? rights.sharesWith(world, { id: row.id, teamId: row.team_id }) : undefined,
        ]);
        return {
          id: row.id,
          name: row.name,
          email: row.email,
          verified: row.email_verified_at !== null,
          language: row.language === 'zh-CN' ? ('zh-CN' as const) : ('en' as const),
          role: row.role,
          teamId: row.team_id,
          ...(grants ? { grants } : {}),
          ...(policy ? { policy } : {}),
          ...(shared ? { shares: shared.shares } : {}),
        };
      }),
  );
}
