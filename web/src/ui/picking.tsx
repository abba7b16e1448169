// Picking rows out of a list: a box on a desk; on a phone a long press, then taps.
import { type PointerEvent, type ReactNode, useRef } from 'react';
import { useWords } from '../words.ts';
import css from './record-list.module.css';

type BoxProps = {
  label: string;
  checked: boolean;
  some?: boolean;
  /** With the shift key held down, all up to this one are meant. */
  onToggle: (among: boolean) => void;
};

export function Box({ label, checked, some = false, onToggle }: BoxProps) {
  const shift = useRef(false);
  return (
    <input
      type="checkbox"
      className={css.box}
      aria-label={label}
      checked={checked}
      ref={box => {
        if (box) box.indeterminate = some && !checked;
      }}
      onPointerDown={event => {
        shift.current = event.shiftKey;
      }}
      onKeyDown={event => {
        shift.current = event.shiftKey;
      }}
      onChange={() => {
        onToggle(shift.current);
        shift.current = false;
      }}
    />
  );
}

/** A press of that many milliseconds, within that many CSS pixels, picks a card. */
const long = 450;
const slack = 10;

type PickedCardProps = {
  name: string;
  picking: boolean;
  picked: boolean;
  onToggle: () => void;
  children: ReactNode;
};

export function PickedCard({ name, picking, picked, onToggle, children }: PickedCardProps) {
  const { t } = useWords('ui');
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> } | null>(null);
  const pressed = useRef(false);
  function down(event: PointerEvent) {
    pressed.current = false;
    if (picking || event.pointerType === 'mouse' || !event.isPrimary) return;
    const timer = setTimeout(() => {
      pressed.current = true;
      press.current = null;
      navigator.vibrate?.(15);
      onToggle();
    }, long);
    press.current = { x: event.clientX, y: event.clientY, timer };
  }
  function drop() {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  }
  return (
    <li
      data-row
      data-picked={picked || undefined}
      className={picking ? css.picking : undefined}
      onPointerDown={down}
      onPointerMove={event => {
        const from = press.current;
        if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > slack) drop();
      }}
      onPointerUp={drop}
      onPointerCancel={drop}
      onPointerLeave={drop}
      // The browser's own menu for a link would come up in the middle of a long press.
      onContextMenu={event => (press.current || pressed.current) && event.preventDefault()}
      onClickCapture={event => {
        // A tap on the box is the box's own.
        if (event.target instanceof HTMLInputElement || (!picking && !pressed.current)) return;
        event.preventDefault();
        event.stopPropagation();
        if (picking && !pressed.current) onToggle();
        pressed.current = false;
      }}
    >
      {picking ? <Box label={t('pick.one', { name })} checked={picked} onToggle={onToggle} /> : null}
      {children}
    </li>
  );
}
