// What stands in the content area while a page loads or when it breaks.
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { isPassing } from '../api.ts';
import { Failed, LoadingRows } from '../ui/states.tsx';

const pauseMs = 5_000;

export function PagePending() {
  return <LoadingRows />;
}

export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = useRef(() => {});
  again.current = () => {
    reset();
    void router.invalidate();
  };
  useEffect(() => {
    if (!isPassing(error)) return;
    const heed = () => again.current();
    addEventListener('online', heed);
    // The first try on a line that is just back may fail as well, and no second word of it comes.
    const timer = setInterval(() => {
      if (navigator.onLine) heed();
    }, pauseMs);
    return () => {
      removeEventListener('online', heed);
      clearInterval(timer);
    };
  }, [error]);
  return <Failed error={error} onRetry={() => again.current()} />;
}
