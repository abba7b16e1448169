// The customer list's filters as they stand in the address, and as the server wants them.
import type { Calls } from '../calls.ts';
import { furtherIn, furtherKeys, furtherSet } from '../views/further.ts';
import { sortIn } from '../views/own-sort.ts';
import { viewKeys } from '../views/view.ts';
import { type Stage, stages } from './form.ts';

export const filterKeys = ['owner', 'stage', 'level', 'source', 'tag'] as const;
export const searchKeys = ['q', ...filterKeys, 'sort', ...viewKeys, ...furtherKeys.customer] as const;
export type FilterKey = (typeof filterKeys)[number];
export type Search = { [K in (typeof searchKeys)[number]]?: string };

type Query = NonNullable<Calls['GET /customers']['query']>;
export const sorts = ['-updatedAt', '-createdAt', 'name', 'nextFollowUpAt'] as const;

/** The query of one page; what the server would refuse, such as an unknown stage, falls away. */
export function queryOf(search: Search, after: string): Query {
  const sort = sortIn(search.sort, sorts);
  const stage = stages.find((one: Stage) => one === search.stage);
  const { q, owner, level, source, tag, custom } = search;
  return {
    limit: 50,
    ...(after ? { after } : {}),
    ...(sort ? { sort } : {}),
    ...(stage ? { stage } : {}),
    ...(q ? { q } : {}),
    ...(owner ? { owner } : {}),
    ...(level ? { level } : {}),
    ...(source ? { source } : {}),
    ...(tag ? { tag } : {}),
    ...(custom ? { custom } : {}),
    ...furtherIn(search, furtherKeys.customer),
  };
}

/** Whether anything narrows the list. */
export function isNarrowed(search: Search): boolean {
  return (
    Boolean(search.q || search.custom) ||
    filterKeys.some(key => search[key]) ||
    furtherSet('customer', search).length > 0
  );
}

/** The filters of the list, as an export takes them. */
export function exportFilters(search: Search): Record<string, string> {
  const { limit: _limit, sort: _sort, ...filters } = queryOf(search, '');
  return filters as Record<string, string>;
}
