// Filters that have no room above a list: words and spans of days, as they stand in the address and go to the server. Pure.
import type { Search, ViewObject } from './view.ts';

const texts = ['industry', 'city'] as const;
const spans = ['created', 'updated', 'followUp', 'due'] as const;
export type Text = (typeof texts)[number];
export type Span = (typeof spans)[number];

/** What each list knows, by the members of its address. */
export const furtherKeys = {
  customer: [
    'industry',
    'city',
    'createdFrom',
    'createdTo',
    'updatedFrom',
    'updatedTo',
    'followUpFrom',
    'followUpTo',
  ],
  lead: ['city', 'createdFrom', 'createdTo', 'updatedFrom', 'updatedTo', 'followUpFrom', 'followUpTo'],
  contact: ['updatedFrom', 'updatedTo'],
  task: ['dueFrom', 'dueTo'],
} as const satisfies Partial<Record<ViewObject, readonly string[]>>;

const keysOf = (object: ViewObject): readonly string[] =>
  (furtherKeys as Partial<Record<ViewObject, readonly string[]>>)[object] ?? [];

/** The texts and spans that a list knows. */
export const furtherOf = (object: ViewObject): { texts: Text[]; spans: Span[] } => ({
  texts: texts.filter(text => keysOf(object).includes(text)),
  spans: spans.filter(span => keysOf(object).includes(`${span}From`)),
});

/** Those that are set in an address, in their order. */
export const furtherSet = (object: ViewObject, search: Search): string[] =>
  keysOf(object).filter(key => search[key]);

const day = /^\d{4}-\d\d-\d\d$/;

/** A day of the address as the moment that the server takes: its beginning here, or the end of the last day meant. */
function momentOf(text: string, end: boolean): string | undefined {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  const at = new Date(year, month - 1, date + (end ? 1 : 0));
  return day.test(text) && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

/** What of an address goes into the query of a list; what is no day falls away. */
export function furtherIn<K extends string>(
  search: { [P in K]?: string | undefined },
  keys: readonly K[],
): { [P in K]?: string } {
  const pairs = keys.flatMap(key => {
    const text: string | undefined = search[key];
    if (!text) return [];
    const value = /(?:From|To)$/.test(key) ? momentOf(text, key.endsWith('To')) : text;
    return value ? [[key, value]] : [];
  });
  return Object.fromEntries(pairs);
}
