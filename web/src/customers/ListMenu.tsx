// What else one may do with the list: take it away as a file, bring one in, look into the bin.
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconDownload, IconTrash, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useMe } from '../session.ts';
import { useSheet } from '../ui/use-sheet.ts';
import { loadWords, useWords } from '../words.ts';
import { exportFilters, type Search } from './search.ts';

const ExportSheet = lazy(async () => {
  await loadWords('exports');
  return { default: (await import('../exports/ExportSheet.tsx')).ExportSheet };
});

export function ListMenu({ search }: { search: Search }) {
  const { t } = useWords('customers');
  const sheet = useSheet();
  const { may } = useMe();
  return (
    <>
      {sheet.is('export') ? (
        <Suspense>
          <ExportSheet object="customer" filters={exportFilters(search)} opened onClose={sheet.close} />
        </Suspense>
      ) : null}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t('menu.open')}>
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may('export:customer') ? (
            <Menu.Item
              onClick={() => sheet.open('export')}
              leftSection={<IconDownload size={18} aria-hidden />}
            >
              {t('menu.export')}
            </Menu.Item>
          ) : null}
          {may('import:customer') ? (
            <Menu.Item
              leftSection={<IconUpload size={18} aria-hidden />}
              renderRoot={props => <Link {...props} to="/imports/new" />}
            >
              {t('menu.import')}
            </Menu.Item>
          ) : null}
          {may('delete:customer') ? (
            <Menu.Item
              leftSection={<IconTrash size={18} aria-hidden />}
              renderRoot={props => <Link {...props} to="/bin" search={{ object: 'customer' }} />}
            >
              {t('menu.bin')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
