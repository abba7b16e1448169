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
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position={desk ? 'right' : 'bottom'}
      size={desk ? (wide ? 640 : 460) : 'auto'}
      closeOnClickOutside={closable}
      closeOnEscape={closable}
      // One that must be answered stands before whatever other sheet is open.
      zIndex={closable ? 200 : 300}
      classNames={{ content: css.content ?? '' }}
    >
      <Drawer.Overlay backgroundOpacity={0.4} />
      {/* Named from the first moment on: the title is known to the library only after it has been painted. */}
      <Drawer.Content aria-label={title}>
        <div className={css.head}>
          <Drawer.Title className={css.title ?? ''}>{title}</Drawer.Title>
          {closable ? <Drawer.CloseButton size="var(--control-sm)" aria-label={t('close')} /> : null}
        </div>
        <Drawer.Body className={css.body ?? ''}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
