// When the next follow-up is due, in words, and loud enough when it is late.
import { date, day } from '../formats.ts';
import { type Translate, useWords } from '../words.ts';
import css from './customers.module.css';
import { daysUntil, type Nearness, nearness } from './due.ts';

export function Due({ at }: { at: string | null }) {
  const { t } = useWords('customers');
  if (!at) return <span className={css.quiet}>{t('due.none')}</span>;
  const near = nearness(at);
  return (
    <time className={css.due} data-near={near} dateTime={at} title={date(at)}>
      {dueWords(at, near, t)}
    </time>
  );
}

function dueWords(at: string, near: Nearness, t: Translate): string {
  if (near === 'later') return day(at);
  const days = daysUntil(at);
  if (days === 0) return t('due.today');
  return days === 1 ? t('due.tomorrow') : t(`due.${near}`, { count: Math.abs(days) });
}
