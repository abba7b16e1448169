// A clock that ticks to a moment, by the machine's own clock and again right after sleep.
import { useEffect, useState } from 'react';

/** Seconds left until `until` (epoch milliseconds), renewed each second; 0 once passed, null without an end. */
export function useSecondsLeft(until: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  const over = until === null || now >= until;
  useEffect(() => {
    setNow(Date.now());
    if (over) return;
    const tick = () => setNow(Date.now());
    const timer = setInterval(tick, 1000);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [over]);
  return until === null ? null : Math.max(0, Math.ceil((until - now) / 1000));
}
