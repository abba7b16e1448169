// What came of helping people: for each it is done, waits for a second approval, or was refused and why.
import { Button } from '@mantine/core';
import { useWords } from '../words.ts';
import css from './desk.module.css';
import type { Helped } from './HelpSheet.tsx';
import type { Action, Outcome } from './help.ts';

type OutcomesProps = { items: Outcome[]; people: Helped[]; action: Action; onDone: () => void };

export function Outcomes({ items, people, action, onDone }: OutcomesProps) {
  const { t } = useWords('desk');
  const nameOf = (id: string) => people.find(person => person.id === id)?.name ?? '';
  const done = items.filter(item => item.kind === 'done').length;
  return (
    <div className={css.form}>
      <p role="status">
        {items.length > 1 ? t('outcome.summary', { done, count: items.length }) : t(`action.${action}.title`)}
      </p>
      <ul className={css.outcomes}>
        {items.map(item => (
          <li key={item.person}>
            <strong>{nameOf(item.person)}</strong>
            <span className={css.mark} data-tone={tones[item.kind]}>
              {t(`outcome.${item.kind}`)}
            </span>
            {item.words ? <p className="lk-hint">{item.words}</p> : null}
            {item.kind === 'waiting' ? <p className="lk-hint">{t('outcome.waiting-words')}</p> : null}
          </li>
        ))}
      </ul>
      <Button onClick={onDone} fullWidth>
        {t('close')}
      </Button>
    </div>
  );
}

const tones: Record<Outcome['kind'], string> = {
  done: 'good',
  waiting: 'warn',
  refused: 'bad',
  'not-found': 'bad',
};
