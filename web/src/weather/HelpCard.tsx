// What the figures mean and what to do, in words, for whoever opens it.
import { number } from '../formats.ts';
import { useWords } from '../words.ts';
import type { Weather } from './reading.ts';
import css from './weather.module.css';

const questions = ['alarm', 'groups', 'blame', 'defence', 'flood', 'act'];

export function HelpCard({ weather }: { weather: Weather }) {
  const { t } = useWords('weather');
  const threshold = number(weather.spray.threshold);
  return (
    <details className={css.help}>
      <summary>{t('help.title')}</summary>
      <dl>
        {questions.map(one => (
          <div key={one}>
            <dt>{t(`help.${one}.ask`)}</dt>
            <dd>{t(`help.${one}.say`, { threshold })}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
