// How to read a lock, in words, for whoever has to decide about one.
import { useWords } from '../words.ts';
import css from './policies.module.css';

const questions = ['normal', 'abnormal', 'open', 'lift', 'stale'];

export function LockHelp() {
  const { t } = useWords('policies');
  return (
    <details className={css.help}>
      <summary>{t('help.title')}</summary>
      <dl>
        {questions.map(one => (
          <div key={one}>
            <dt>{t(`help.${one}.ask`)}</dt>
            <dd>{t(`help.${one}.say`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
