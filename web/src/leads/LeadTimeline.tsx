// What happened with a lead, newest first: follow-ups and changes to the record.
import { Button } from '@mantine/core';
import { IconHistory, IconUserCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActivityItem } from '../activities/ActivityItem.tsx';
import { EditActivity } from '../activities/EditActivity.tsx';
import type { Activity } from '../activities/form.ts';
import { api } from '../api.ts';
import { Changes } from '../audit/Changes.tsx';
import type { Calls } from '../calls.ts';
import { CommentBox } from '../comments/CommentBox.tsx';
import { CommentItem } from '../comments/CommentItem.tsx';
import css from '../customers/customers.module.css';
import { useOwners } from '../customers/use-owners.ts';
import { ago, dateTime } from '../formats.ts';
import { PutBack } from '../history/PutBack.tsx';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import type { Lead } from './form.ts';

type Change = Calls['GET /leads/{id}/history']['reply']['items'][number];

export function LeadTimeline({ lead, editable }: { lead: Lead; editable: boolean }) {
  const { t } = useWords('leads');
  const { may } = useMe();
  const { id } = lead;
  const [chosen, setChosen] = useState<Activity | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['leads', id, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /leads/{id}/timeline', {
        params: { id },
        query: { limit: 30, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Card title={t('timeline.title')} flush>
      {editable && may('update:lead') ? <CommentBox key={id} subject={{ type: 'lead', id }} /> : null}
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ol className={css.timeline}>
        {items.map(item =>
          item.kind === 'activity' ? (
            <li key={item.activity.id}>
              <ActivityItem
                activity={item.activity}
                standing={lead.nextFollowUpAt}
                {...(editable && may('update:activity') ? { onEdit: setChosen } : {})}
              />
            </li>
          ) : item.kind === 'comment' ? (
            <li key={item.comment.id}>
              <CommentItem comment={item.comment} />
            </li>
          ) : (
            <li key={item.change.id}>
              <ChangeLine
                change={item.change}
                leadId={editable && lead.converted === null && may('update:lead') ? id : undefined}
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

const acts = ['add', 'change', 'remove', 'restore', 'convert', 'merge', 'merge-away', 'unmerge'] as const;

/** `leadId` where its values may be put back. */
function ChangeLine({ change, leadId }: { change: Change; leadId?: string | undefined }) {
  const { t } = useWords('leads');
  const { nameOf } = useOwners();
  const act = acts.find(one => change.action === `lead.${one}`) ?? 'change';
  const Icon = act === 'convert' ? IconUserCheck : IconHistory;
  return (
    <article className={css.change}>
      <span className={css.badge}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </span>
      <p className={css.quiet}>
        {t(`change.${act}`, { who: change.actor.name ?? t('change.system') })}
        {' · '}
        <time dateTime={change.at} title={dateTime(change.at)}>
          {ago(change.at)}
        </time>
      </p>
      {(act === 'change' || act === 'merge' || act === 'unmerge') && change.changes.length > 0 ? (
        <Changes
          object="lead"
          lines={change.changes.map(({ field, before, after }) => ({
            field,
            before: before ?? null,
            after: after ?? null,
          }))}
          nameOf={nameOf}
        />
      ) : null}
      {leadId && act === 'change' && change.changes.length > 0 ? (
        <PutBack object="lead" id={leadId} entry={change.id} />
      ) : null}
    </article>
  );
}
