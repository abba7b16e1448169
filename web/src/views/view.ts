// A view as it stands in the address, and as it is kept. Pure.
import type { Calls } from '../calls.ts';

export type SavedView = Calls['GET /views']['reply']['items'][number];
export type ViewObject = SavedView['object'];
export type Search = Record<string, string | undefined>;
/** What the server keeps of a view besides its name. */
export type Kept = { filters: Record<string, string>; sort: string | null; columns: string[] | null };

/** Members of the address that are no filters. */
const others = new Set(['v', 'cols', 'sort', 'sheet']);
/** Those that every list with views lets through. */
export const viewKeys = ['v', 'cols', 'custom'] as const;

const filled = (search: Search) =>
  Object.entries(search).filter((pair): pair is [string, string] => Boolean(pair[1]));

/** What of an address makes a view. */
export function keptOf(search: Search): Kept {
  const filters = filled(search)
    .filter(([key]) => !others.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    filters: Object.fromEntries(filters),
    sort: search.sort ?? null,
    columns: search.cols ? search.cols.split(',') : null,
  };
}

/** The address of a view. */
export function searchOf(view: Kept & { id: string }): Search {
  return {
    ...view.filters,
    ...(view.sort ? { sort: view.sort } : {}),
    ...(view.columns ? { cols: view.columns.join(',') } : {}),
    v: view.id,
  };
}

/** Whether an address still shows the view as it is kept. */
export function isAsKept(view: Kept, search: Search): boolean {
  const { filters, sort, columns } = keptOf(searchOf({ ...view, id: '' }));
  return JSON.stringify({ filters, sort, columns }) === JSON.stringify(keptOf(search));
}

export type Condition =
  | string
  | number
  | boolean
  | null
  | (string | number | boolean)[]
  | { from?: string | number; to?: string | number; contains?: string };
export type Conditions = Record<string, Condition>;

/** The conditions on the workspace's own fields in an address; none for what is unreadable. */
export function conditionsIn(custom: string | undefined): Conditions {
  if (!custom) return {};
  try {
    const read: unknown = JSON.parse(custom);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Conditions) : {};
  } catch {
    return {};
  }
}

/** The same as it stands in the address; empty for none. */
export function customOf(conditions: Conditions): string {
  return Object.keys(conditions).length > 0 ? JSON.stringify(conditions) : '';
}

/** The columns to show: those chosen, in their order; the first always. Unknown ones fall away. */
export function chosen<C extends { key: string }>(
  columns: C[],
  cols: string | undefined,
  usual: string[],
): C[] {
  const wanted = cols ? cols.split(',') : usual;
  const [first] = columns;
  const shown = wanted.flatMap(key => columns.filter(column => column.key === key && column !== first));
  return first ? [first, ...shown] : shown;
}
