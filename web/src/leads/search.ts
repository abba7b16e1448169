// The lead list's filters as they stand in the address, and as the server wants them.
import type { Calls } from '../calls.ts';
import { furtherIn, furtherKeys, furtherSet } from '../views/further.ts';
import { sortIn } from '../views/own-sort.ts';
import { viewKeys } from '../views/view.ts';
import { type Status, statuses } from './form.ts';

export const filterKeys = ['owner', 'status', 'source', 'tag'] as const;
export const searchKeys = ['q', ...filterKeys, 'sort', ...viewKeys, ...furtherKeys.lead] as const;
export type FilterKey = (typeof filterKeys)[number];
export type Search = { [K in (typeof searchKeys)[number]]?: string };

type Query = NonNullable<Calls['GET /leads']['query']>;
export const sorts = ['-updatedAt', '-createdAt', 'name', 'nextFollowUpAt'] as const;

/** What the list shows while no status is asked for: leads that still need somebody. */
const open: Status[] = ['new', 'contacted', 'qualified'];

/** The query of one page; what the server would refuse falls away. */
export function queryOf(search: Search, after: string): Query {
  const sort = sortIn(search.sort, sorts);
  const status = statuses.find(one => one === search.status);
  const { q, owner, source, tag, custom } = search;
  const statusWanted = status ?? (search.status === 'all' || q ? null : open.join(','));
  return {
    limit: 50,
    ...(after ? { after } : {}),
    ...(sort ? { sort } : {}),
    ...(statusWanted ? { status: statusWanted } : {}),
    ...(q ? { q } : {}),
    ...(owner ? { owner } : {}),
    ...(source ? { source } : {}),
    ...(tag ? { tag } : {}),
    ...(custom ? { custom } : {}),
    ...furtherIn(search, furtherKeys.lead),
  };
}

/** Whether anything narrows the list. */
export function isNarrowed(search: Search): boolean {
  return (
    Boolean(search.q || search.custom) ||
    filterKeys.some(key => search[key]) ||
    furtherSet('lead', search).length > 0
  );
}

/** The filters of the list as it stands, for its export. */
export function exportFilters(search: Search): Record<string, string> {
  const { limit: _limit, sort: _sort, ...filters } = queryOf(search, '');
  return filters as Record<string, string>;
}
