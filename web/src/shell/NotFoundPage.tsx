// An address without a page.
import { Button } from '@mantine/core';
import { IconMapPinQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Empty } from '../ui/states.tsx';
import { useWords } from '../words.ts';

export function NotFoundPage() {
  const { t } = useWords('shell');
  return (
    <Empty
      icon={<IconMapPinQuestion />}
      title={t('not-found.title')}
      action={<Button renderRoot={props => <Link {...props} to="/" />}>{t('not-found.home')}</Button>}
    >
      {t('not-found.words')}
    </Empty>
  );
}
