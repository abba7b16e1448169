// In place of every page while a lock holds the session back: what lifts it stands here, and the address stays too.
import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, Suspense } from 'react';
import type { Lock } from '../calls.ts';
import { LockNotice } from '../locks/LockNotice.tsx';
import { sessionQuery } from '../session.ts';
import { fetched } from '../ui/fetched.tsx';
import { LoadingRecord } from '../ui/states.tsx';
import { loadWords } from '../words.ts';

export type LiftProps = {
  lock: Lock;
  /** The lock is lifted: the page that was asked for comes back. */
  onLifted: () => Promise<void>;
};

const newPassword = fetched(async () => {
  await loadWords('desk');
  return import('../desk/NewPassword.tsx');
});

const verifyEmail = fetched(async () => {
  await loadWords('accounts', 'door');
  return import('../accounts/VerifyEmail.tsx');
});

/** What lifts each cause, on the page itself. */
const lifts: Record<string, ComponentType<LiftProps>> = {
  'password-initial': newPassword,
  'password-overdue': newPassword,
  'email-unverified': verifyEmail,
};

export function HeldBack({ lock }: { lock: Lock }) {
  const queries = useQueryClient();
  const Lift = lifts[lock.cause];
  if (!Lift) return <LockNotice lock={lock} />;
  return (
    <Suspense fallback={<LoadingRecord />}>
      <Lift lock={lock} onLifted={() => queries.refetchQueries({ queryKey: sessionQuery.queryKey })} />
    </Suspense>
  );
}
