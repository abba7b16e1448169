// In a sheet: the way to what was changed before, loaded once somebody asks for it.
import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { fetched } from '../ui/fetched.tsx';
import { LoadingRows } from '../ui/states.tsx';
import { loadWords } from '../words.ts';
import type { RecordHistoryProps } from './RecordHistory.tsx';

const RecordHistory = fetched(async () => {
  const [told] = await Promise.all([import('./RecordHistory.tsx'), loadWords('history', 'audit')]);
  return told;
});

/** `label` is said before the rest is loaded. */
export function Versions({ label, ...rest }: RecordHistoryProps & { label: string }) {
  const [opened, setOpened] = useState(false);
  if (!opened)
    return (
      <Button variant="subtle" fullWidth aria-expanded={false} onClick={() => setOpened(true)}>
        {label}
      </Button>
    );
  return (
    <Suspense fallback={<LoadingRows rows={2} />}>
      <RecordHistory {...rest} />
    </Suspense>
  );
}
