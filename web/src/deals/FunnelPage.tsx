// The sales funnel: what came to each stage in a time and went on, and what is likely to come in; every number leads to
// the deals behind it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Download, type TableColumn } from '../analysis/DataTable.tsx';
import { usePeople } from '../analysis/use-asked.ts';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { number } from '../formats.ts';
import { SelectField } from '../ui/fields.tsx';
import { trimmed } from '../ui/filters.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { mainCurrency, monthBounds, periods, share, sumWords, windowOf } from './board.ts';
import css from './deals.module.css';
import type { Pipeline } from './form.ts';
import type { Search } from './search.ts';
import { stageName } from './stage-name.ts';
import { usePipelines } from './use-pipelines.ts';

const route = getRouteApi('/deals/funnel');
type Funnel = Calls['GET /deals/funnel']['reply'];

export default function FunnelPage() {
  const { t } = useWords('deals');
  const analysis = useWords('analysis');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { people, teams } = usePeople();
  const { pipelines, chosen } = usePipelines();
  const [now] = useState(() => Date.now());
  const period = periods.find(one => one === search.period) ?? '90';
  const pipeline = chosen(search.pipeline);
  const narrow = {
    ...(search.pipeline ? { pipeline: search.pipeline } : {}),
    ...(search.owner ? { owner: search.owner } : {}),
    ...(search.team ? { team: search.team } : {}),
  };
  const query = useQuery({
    queryKey: ['deals', 'funnel', narrow, period],
    queryFn: ({ signal }) =>
      api('GET /deals/funnel', { query: { ...narrow, ...windowOf(period, now) }, signal }),
  });
  const set = (change: Record<string, string>) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  return (
    <Page
      title={t('funnel.title')}
      back={{ to: '/deals', label: t('title') }}
      actions={
        <Button component={Link} to="/analysis" variant="default">
          {analysis.t('title')}
        </Button>
      }
    >
      <search className={css.choices}>
        <SelectField
          aria-label={t('funnel.period')}
          value={period}
          onValue={value => set({ period: value === '90' ? '' : value })}
          data={periods.map(one => ({ value: one, label: t(`period.${one}`) }))}
        />
        {pipelines.length > 1 ? (
          <SelectField
            aria-label={t('field.pipeline')}
            value={pipeline?.id ?? ''}
            onValue={value => set({ pipeline: value })}
            data={pipelines.map(one => ({ value: one.id, label: one.name }))}
          />
        ) : null}
        {people.length > 1 ? (
          <SelectField
            aria-label={t('field.ownerId')}
            value={search.team ? `team:${search.team}` : (search.owner ?? '')}
            onValue={value =>
              set(
                value.startsWith('team:') ? { team: value.slice(5), owner: '' } : { owner: value, team: '' },
              )
            }
            data={[
              { value: '', label: t('filter.all-owners') },
              { value: 'me', label: t('filter.mine') },
              ...(teams.length > 1 ? teams.map(one => ({ value: `team:${one.id}`, label: one.name })) : []),
              ...people.map(one => ({ value: one.id, label: one.name })),
            ]}
          />
        ) : null}
      </search>
      {query.isPending ? <LoadingRows /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && pipeline ? (
        <>
          <Stages funnel={query.data} pipeline={pipeline} narrow={narrow} />
          <Forecast funnel={query.data} narrow={{ ...narrow, pipeline: pipeline.id }} />
        </>
      ) : null}
    </Page>
  );
}

type PartProps = { funnel: Funnel; narrow: Search };

