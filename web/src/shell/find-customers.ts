// Customers for the command palette: asked for while one types, after a short pause.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useMe } from '../session.ts';

const pause = 200;
const most = 6;

/** The customers whose name, phone or e-mail holds `asked`; two characters are enough, one is not. */
export function useFoundCustomers(asked: string): {
  found: { id: string; name: string; city: string | null }[];
  searching: boolean;
} {
  const { may } = useMe();
  const wanted = asked.trim();
  const [q] = useDebouncedValue(wanted, pause);
  const enabled = q.length > 1 && may('read:customer');
  const query = useQuery({
    queryKey: ['customers', 'palette', q],
    queryFn: ({ signal }) => api('GET /customers', { query: { q, limit: most }, signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const current = enabled && q === wanted && !query.isPlaceholderData;
  return {
    found: current ? (query.data?.items ?? []) : [],
    searching: wanted.length > 1 && may('read:customer') && (q !== wanted || query.isFetching),
  };
}
