// The people within one's reach who may own customers.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';

export function useOwners() {
  const query = useQuery({
    queryKey: ['owners'],
    queryFn: ({ signal }) => api('GET /owners', { signal }),
    staleTime: 5 * 60_000,
  });
  const owners = query.data?.items ?? [];
  return { owners, nameOf: (id: string) => owners.find(owner => owner.id === id)?.name };
}
