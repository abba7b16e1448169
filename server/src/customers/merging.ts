// Two customers made one: which fields, whose they are, what is made anew.
import { markOf } from '../folding.ts';
import { type Mergeable, ownerLink } from '../records/merging.ts';
import { altersKeys, columnOf, keysOf } from './changes.ts';
import { customers } from './customers.ts';
import type { CustomerRow } from './store.ts';

/** Customers, as what can be merged. */
export const merging: Mergeable<CustomerRow> = {
  kind: customers,
  blend: {
    fields: columnOf,
    along: { name: ['name_key', 'name_sort'], phone: ['phone_digits'], owner_id: ['team_id'] },
    links: () => [ownerLink],
    latest: ['last_activity_at'],
  },
  keysOf: (workspaceId, row) => keysOf(markOf(workspaceId), row),
  altersKeys,
};
