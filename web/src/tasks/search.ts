// The filters of the task list as they stand in the address, and as the server wants them.
import type { Calls } from '../calls.ts';
import { furtherIn, furtherKeys } from '../views/further.ts';
import { sortIn } from '../views/own-sort.ts';
import { viewKeys } from '../views/view.ts';
import { kinds } from './form.ts';

export const searchKeys = ['q', 'owner', 'status', 'kind', 'sort', ...viewKeys, ...furtherKeys.task] as const;
export type Search = { [K in (typeof searchKeys)[number]]?: string };
type Query = NonNullable<Calls['GET /tasks']['query']>;

/** The query of one page: one's own open tasks while nothing else is asked for. */
export function queryOf(search: Search, after: string): Query {
  const { q, custom } = search;
  const kind = kinds.find(one => one === search.kind);
  const sort = sortIn(search.sort, []);
  const owner = search.owner === 'all' ? undefined : (search.owner ?? 'me');
  const isDone = search.status === 'done';
  return {
    limit: 50,
    ...(after ? { after } : {}),
    ...(owner ? { owner } : {}),
    ...(isDone ? { status: 'done', sort: sort ?? '-doneAt' } : sort ? { sort } : {}),
    ...(q ? { q } : {}),
    ...(kind ? { kind } : {}),
    ...(custom ? { custom } : {}),
    ...furtherIn(search, furtherKeys.task),
  };
}

/** The filters of the list as it stands, for bulk changes. */
export function bulkFilters(search: Search): Record<string, string> {
  const { limit: _limit, sort: _sort, ...filters } = queryOf(search, '');
  return filters as Record<string, string>;
}
