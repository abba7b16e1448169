// In place of a part of the page that could not be fetched: why, that nothing typed is lost, and when it comes.
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words.ts';
import css from './part-away.module.css';
import { PlainButton } from './plain.tsx';

const pauseMs = 5_000;

type PartAwayProps = {
  /** True once the part is there. */
  onRetry: () => Promise<boolean>;
  /** Given for sheets: the words stand over the page then, and can be sent away. */
  onClose: (() => void) | null;
};

export function PartAway({ onRetry, onClose }: PartAwayProps) {
  const { t } = useWords('shell');
  const retry = useRef(onRetry);
  retry.current = onRetry;
  // What fails while there is a network will hardly come by itself: its file may be gone with an older version.
  const [fails, setFails] = useState(0);
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    let gone = false;
    const attempt = async () => {
      setOnline(navigator.onLine);
      if (!navigator.onLine || (await retry.current()) || gone) return;
      setFails(before => before + 1);
    };
    void attempt();
    const timer = setInterval(() => void attempt(), pauseMs);
    const heed = () => void attempt();
    addEventListener('online', heed);
    addEventListener('offline', heed);
    return () => {
      gone = true;
      clearInterval(timer);
      removeEventListener('online', heed);
      removeEventListener('offline', heed);
    };
  }, []);
  return (
    <div className={onClose ? css.over : css.here} role="status">
      <p>{t(online ? 'part.failed' : 'part.offline')}</p>
      <div className={css.ways}>
        {online && fails > 1 ? (
          <PlainButton look="plain" onClick={() => location.reload()}>
            {t('part.reload')}
          </PlainButton>
        ) : null}
        {onClose ? (
          <PlainButton look="quiet" onClick={onClose}>
            {t('part.close')}
          </PlainButton>
        ) : null}
      </div>
    </div>
  );
}
