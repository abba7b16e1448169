// What the team (or oneself, by one's reach) did lately.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { ActivityItem } from './ActivityItem.tsx';
import css from './activities.module.css';

export function RecentActivity() {
  const { t } = useWords('activities');
  const query = useInfiniteQuery({
    queryKey: ['activities', 'recent'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /activities', { query: { limit: 10, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Card title={t('recent.title')} flush>
      {query.isPending ? <LoadingRows rows={5} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? <p className={css.none}>{t('recent.none')}</p> : null}
      <ul className={css.rows}>
        {items.map(activity => (
          <li key={activity.id}>
            <ActivityItem activity={activity} withCustomer />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('recent.more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
