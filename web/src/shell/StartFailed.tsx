// The whole page when the app cannot start: no network, or the server is away. Tries again as soon as it may help.
import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isPassing } from '../api.ts';
import { Mark } from '../ui/Mark.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './start-failed.module.css';

export function StartFailed({ error }: ErrorComponentProps) {
  const { t } = useWords('ui');
  useEffect(() => {
    if (!isPassing(error)) return;
    const again = () => location.reload();
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [error]);
  return (
    <main className={css.place}>
      <Mark size={56} />
      <h1 className={css.title}>{t('start-failed')}</h1>
      <ProblemNote error={error} />
      <Button onClick={() => location.reload()}>{t('retry')}</Button>
    </main>
  );
}
