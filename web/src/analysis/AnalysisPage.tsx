// Analysis: one glance for Monday morning, and a view for each question behind it; whose figures and which time stand
// in the address.
import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { usePipelines } from '../deals/use-pipelines.ts';
import { SelectField } from '../ui/fields.tsx';
import { Page } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import { ActivityCard } from './ActivityCard.tsx';
import css from './analysis.module.css';
import { ForecastCard } from './ForecastCard.tsx';
import { MovedDeals } from './MovedDeals.tsx';
import { MovementCard } from './MovementCard.tsx';
import { OutcomeCards } from './OutcomeCards.tsx';
import { PipelineCard } from './PipelineCard.tsx';
import { periodWords } from './period-words.ts';
import { periodsAt, spans, type View, viewOf, views } from './search.ts';
import { TargetsCard } from './TargetsCard.tsx';
import { type Asked, useAsked, usePeople } from './use-asked.ts';

export default function AnalysisPage() {
  const { t } = useWords('analysis');
  const asked = useAsked();
  const view = viewOf(asked.search);
  const desk = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const choose = (next: string) => asked.set({ view: next === 'monday' ? '' : next, kind: '' });
  return (
    <Page title={t('title')} lead={t(`lead.${view}`)}>
      {desk ? (
        <SegmentedControl
          className={css.views ?? ''}
          aria-label={t('view.label')}
          value={view}
          onChange={choose}
          data={views.map(value => ({ value, label: t(`view.${value}`) }))}
        />
      ) : null}
      <search className={css.choices}>
        {desk ? null : (
          <SelectField
            aria-label={t('view.label')}
            value={view}
            onValue={choose}
            data={views.map(value => ({ value, label: t(`view.${value}`) }))}
          />
        )}
        <Choices asked={asked} view={view} />
        {view === 'monday' ? null : (
          <Link to="/deals/funnel" className="lk-link">
            {t('funnel')}
          </Link>
        )}
      </search>
      <Body asked={asked} view={view} />
    </Page>
  );
}

function Choices({ asked, view }: { asked: Asked; view: View }) {
  const { t } = useWords('analysis');
  const { teams, people } = usePeople();
  const { pipelines } = usePipelines();
  const { search, set, span, period, now } = asked;
  const known = periodsAt(now);
  return (
    <>
      {people.length > 1 ? (
        <SelectField
          aria-label={t('who.label')}
          value={search.who ?? ''}
          onValue={who => set({ who })}
          data={[
            { value: '', label: t(teams.length > 1 ? 'who.all' : 'who.team') },
            ...(teams.length > 1 ? teams.map(one => ({ value: `team:${one.id}`, label: one.name })) : []),
            ...people.map(one => ({ value: one.id, label: one.name })),
          ]}
        />
      ) : null}
      {pipelines.length > 1 && view !== 'activity' ? (
        <SelectField
          aria-label={t('pipeline.label')}
          value={search.pipeline ?? ''}
          onValue={pipeline => set({ pipeline })}
          data={[
            { value: '', label: t('pipeline.all') },
            ...pipelines.map(one => ({ value: one.id, label: one.name })),
          ]}
        />
      ) : null}
      {view === 'monday' || view === 'forecast' ? (
        <SelectField
          aria-label={t('period.label')}
          value={period}
          onValue={value => set({ period: value === known[0] ? '' : value })}
          data={[...new Set([...known, period])].map(value => ({ value, label: periodWords(value, t) }))}
        />
      ) : null}
      {view === 'forecast' ? null : (
        <SelectField
          aria-label={t('span.label')}
          value={span}
          onValue={value => set({ span: value === '7' ? '' : value })}
          data={spans.map(value => ({ value, label: t(`span.${value}`) }))}
        />
      )}
    </>
  );
}

function Body({ asked, view }: { asked: Asked; view: View }) {
  switch (view) {
    case 'forecast':
      return (
        <>
          <ForecastCard asked={asked} />
          <TargetsCard asked={asked} />
        </>
      );
    case 'movement':
      return (
        <>
          <MovementCard asked={asked} />
          <MovedDeals asked={asked} />
        </>
      );
    case 'outcomes':
      return <OutcomeCards asked={asked} />;
    case 'activity':
      return <ActivityCard asked={asked} whole />;
    default:
      return (
        <div className={css.glance}>
          <div className={css.column}>
            <ForecastCard asked={asked} />
            <PipelineCard asked={asked} />
          </div>
          <div className={css.column}>
            <MovementCard asked={asked} />
            <ActivityCard asked={asked} />
          </div>
        </div>
      );
  }
}
