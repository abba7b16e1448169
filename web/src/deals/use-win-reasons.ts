// Why deals are won: the reasons of the workspace, and what each is called.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { useWords } from '../words.ts';

export type WinReason = Calls['GET /win-reasons']['reply']['items'][number];

/** Needs the words of deals. One that is not known any more is told by its key. */
export function useWinReasons(wanted = true) {
  const { t } = useWords('deals');
  const query = useQuery({
    queryKey: ['deals', 'win-reasons'],
    queryFn: ({ signal }) => api('GET /win-reasons', { signal }),
    staleTime: 60_000,
    enabled: wanted,
  });
  const items = query.data?.items ?? [];
  const labelOf = (reason: WinReason) => reason.label ?? t(`won.${reason.key}`);
  const nameOf = (key: string) => {
    const known = items.find(one => one.key === key);
    return known ? labelOf(known) : key;
  };
  return { query, items, labelOf, nameOf, offered: items.filter(one => one.active) };
}
