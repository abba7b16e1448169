// When the next follow-up is due, in words, and loud enough when it is late.
import { date, day } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import { daysUntil, nearness } from './due.ts';

export function Due({ at }: { at: string | null }) {
  const { t } = useWords('customers');
  if (!at) return <span className={css.quiet}>{t('due.none')}</span>;
  const near = nearness(at);
  const days = daysUntil(at);
  const words =
    near === 'later' ? day(at) : days === 0 ? t('due.today') : t(`due.${near}`, { count: Math.abs(days) });
  return (
    <time className={css.due} data-near={near} dateTime={at} title={date(at)}>
      {words}
    </time>
  );
}
