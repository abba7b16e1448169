// Won and lost: how many and how long, why won and lost, who won, and which sources bring deals that are won.
import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { Search as DealSearch } from '../deals/search.ts';
import { useReasons } from '../deals/use-reasons.ts';
import { day, number } from '../formats.ts';
import { fetched } from '../ui/fetched.tsx';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { DataTable, Download, type TableColumn } from './DataTable.tsx';
import { sumsOf } from './MovementCard.tsx';
import { percent } from './period-words.ts';
import { addedDeals, closedDeals, type Narrow, type Outcomes } from './search.ts';
import { type Asked, useOutcomes } from './use-asked.ts';

const Bars = fetched(() => import('./Bars.tsx'));
type Tally = Outcomes['won'];
type Parts = { outcomes: Outcomes; narrow: Narrow };

export function OutcomeCards({ asked }: { asked: Asked }) {
  const { t } = useWords('analysis');
  const wins = useReasons('won');
  const losses = useReasons('lost');
  const query = useOutcomes(asked);
  const outcomes = query.data;
  if (query.isPending) return <LoadingRows />;
  if (query.isError || !outcomes) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const parts = { outcomes, narrow: asked.narrow };
  return (
    <>
      <Summary {...parts} />
      <div className={css.glance}>
        <Why {...parts} kind="won" rows={outcomes.winReasons} words={wins.nameOf} />
        <Why {...parts} kind="lost" rows={outcomes.reasons} words={losses.nameOf} />
      </div>
      <People {...parts} />
      <Sources {...parts} />
      <p className={css.quiet}>{t('outcomes.words', { day: day(outcomes.from) })}</p>
    </>
  );
}

/** A count that leads to its deals; nothing leads nowhere. */
function Count({ tally, search, label }: { tally: Tally; search: DealSearch; label: string }) {
  if (tally.count === 0) return <span className={css.quiet}>0</span>;
  return (
    <Link to="/deals" search={search} className="lk-link" aria-label={`${label} ${number(tally.count)}`}>
      {number(tally.count)}
    </Link>
  );
}

