// Swiping a row on a phone: to the right and to the left one action each. Whatever it does stands on the page as well,
// for those who do not swipe.
import { type PointerEvent, type ReactNode, useRef, useState } from 'react';
import css from './swipe.module.css';

export type SwipeAction = { label: string; icon: ReactNode; act: () => void };
type SwipeRowProps = {
  /** What a swipe to the right does, and one to the left. */
  right?: SwipeAction | undefined;
  left?: SwipeAction | undefined;
  children: ReactNode;
};

/** From here on letting go acts, in CSS pixels. */
const enough = 88;
const most = 132;
/** Less than that is a tap, or the list is being scrolled. */
const slack = 12;

export function SwipeRow({ right, left, children }: SwipeRowProps) {
  // How far it has come stands here too: of a quick swipe on a slow phone nothing is drawn before the finger is gone.
  const start = useRef<{ id: number; x: number; y: number; swiping: boolean; shift: number } | null>(null);
  const swiped = useRef(false);
  const [shift, setShift] = useState(0);
  const actionAt = (place: number) => (place > 0 ? right : place < 0 ? left : undefined);
  const action = actionAt(shift);

  function down(event: PointerEvent) {
    swiped.current = false;
    if (event.pointerType !== 'touch' || !event.isPrimary) return;
    start.current = { id: event.pointerId, x: event.clientX, y: event.clientY, swiping: false, shift: 0 };
  }
  function move(event: PointerEvent<HTMLElement>) {
    const from = start.current;
    if (from?.id !== event.pointerId) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.swiping) {
      if (Math.abs(y) > slack) start.current = null;
      if (Math.abs(x) < slack || Math.abs(y) > Math.abs(x)) return;
      from.swiping = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    from.shift = actionAt(x) ? Math.max(-most, Math.min(most, x)) : 0;
    setShift(from.shift);
  }
  function end(event: PointerEvent) {
    const from = start.current;
    if (from?.id !== event.pointerId) return;
    start.current = null;
    swiped.current = from.swiping;
    setShift(0);
    if (event.type === 'pointerup' && Math.abs(from.shift) >= enough) actionAt(from.shift)?.act();
  }
  return (
    <div
      className={css.row}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      // The tap that ends a swipe opens nothing.
      onClickCapture={event => {
        if (!swiped.current) return;
        swiped.current = false;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {action ? (
        <div
          className={css.action}
          data-side={shift > 0 ? 'right' : 'left'}
          data-ready={Math.abs(shift) >= enough || undefined}
          aria-hidden
        >
          {action.icon}
          {action.label}
        </div>
      ) : null}
      <div className={css.face} style={shift === 0 ? undefined : { transform: `translateX(${shift}px)` }}>
        {children}
      </div>
    </div>
  );
}
