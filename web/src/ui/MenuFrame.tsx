// What a menu put off is drawn with: it opens as soon as it is there, since somebody has asked for it.
import { Menu, type MenuProps } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Framed } from './menus.tsx';

type MenuFrameProps = Framed &
  Pick<MenuProps, 'position' | 'width' | 'closeOnItemClick'> & { children: ReactNode };

export function MenuFrame({ target, children, ...shape }: MenuFrameProps) {
  const [opened, setOpened] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // The button that was pressed has given way to this one; the focus comes back here when the menu closes.
    place.current?.querySelector('button')?.focus({ preventScroll: true });
    setOpened(true);
  }, []);
  return (
    <span ref={place} style={{ display: 'contents' }}>
      <Menu opened={opened} onChange={setOpened} {...shape}>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>{children}</Menu.Dropdown>
      </Menu>
    </span>
  );
}
