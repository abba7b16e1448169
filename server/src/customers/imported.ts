// What an import asks of customers: whom its rows meet, and the way back.
import * as audit from '../audit/audit.ts';
import type { Custom } from '../custom-fields/custom-fields.ts';
import { fenceOf } from '../db/fence.ts';
import { markOf } from '../folding.ts';
import * as imported from '../records/imported.ts';
import { moment, type World } from '../world.ts';
import { type CustomerPatch, columnsIn, keysOf, type Owner } from './changes.ts';
import type { By } from './customers.ts';
import * as store from './imported-store.ts';
import { nameKey } from './rules.ts';
import type { CustomerFields } from './store.ts';

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

const told = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  website: 'website',
  industry: 'industry',
  source: 'source',
  level: 'level',
  stage: 'stage',
  address: 'address',
  city: 'city',
  remark: 'remark',
  tags: 'tags',
  nextFollowUpAt: 'next_follow_up_at',
} as const;

const target: imported.Target = {
  object: 'customer',
  table: 'customers',
  name: 'name',
  keys: 'customer_keys',
  told,
  columns: [
    ...Object.values(told),
    'name_key',
    'name_sort',
    'phone_digits',
    'owner_id',
    'team_id',
    'foreign_id',
    'custom',
    'custom_sort',
  ],
  keysOf: (world, row) => keysOf(markOf(world.workspaceId), row as CustomerFields),
};

export type Overwriting = {
  id: string;
  patch: CustomerPatch;
  owner?: Owner | undefined;
  foreignId?: string | undefined;
  /** Sound values of the workspace's own fields; those left out stay. */
  own?: Custom | undefined;
};

/** Writes over many customers within reach at once; tells what those were that really changed. */
export async function overwrite(
  world: World,
  input: { importId: string; changes: Overwriting[]; dry?: boolean },
  by: By,
): Promise<imported.Before[]> {
  const changes = input.changes.map(({ id, patch, owner, foreignId, own }) => ({
    id,
    owner,
    own,
    columns: {
      ...columnsIn(patch),
      ...(owner ? { owner_id: owner.id, team_id: owner.teamId } : {}),
      ...(foreignId ? { foreign_id: foreignId } : {}),
    },
  }));
  return imported.overwrite(world, target, { ...input, changes }, by);
}

/** Gives customers back what they were before an import wrote over them, where nobody has changed them since. */
export async function restore(
  world: World,
  input: { importId: string; befores: imported.Before[] },
  hand: imported.Hand,
): Promise<number> {
  return imported.restore(world, target, input, hand);
}

/** Sets when the last activity took place with each of these customers. */
export async function lastActivities(world: World, last: { id: string; at: string | null }[]): Promise<void> {
  if (last.length > 0) await store.setLastActivity(world, last);
}
