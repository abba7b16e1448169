// Two leads made one: the reason goes with the status; one that has become a customer is merged there.
import { type Mergeable, ownerLink } from '../records/merging.ts';
import { leads } from './leads.ts';
import { altersKeys, columnOf, keysOf } from './rules.ts';
import type { LeadRow } from './store.ts';

/** Leads, as what can be merged. */
export const merging: Mergeable<LeadRow, 'converted'> = {
  kind: leads,
  blend: {
    fields: columnOf,
    along: {
      name: ['name_sort'],
      company: ['company_key'],
      phone: ['phone_digits'],
      status: ['unqualified_reason', 'unqualified_remark'],
      owner_id: ['team_id'],
    },
    settled: ['unqualifiedReason', 'unqualifiedRemark'],
    links: () => [ownerLink],
    latest: ['last_activity_at'],
  },
  keysOf,
  altersKeys,
  against: (survivor, other) =>
    survivor.status === 'converted' || other.status === 'converted' ? 'converted' : null,
};
