// The filters of quotes and orders as they stand in the address, and as the server wants them.
import type { Calls } from '../calls.ts';
import { sortIn } from '../views/own-sort.ts';
import { viewKeys } from '../views/view.ts';

export const searchKeys = ['q', 'kind', 'status', 'owner', 'unpaid', 'sort', ...viewKeys] as const;
export type Search = { [K in (typeof searchKeys)[number]]?: string };
type Query = NonNullable<Calls['GET /orders']['query']>;

export const sorts = ['-updatedAt', '-createdAt', '-total'] as const;
export const statuses = {
  quote: ['draft', 'sent', 'accepted', 'declined', 'expired'],
  order: ['draft', 'confirmed', 'delivered', 'closed', 'cancelled'],
} as const;
const all = [...new Set([...statuses.quote, ...statuses.order])];

/** The query of one page; what the server would refuse, such as an unknown state, falls away. */
export function queryOf(search: Search, after: string): Query {
  const kind = search.kind === 'quote' || search.kind === 'order' ? search.kind : undefined;
  const status = all.find(one => one === search.status);
  const sort = sortIn(search.sort, sorts);
  const { q, owner, unpaid, custom } = search;
  return {
    limit: 50,
    ...(after ? { after } : {}),
    ...(kind ? { kind } : {}),
    ...(status ? { status } : {}),
    ...(sort ? { sort } : {}),
    ...(q ? { q } : {}),
    ...(owner ? { owner } : {}),
    ...(unpaid ? { unpaid: 'true' } : {}),
    ...(custom ? { custom } : {}),
  };
}

/** The filters of the list as it stands, for its export. */
export function exportFilters(search: Search): Record<string, string> {
  const { limit: _limit, sort: _sort, ...filters } = queryOf(search, '');
  return filters as Record<string, string>;
}
