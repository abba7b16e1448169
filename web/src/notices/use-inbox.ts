// How much waits to be read, kept up to date while the page is looked at.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api.ts';
import { goLive } from './live.ts';

/** Once in the shell: opens the stream of events. */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => goLive(queries, () => void queries.invalidateQueries({ queryKey: ['inbox'] })), [queries]);
}

/** How many notices are unread; 100 stands for a hundred and more. */
export function useUnread(): number {
  const query = useQuery({
    queryKey: ['inbox', 'count'],
    queryFn: ({ signal }) => api('GET /inbox/count', { signal }),
    staleTime: 5 * 60_000,
  });
  return query.data?.unread ?? 0;
}