function Stages({ funnel, pipeline, narrow }: PartProps & { pipeline: Pipeline }) {
  const { t } = useWords('deals');
  const most = Math.max(...funnel.stages.map(stage => stage.entered));
  const nameOf = (row: Funnel['stages'][number]) =>
    stageName(pipeline.stages.find(stage => stage.id === row.stageId)?.name ?? '');
  const column = (
    key: string,
    head: string,
    plain: TableColumn<Funnel['stages'][number]>['plain'],
  ): TableColumn<Funnel['stages'][number]> => ({ key, head, plain, cell: () => null });
  const columns = [
    column('stage', t('funnel.stage'), nameOf),
    column('entered', t('funnel.came'), row => row.entered),
    column('onward', t('funnel.went'), row => row.onward),
    column('share', t('funnel.share'), row => conversion(row)),
    column('won', t('state.won'), row => row.won),
    column('lost', t('state.lost'), row => row.lost),
    column('median', t('funnel.half'), row => row.medianDays),
    column('average', t('funnel.mean'), row => row.averageDays),
    column('sums', t('funnel.sums'), row => sumWords(row.sums)),
  ];
  return (
    <Card
      title={t('funnel.stages')}
      aside={<Download name={t('funnel.title')} rows={funnel.stages} columns={columns} />}
    >
      <p className={css.quiet}>{t('funnel.words')}</p>
      <ol className={css.funnel}>
        {pipeline.stages.map(stage => {
          const told = funnel.stages.find(one => one.stageId === stage.id);
          if (!told) return null;
          const to = (moved: NonNullable<Search['moved']>): Search => ({
            ...narrow,
            view: 'list',
            moved,
            movedStage: stage.id,
            from: funnel.from,
            to: funnel.to,
          });
          return (
            <li key={stage.id} data-kind={stage.kind}>
              <div className={css['bar-head']}>
                <strong>{stageName(stage.name)}</strong>
                <Link to="/deals" search={to('entered')} className="lk-link">
                  {t('funnel.entered', { count: told.entered })}
                </Link>
              </div>
              <div className={css.track} aria-hidden>
                <span className={css.bar} style={{ width: `${share(told.entered, most)}%` }} />
              </div>
              <div className={css['bar-facts']}>
                {sumWords(told.sums) ? <span>{sumWords(told.sums)}</span> : null}
                {stage.kind === 'open' ? (
                  <>
                    <Link to="/deals" search={to('onward')} className="lk-link">
                      {t('funnel.onward', { count: told.onward, percent: conversion(told) })}
                    </Link>
                    <Link to="/deals" search={to('won')} className="lk-link">
                      {t('funnel.won', { count: told.won })}
                    </Link>
                    <Link to="/deals" search={to('lost')} className="lk-link">
                      {t('funnel.lost', { count: told.lost })}
                    </Link>
                    {told.medianDays === null ? null : (
                      <span>{t('funnel.median', { days: number(told.medianDays) })}</span>
                    )}
                    {told.averageDays === null ? null : (
                      <span>{t('funnel.average', { days: number(told.averageDays) })}</span>
                    )}
                  </>
                ) : null}
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

/** How many of a hundred that came went on. */
const conversion = (row: Funnel['stages'][number]) =>
  row.entered > 0 ? Math.round((row.onward / row.entered) * 100) : 0;

function Forecast({ funnel, narrow }: PartProps) {
  const { t } = useWords('deals');
  const currency = mainCurrency(funnel.forecast);
  type Month = Funnel['forecast'][number];
  const column = (key: string, head: string, plain: TableColumn<Month>['plain']): TableColumn<Month> => ({
    key,
    head,
    plain,
    cell: () => null,
  });
  const months = [
    column('month', t('forecast.month'), row => row.month ?? t('forecast.no-date')),
    column('count', t('title'), row => row.count),
    column('weighted', t('forecast.weighted'), row => sumWords(row.sums, 'weighted')),
    column('whole', t('forecast.whole'), row => sumWords(row.sums)),
  ];
  const inMain = (sums: Funnel['forecast'][number]['sums']) => sums.find(sum => sum.currency === currency);
  const most = Math.max(0, ...funnel.forecast.map(row => inMain(row.sums)?.amount ?? 0));
  return (
    <Card
      title={t('forecast.title')}
      aside={<Download name={t('forecast.title')} rows={funnel.forecast} columns={months} />}
    >
      <p className={css.quiet}>{t('forecast.words', { currency })}</p>
      {funnel.forecast.length === 0 ? <p className={css.none}>{t('forecast.none')}</p> : null}
      <ol className={css.funnel}>
        {funnel.forecast.map(row => {
          const main = inMain(row.sums);
          const words = t('forecast.count', { count: row.count });
          const bounds = row.month ? monthBounds(row.month) : null;
          return (
            <li key={row.month ?? ''}>
              <div className={css['bar-head']}>
                <strong>{row.month ?? t('forecast.no-date')}</strong>
                {bounds ? (
                  <Link
                    to="/deals"
                    search={{
                      ...narrow,
                      view: 'list',
                      state: 'open',
                      expectedFrom: bounds.from,
                      expectedTo: bounds.to,
                    }}
                    className="lk-link"
                  >
                    {words}
                  </Link>
                ) : (
                  <span>{words}</span>
                )}
              </div>
              <div className={css.track} aria-hidden>
                <span className={css.whole} style={{ width: `${share(main?.amount ?? 0, most)}%` }} />
                <span className={css.bar} style={{ width: `${share(main?.weighted ?? 0, most)}%` }} />
              </div>
              <div className={css['bar-facts']}>
                <span>
                  {t('forecast.weighted')} <strong>{sumWords(row.sums, 'weighted') || '—'}</strong>
                </span>
                <span>
                  {t('forecast.whole')} {sumWords(row.sums) || '—'}
                </span>
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
