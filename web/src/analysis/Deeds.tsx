// The follow-ups behind one number: of a person, of one kind where one was chosen, of one day or week likewise.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { dateTime, day } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { deedsOf } from './search.ts';
import type { Asked } from './use-asked.ts';

type Deed = Calls['GET /activities']['reply']['items'][number];

export function Deeds({ asked, name }: { asked: Asked; name: string }) {
  const { t } = useWords('analysis');
  const filters = deedsOf(asked.search, asked.edges);
  const query = useInfiniteQuery({
    queryKey: ['activities', 'behind', filters],
    queryFn: ({ pageParam: after, signal }) =>
      api('GET /activities', { query: { ...filters, limit: 30, ...(after ? { after } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    enabled: filters !== null,
  });
  if (!filters) return null;
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  const what = filters.kind ? t(`deed.${filters.kind}`) : t('activity.all');
  const since = asked.search.day ? day(filters.from) : null;
  return (
    <Card title={[name, what, since].filter(Boolean).join(' · ')} flush>
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? <p className={css.none}>{t('activity.none')}</p> : null}
      <ul className={css.deeds}>
        {items.map(item => (
          <li key={item.id}>
            <span className={css.line}>
              <About deed={item} />
              <time className={css.quiet} dateTime={item.at}>
                {t(`did.${item.kind}`)} · {dateTime(item.at)}
              </time>
            </span>
            <span>{item.body}</span>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
          fullWidth
        >
          {t('activity.more')}
        </Button>
      ) : null}
    </Card>
  );
}

function About({ deed: { customer, lead } }: { deed: Deed }) {
  if (customer)
    return (
      <Link to="/customers/$id" params={{ id: customer.id }} className="lk-link">
        {customer.name}
      </Link>
    );
  if (!lead) return null;
  return (
    <Link to="/leads/$id" params={{ id: lead.id }} className="lk-link">
      {lead.name}
    </Link>
  );
}
