// What the menu of whoever is signed in offers: language, colours, help, the way out.
import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconHelpCircle,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconPlugConnected,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { saveLanguage, signOut, useMe } from '../session.ts';
import { MenuFrame } from '../ui/MenuFrame.tsx';
import type { Framed } from '../ui/menus.tsx';
import { languageNames, languages, useWords } from '../words.ts';

const schemes = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const;

export default function AccountChoices({ compact, target }: Framed & { compact: boolean }) {
  const { t, language } = useWords('shell');
  const { user } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <MenuFrame target={target} position={compact ? 'bottom-end' : 'top-start'} width={248}>
      <Menu.Label>{user.email}</Menu.Label>
      <Menu.Item leftSection={<IconUserCircle size={18} />} onClick={() => void navigate({ to: '/account' })}>
        {t('nav.account')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Label>{t('menu.language')}</Menu.Label>
      {languages.map(one => (
        <Menu.Item
          key={one}
          lang={one}
          leftSection={<IconLanguage size={18} />}
          rightSection={one === language ? '✓' : null}
          onClick={() => void saveLanguage(one)}
        >
          {languageNames[one]}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Label>{t('menu.colours')}</Menu.Label>
      {schemes.map(scheme => (
        <Menu.Item
          key={scheme.value}
          leftSection={<scheme.icon size={18} />}
          rightSection={scheme.value === colorScheme ? '✓' : null}
          onClick={() => setColorScheme(scheme.value)}
        >
          {t(`menu.scheme.${scheme.value}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item
        component="a"
        href="/support"
        target="_blank"
        rel="opener"
        leftSection={<IconHelpCircle size={18} />}
      >
        {t('menu.support')}
      </Menu.Item>
      <Menu.Item component="a" href="/check" target="_blank" leftSection={<IconPlugConnected size={18} />}>
        {t('menu.check')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => void signOut(queries)}>
        {t('menu.sign-out')}
      </Menu.Item>
    </MenuFrame>
  );
}
