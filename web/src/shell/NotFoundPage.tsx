// An address without a page.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../ui/Page.tsx';
import { useWords } from '../words.ts';

export function NotFoundPage() {
  const { t } = useWords('shell');
  return (
    <Page title={t('not-found.title')} lead={t('not-found.words')} width="reading">
      <div>
        <Button renderRoot={props => <Link {...props} to="/" />}>{t('not-found.home')}</Button>
      </div>
    </Page>
  );
}
