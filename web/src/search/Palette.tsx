// The command palette: every record, place and command by a few letters, by keyboard or by touch.
import {
  IconAddressBook,
  IconBuilding,
  IconChecklist,
  IconFileInvoice,
  IconMessageCircle,
  IconPackage,
  type IconProps,
  IconTargetArrow,
  IconUserPlus,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Place } from '../nav.ts';
import { useMe } from '../session.ts';
import { isComposing } from '../ui/ime.tsx';
import { useWords } from '../words.ts';
import { type Command, matching, useCommands } from './commands.ts';
import { addressOf, type Item, useFound } from './found.ts';
import css from './palette.module.css';
import { useRecent } from './recent.ts';

type PaletteProps = { opened: boolean; places: Place[]; onClose: () => void };
type Section = { key: string; title: string; of: Command[] };

const icons: Record<string, ComponentType<IconProps>> = {
  customer: IconBuilding,
  contact: IconAddressBook,
  lead: IconUserPlus,
  deal: IconTargetArrow,
  order: IconFileInvoice,
  product: IconPackage,
  activity: IconMessageCircle,
  task: IconChecklist,
};

/** Commands among which nothing is looked for yet, and commands beside records: so many and no more. */
const atRest = 6;
const beside = 6;

export default function Palette({ opened, places, onClose }: PaletteProps) {
  const { t } = useWords('search');
  const shell = useWords('shell');
  const dialog = useRef<HTMLDialogElement>(null);
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  // What is searched for: without the letters of an unfinished character (L41).
  const [sought, setSought] = useState('');
  const { sections, searching, failed } = useSections({ opened, places, asked, sought });
  const listed = sections.flatMap(section => section.of);
  const chosen = listed[Math.min(at, listed.length - 1)];

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
    if (step !== 0 && listed.length > 0) setAt((at + step + listed.length) % listed.length);
    else if (event.key === 'Enter' && chosen) take(chosen);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes; the keyboard has Escape for it
    <dialog
      ref={dialog}
      className={css.palette}
      aria-label={shell.t('palette.ask')}
      onClose={onClose}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <div className={css.inside}>
        <div className={css.top}>
          <input
            className={css.search}
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-commands"
            aria-activedescendant={chosen ? `command-${chosen.id}` : undefined}
            aria-label={shell.t('palette.ask')}
            placeholder={t('placeholder')}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="go"
            value={asked}
            onChange={event => {
              setAsked(event.currentTarget.value);
              if (!(event.nativeEvent as InputEvent).isComposing) setSought(event.currentTarget.value);
              setAt(0);
            }}
            onCompositionEnd={event => setSought(event.currentTarget.value)}
            onKeyDown={press}
          />
          <button type="button" className={css.leave} onClick={onClose}>
            {t('leave')}
          </button>
        </div>
        <div
          id="palette-commands"
          role="listbox"
          aria-label={shell.t('palette.commands')}
          aria-busy={searching}
          className={css.list}
        >
          {sections.map(section => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox, no set of form fields
            <div key={section.key} role="group" aria-label={section.title}>
              <div className={css.title} aria-hidden>
                {section.title}
              </div>
              {section.of.map(command => (
                <Option
                  key={command.id}
                  command={command}
                  chosen={command === chosen}
                  onTake={() => take(command)}
                />
              ))}
            </div>
          ))}
        </div>
        <p className={css.nothing} role="status">
          {listed.length > 0 || searching ? '' : failed ? t('failed') : shell.t('palette.nothing')}
        </p>
      </div>
    </dialog>
  );
}

function Option({ command, chosen, onTake }: { command: Command; chosen: boolean; onTake: () => void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox that owns the list
    <div
      id={`command-${command.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={css.command}
      onClick={onTake}
    >
      <command.icon size={20} stroke={1.75} aria-hidden />
      <span className={css.label}>{command.label}</span>
      {command.detail ? <span className={css.detail}>{command.detail}</span> : null}
    </div>
  );
}

type Asking = { opened: boolean; places: Place[]; asked: string; sought: string };

/** What the list shows: when nothing is asked, what one looked at last and can begin; else all that fits. */
function useSections({ opened, places, asked, sought }: Asking) {
  const { t } = useWords('search');
  const { user } = useMe();
  const navigate = useNavigate();
  const commands = useCommands(places);
  const found = useFound(sought);
  const recent = useRecent(user.id, opened);
  const recordOf = (
    object: string,
    item: Pick<Item, 'id' | 'title' | 'customer'>,
    detail: string | null,
  ) => ({
    id: item.id,
    label: item.title,
    detail,
    keywords: '',
    icon: icons[object] ?? IconBuilding,
    act: () => void navigate(addressOf(object, item) as never),
  });
  const sections: Section[] =
    asked.trim() === ''
      ? [
          {
            key: 'recent',
            title: t('section.recent'),
            of: recent.map(one => recordOf(one.object, { ...one, customer: null }, one.detail)),
          },
          { key: 'begin', title: t('section.begin'), of: commands.beginnings.slice(0, atRest) },
          { key: 'places', title: t('section.places'), of: commands.places },
          { key: 'others', title: t('section.others'), of: commands.others },
        ]
      : [
          {
            key: 'commands',
            title: t('section.commands'),
            of: matching([...commands.places, ...commands.beginnings, ...commands.others], asked).slice(
              0,
              beside,
            ),
          },
          ...found.groups.map(group => ({
            key: group.object,
            title: group.near ? t('section.near') : t(`section.${group.object}`),
            of: group.items.map(item =>
              recordOf(
                group.object,
                item,
                [item.detail, item.customer?.name, item.owner?.name].filter(Boolean).join(' · '),
              ),
            ),
          })),
        ];
  return {
    sections: sections.filter(section => section.of.length > 0),
    searching: found.searching,
    failed: found.failed,
  };
}
