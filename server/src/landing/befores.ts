// What an import wrote over, kept so that undo can give it back.
import * as contactsIn from '../contacts/imported.ts';
import * as customersIn from '../customers/imported.ts';
import type { ImportObject } from '../mapping/mapping.ts';
import * as imported from '../records/imported.ts';
import type { World } from '../world.ts';
import { linked } from './objects.ts';
import * as store from './store.ts';

/** Keeps what records were; where an import writes over one twice, what it was first. */
export async function keepBefores(
  world: World,
  importId: string,
  object: ImportObject,
  befores: imported.Before[],
): Promise<void> {
  await store.keepBefores(world, importId, object, befores);
}

/** Gives back at most `limit` records what they were; how many had been kept, and how many got it back. */
export async function giveBack(
  world: World,
  importId: string,
  hand: imported.Hand,
  limit: number,
): Promise<{ looked: number; restored: number }> {
  const kept = await store.takeBefores(world, importId, limit);
  let restored = 0;
  for (const object of new Set(kept.map(one => one.object))) {
    const befores = kept.filter(one => one.object === object);
    const input = { importId, befores };
    const target = linked[object]?.target;
    if (object === 'customer') restored += await customersIn.restore(world, input, hand);
    else if (object === 'contact') restored += await contactsIn.restore(world, input, hand);
    else if (target) restored += await imported.restore(world, target, input, hand);
    await linked[object]?.afterwards?.(
      world,
      befores.map(one => one.id),
    );
  }
  return { looked: kept.length, restored };
}
