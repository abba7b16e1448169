// The filters of the deals as they stand in the address, and as the server wants them.
import type { Calls } from '../calls.ts';
import { sortIn } from '../views/own-sort.ts';
import { viewKeys } from '../views/view.ts';

/** What the figures of analysis lead by. */
export const figures = [
  'team',
  'currency',
  'source',
  'lostReason',
  'wonReason',
  'chanceFrom',
  'chanceTo',
  'createdFrom',
  'createdTo',
  'closedFrom',
  'closedTo',
] as const;

export const searchKeys = [
  'q',
  'pipeline',
  'owner',
  'stage',
  'state',
  'sort',
  'view',
  'moved',
  'movedStage',
  'from',
  'to',
  'expectedFrom',
  'expectedTo',
  ...figures,
  ...viewKeys,
] as const;
export type Search = { [K in (typeof searchKeys)[number]]?: string };
type Query = NonNullable<Calls['GET /deals']['query']>;

export const sorts = ['-updatedAt', 'expectedOn', '-amount'] as const;
export const states = ['open', 'won', 'lost'] as const;
const movedKinds = ['entered', 'onward', 'won', 'lost'] as const;

/** The query of one page; what the server would refuse, such as an unknown state, falls away. */
export function queryOf(search: Search, after: string): Query {
  const sort = sortIn(search.sort, sorts);
  const state = states.find(one => one === search.state);
  const moved = search.movedStage ? movedKinds.find(one => one === search.moved) : undefined;
  const { q, pipeline, owner, stage, movedStage, from, to, expectedFrom, expectedTo } = search;
  return {
    limit: 50,
    ...(after ? { after } : {}),
    ...(sort ? { sort } : {}),
    ...(state ? { state } : {}),
    ...(moved && movedStage ? { moved, movedStage } : {}),
    ...(moved && from ? { from } : {}),
    ...(moved && to ? { to } : {}),
    ...(q ? { q } : {}),
    ...(pipeline ? { pipeline } : {}),
    ...(owner ? { owner } : {}),
    ...(stage ? { stage } : {}),
    ...(search.custom ? { custom: search.custom } : {}),
    ...(expectedFrom ? { expectedFrom } : {}),
    ...(expectedTo ? { expectedTo } : {}),
    ...figuresIn(search),
  };
}

function figuresIn(search: Search): Partial<Query> {
  const { team, currency, source, createdFrom, createdTo, closedFrom, closedTo } = search;
  return {
    ...(team ? { team } : {}),
    ...(currency ? { currency } : {}),
    ...(source ? { source } : {}),
    ...(search.lostReason ? { lostReason: search.lostReason } : {}),
    ...(search.wonReason ? { wonReason: search.wonReason } : {}),
    ...(search.chanceFrom ? { chanceFrom: Number(search.chanceFrom) } : {}),
    ...(search.chanceTo ? { chanceTo: Number(search.chanceTo) } : {}),
    ...(createdFrom ? { createdFrom } : {}),
    ...(createdTo ? { createdTo } : {}),
    ...(closedFrom ? { closedFrom } : {}),
    ...(closedTo ? { closedTo } : {}),
  };
}

/** Whether the list stands before the board: asked for, or narrowed in a way that a board cannot show. */
export function isList(search: Search): boolean {
  return (
    search.view === 'list' ||
    Boolean(search.custom) ||
    Boolean(search.stage || search.state || search.moved || search.expectedFrom || search.expectedTo) ||
    figures.some(key => search[key])
  );
}

/** The filters of the list, as an export takes them. */
export function exportFilters(search: Search): Record<string, string> {
  const { limit: _limit, sort: _sort, ...filters } = queryOf(search, '');
  return filters as Record<string, string>;
}
