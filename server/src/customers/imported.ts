// What an import asks of customers: whom its rows meet, and the way back.
import * as audit from '../audit/audit.ts';
import { fenceOf } from '../db/fence.ts';
import { moment, type World } from '../world.ts';
import type { By } from './customers.ts';
import * as store from './imported-store.ts';
import { nameKey } from './rules.ts';

export { folded, phoneDigits } from '../folding.ts';
export { nameKey } from './rules.ts';

export type Met = store.Met;

/** Customers of an import that are not in the bin. */
export const remaining = store.remaining;
export const countRemaining = store.countRemaining;

/** One customer for every name and every foreign id that is taken, rather one within reach than another. */
export async function met(
  world: World,
  wanted: { names: string[]; foreignIds: string[] },
  by: By,
): Promise<Met[]> {
  const fence = fenceOf(by.me, by.reach);
  const keys = [...new Set(wanted.names.map(nameKey))].filter(Boolean);
  return [
    ...(await store.customersByName(world, fence, keys)),
    ...(await store.byForeignId(world, fence, [...new Set(wanted.foreignIds)])),
  ];
}

/** An import whose records are to go: `until` is when it ended, and who wrote them. */
export type Unmade = { importId: string; byId: string; until: string; limit: number };

/**
 * Puts into the bin at most `limit` customers that an import made and nobody has changed or used since, with their
 * contacts of the same import, each customer with its journal entry; how many those were.
 */
export async function unmake(
  world: World,
  input: Unmade,
  by: { me: By['me']; visitor: By['visitor'] },
): Promise<number> {
  const gone = await store.binCustomers(world, input, { at: moment(world), by: by.me.id });
  const entries = gone.map(({ id }) => ({
    action: 'customer.remove',
    by: by.me,
    visitor: by.visitor,
    object: { type: 'customer', id },
    details: { import: input.importId },
  }));
  await audit.recordAll(world, entries);
  return gone.length;
}
