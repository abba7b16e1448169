// The catalogue's filters as they stand in the address, and as the server wants them.
import type { Calls } from '../calls.ts';
import { sortIn } from '../views/own-sort.ts';
import { viewKeys } from '../views/view.ts';

export const searchKeys = ['q', 'category', 'active', 'sort', ...viewKeys] as const;
export type Search = { [K in (typeof searchKeys)[number]]?: string };
type Query = NonNullable<Calls['GET /products']['query']>;

/** The query of one page; what the server would refuse falls away. */
export function queryOf(search: Search, after: string): Query {
  const { q, category, custom } = search;
  const active = search.active === 'true' || search.active === 'false' ? search.active : undefined;
  const sort = sortIn(search.sort, []);
  return {
    limit: 50,
    ...(after ? { after } : {}),
    ...(sort ? { sort } : {}),
    ...(q ? { q } : {}),
    ...(category ? { category } : {}),
    ...(active ? { active } : {}),
    ...(custom ? { custom } : {}),
  };
}

/** The filters of the list as it stands, for its export. */
export function exportFilters(search: Search): Record<string, string> {
  const { limit: _limit, sort: _sort, ...filters } = queryOf(search, '');
  return filters as Record<string, string>;
}
