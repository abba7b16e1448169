// Many leads at a time: for files going in and out, and for what comes in by itself.

import * as customFields from '../custom-fields/custom-fields.ts';
import { rekey as again } from '../db/rekeying.ts';
import * as records from '../records/records.ts';
import { moment, type World } from '../world.ts';
import { leads } from './leads.ts';
import * as rules from './rules.ts';
import * as store from './store.ts';

/** All within reach that meet the filters, oldest first, read a thousand at a time as they are needed. */
export async function* stream(
  world: World,
  given: rules.LeadFilters,
  by: records.By,
): AsyncGenerator<store.LeadRow> {
  const filters = await customFields.meant(world, 'lead', given);
  const wanted = rules.conditionsOf(world.workspaceId, filters, by.me);
  const conditions = await store.filtered(world, wanted);
  const { custom } = filters;
  yield* records.stream(world, leads, { conditions, custom, deleted: wanted.deleted }, by);
}

/** A row of a file: the fields of a new lead (without `ownerId`), its owner and what it brings from elsewhere. */
export type ImportedLead = {
  fields: Omit<rules.NewLead, 'ownerId'>;
  /** Left out: the default owner. */
  owner?: rules.Owner | undefined;
  createdAt?: string | undefined;
  foreignId?: string | undefined;
  /** Sound values of the workspace's own fields. */
  own?: customFields.Custom | undefined;
};

/**
 * Adds many leads with their journal entries in one statement, some hundreds at a time; the ids come back in the order of
 * the rows. The caller has settled every owner, and that who is unqualified has a reason.
 */
export async function addMany(
  world: World,
  input: { rows: ImportedLead[]; owner: rules.Owner; importId?: string | undefined },
  by: records.By,
): Promise<string[]> {
  if (input.rows.length === 0) return [];
  const at = moment(world);
  const details = input.importId ? { import: input.importId } : null;
  const rows: store.NewRow[] = [];
  const entries = input.rows.map(given => {
    const owner = given.owner ?? input.owner;
    const fields = {
      ...rules.columnsOf(rules.columnsIn(given.fields), owner),
      ...customFields.customColumns(given.own ?? {}),
    };
    const row = {
      ...fields,
      id: world.random.id(),
      keys: rules.keysOf(world.workspaceId, fields),
      foreign_id: given.foreignId ?? null,
      import_id: input.importId ?? null,
      created_at: given.createdAt ?? at,
      created_by: by.me.id,
      updated_at: at,
    };
    rows.push(row);
    return records.entryOf(world, leads, 'add', row.id, by, {
      after: { ...rules.told(fields, owner), ...customFields.toldOf(fields.custom) },
      details,
    });
  });
  await store.insertMany(world, rows, entries);
  return rows.map(row => row.id);
}

/** Makes the search keys of at most `limit` leads after `after` anew; the last of them, null when there are no more. */
export async function rekey(world: World, after: string | null, limit: number): Promise<string | null> {
  const columns = ['name', 'company', 'phone_digits', 'email', 'custom'];
  const what = { table: 'leads', keys: 'lead_keys', columns, after, limit };
  return again<store.LeadRow>(world, what, row => rules.keysOf(world.workspaceId, row));
}
