// Keyboard shortcuts of a page: never while typing, never while an input method composes (L41).
import { useEffect, useRef } from 'react';
import { isComposing } from './ime.tsx';

/** `{ n: newCustomer, 'g c': toCustomers, 'mod+k': palette }`; `mod` is Ctrl or Cmd and works inside fields too. */
export function useShortcuts(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let first = '';
    let firstAt = 0;
    function press(event: KeyboardEvent) {
      if (isComposing(event) || event.defaultPrevented || event.altKey) return;
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) return run(`mod+${key}`, event);
      if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return;
      const two = event.timeStamp - firstAt < 1200 ? `${first} ${key}` : '';
      first = key;
      firstAt = event.timeStamp;
      run(latest.current[two] ? two : key, event);
    }
    function run(name: string, event: KeyboardEvent) {
      const act = latest.current[name];
      if (!act) return;
      event.preventDefault();
      act();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
