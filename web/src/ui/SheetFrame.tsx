// What a sheet is drawn with; loaded with the first sheet that opens.
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useWords } from '../words.ts';
import type { SheetProps } from './Sheet.tsx';
import css from './sheet.module.css';

export default function SheetFrame({ opened, onClose, title, children, closable = true, wide }: SheetProps) {
  const { t } = useWords('ui');
  const desk = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  // Opened a moment after it is there: only so is the focus given back to where it came from.
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const from = document.activeElement;
    setReady(true);
    // One that is taken away while it is open leaves the focus nowhere.
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && from instanceof HTMLElement)
          from.focus({ preventScroll: true });
      });
    };
  }, []);
  return (
    <Drawer.Root
      opened={opened && ready}
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
