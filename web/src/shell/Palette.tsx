// The command palette: every place, command and customer by a few letters, without leaving the keyboard.
import { useMantineColorScheme } from '@mantine/core';
import { IconBuilding, IconLanguage, IconLogout, IconMoon, type IconProps } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Place } from '../nav.ts';
import { saveLanguage, signOut } from '../session.ts';
import { isComposing } from '../ui/ime.tsx';
import { useWords } from '../words.ts';
import { useFoundCustomers } from './find-customers.ts';
import css from './palette.module.css';

type Command = {
  id: string;
  label: string;
  keywords: string;
  icon: ComponentType<IconProps>;
  act: () => void;
};

type PaletteProps = { opened: boolean; places: Place[]; onClose: () => void };

export default function Palette({ opened, places, onClose }: PaletteProps) {
  const { t } = useWords('shell');
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  // What is searched for: without the letters of an unfinished character (L41).
  const [sought, setSought] = useState('');
  const navigate = useNavigate();
  const customers = useFoundCustomers(sought);
  const found = [
    ...matching(useCommands(places), asked),
    ...customers.found.map(({ id, name, city }) => ({
      id,
      label: city ? `${name} · ${city}` : name,
      keywords: '',
      icon: IconBuilding,
      act: () => void navigate({ to: '/customers/$id', params: { id } }),
    })),
  ];
  const chosen = found[Math.min(at, found.length - 1)];

  useEffect(() => {
    if (opened) dialog.current?.showModal();
    else dialog.current?.close();
    setAsked('');
    setSought('');
    setAt(0);
  }, [opened]);
  useEffect(() => {
    if (chosen) document.getElementById(`command-${chosen.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  function take(command: Command) {
    onClose();
    command.act();
  }

  function press(event: KeyboardEvent) {
    if (isComposing(event)) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) setAt((at + step + found.length) % found.length);
    else if (event.key === 'Enter' && chosen) take(chosen);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes; the keyboard has Escape for it
    <dialog
      ref={dialog}
      className={css.palette}
      aria-label={t('palette.ask')}
      onClose={onClose}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <div className={css.inside}>
        <input
          className={css.search}
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-commands"
          aria-activedescendant={chosen ? `command-${chosen.id}` : undefined}
          aria-label={t('palette.ask')}
          placeholder={t('palette.ask')}
          autoComplete="off"
          spellCheck={false}
          value={asked}
          onChange={event => {
            setAsked(event.currentTarget.value);
            if (!(event.nativeEvent as InputEvent).isComposing) setSought(event.currentTarget.value);
            setAt(0);
          }}
          onCompositionEnd={event => setSought(event.currentTarget.value)}
          onKeyDown={press}
        />
        <div id="palette-commands" role="listbox" aria-label={t('palette.commands')} className={css.list}>
          {found.map(command => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox that owns the list
            <div
              key={command.id}
              id={`command-${command.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={command === chosen}
              className={css.command}
              onClick={() => take(command)}
            >
              <command.icon size={20} stroke={1.75} aria-hidden />
              {command.label}
            </div>
          ))}
        </div>
        <p className={css.nothing} role="status">
          {found.length === 0 && !customers.searching ? t('palette.nothing') : ''}
        </p>
      </div>
    </dialog>
  );
}

function useCommands(places: Place[]): Command[] {
  const { t, language } = useWords('shell');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = () => document.documentElement.dataset.mantineColorScheme === 'dark';
  return [
    ...places.map(place => ({
      id: `to-${place.key}`,
      label: t(`nav.${place.key}`),
      keywords: `${place.key} ${place.to}`,
      icon: place.icon,
      act: () => void navigate({ to: place.to }),
    })),
    {
      id: 'language',
      label: t('palette.language'),
      keywords: 'language english chinese 中文 英文 语言',
      icon: IconLanguage,
      act: () => void saveLanguage(language === 'en' ? 'zh-CN' : 'en'),
    },
    {
      id: 'colours',
      label: t('palette.colours'),
      keywords: 'dark light colour theme 深色 浅色 外观',
      icon: IconMoon,
      act: () => setColorScheme(isDark() ? 'light' : 'dark'),
    },
    {
      id: 'sign-out',
      label: t('menu.sign-out'),
      keywords: 'sign out logout 退出 登出',
      icon: IconLogout,
      act: () => void signOut(queries),
    },
  ];
}

/** Commands that hold every typed word, in label or keywords. */
function matching(commands: Command[], asked: string): Command[] {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ label, keywords }) => {
    const text = `${label} ${keywords}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}
