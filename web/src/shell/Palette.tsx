// The command palette: every place and every command by a few letters.
import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconLanguage, IconLogout, IconMoon, IconSearch } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Place } from '../nav.ts';
import { saveLanguage, signOut } from '../session.ts';
import { useWords } from '../words.ts';

const [store, palette] = createSpotlight();

type PaletteProps = { opened: boolean; places: Place[]; onClose: () => void };

export default function Palette({ opened, places, onClose }: PaletteProps) {
  const { t, language } = useWords('shell');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (opened) palette.open();
  }, [opened]);

  const actions: SpotlightActionData[] = [
    ...places.map(place => ({
      id: place.to,
      label: t(`nav.${place.key}`),
      keywords: `${place.key} ${place.to}`,
      leftSection: <place.icon size={20} stroke={1.75} />,
      onClick: () => void navigate({ to: place.to }),
    })),
    {
      id: 'language',
      label: t('palette.language'),
      keywords: 'language english 中文 语言',
      leftSection: <IconLanguage size={20} stroke={1.75} />,
      onClick: () => void saveLanguage(language === 'en' ? 'zh-CN' : 'en'),
    },
    {
      id: 'colours',
      label: t('palette.colours'),
      keywords: 'dark light colour 深色 浅色',
      leftSection: <IconMoon size={20} stroke={1.75} />,
      onClick: () =>
        setColorScheme(document.documentElement.dataset.mantineColorScheme === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'sign-out',
      label: t('menu.sign-out'),
      keywords: 'sign out logout 退出 登出',
      leftSection: <IconLogout size={20} stroke={1.75} />,
      onClick: () => void signOut(queries),
    },
  ];
  return (
    <Spotlight
      store={store}
      actions={actions}
      shortcut={null}
      onSpotlightClose={onClose}
      nothingFound={t('palette.nothing')}
      highlightQuery
      searchProps={{
        leftSection: <IconSearch size={20} stroke={1.75} />,
        placeholder: t('palette.ask'),
        'aria-label': t('palette.ask'),
      }}
    />
  );
}
