// The button of what else one may do with the list, and the sheet that exports it.
import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Suspense } from 'react';
import { fetched } from '../ui/fetched.tsx';
import { later } from '../ui/later.ts';
import { LaterMenu } from '../ui/menus.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { loadWords, useWords } from '../words.ts';
import { exportFilters, type Search } from './search.ts';

const choices = later(() => import('./ListChoices.tsx'));
const ExportSheet = fetched(async () => {
  await loadWords('exports');
  return { default: (await import('../exports/ExportSheet.tsx')).ExportSheet };
});

export function ListMenu({ search }: { search: Search }) {
  const { t } = useWords('customers');
  const sheet = useSheet();
  return (
    <>
      {sheet.is('export') ? (
        <Suspense>
          <ExportSheet object="customer" filters={exportFilters(search)} opened onClose={sheet.close} />
        </Suspense>
      ) : null}
      <LaterMenu
        of={choices}
        given={{ onExport: () => sheet.open('export') }}
        target={
          <ActionIcon variant="default" aria-label={t('menu.open')}>
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        }
      />
    </>
  );
}
