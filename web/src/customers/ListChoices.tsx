// What else one may do with the list: take it away as a file, bring one in, look into the bin.
import { Menu } from '@mantine/core';
import { IconDownload, IconTrash, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMe } from '../session.ts';
import { MenuFrame } from '../ui/MenuFrame.tsx';
import type { Framed } from '../ui/menus.tsx';
import { useWords } from '../words.ts';

export default function ListChoices({ target, onExport }: Framed & { onExport: () => void }) {
  const { t } = useWords('customers');
  const { may } = useMe();
  return (
    <MenuFrame target={target} position="bottom-end" width={240}>
      {may('export:customer') ? (
        <Menu.Item onClick={onExport} leftSection={<IconDownload size={18} aria-hidden />}>
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
    </MenuFrame>
  );
}
