// Buttons with a menu whose script is loaded once somebody reaches for one.
import { cloneElement, type ReactElement, Suspense, startTransition, useState } from 'react';
import { say } from '../words.ts';
import type { Later } from './later.ts';
import { toast } from './toast.tsx';

/** What the button of a menu is given. */
type Button = ReactElement<{
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
}>;
export type Framed = { target: Button };

type LaterMenuProps<G extends object> = {
  /** What is loaded: it draws its items in a `<MenuFrame target>`. */
  of: Later<G & Framed>;
  /** What the loaded part is given besides the button. */
  given: G;
  target: Button;
};

/** `const choices = later(() => import('./Choices.tsx'))`, `<LaterMenu of={choices} given={{ … }} target={<button>} />`. */
export function LaterMenu<G extends object>({ of, given, target }: LaterMenuProps<G>) {
  const [wanted, setWanted] = useState(false);
  if (wanted)
    return (
      <Suspense fallback={target}>
        <of.Part {...given} target={target} />
      </Suspense>
    );
  return cloneElement(target, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    // The button stays while the menu is fetched, and where it cannot be.
    onClick: async () => {
      if (await of.warm()) startTransition(() => setWanted(true));
      else toast(say('shell', navigator.onLine ? 'part.menu-failed' : 'part.menu-offline'));
    },
    onPointerEnter: () => void of.warm(),
    onFocus: () => void of.warm(),
  });
}
