// The filters of the contact list as they stand in the address, and as the server wants them.
import type { Calls } from '../calls.ts';
import { furtherIn, furtherKeys, furtherSet } from '../views/further.ts';
import { sortIn } from '../views/own-sort.ts';
import { viewKeys } from '../views/view.ts';

export const searchKeys = ['q', 'owner', 'sort', ...viewKeys, ...furtherKeys.contact] as const;
export type Search = { [K in (typeof searchKeys)[number]]?: string };
type Query = NonNullable<Calls['GET /contacts']['query']>;

export const sorts = ['-updatedAt', '-createdAt', 'name'] as const;

/** The query of one page; what the server would refuse falls away. */
export function queryOf(search: Search, after: string): Query {
  const sort = sortIn(search.sort, sorts);
  const { q, owner, custom } = search;
  return {
    limit: 50,
    ...(after ? { after } : {}),
    ...(sort ? { sort } : {}),
    ...(q ? { q } : {}),
    ...(owner ? { owner } : {}),
    ...(custom ? { custom } : {}),
    ...furtherIn(search, furtherKeys.contact),
  };
}

/** Whether anything narrows the list. */
export const isNarrowed = (search: Search) =>
  Boolean(search.q || search.owner || search.custom) || furtherSet('contact', search).length > 0;

/** The filters of the list as it stands, for its export and for bulk changes. */
export function exportFilters(search: Search): Record<string, string> {
  const { limit: _limit, sort: _sort, ...filters } = queryOf(search, '');
  return filters as Record<string, string>;
}
