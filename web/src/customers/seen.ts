// Free words that customers carry (source, level, city …), gathered from what was read, to be offered again.
import type { Customer } from './form.ts';

export const gathered = ['source', 'level', 'industry', 'city', 'tags'] as const;
export type Gathered = (typeof gathered)[number];

const most = 60;

/** The values of the given customers, the frequent ones first. */
export function wordsSeen(
  customers: Customer[],
  before: Record<Gathered, string[]>,
): Record<Gathered, string[]> {
  const result = { ...before };
  for (const field of gathered) {
    const counts = new Map<string, number>();
    for (const customer of customers) {
      const value = customer[field];
      for (const word of Array.isArray(value) ? value : value ? [value] : [])
        counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const fresh = [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
    result[field] = [...new Set([...before[field], ...fresh])].slice(0, most);
  }
  return result;
}

let seen: Record<Gathered, string[]> = { source: [], level: [], industry: [], city: [], tags: [] };

/** Takes note of the customers just read, and tells all words seen since the page was loaded. */
export function gather(customers: Customer[]): Record<Gathered, string[]> {
  const next = wordsSeen(customers, seen);
  if (JSON.stringify(next) !== JSON.stringify(seen)) seen = next;
  return seen;
}
