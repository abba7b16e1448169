// Attack weather: whether all is calm, what is tried from where and on whom, and what may be done about it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useMe } from '../session.ts';
import { Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Failed, LoadingRecord } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { AccountsCard } from './AccountsCard.tsx';
import { ChartCard } from './ChartCard.tsx';
import { DefenceCard } from './DefenceCard.tsx';
import { DefendSheet } from './DefendSheet.tsx';
import { EndAlarmSheet } from './EndAlarmSheet.tsx';
import { HelpCard } from './HelpCard.tsx';
import { LetInCard } from './LetInCard.tsx';
import { SkyCard } from './SkyCard.tsx';
import { SourcesCard } from './SourcesCard.tsx';
import css from './weather.module.css';

const liveMs = 5_000;

export default function WeatherPage() {
  const { t } = useWords('weather');
  const { may } = useMe();
  const sheet = useSheet();
  const query = useQuery({
    queryKey: ['weather', 'now'],
    queryFn: ({ signal }) => api('GET /weather', { signal }),
    refetchInterval: liveMs,
    placeholderData: keepPreviousData,
  });
  const { data: weather } = query;
  const mayAct = may('configure:policy');
  return (
    <Page title={t('title')} lead={t('lead')}>
      {query.isPending ? <LoadingRecord /> : null}
      {query.isError && !weather ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {weather ? (
        <>
          {weather.hiddenVisitors ? <Note tone="warn">{t('hidden')}</Note> : null}
          <SkyCard
            weather={weather}
            stale={query.isError}
            onEndAlarm={mayAct && weather.alarm?.wide === false ? () => sheet.open('end-alarm') : null}
          />
          <LetInCard weather={weather} />
          <div className={css.columns}>
            <ChartCard />
            <DefenceCard weather={weather} onDefend={() => sheet.open('defend')} />
          </div>
          <div className={css.halves}>
            <SourcesCard sources={weather.sources} />
            <AccountsCard accounts={weather.accounts} />
          </div>
          <HelpCard weather={weather} />
          <p className={css.foot}>
            <Link to="/log" search={{ group: 'weather' }}>
              {t('log')}
            </Link>
          </p>
          {mayAct ? <DefendSheet opened={sheet.is('defend')} onClose={sheet.close} /> : null}
          {mayAct ? <EndAlarmSheet opened={sheet.is('end-alarm')} onClose={sheet.close} /> : null}
        </>
      ) : null}
    </Page>
  );
}
