// Trusted networks: those that count now, who set them and why; then those that are over.
import { Button } from '@mantine/core';
import { IconWorldCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useShortcuts } from '../ui/use-shortcuts.ts';
import { useWords } from '../words.ts';
import css from './networks.module.css';
import { TrustedCard } from './TrustedCard.tsx';
import { TrustSheet } from './TrustSheet.tsx';

export default function TrustedNetworksPage() {
  const { t } = useWords('networks');
  const { may } = useMe();
  const sheet = useSheet();
  const mayChange = may('configure:policy');
  const standing = useQuery({
    queryKey: ['networks', 'trusted', 'standing'],
    queryFn: ({ signal }) =>
      api('GET /networks/trusted', { query: { standing: 'true', limit: 200 }, signal }),
    refetchInterval: 60_000,
  });
  useShortcuts(mayChange ? { n: () => sheet.open('new') } : {});
  const add = mayChange ? <Button onClick={() => sheet.open('new')}>{t('add.open')}</Button> : null;
  const { data } = standing;
  return (
    <Page title={t('title')} lead={t('lead')} actions={data?.items.length ? add : null} width="reading">
      <Card title={t('standing')} flush>
        {standing.isPending ? <LoadingRows rows={3} /> : null}
        {standing.isError ? <Failed error={standing.error} onRetry={() => void standing.refetch()} /> : null}
        {data?.items.length === 0 ? (
          <Empty icon={<IconWorldCheck />} title={t('none.title')} action={add}>
            {t('none.words')}
          </Empty>
        ) : null}
        <div className={css.list}>
          {data?.items.map(network => (
            <TrustedCard key={network.id} network={network} />
          ))}
        </div>
      </Card>
      <Over />
      {data && mayChange ? (
        <TrustSheet here={data.here} opened={sheet.is('new')} onClose={sheet.close} />
      ) : null}
    </Page>
  );
}

function Over() {
  const { t } = useWords('networks');
  const over = useInfiniteQuery({
    queryKey: ['networks', 'trusted', 'over'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /networks/trusted', {
        query: { standing: 'false', limit: 20, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  if (over.isError) return <Failed error={over.error} onRetry={() => void over.refetch()} />;
  const items = over.data?.pages.flatMap(page => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t('over')} flush>
      <div className={css.list}>
        {items.map(network => (
          <TrustedCard key={network.id} network={network} />
        ))}
      </div>
      {over.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={over.isFetchingNextPage}
            onClick={() => void over.fetchNextPage()}
          >
            {t('more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
