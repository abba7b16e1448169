// The records somebody looked at last on this device. Only kinds and ids are kept, by person: names come from the server,
// so that nobody reads here what he may not see any more (L50).
import { useQueries } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api } from '../api.ts';

export type Visit = { object: keyof typeof readers; id: string };
type Named = { title: string; detail: string | null };

const most = 8;
const kept = (person: string) => `latchkey.recent.${person}`;

const readers = {
  customer: async (id: string, signal: AbortSignal): Promise<Named> => {
    const found = await api('GET /customers/{id}', { params: { id }, signal });
    return { title: found.name, detail: found.city };
  },
  lead: async (id: string, signal: AbortSignal): Promise<Named> => {
    const found = await api('GET /leads/{id}', { params: { id }, signal });
    return { title: found.name, detail: found.company };
  },
  deal: async (id: string, signal: AbortSignal): Promise<Named> => {
    const found = await api('GET /deals/{id}', { params: { id }, signal });
    return { title: found.title, detail: found.customer.name };
  },
  order: async (id: string, signal: AbortSignal): Promise<Named> => {
    const found = await api('GET /orders/{id}', { params: { id }, signal });
    return { title: found.number, detail: found.title };
  },
  product: async (id: string, signal: AbortSignal): Promise<Named> => {
    const found = await api('GET /products/{id}', { params: { id }, signal });
    return { title: found.name, detail: found.code };
  },
};

/** The record whose page an address is; null for other pages. */
export function visitIn(pathname: string): Visit | null {
  const [, plural = '', id = ''] = /^\/([a-z]+)\/([0-9a-f-]{36})$/.exec(pathname) ?? [];
  const object = plural.replace(/s$/, '');
  return object in readers ? { object: object as Visit['object'], id } : null;
}

/** The visits after one more: each record once, the last first. */
export function afterVisit(visits: Visit[], visit: Visit): Visit[] {
  return [visit, ...visits.filter(one => one.id !== visit.id)].slice(0, most);
}

/** The visits somebody left on this device. */
export function visitsOf(person: string): Visit[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(kept(person)) ?? '[]');
    return Array.isArray(stored)
      ? stored.filter((one): one is Visit => typeof one?.id === 'string' && one.object in readers)
      : [];
  } catch {
    return [];
  }
}

/** Keeps which records are looked at; once, in the frame around the pages. */
export function useVisits(person: string): void {
  const pathname = useRouterState({ select: state => state.location.pathname });
  useEffect(() => {
    const visit = visitIn(pathname);
    if (visit) localStorage.setItem(kept(person), JSON.stringify(afterVisit(visitsOf(person), visit)));
  }, [pathname, person]);
}

/** The records looked at last, as they are called now; what is gone or out of reach is left out. */
export function useRecent(person: string, enabled: boolean): (Visit & Named)[] {
  const visits = enabled ? visitsOf(person) : [];
  const read = useQueries({
    queries: visits.map(({ object, id }) => ({
      queryKey: ['recent', object, id],
      queryFn: ({ signal }: { signal: AbortSignal }) => readers[object](id, signal),
      retry: false,
    })),
  });
  return visits.flatMap((visit, index) => {
    const named = read[index]?.data;
    return named ? [{ ...visit, ...named }] : [];
  });
}
