// Signing in again in place: the page stays, what was typed stays, waiting calls go on afterwards (B9).
import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { onSignedOut } from '../api.ts';
import type { Person } from '../calls.ts';
import { signInAddress, useMe } from '../session.ts';
import { fetched } from '../ui/fetched.tsx';
import { PlainButton } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { loadWords, useWords } from '../words.ts';
import { isGateOpen, listenToGate, settleGate, waitForSignIn } from './gate.ts';

const SignInFlow = fetched(async () => {
  const [flow] = await Promise.all([import('../door/SignInFlow.tsx'), loadWords('door', 'locks', 'ui')]);
  return { default: flow.SignInFlow };
});

export function SignInSheet() {
  const { t } = useWords('shell');
  const { user } = useMe();
  // Only once the shell stands: before, a missing session leads to the sign-in page.
  useEffect(() => onSignedOut(waitForSignIn), []);
  const opened = useSyncExternalStore(listenToGate, isGateOpen);

  function signedIn(person: Person) {
    // Somebody else at the same page must not see, or save, what belongs to the first.
    if (person.id !== user.id) return location.assign('/');
    settleGate(true);
    void import('../offline/key.ts').then(kept => kept.prolong(user.id));
  }

  return (
    <Sheet opened={opened} onClose={() => settleGate(false)} title={t('again.title')} closable={false}>
      <div className="lk-stack">
        <p className="lk-hint">{t('again.words')}</p>
        <Suspense fallback={null}>
          <SignInFlow name={user.email} nameFixed onSignedIn={signedIn} />
        </Suspense>
        <PlainButton look="quiet" onClick={() => location.assign(signInAddress('expired'))}>
          {t('again.leave')}
        </PlainButton>
      </div>
    </Sheet>
  );
}
