// What stands in the content area while a page loads or when it breaks.
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { isPassing } from '../api.ts';
import { Failed, LoadingRows } from '../ui/states.tsx';

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
    return () => removeEventListener('online', heed);
  }, [error]);
  return <Failed error={error} onRetry={() => again.current()} />;
}
