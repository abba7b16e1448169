// What the palette can do besides finding records: go to a place, begin something new, change how the app looks.
import { useMantineColorScheme } from '@mantine/core';
import {
  IconFileImport,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconPlus,
  type IconProps,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Place } from '../nav.ts';
import { saveLanguage, signOut, useMe } from '../session.ts';
import { useWords } from '../words.ts';

export type Command = {
  id: string;
  label: string;
  detail?: string | null;
  keywords: string;
  icon: ComponentType<IconProps>;
  act: () => void;
};

/** What one begins: the page it is begun on, and the sheet that opens there. */
const beginnings = [
  { key: 'customer', to: '/customers', sheet: 'new', needs: 'create:customer' },
  { key: 'lead', to: '/leads', sheet: 'new', needs: 'create:lead' },
  { key: 'deal', to: '/deals', sheet: 'new', needs: 'create:deal' },
  { key: 'quote', to: '/orders', sheet: 'new-quote', needs: 'create:order' },
  { key: 'order', to: '/orders', sheet: 'new-order', needs: 'create:order' },
  { key: 'task', to: '/tasks', sheet: 'new', needs: 'create:task' },
] as const;

/** Everything this person can do by name; `keywords` hold other names and how the words sound. */
export function useCommands(places: Place[]): {
  beginnings: Command[];
  places: Command[];
  others: Command[];
} {
  const { t } = useWords('search');
  const shell = useWords('shell');
  const { may } = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = () => document.documentElement.dataset.mantineColorScheme === 'dark';
  const there = (to: string) => places.some(place => place.to === to);
  const go = (to: string, sheet?: string) =>
    void navigate({ to, ...(sheet ? { search: { sheet } } : {}) } as never);
  return {
    beginnings: [
      ...beginnings
        .filter(one => may(one.needs) && there(one.to))
        .map(one => ({
          id: `new-${one.key}`,
          label: t(`new.${one.key}`),
          keywords: `new add ${one.key} ${t(`sound.new-${one.key}`)}`,
          icon: IconPlus,
          act: () => go(one.to, one.sheet),
        })),
      ...(may('import:customer')
        ? [
            {
              id: 'new-import',
              label: t('new.import'),
              keywords: `import file ${t('sound.new-import')}`,
              icon: IconFileImport,
              act: () => go('/imports/new'),
            },
          ]
        : []),
    ],
    places: places.map(place => ({
      id: `to-${place.key}`,
      label: shell.t(`nav.${place.key}`),
      keywords: `${place.key} ${place.to} ${t(`sound.${place.key}`)}`,
      icon: place.icon,
      act: () => go(place.to),
    })),
    others: [
      {
        id: 'language',
        label: shell.t('palette.language'),
        keywords: `language english chinese 中文 英文 语言 ${t('sound.language')}`,
        icon: IconLanguage,
        act: () => void saveLanguage(shell.language === 'en' ? 'zh-CN' : 'en'),
      },
      {
        id: 'colours',
        label: shell.t('palette.colours'),
        keywords: `dark light colour theme 深色 浅色 外观 ${t('sound.colours')}`,
        icon: IconMoon,
        act: () => setColorScheme(isDark() ? 'light' : 'dark'),
      },
      {
        id: 'sign-out',
        label: shell.t('menu.sign-out'),
        keywords: `sign out logout 退出 登出 ${t('sound.sign-out')}`,
        icon: IconLogout,
        act: () => void signOut(queries),
      },
    ],
  };
}

/** Commands that hold every typed word, in label or keywords; those whose name begins so come first. */
export function matching<C extends Pick<Command, 'label' | 'keywords'>>(commands: C[], asked: string): C[] {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ label, keywords }: C) => {
    const name = label.toLowerCase();
    const names = [name, ...keywords.toLowerCase().split(' ')];
    // In the middle of a sound two letters stand nearly everywhere.
    const fits = (word: string) =>
      name.includes(word) ||
      names.some(one => one.startsWith(word) || (word.length > 3 && one.includes(word)));
    if (!words.every(fits)) return 2;
    return names.some(one => one.startsWith(words[0] ?? '')) ? 0 : 1;
  };
  return commands
    .map(command => ({ command, rank: rank(command) }))
    .filter(one => one.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(one => one.command);
}
