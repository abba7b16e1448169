// The pipelines with their stages; they change seldom.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';

export function usePipelines() {
  const query = useQuery({
    queryKey: ['pipelines'],
    queryFn: ({ signal }) => api('GET /pipelines', { signal }),
    staleTime: 5 * 60_000,
  });
  const pipelines = query.data?.items ?? [];
  return {
    query,
    pipelines,
    /** The one named, or else the default one. */
    chosen: (id: string | undefined) => pipelines.find(pipeline => pipeline.id === id) ?? pipelines[0],
    stageOf: (id: string) => pipelines.flatMap(pipeline => pipeline.stages).find(stage => stage.id === id),
  };
}
