// Filters above a list: in one row on a desk; behind one button with their number, in a sheet, on a phone.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import css from './filters.module.css';
import { Sheet } from './Sheet.tsx';

type FiltersProps = {
  /** Words of the button, the sheet's closing button, and the one that clears. */
  words: { open: string; done: string; clear: string };
  /** How many filters are set. */
  count: number;
  onClear: () => void;
  /** Stands always in sight, e.g. the search field. */
  lead?: ReactNode;
  children: ReactNode;
};

export function Filters({ words, count, onClear, lead, children }: FiltersProps) {
  const desk = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const [opened, setOpened] = useState(false);
  const clear =
    count > 0 ? (
      <Button variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={onClear}>
        {words.clear}
      </Button>
    ) : null;
  if (desk) {
    return (
      <search className={css.bar}>
        {lead ? <div className={css.lead}>{lead}</div> : null}
        {children}
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
        {count > 0 ? `${words.open} · ${count}` : words.open}
      </Button>
      <Sheet opened={opened} onClose={() => setOpened(false)} title={words.open}>
        <div className="lk-stack">
          {children}
          <Button fullWidth onClick={() => setOpened(false)}>
            {words.done}
          </Button>
          {clear}
        </div>
      </Sheet>
    </search>
  );
}
