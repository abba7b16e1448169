// Why deals are won and lost: the reasons of the workspace, and what each is called.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { labelOf } from '../custom-fields/values.ts';
import { language, say, useWords } from '../words.ts';

export type Outcome = 'won' | 'lost';
export type Reason = Calls['GET /win-reasons']['reply']['items'][number];

/** Those that come with the product, which has words for them. */
const shipped: Record<Outcome, string[]> = {
  won: ['product', 'price', 'service', 'relationship', 'brand', 'delivery', 'other'],
  lost: ['price', 'competitor', 'no-budget', 'no-need', 'timing', 'no-reply', 'other'],
};
const calls = { won: 'GET /win-reasons', lost: 'GET /lost-reasons' } as const;
const words = { won: 'won', lost: 'reason' } as const;

/** What the product calls a reason of its own; the key of any other is what it was called first. */
export const shippedWords = (outcome: Outcome, key: string): string =>
  shipped[outcome].includes(key) ? say('deals', `${words[outcome]}.${key}`) : key;

/** Until they are known, and where they cannot be had, those that come with the product are offered. */
export function useReasons(outcome: Outcome, wanted = true) {
  useWords('deals');
  const query = useQuery({
    queryKey: ['deals', 'reasons', outcome],
    queryFn: ({ signal }) => api(calls[outcome], { signal }),
    staleTime: 60_000,
    enabled: wanted,
  });
  const items: Reason[] =
    query.data?.items ?? shipped[outcome].map(key => ({ key, label: null, labelOther: null, active: true }));
  const nameOf = (key: string) => {
    const { label = null, labelOther = null } = items.find(one => one.key === key) ?? {};
    return label === null ? shippedWords(outcome, key) : labelOf({ label, labelOther }, language());
  };
  return { query, items, nameOf, offered: items.filter(one => one.active) };
}
