// The state of an entry in a word; one that is still being read says so.
import { useWords } from '../words.ts';
import type { Entry } from './form.ts';
import css from './intake.module.css';

const tones = { received: 'warn', accepted: 'good', duplicate: 'good', rejected: 'plain' } as const;

export function StateMark({ entry }: { entry: Pick<Entry, 'state' | 'found' | 'waiting'> }) {
  const { t } = useWords('intake');
  const isNew = entry.state === 'received' && !entry.found && !entry.waiting;
  return (
    <span className={css.mark} data-tone={isNew ? 'plain' : tones[entry.state]}>
      {isNew ? t('state.reading') : t(`state.${entry.state}`)}
    </span>
  );
}
