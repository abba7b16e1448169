// What happened with a customer, newest first: follow-ups and changes to the record, together or apart.
import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActivityItem } from '../activities/ActivityItem.tsx';
import { EditActivity } from '../activities/EditActivity.tsx';
import type { Activity } from '../activities/form.ts';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { CommentBox } from '../comments/CommentBox.tsx';
import { CommentItem } from '../comments/CommentItem.tsx';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { ChangeItem } from './ChangeItem.tsx';
import css from './customers.module.css';
import type { Customer } from './form.ts';

type Item = Calls['GET /customers/{id}/timeline']['reply']['items'][number];
const views = ['all', 'activities', 'comments', 'changes'] as const;
type View = (typeof views)[number];

/** One page of the chosen view, all views in the same shape. */
async function pageOf(view: View, id: string, after: string, signal: AbortSignal) {
  const query = { limit: 30, ...(after ? { after } : {}) };
  if (view === 'activities') {
    const page = await api('GET /activities', { query: { ...query, customer: id }, signal });
    const items: Item[] = page.items.map(activity => ({ kind: 'activity', at: activity.at, activity }));
    return { items, next: page.next };
  }
  if (view === 'comments') {
    const page = await api('GET /comments', { query: { ...query, object: 'customer', id }, signal });
    const items: Item[] = page.items.map(comment => ({ kind: 'comment', at: comment.createdAt, comment }));
    return { items, next: page.next };
  }
  if (view === 'changes') {
    const page = await api('GET /customers/{id}/history', { params: { id }, query, signal });
    const items: Item[] = page.items.map(change => ({ kind: 'change', at: change.at, change }));
    return { items, next: page.next };
  }
  return api('GET /customers/{id}/timeline', { params: { id }, query, signal });
}

export function Timeline({ customer, editable }: { customer: Customer; editable: boolean }) {
  const { t } = useWords('customers');
  const { may } = useMe();
  const { id } = customer;
  const [view, setView] = useState<View>('all');
  const [chosen, setChosen] = useState<Activity | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['customers', id, 'timeline', view],
    queryFn: ({ pageParam, signal }) => pageOf(view, id, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Card
      title={t('timeline.title')}
      flush
      aside={
        <SegmentedControl
          size="sm"
          aria-label={t('timeline.view')}
          value={view}
          onChange={value => setView(views.find(one => one === value) ?? 'all')}
          data={views.map(one => ({ value: one, label: t(`timeline.${one}`) }))}
        />
      }
    >
      {editable && may('update:customer') ? <CommentBox key={id} subject={{ type: 'customer', id }} /> : null}
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? <p className={css.none}>{t('timeline.none')}</p> : null}
      <ol className={css.timeline}>
        {items.map(item =>
          item.kind === 'activity' ? (
            <li key={item.activity.id}>
              <ActivityItem
                activity={item.activity}
                standing={customer.nextFollowUpAt}
                {...(editable && may('update:activity') ? { onEdit: setChosen } : {})}
              />
            </li>
          ) : item.kind === 'comment' ? (
            <li key={item.comment.id}>
              <CommentItem comment={item.comment} />
            </li>
          ) : (
            <li key={item.change.id}>
              <ChangeItem
                change={item.change}
                customerId={editable && may('update:customer') ? id : undefined}
              />
            </li>
          ),
        )}
      </ol>
      {query.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('timeline.more')}
          </Button>
        </div>
      ) : null}
      <EditActivity activity={chosen} onClose={() => setChosen(null)} />
    </Card>
  );
}
