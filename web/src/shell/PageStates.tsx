// What stands in the content area while a page loads or when it breaks.
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Failed, LoadingRows } from '../ui/states.tsx';

export function PagePending() {
  return <LoadingRows />;
}

export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Failed
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
