// A sheet: rises from the bottom on a phone, comes in from the side on a desk. In place of modals.
import { type ReactNode, Suspense, useRef } from 'react';
import { later } from './later.ts';

export type SheetProps = {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** False where only an answer inside may close it. */
  closable?: boolean;
  wide?: boolean;
};

const frame = later(() => import('./SheetFrame.tsx'));

/** Tapping outside closes it; what was typed inside must stand on `useDraft`, so nothing is lost. */
export function Sheet(props: SheetProps) {
  const used = useRef(false);
  used.current ||= props.opened;
  if (!used.current) return null;
  return (
    <Suspense fallback={null}>
      <frame.Part {...props} />
    </Suspense>
  );
}
