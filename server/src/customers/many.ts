// Many customers at a time: for files going in and out.
import * as audit from '../audit/audit.ts';
import * as customFields from '../custom-fields/custom-fields.ts';
import { rekey as again } from '../db/rekeying.ts';
import { markOf } from '../folding.ts';
import * as records from '../records/records.ts';
import type { World } from '../world.ts';
import { keysOf, type NewCustomer, type Owner, told } from './changes.ts';
import { type By, type Customer, customers } from './customers.ts';
import { type CustomerFilters, conditionsOf } from './filters.ts';
import { newRow } from './new-row.ts';
import * as store from './store.ts';

/** All within reach that meet the filters, oldest first, read a thousand at a time as they are needed. */
export async function* stream(world: World, given: CustomerFilters, by: By): AsyncGenerator<Customer> {
  const filters = await customFields.meant(world, 'customer', given);
  const wanted = conditionsOf(world.workspaceId, filters, by.me);
  const conditions = await store.filtered(world, wanted);
  const { deleted } = wanted;
  yield* records.stream(world, customers, { conditions, custom: filters.custom, deleted }, by);
}

/** A row of a file: the fields of a new customer (without `ownerId`), its owner and what it brings from elsewhere. */
export type ImportedCustomer = {
  fields: Omit<NewCustomer, 'ownerId'>;
  /** Left out: the default owner. */
  owner?: Owner | undefined;
  createdAt?: string | undefined;
  foreignId?: string | undefined;
  /** Sound values of the workspace's own fields. */
  own?: customFields.Custom | undefined;
};

/** How many customers are written in one statement. */
const part = 125;

/**
 * Adds many customers with their journal entries, within a transaction of the caller; the ids come back in the order of
 * the rows. The caller has settled every owner with `settleOwner`.
 */
export async function addMany(
  world: World,
  input: { rows: ImportedCustomer[]; owner: Owner; importId?: string | undefined },
  by: By,
): Promise<string[]> {
  const ids: string[] = [];
  // The database writes one part while the keys of the next are made.
  let writing: Promise<void> = Promise.resolve();
  for (let at = 0; at < input.rows.length; at += part) {
    const { rows, entries } = made(world, { ...input, rows: input.rows.slice(at, at + part) }, by);
    ids.push(...rows.map(row => row.id));
    await writing;
    writing = store.insertMany(world, rows, entries);
    // Whoever awaits it next hears of a failure; until then the statement gets time to be sent.
    writing.catch(() => {});
    await new Promise(resolve => setImmediate(resolve));
  }
  await writing;
  return ids;
}

/** Rows with their journal entries. */
function made(world: World, input: Parameters<typeof addMany>[1], by: By) {
  const rows: store.NewRow[] = [];
  const entries = input.rows.map(given => {
    const owner = given.owner ?? input.owner;
    const row = newRow(world, given.fields, owner, by.me.id, { ...given, importId: input.importId });
    rows.push(row);
    return audit.row(world, {
      action: 'customer.add',
      by: by.me,
      visitor: by.visitor,
      object: { type: 'customer', id: row.id },
      after: { ...told(row, owner), ...customFields.toldOf(row.custom) },
      details: input.importId ? { import: input.importId } : null,
    });
  });
  return { rows, entries };
}

/** Makes the search keys of at most `limit` customers after `after` anew; the last of them, null when there are no more. */
export async function rekey(world: World, after: string | null, limit: number): Promise<string | null> {
  const columns = ['name', 'phone_digits', 'email', 'city', 'source', 'level', 'industry', 'tags', 'custom'];
  const what = { table: 'customers', keys: 'customer_keys', columns, after, limit };
  return again<Customer>(world, what, row => keysOf(markOf(world.workspaceId), row));
}
