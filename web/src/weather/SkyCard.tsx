// One calm sentence about what is going on, and the figures of the last minutes, hour and day.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck, IconShieldHalf, IconWaveSine } from '@tabler/icons-react';
import { dateTime, number, time } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import { failed, grouped, lasting, skyOf, type Weather } from './reading.ts';
import css from './weather.module.css';

const icons = {
  alarm: IconAlertTriangle,
  flood: IconWaveSine,
  defence: IconShieldHalf,
  calm: IconShieldCheck,
};

type SkyCardProps = {
  weather: Weather;
  /** The newest figures could not be had. */
  stale: boolean;
  onEndAlarm: (() => void) | null;
};

export function SkyCard({ weather, stale, onEndAlarm }: SkyCardProps) {
  const { t } = useWords('weather');
  const sky = skyOf(weather);
  const Icon = icons[sky];
  const since = weather[sky === 'calm' ? 'alarm' : sky]?.since;
  const long = since ? lasting(since, weather.at) : '';
  return (
    <Card>
      <div className={css.sky} data-sky={sky} role="status">
        <Icon size={32} aria-hidden className={css['sky-icon'] ?? ''} />
        <div>
          <h2>{t(`sky.${sky}.title`, { long })}</h2>
          <p>{t(`sky.${sky}.words`)}</p>
          {sky === 'alarm' && weather.flood ? <p>{t('sky.also-flood')}</p> : null}
          {weather.defence ? <p>{t('sky.defended', { until: dateTime(weather.defence.until) })}</p> : null}
          {weather.alarm ? (
            <p className={css.quiet}>{t('sky.until', { until: dateTime(weather.alarm.until) })}</p>
          ) : null}
        </div>
        {onEndAlarm ? (
          <Button variant="default" aria-haspopup="dialog" onClick={onEndAlarm}>
            {t('end.open')}
          </Button>
        ) : null}
      </div>
      <Figures weather={weather} />
      <p className={css.live}>{t(stale ? 'live.stale' : 'live.fresh', { at: time(weather.at) })}</p>
    </Card>
  );
}

function Figures({ weather }: { weather: Weather }) {
  const { t } = useWords('weather');
  const { recent, spray, passwords } = weather;
  const { fiveMinutes, hour, day } = recent;
  return (
    <table className={css.figures}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('figures.minutes')}</th>
          <th scope="col">{t('figures.hour')}</th>
          <th scope="col">{t('figures.day')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('group.in')}</th>
          {[fiveMinutes, hour, day].map(window => (
            <td key={window.since}>{number(grouped(window.counts).in)}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t('figures.failed')}</th>
          {[fiveMinutes, hour, day].map(window => (
            <td key={window.since}>{number(failed(window.counts))}</td>
          ))}
        </tr>
        <tr>
          <th scope="row">{t('figures.names')}</th>
          <td colSpan={3}>
            {t('figures.of', { names: number(spray.names), threshold: number(spray.threshold) })}
          </td>
        </tr>
        <tr>
          <th scope="row">{t('figures.queue')}</th>
          <td colSpan={3}>{t('figures.waiting', { count: passwords.waiting })}</td>
        </tr>
      </tbody>
    </table>
  );
}
