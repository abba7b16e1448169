// What a rule did, newest first, with what failed to be tried again.
import { Button } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { ago } from '../formats.ts';
import { Empty, Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './automation.module.css';
import type { Rule } from './form.ts';
import { ToldList } from './ToldList.tsx';

type Run = Calls['GET /automations/{id}/runs']['reply']['items'][number];
const tones = { waiting: 'plain', done: 'good', skipped: 'plain', failed: 'bad' } as const;

export function RunList({ rule }: { rule: Rule }) {
  const { t } = useWords('automation');
  const query = useInfiniteQuery({
    queryKey: ['automations', rule.id, 'runs'],
    queryFn: ({ signal, pageParam }) =>
      api('GET /automations/{id}/runs', {
        params: { id: rule.id },
        query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  });
  if (query.isPending) return <LoadingRows rows={4} />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const items = query.data.pages.flatMap(page => page.items);
  if (items.length === 0)
    return (
      <Empty icon={<IconRobot />} title={t('runs.none')}>
        {t('runs.none-words')}
      </Empty>
    );
  return (
    <>
      <ul className={css.lines}>
        {items.map(run => (
          <RunLine key={run.id} rule={rule} run={run} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('runs.more')}
        </Button>
      ) : null}
    </>
  );
}

const places = { customer: '/customers/$id', lead: '/leads/$id', deal: '/deals/$id' } as const;

function RunLine({ rule, run }: { rule: Rule; run: Run }) {
  const { t } = useWords('automation');
  const retry = useWrite('POST /automations/{id}/runs/{run}/retry', { renews: [['automations']] });
  const { record, problem } = run;
  const code = problem?.split(': ').at(-1) ?? '';
  const bad = run.calls.find(call => call.state !== 'sent');
  return (
    <li>
      <span className={css.line}>
        {record.name === null ? (
          <strong>{t('hidden')}</strong>
        ) : (
          <Link to={places[record.type]} params={{ id: record.id }}>
            {record.name}
          </Link>
        )}
        <span className={css.mark} data-tone={tones[run.state]}>
          {t(`run.${run.state}`)}
        </span>
        <time className={css.quiet} dateTime={run.at}>
          {ago(run.at)}
        </time>
      </span>
      <ToldList told={run.outcome} />
      {problem ? <span className={css.quiet}>{t(`problem.${code}`)}</span> : null}
      {bad ? <span className={css.quiet}>{t(`call.${bad.state}`)}</span> : null}
      {run.state === 'failed' && rule.mine ? (
        <Button
          variant="default"
          size="sm"
          loading={retry.isPending}
          onClick={() => retry.mutate({ params: { id: rule.id, run: run.id } })}
        >
          {t('runs.retry')}
        </Button>
      ) : null}
      <ProblemNote error={retry.error} />
    </li>
  );
}
