// After a lock: for some days the work desk offers to see that nothing was lost.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';

type Told = Calls['GET /status']['reply']['locks'][number];
const offeredFor = 3 * 86_400_000;
const seenKey = 'latchkey.unlock-seen';

export function AfterUnlock({ locks }: { locks: Told[] }) {
  const { t } = useWords('desk');
  const [seen, setSeen] = useState(() => localStorage.getItem(seenKey));
  // Whoever reads this is in, be the lock over or still holding strangers off.
  const over = locks
    .map(lock => lock.lifted?.at ?? lock.since)
    .filter(at => Date.parse(at) > Date.now() - offeredFor)
    .sort()
    .at(-1);
  if (!over || seen === over) return null;
  function dismiss() {
    if (over) localStorage.setItem(seenKey, over);
    setSeen(over ?? null);
  }
  return (
    <Note>
      <p>{t('after.words')}</p>
      <div className="lk-row">
        <Link to="/self-check" className="lk-link">
          {t('after.check')}
        </Link>
        <PlainButton look="quiet" onClick={dismiss}>
          {t('after.dismiss')}
        </PlainButton>
      </div>
    </Note>
  );
}
