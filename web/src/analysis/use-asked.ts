// What the analysis pages ask for: whose figures, since when, by the address.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { trimmed } from '../ui/filters.tsx';
import { daysBack, edgesOf, narrowOf, periodsAt, type Search, spanOf } from './search.ts';

const route = getRouteApi('/analysis');

/** Teams and people whose figures one may see. */
export function usePeople() {
  const query = useQuery({
    queryKey: ['analysis', 'people'],
    queryFn: ({ signal }) => api('GET /analysis/people', { signal }),
    staleTime: 5 * 60_000,
  });
  return query.data ?? { teams: [], people: [], maySetTargets: false };
}

export function useAsked() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [now] = useState(() => Date.now());
  const span = spanOf(search);
  const [thisMonth = ''] = periodsAt(now);
  return {
    search,
    narrow: narrowOf(search),
    span,
    now,
    period: search.period ?? thisMonth,
    since: daysBack(now, Number(span)).toISOString(),
    edges: edgesOf(now, span).map(edge => edge.toISOString()),
    set: (change: Search) =>
      void navigate({ search: before => trimmed({ ...before, ...change }), replace: true }),
  };
}

export type Asked = ReturnType<typeof useAsked>;

export function useForecast({ narrow, period }: Asked) {
  return useQuery({
    queryKey: ['deals', 'forecast', narrow, period],
    queryFn: ({ signal }) => api('GET /analysis/forecast', { query: { ...narrow, period }, signal }),
  });
}

export function useMovement({ narrow, since }: Asked) {
  return useQuery({
    queryKey: ['deals', 'movement', narrow, since],
    queryFn: ({ signal }) => api('GET /analysis/movement', { query: { ...narrow, since }, signal }),
  });
}

export function useActivity({ narrow, edges }: Asked) {
  const { pipeline: _pipeline, ...who } = narrow;
  return useQuery({
    queryKey: ['activities', 'done', who, edges],
    queryFn: ({ signal }) =>
      api('GET /analysis/activity', { query: { ...who, edges: edges.join(',') }, signal }),
  });
}

export function useOutcomes({ narrow, since }: Asked) {
  return useQuery({
    queryKey: ['deals', 'outcomes', narrow, since],
    queryFn: ({ signal }) => api('GET /analysis/outcomes', { query: { ...narrow, from: since }, signal }),
  });
}