function Summary({ outcomes, narrow }: Parts) {
  const { t } = useWords('analysis');
  const { won, lost, medianDays, averageDays } = outcomes;
  return (
    <Card title={t('outcomes.title')}>
      <dl className={css.calls}>
        {(['won', 'lost'] as const).map(kind => (
          <div key={kind}>
            <dt>{t(`outcomes.${kind}`)}</dt>
            <dd>
              <strong>
                <Count
                  tally={outcomes[kind]}
                  search={closedDeals(narrow, outcomes, { state: kind })}
                  label={t(`outcomes.${kind}`)}
                />
              </strong>{' '}
              <span className={css.quiet}>{sumsOf(outcomes[kind].sums)}</span>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('outcomes.rate')}</dt>
          <dd>
            <strong>{percent(won.count, won.count + lost.count)}</strong>
          </dd>
        </div>
        <div>
          <dt>{t('outcomes.took')}</dt>
          <dd>
            <strong>{medianDays === null ? '—' : t('days', { count: Math.round(medianDays) })}</strong>{' '}
            {averageDays === null ? null : (
              <span className={css.quiet}>{t('outcomes.average', { days: number(averageDays) })}</span>
            )}
          </dd>
        </div>
      </dl>
    </Card>
  );
}

type Reason = Outcomes['winReasons'][number];

type WhyProps = Parts & {
  rows: Reason[];
  kind: 'won' | 'lost';
  words: (reason: string) => string;
};

/** Why deals were won or lost: as bars, and as a table whose counts lead to them. */
function Why({ outcomes, narrow, rows, kind, words }: WhyProps) {
  const { t } = useWords('analysis');
  const [title, none, color] =
    kind === 'lost'
      ? (['outcomes.reasons', 'outcomes.none-lost', 'var(--part-likely)'] as const)
      : (['outcomes.wins', 'outcomes.none-won', 'var(--part-won)'] as const);
  const nameOf = (row: Reason) => (row.reason ? words(row.reason) : t('outcomes.no-reason'));
  const leading = (row: Reason) =>
    kind === 'lost' ? { lostReason: row.reason ?? '-' } : { wonReason: row.reason ?? '-' };
  const columns: TableColumn<Reason>[] = [
    {
      key: 'reason',
      head: t(kind === 'lost' ? 'outcomes.reason' : 'outcomes.win'),
      cell: nameOf,
      plain: nameOf,
    },
    {
      key: 'count',
      head: t(`outcomes.${kind}`),
      cell: row => (
        <Count
          tally={row}
          search={closedDeals(narrow, outcomes, { state: kind, ...leading(row) })}
          label={nameOf(row)}
        />
      ),
      plain: row => row.count,
      end: true,
    },
    {
      key: 'sums',
      head: t('outcomes.amount'),
      cell: row => sumsOf(row.sums) || '—',
      plain: row => sumsOf(row.sums),
      end: true,
    },
  ];
  const label = rows.map(row => `${nameOf(row)} ${number(row.count)}`).join(t('joint'));
  return (
    <Card title={t(title)} aside={<Download name={t(title)} rows={rows} columns={columns} />}>
      {rows.length === 0 ? (
        <p className={css.none}>{t(none)}</p>
      ) : (
        <>
          <Suspense fallback={<Skeleton height={160} radius="md" />}>
            <div className={css.chart}>
              <Bars
                label={label}
                data={rows.map(row => ({ name: nameOf(row), count: row.count }))}
                series={[{ name: 'count', label: t(`outcomes.${kind}`), color }]}
              />
            </div>
          </Suspense>
          <DataTable label={t(title)} rows={rows} id={row => row.reason ?? '-'} columns={columns} />
        </>
      )}
    </Card>
  );
}

function People({ outcomes, narrow }: Parts) {
  const { t } = useWords('analysis');
  type Row = Outcomes['people'][number];
  const nameOf = (row: Row) => row.owner?.name ?? t('nobody');
  const count = (kind: 'won' | 'lost'): TableColumn<Row> => ({
    key: kind,
    head: t(`outcomes.${kind}`),
    cell: row => (
      <Count
        tally={row[kind]}
        search={closedDeals(narrow, outcomes, { state: kind, owner: row.owner?.id ?? 'none' })}
        label={`${nameOf(row)} ${t(`outcomes.${kind}`)}`}
      />
    ),
    plain: row => row[kind].count,
    end: true,
  });
  const columns: TableColumn<Row>[] = [
    { key: 'name', head: t('activity.person'), cell: nameOf, plain: nameOf },
    count('won'),
    count('lost'),
    {
      key: 'rate',
      head: t('outcomes.rate'),
      cell: row => percent(row.won.count, row.won.count + row.lost.count),
      plain: row => percent(row.won.count, row.won.count + row.lost.count),
      end: true,
    },
    {
      key: 'sums',
      head: t('outcomes.won-amount'),
      cell: row => sumsOf(row.won.sums) || '—',
      plain: row => sumsOf(row.won.sums),
      end: true,
    },
  ];
  return (
    <Card
      title={t('outcomes.people')}
      aside={<Download name={t('outcomes.people')} rows={outcomes.people} columns={columns} />}
    >
      {outcomes.people.length === 0 ? (
        <p className={css.none}>{t('outcomes.none')}</p>
      ) : (
        <DataTable
          label={t('outcomes.people')}
          rows={outcomes.people}
          id={row => row.owner?.id ?? ''}
          columns={columns}
        />
      )}
    </Card>
  );
}

function Sources({ outcomes, narrow }: Parts) {
  const { t } = useWords('analysis');
  type Row = Outcomes['sources'][number];
  const nameOf = (row: Row) => row.source ?? t('outcomes.no-source');
  const source = (row: Row) => ({ source: row.source ?? '-' });
  const columns: TableColumn<Row>[] = [
    { key: 'source', head: t('outcomes.source'), cell: nameOf, plain: nameOf },
    {
      key: 'customers',
      head: t('outcomes.customers'),
      cell: row => number(row.customers),
      plain: row => row.customers,
      end: true,
    },
    {
      key: 'added',
      head: t('outcomes.added'),
      cell: row => (
        <Count
          tally={{ count: row.added, sums: [] }}
          search={addedDeals(narrow, outcomes, source(row))}
          label={`${nameOf(row)} ${t('outcomes.added')}`}
        />
      ),
      plain: row => row.added,
      end: true,
    },
    ...(['won', 'lost'] as const).map(
      (kind): TableColumn<Row> => ({
        key: kind,
        head: t(`outcomes.${kind}`),
        cell: row => (
          <Count
            tally={row[kind]}
            search={closedDeals(narrow, outcomes, { state: kind, ...source(row) })}
            label={`${nameOf(row)} ${t(`outcomes.${kind}`)}`}
          />
        ),
        plain: row => row[kind].count,
        end: true,
      }),
    ),
    {
      key: 'sums',
      head: t('outcomes.won-amount'),
      cell: row => sumsOf(row.won.sums) || '—',
      plain: row => sumsOf(row.won.sums),
      end: true,
    },
  ];
  return (
    <Card
      title={t('outcomes.sources')}
      aside={<Download name={t('outcomes.sources')} rows={outcomes.sources} columns={columns} />}
    >
      {outcomes.sources.length === 0 ? (
        <p className={css.none}>{t('outcomes.none')}</p>
      ) : (
        <DataTable
          label={t('outcomes.sources')}
          rows={outcomes.sources}
          id={row => row.source ?? '-'}
          columns={columns}
        />
      )}
    </Card>
  );
}
