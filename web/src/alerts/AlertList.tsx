// The alerts of the last ninety days, newest first.
import { Button } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { dateTime } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Empty, Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './alerts.module.css';
import { problemWords } from './problem-words.ts';

type Alert = Calls['GET /alerts']['reply']['items'][number];

const tones = { critical: 'bad', warning: 'warn', info: 'plain' } as const;

export function AlertList() {
  const { t } = useWords('alerts');
  const query = useInfiniteQuery({
    queryKey: ['alerts', 'list'],
    queryFn: ({ pageParam, signal }) =>
      api('GET /alerts', { query: { limit: 10, ...(pageParam ? { after: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    refetchInterval: 30_000,
  });
  const items = query.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <Card title={t('list.title')} flush>
      {query.isPending ? <LoadingRows rows={5} /> : null}
      {query.isError && !query.data ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && items.length === 0 ? (
        <Empty icon={<IconBell />} title={t('list.none.title')}>
          {t('list.none.words')}
        </Empty>
      ) : null}
      <div className={css.list}>
        {items.map(alert => (
          <AlertItem key={alert.id} alert={alert} />
        ))}
      </div>
      {query.hasNextPage ? (
        <div className={css.more}>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('list.more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function AlertItem({ alert }: { alert: Alert }) {
  const { t } = useWords('alerts');
  return (
    <article className={css.item}>
      <header className={css.head}>
        <span className={css.mark} data-tone={tones[alert.severity]}>
          {t(`severity.${alert.severity}`)}
        </span>
        <time className={css.when} dateTime={alert.at}>
          {dateTime(alert.at)}
        </time>
      </header>
      <h3 className={css.title}>{alert.title}</h3>
      {alert.text ? <p>{alert.text}</p> : null}
      {alert.facts.length > 0 ? (
        <dl className={css.facts}>
          {alert.facts.map(({ label, value, at }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{at ? dateTime(at) : value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {alert.heldBack > 0 ? <p className={css.quiet}>{t('list.held', { count: alert.heldBack })}</p> : null}
      <Deliveries of={alert} />
    </article>
  );
}

/** Where the alert has come to: one line for what arrived, one for what is on its way, one for each that failed. */
function Deliveries({ of: { deliveries } }: { of: Alert }) {
  const { t } = useWords('alerts');
  const named = (state: 'sent' | 'queued') =>
    deliveries
      .filter(one => one.state === state)
      .map(one => one.hook)
      .join(t('list.joint'));
  const [sent, queued] = [named('sent'), named('queued')];
  return (
    <>
      {sent ? <p className={css.quiet}>{t('list.sent', { hook: sent })}</p> : null}
      {queued ? <p className={css.quiet}>{t('list.queued', { hook: queued })}</p> : null}
      {deliveries
        .filter(({ state }) => state === 'failed')
        .map(({ hook, problem }) => (
          <p key={hook} className={css.wrong}>
            {t('list.failed', { hook, problem: problem ? problemWords(problem, t) : '' })}
          </p>
        ))}
    </>
  );
}
