// All locks: the standing ones first, with what they rest on; then those that are over.
import { Button } from '@mantine/core';
import { IconLockOpen, IconShieldCog } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { LockCard } from './LockCard.tsx';
import { LockHelp } from './LockHelp.tsx';
import css from './policies.module.css';

export default function LocksPage() {
  const { t } = useWords('policies');
  const { may } = useMe();
  const standing = useQuery({
    queryKey: ['locks', 'standing'],
    queryFn: ({ signal }) => api('GET /locks', { query: { standing: 'true', limit: 200 }, signal }),
    refetchInterval: 30_000,
  });
  const items = standing.data?.items ?? [];
  return (
    <Page
      title={t('locks.title')}
      lead={t('locks.lead')}
      actions={
        may('read:policy') ? (
          <Button
            variant="default"
            leftSection={<IconShieldCog size={18} aria-hidden />}
            renderRoot={props => <Link {...props} to="/lock-policy" />}
          >
            {t('policy.title')}
          </Button>
        ) : null
      }
    >
      <Card title={t('locks.standing')} flush>
        {standing.isPending ? <LoadingRows rows={3} /> : null}
        {standing.isError ? <Failed error={standing.error} onRetry={() => void standing.refetch()} /> : null}
        {standing.data && items.length === 0 ? (
          <Empty icon={<IconLockOpen />} title={t('locks.none.title')}>
            {t('locks.none.words')}
          </Empty>
        ) : null}
        <div className={css.locks}>
          {items.map(lock => (
            <LockCard key={lock.id} lock={lock} named linked />
          ))}
        </div>
      </Card>
      <Past />
      <LockHelp />
    </Page>
  );
}

function Past() {
  const { t } = useWords('policies');
  const past = useInfiniteQuery({
    queryKey: ['locks', 'all'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /locks', { query: { limit: 30, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const over = (past.data?.pages.flatMap(page => page.items) ?? []).filter(lock => !lock.stands);
  if (past.isError) return <Failed error={past.error} onRetry={() => void past.refetch()} />;
  if (over.length === 0 && !past.hasNextPage) return null;
  return (
    <Card title={t('locks.over')} flush>
      <div className={css.locks}>
        {over.map(lock => (
          <LockCard key={lock.id} lock={lock} named linked />
        ))}
      </div>
      {past.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={past.isFetchingNextPage}
            onClick={() => void past.fetchNextPage()}
          >
            {t('locks.more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
