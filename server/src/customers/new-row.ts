// The row of a new customer, from whatever source it comes.

import * as customFields from '../custom-fields/custom-fields.ts';
import { markOf } from '../folding.ts';
import { moment, type World } from '../world.ts';
import { columnsOf, keysOf, type NewCustomer, type Owner } from './changes.ts';
import type { NewRow } from './store.ts';

/** What a record brings from elsewhere. */
export type Origin = {
  createdAt?: string | undefined;
  foreignId?: string | undefined;
  importId?: string | undefined;
  /** Sound values of the workspace's own fields. */
  own?: customFields.Custom | undefined;
};

/** A new record of that owner, created now unless it brings its time. */
export function newRow(
  world: World,
  input: NewCustomer,
  owner: Owner,
  creatorId: string,
  origin: Origin,
): NewRow {
  const at = moment(world);
  const fields = {
    ...columnsOf(input),
    ...(origin.own ? customFields.customColumns(origin.own) : {}),
    owner_id: owner.id,
    team_id: owner.teamId,
  };
  return {
    ...fields,
    id: world.random.id(),
    keys: keysOf(markOf(world.workspaceId), fields),
    foreign_id: origin.foreignId ?? null,
    import_id: origin.importId ?? null,
    created_at: origin.createdAt ?? at,
    created_by: creatorId,
    updated_at: at,
  };
}
