// One import: the mapping before it starts, its progress while it runs, its outcome afterwards.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRecord } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { isBusy } from './mapping.ts';
import { Outcome } from './Outcome.tsx';
import { Prepare } from './Prepare.tsx';
import { Running } from './Running.tsx';

const route = getRouteApi('/imports/$id');

export default function ImportPage() {
  const { t } = useWords('imports');
  const { id } = route.useParams();
  const query = useQuery({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => api('GET /imports/{id}', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data.state) ? 1000 : false),
    refetchIntervalInBackground: true,
  });
  const one = query.data;
  return (
    <Page
      title={one?.fileName ?? t('one')}
      back={{ to: '/imports', label: t('title') }}
      lead={one ? t(`lead-state.${one.state}`, { object: t(`object.${one.object}`) }) : null}
    >
      {query.isPending ? (
        <Card>
          <LoadingRecord />
        </Card>
      ) : null}
      {query.isError && !one ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {one?.state === 'uploaded' ? <Prepare id={id} /> : null}
      {one && isBusy(one.state) ? <Running one={one} lost={query.isError} /> : null}
      {one && one.state !== 'uploaded' && !isBusy(one.state) ? <Outcome one={one} /> : null}
    </Page>
  );
}
