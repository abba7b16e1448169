// What a rule would have done, before it is kept.
import type { Calls } from '../calls.ts';
import { ago } from '../formats.ts';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import css from './automation.module.css';
import { ToldList } from './ToldList.tsx';

type Found = Calls['POST /automations/preview']['reply'];
const shown = 20;

export function PreviewResult({ found }: { found: Found }) {
  const { t } = useWords('automation');
  return (
    <section className={css.preview} aria-label={t('preview.title')}>
      <Note tone={found.count > 0 ? 'good' : 'warn'}>
        {t('preview.count', { count: found.count })}
        {found.complete ? '' : ` ${t('preview.more')}`}
      </Note>
      <ul className={css.lines}>
        {found.items.slice(0, shown).map(item => (
          <li key={`${item.record.id} ${item.at}`}>
            <span className={css.line}>
              <strong>{item.record.name ?? t('hidden')}</strong>
              <time className={css.quiet} dateTime={item.at}>
                {ago(item.at)}
              </time>
            </span>
            <ToldList told={item.would} />
          </li>
        ))}
      </ul>
      {found.items.length > shown ? (
        <p className={css.quiet}>{t('preview.rest', { count: found.count - shown })}</p>
      ) : null}
    </section>
  );
}
