// What attempts to sign in came to over a day, a week or a quarter.
import { SegmentedControl, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { api } from '../api.ts';
import { number } from '../formats.ts';
import { fetched } from '../ui/fetched.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { groups, total } from './reading.ts';
import css from './weather.module.css';

const Chart = fetched(() => import('./Chart.tsx'));
const spans = ['day', 'week', 'quarter'] as const;
type Span = (typeof spans)[number];
const refresh: Record<Span, number> = { day: 5_000, week: 60_000, quarter: 300_000 };

export function ChartCard() {
  const { t } = useWords('weather');
  const [span, setSpan] = useState<Span>('day');
  const query = useQuery({
    queryKey: ['weather', 'history', span],
    queryFn: ({ signal }) => api('GET /weather/history', { query: { span }, signal }),
    refetchInterval: refresh[span],
    placeholderData: keepPreviousData,
  });
  const history = query.data;
  const sums = total(history?.points ?? []);
  const said = groups.map(group => `${t(`group.${group}`)} ${number(sums[group])}`).join(t('joint'));
  const blank = <Skeleton height={230} radius="md" />;
  return (
    <Card title={t('chart.title')}>
      <SegmentedControl
        className={css.span ?? ''}
        aria-label={t('chart.span')}
        value={span}
        onChange={value => setSpan(spans.find(one => one === value) ?? 'day')}
        data={spans.map(value => ({ value, label: t(`span.${value}`) }))}
      />
      {query.isPending ? blank : null}
      {query.isError && !history ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {history ? (
        <figure className={css.chart}>
          <Suspense fallback={blank}>
            <Chart history={history} label={`${t('chart.title')} · ${t(`span.${history.span}`)}: ${said}`} />
          </Suspense>
          <figcaption className={css.legend}>
            {groups.map(group => (
              <span key={group} data-group={group}>
                {t(`group.${group}`)} <strong>{number(sums[group])}</strong>
              </span>
            ))}
          </figcaption>
        </figure>
      ) : null}
    </Card>
  );
}
