// What the palette finds: records of every kind, asked for while one types, after a short pause.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';

export type Group = Calls['GET /search']['reply']['groups'][number];
export type Item = Group['items'][number];
export type Found = Group['object'];

const pause = 180;
const most = 5;

/** What `asked` finds; two characters are enough, one is not. Offline it is what this device knows. */
export function useFound(asked: string): { groups: Group[]; searching: boolean; failed: boolean } {
  const wanted = asked.trim();
  const [q] = useDebouncedValue(wanted, pause);
  const enabled = q.length > 1;
  const query = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => api('GET /search', { query: { q, limit: most }, signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const current = enabled && q === wanted && !query.isPlaceholderData;
  return {
    groups: current ? (query.data?.groups ?? []) : [],
    searching: wanted.length > 1 && (q !== wanted || query.isFetching),
    failed: current && query.isError,
  };
}

/** The address of a record's page; an activity stands on its customer's, contacts and tasks are found in lists. */
export function addressOf(
  object: string,
  item: { id: string; title: string; customer?: { id: string } | null },
): { to: string; search?: Record<string, string> } {
  if (object === 'contact') return { to: '/contacts', search: { q: item.title } };
  if (object === 'task') return { to: '/tasks', search: { q: item.title, owner: 'all' } };
  if (object === 'activity') return { to: item.customer ? `/customers/${item.customer.id}` : '/customers' };
  return { to: `/${object}s/${item.id}` };
}
