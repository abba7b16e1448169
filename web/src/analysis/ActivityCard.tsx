// Who did what: calls, visits, meetings and so on, person by person; at length also day by day.
import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { day, number, weekday } from '../formats.ts';
import { fetched } from '../ui/fetched.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { DataTable, Download, type TableColumn } from './DataTable.tsx';
import { Deeds } from './Deeds.tsx';
import { type Activity, deeds as kinds, type Search } from './search.ts';
import { type Asked, useActivity } from './use-asked.ts';

const Bars = fetched(() => import('./Bars.tsx'));
type Row = Activity['people'][number];

export function ActivityCard({ asked, whole = false }: { asked: Asked; whole?: boolean }) {
  const { t } = useWords('analysis');
  const query = useActivity(asked);
  const people = query.data?.people ?? [];
  const used = kinds.filter(kind => people.some(row => row.kinds[kind]));
  const nameOf = (row: Row) => row.author?.name ?? t('nobody');
  // Each number leads to what it counts.
  const link = (row: Row, count: number, more: Search) =>
    row.author && count > 0 ? (
      <Link to="/analysis" search={trimmed(asked.search, row.author.id, more)} className="lk-link">
        {number(count)}
      </Link>
    ) : (
      number(count)
    );
  const columns: TableColumn<Row>[] = [
    {
      key: 'name',
      head: t('activity.person'),
      cell: row =>
        row.author && asked.search.who !== row.author.id ? (
          <Link
            to="/analysis"
            search={{ ...asked.search, view: 'activity', who: row.author.id }}
            className="lk-link"
          >
            {row.author.name}
          </Link>
        ) : (
          nameOf(row)
        ),
      plain: nameOf,
    },
    {
      key: 'all',
      head: t('activity.all'),
      cell: row => <strong>{link(row, row.count, {})}</strong>,
      plain: row => row.count,
      end: true,
    },
    ...used.map(kind => ({
      key: kind,
      head: t(`deed.${kind}`),
      cell: (row: Row) => link(row, row.kinds[kind] ?? 0, { kind }),
      plain: (row: Row) => row.kinds[kind] ?? 0,
      end: true,
    })),
  ];
  const edges = query.data?.edges ?? [];
  const spans: TableColumn<Row>[] = edges.slice(0, -1).map((edge, place) => ({
    key: edge,
    head: day(edge),
    cell: row => link(row, row.spans[place] ?? 0, { day: edge }),
    plain: row => row.spans[place] ?? 0,
    end: true,
  }));
  const byDay = [...columns.slice(0, 1), ...spans];
  const label = t('activity.label', {
    people: people.map(row => `${nameOf(row)} ${number(row.count)}`).join(t('joint')),
  });
  return (
    <>
      <Card
        title={t('activity.title', { day: weekday(asked.since) })}
        aside={<Download name={t('view.activity')} rows={people} columns={columns} />}
      >
        {query.isPending ? <LoadingRows rows={4} /> : null}
        {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data && people.length === 0 ? <p className={css.none}>{t('activity.none')}</p> : null}
        {whole && people.length > 0 ? (
          <Suspense fallback={<Skeleton height={180} radius="md" />}>
            <div className={css.chart}>
              <Bars
                label={label}
                data={people.map(row => ({ name: nameOf(row), ...row.kinds }))}
                series={used.map(kind => ({
                  name: kind,
                  label: t(`deed.${kind}`),
                  color: `var(--deed-${kind})`,
                }))}
              />
              <ul className={css.legend} aria-hidden>
                {used.map(kind => (
                  <li key={kind} data-deed={kind}>
                    {t(`deed.${kind}`)}
                  </li>
                ))}
              </ul>
            </div>
          </Suspense>
        ) : null}
        {people.length > 0 ? (
          <DataTable
            label={t('activity.table')}
            rows={whole ? people : people.slice(0, 8)}
            id={row => row.author?.id ?? ''}
            columns={columns}
          />
        ) : null}
      </Card>
      {whole && people.length > 0 ? (
        <Card
          title={t(
            spans.length > 14 || asked.span === '30' || asked.span === '90'
              ? 'activity.by-week'
              : 'activity.by-day',
          )}
          aside={<Download name={t('activity.by-day')} rows={people} columns={byDay} />}
        >
          <DataTable
            label={t('activity.by-day')}
            rows={people}
            id={row => row.author?.id ?? ''}
            columns={byDay}
          />
        </Card>
      ) : null}
      {whole && people[0] ? <Deeds asked={asked} name={nameOf(people[0])} /> : null}
    </>
  );
}

const trimmed = ({ kind: _kind, day: _day, ...rest }: Search, who: string, more: Search): Search => ({
  ...rest,
  view: 'activity',
  who,
  ...more,
});
