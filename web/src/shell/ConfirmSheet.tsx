// Showing oneself again in place, where a call is delicate: the page stays, and the same call goes on afterwards.
import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { onConfirmFirst } from '../api.ts';
import { isAsking, listenToAsking, settleConfirmation, waitForConfirmation } from '../factors/confirming.ts';
import { fetched } from '../ui/fetched.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRows } from '../ui/states.tsx';
import { loadWords, useWords } from '../words.ts';

const ConfirmNow = fetched(async () => {
  const [now] = await Promise.all([import('../factors/ConfirmNow.tsx'), loadWords('factors')]);
  return { default: now.ConfirmNow };
});

export function ConfirmSheet() {
  const { t } = useWords('shell');
  useEffect(() => onConfirmFirst(waitForConfirmation), []);
  const opened = useSyncExternalStore(listenToAsking, isAsking);
  return (
    <Sheet opened={opened} onClose={() => settleConfirmation(false)} title={t('confirm.title')}>
      {opened ? (
        <Suspense fallback={<LoadingRows rows={2} />}>
          <ConfirmNow onDone={() => settleConfirmation(true)} />
        </Suspense>
      ) : null}
    </Sheet>
  );
}
