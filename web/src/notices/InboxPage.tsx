// The notice centre: what colleagues have done that concerns one, newest first.
import { Button, SegmentedControl } from '@mantine/core';
import {
  IconArrowRight,
  IconAt,
  IconBell,
  IconBellCheck,
  IconMessage,
  IconUserCheck,
  IconUserShare,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { ago, dateTime } from '../formats.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './notices.module.css';
import { pageOf } from './page-of.ts';

type Notice = Calls['GET /inbox']['reply']['items'][number];

const views = ['all', 'unread'] as const;

export default function InboxPage() {
  const { t, language } = useWords('notices');
  const [view, setView] = useState<(typeof views)[number]>('all');
  const query = useInfiniteQuery({
    queryKey: ['inbox', 'list', view, language],
    queryFn: ({ pageParam: after, signal }) =>
      api('GET /inbox', {
        query: { limit: 30, ...(view === 'unread' ? { unread: 'true' } : {}), ...(after ? { after } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  });
  const read = useWrite('POST /inbox/read', { renews: [['inbox']] });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  const newest = items[0]?.id;
  const hasUnread = items.some(item => item.readAt === null);
  return (
    <Page
      title={t('title')}
      lead={
        <>
          {t('lead')}{' '}
          <Link to="/account" hash="notices" className="lk-link lk-tall">
            {t('to-settings')}
          </Link>
        </>
      }
      width="reading"
      actions={
        hasUnread && newest ? (
          <Button
            variant="default"
            leftSection={<IconBellCheck size={18} aria-hidden />}
            loading={read.isPending}
            onClick={() => read.mutate({ body: { upTo: newest } })}
          >
            {t('read-all')}
          </Button>
        ) : null
      }
    >
      <SegmentedControl
        aria-label={t('view')}
        className={css.view ?? ''}
        value={view}
        onChange={value => setView(views.find(one => one === value) ?? 'all')}
        data={views.map(one => ({ value: one, label: t(`views.${one}`) }))}
      />
      <Card flush>
        {query.isPending ? <LoadingRows rows={6} /> : null}
        {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data && items.length === 0 ? (
          <Empty icon={<IconBell />} title={t(view === 'unread' ? 'none-unread' : 'none')}>
            {t('none-words')}
          </Empty>
        ) : null}
        <ul className={css.list}>
          {items.map(notice => (
            <li key={notice.id}>
              <Row notice={notice} onRead={() => read.mutate({ body: { ids: [notice.id] } })} />
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
              {t('more')}
            </Button>
          </div>
        ) : null}
      </Card>
    </Page>
  );
}

const icons: Record<string, typeof IconBell> = {
  mention: IconAt,
  comment: IconMessage,
  assigned: IconUserCheck,
  moved: IconArrowRight,
  'owner-changed': IconUserShare,
};

function Row({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const { t } = useWords('notices');
  const Icon = icons[notice.kind] ?? IconBell;
  const isNew = notice.readAt === null;
  const place = pageOf(notice.object);
  const words = (
    <>
      <span className={css.badge} data-new={isNew || undefined}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </span>
      <span className={css.words}>
        <span className={isNew ? css.fresh : undefined}>
          {isNew ? <span className="lk-hidden">{t('new')} </span> : null}
          {notice.text}
        </span>
        {notice.excerpt ? <span className={css.excerpt}>{notice.excerpt}</span> : null}
        <time className={css.quiet} dateTime={notice.at} title={dateTime(notice.at)}>
          {ago(notice.at)}
        </time>
      </span>
      {isNew ? <span className={css.dot} aria-hidden /> : null}
    </>
  );
  if (place)
    return (
      <Link {...place} className={css.row ?? ''} onClick={isNew ? onRead : undefined}>
        {words}
      </Link>
    );
  return isNew ? (
    <button type="button" className={css.row} onClick={onRead}>
      {words}
    </button>
  ) : (
    <div className={css.row}>{words}</div>
  );
}
