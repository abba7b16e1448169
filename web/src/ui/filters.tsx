// Filters above a list: in one row on a desk; behind one button, as chips and a sheet, on a phone.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import css from './filters.module.css';
import { Sheet } from './Sheet.tsx';

/** How a filter's field is named: by a label in the sheet; in the row on a desk by its own words. */
export type Named = (label: string) => { label: string } | { 'aria-label': string };

/** A filter that is set, with the way to take it off. */
export type Chip = { key: string; words: string; off: () => void };

type FiltersProps = {
  /** Words of the button, the sheet's closing button, and what takes filters off. */
  words: { open: string; done: string; clear: string; off: (filter: string) => string };
  chips: Chip[];
  onClear: () => void;
  /** Stands always in sight, e.g. the search field. */
  lead?: ReactNode;
  children: (named: Named) => ReactNode;
};

export function Filters({ words, chips, onClear, lead, children }: FiltersProps) {
  const desk = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const [opened, setOpened] = useState(false);
  const clear =
    chips.length > 0 ? (
      <Button variant="subtle" onClick={onClear}>
        {words.clear}
      </Button>
    ) : null;
  if (desk) {
    return (
      <search className={css.bar}>
        {lead ? <div className={css.lead}>{lead}</div> : null}
        {children(label => ({ 'aria-label': label }))}
        {clear}
      </search>
    );
  }
  return (
    <search className={css.bar}>
      {lead ? <div className={css.lead}>{lead}</div> : null}
      <Button
        variant="default"
        aria-haspopup="dialog"
        leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {words.open}
      </Button>
      {chips.length > 0 ? (
        <ul className={css.chips}>
          {chips.map(chip => (
            <li key={chip.key}>
              <button
                type="button"
                className={css.chip}
                aria-label={words.off(chip.words)}
                onClick={chip.off}
              >
                {chip.words}
                <IconX size={16} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Sheet opened={opened} onClose={() => setOpened(false)} title={words.open}>
        <div className="lk-stack">
          {children(label => ({ label }))}
          <Button fullWidth onClick={() => setOpened(false)}>
            {words.done}
          </Button>
          {clear}
        </div>
      </Sheet>
    </search>
  );
}

/** A search without its empty members, so that no `?q=` stays behind in the address. */
export function trimmed<S extends Record<string, string | undefined>>(search: S): S {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as S;
}
