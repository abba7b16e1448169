// A sheet: rises from the bottom on a phone, comes in from the side on a desk. In place of modals.
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useWords } from '../words.ts';
import css from './sheet.module.css';

type SheetProps = {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** False where only an answer inside may close it. */
  closable?: boolean;
  wide?: boolean;
};

/** Tapping outside closes it; what was typed inside must stand on `useDraft`, so nothing is lost. */
export function Sheet({ opened, onClose, title, children, closable = true, wide = false }: SheetProps) {
  const { t } = useWords('ui');
  const desk = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position={desk ? 'right' : 'bottom'}
      size={desk ? (wide ? 640 : 460) : 'auto'}
      withCloseButton={closable}
      closeOnClickOutside={closable}
      closeOnEscape={closable}
      closeButtonProps={{ 'aria-label': t('close') }}
      overlayProps={{ backgroundOpacity: 0.4 }}
      classNames={{ content: css.content ?? '', header: css.header ?? '', title: css.title ?? '' }}
    >
      {children}
    </Drawer>
  );
}
