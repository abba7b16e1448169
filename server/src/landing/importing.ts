// What is the same for all rows of one import as they become records.
import type { By } from '../customers/customers.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { ObjectType } from '../permissions.ts';
import type { Asked, ImportedObject } from '../records/imported.ts';
import type { World } from '../world.ts';
import { linked } from './objects.ts';
import type { Setting } from './prepare.ts';

type Side = Awaited<ReturnType<ImportedObject['open']>>;

/** A setting with the hand that writes, and the side of the room whose records the rows become. */
export type Importing = Setting & {
  by: By;
  object: ImportedObject | null;
  side: Side | null;
  /** The importer’s hand as far as he may read records of that kind. */
  reading: (object: ObjectType) => By;
  /** The fields of such records that are hidden from him. */
  hidden: (object: ObjectType) => readonly string[];
  /** The ids of records that cells name, by kind and text; of the batch in hand. */
  found: Map<string, string>;
  /** Whether he may bring in customers that rows name and nobody has yet. */
  makesCustomers: boolean;
  /** The side of deals, where customers' rows name some beside them. */
  beside: Side | null;
};

/** The sides of the rooms whose records such rows become. */
export async function sidesOf(
  world: World,
  object: Setting['plan']['object'],
  mapping: Mapping,
  asked: Asked,
): Promise<Pick<Importing, 'object' | 'side' | 'beside'>> {
  const room = linked[object] ?? null;
  const besideThem = Object.values(mapping).includes('dealName') ? linked.deal : undefined;
  return {
    object: room,
    side: room ? await room.open(world, asked) : null,
    beside: (await besideThem?.open(world, asked)) ?? null,
  };
}
