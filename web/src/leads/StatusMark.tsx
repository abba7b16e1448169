// How far a lead has come, as a small mark; the words carry the meaning, the colour only helps.
import { useWords } from '../words.ts';
import type { Status } from './form.ts';
import css from './leads.module.css';

export function StatusMark({ status }: { status: Status }) {
  const { t } = useWords('leads');
  return (
    <span className={css.status} data-status={status}>
      {t(`status.${status}`)}
    </span>
  );
}
