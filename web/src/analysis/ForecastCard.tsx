// Forecast against target, a bar for each currency: what is won, what is as good as won, what may come, and the mark to
// reach.
import { Link } from '@tanstack/react-router';
import { moneyOf } from '../deals/board.ts';
import { Card } from '../ui/Page.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './analysis.module.css';
import { percent, periodWords } from './period-words.ts';
import { type Forecast, type Narrow, type Outlook, type Part, partDeals } from './search.ts';
import { type Asked, useForecast } from './use-asked.ts';

const parts = ['won', 'sure', 'likely', 'open'] as const satisfies Part[];

export function ForecastCard({ asked }: { asked: Asked }) {
  const { t } = useWords('analysis');
  const query = useForecast(asked);
  const forecast = query.data;
  const aside = forecast ? [forecast.undated, forecast.overdue] : [];
  return (
    <Card title={t('forecast.title', { period: periodWords(asked.period, t) })}>
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {forecast?.total.length === 0 ? <p className={css.none}>{t('forecast.none')}</p> : null}
      {forecast?.total.map(outlook => (
        <OutlookBar key={outlook.currency} outlook={outlook} forecast={forecast} narrow={asked.narrow} />
      ))}
      {forecast && aside.some(one => one.count > 0) ? (
        <p className={css.quiet}>
          {t('forecast.aside', { undated: forecast.undated.count, overdue: forecast.overdue.count })}
        </p>
      ) : null}
    </Card>
  );
}

type OutlookBarProps = { outlook: Outlook; forecast: Forecast; narrow: Narrow };

function OutlookBar({ outlook, forecast, narrow }: OutlookBarProps) {
  const { t } = useWords('analysis');
  const { currency, target, won, sure, likely } = outlook;
  const whole = Math.max(target ?? 0, won + sure + likely + outlook.open, 1);
  const wide = (amount: number) => ({ width: `${(amount / whole) * 100}%` });
  const say = (amount: number) => moneyOf(amount, currency);
  return (
    <section className={css.outlook} aria-label={t('forecast.in', { currency })}>
      <p className={css.headline}>
        <strong>{say(won)}</strong>{' '}
        {target === null
          ? t('forecast.won-only')
          : t('forecast.of-target', { target: say(target), percent: percent(won, target) })}
      </p>
      <div className={css.bar} aria-hidden>
        {parts.map(part => (
          <span key={part} data-part={part} style={wide(outlook[part])} />
        ))}
        {target === null ? null : <i style={{ insetInlineStart: `${(target / whole) * 100}%` }} />}
      </div>
      <dl className={css.parts}>
        {parts.map(part => (
          <div key={part} data-part={part}>
            <dt>{t(`part.${part}`, { sure: forecast.levels.sure, likely: forecast.levels.likely })}</dt>
            <dd>
              <Link
                to="/deals"
                search={partDeals(narrow, forecast, part, currency)}
                className="lk-link"
                aria-label={t('part.deals', {
                  part: t(`part.${part}`, { sure: forecast.levels.sure, likely: forecast.levels.likely }),
                  amount: say(outlook[part]),
                  count: outlook[`${part}Count`],
                })}
              >
                {say(outlook[part])}
              </Link>{' '}
              <span className={css.quiet}>{t('deals', { count: outlook[`${part}Count`] })}</span>
            </dd>
          </div>
        ))}
      </dl>
      <dl className={css.calls}>
        {(
          [
            ['committed', won + sure],
            ['best', won + sure + likely],
            ['weighted', won + outlook.weighted],
          ] as const
        ).map(([call, amount]) => (
          <div key={call}>
            <dt title={t(`call.${call}-words`)}>{t(`call.${call}`)}</dt>
            <dd>
              <strong>{say(amount)}</strong>
              {target === null ? null : <span className={css.quiet}> {percent(amount, target)}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
