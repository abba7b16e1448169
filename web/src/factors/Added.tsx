// What follows on a new factor: recovery codes, while there are none, for the day on which it is lost.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Note } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import css from './factors.module.css';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { useFactors } from './use-factors.ts';

export function Added({ words, onDone }: { words: string; onDone: () => void }) {
  const { t } = useWords('factors');
  const { data } = useFactors();
  const [making, setMaking] = useState(false);
  if (making) return <RecoveryCodes onDone={onDone} />;
  const without = data !== undefined && data.recoveryCodes === null;
  return (
    <div className={css.form}>
      <Note tone="good">{words}</Note>
      {without ? (
        <>
          <p>{t('recovery.advice')}</p>
          <Button onClick={() => setMaking(true)}>{t('recovery.make')}</Button>
        </>
      ) : null}
      <Button variant={without ? 'default' : 'filled'} onClick={onDone}>
        {t(without ? 'later' : 'done')}
      </Button>
    </div>
  );
}
