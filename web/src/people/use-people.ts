// Colleagues by id, for owners, authors and filters; one list for the whole app.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { useMe } from '../session.ts';

export type Colleague = Calls['GET /people']['reply']['items'][number];

/** Everybody of the workspace, page by page; several thousand names are still a small reply. */
async function everybody(signal: AbortSignal): Promise<Colleague[]> {
  const all: Colleague[] = [];
  let after: string | undefined;
  do {
    const page = await api('GET /people', { query: { limit: 200, ...(after ? { after } : {}) }, signal });
    all.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  return all;
}

/** The people, `nameOf(id)`, and those who can own a record; empty while loading or where it is not permitted. */
export function usePeople() {
  const { may } = useMe();
  const query = useQuery({
    queryKey: ['people', 'all'],
    queryFn: ({ signal }) => everybody(signal),
    staleTime: 5 * 60_000,
    enabled: may('read:person'),
  });
  const people = query.data ?? [];
  return {
    query,
    people,
    owners: people.filter(person => person.role !== 'auditor' && person.state === 'active'),
    nameOf: (id: string) => people.find(person => person.id === id)?.name,
  };
}
