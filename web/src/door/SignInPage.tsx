// The sign-in page and, under /locked, the same page explaining a lock.
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import { Note } from '../ui/plain.tsx';
import { loadWords, useWords } from '../words.ts';
import { DoorFrame } from './DoorFrame.tsx';
import { keep, nextAddress, recall } from './memory.ts';
import { SignInFlow } from './SignInFlow.tsx';
import type { Step } from './use-sign-in.ts';

const reasons = ['signed-out', 'expired', 'recovered', 'changed', 'invited'];
/** Causes that are no passing pause and head the page by their own name. */
const titled = ['password-exposed', 'suspended', 'account-expired'];
const memory = recall();
const onLockedAddress = location.pathname === '/locked';

export function SignInPage() {
  const { t } = useWords('door');
  const locks = useWords('locks');
  const [at, setAt] = useState<Step['at']>('password');
  const [cause, setCause] = useState<string | null>(null);
  const [outbox, setOutbox] = useState(false);
  const reason = new URLSearchParams(location.search).get('reason') ?? '';

  useEffect(() => {
    void api('GET /setup', { gate: false })
      .then(setup => {
        if (setup.needed) location.replace('/set-up');
        setOutbox(setup.outbox);
      })
      .catch(() => undefined);
  }, []);

  function follow(step: Step, name: string) {
    setAt(step.at);
    const locked = step.at === 'locked';
    // The title waits for its words, which come with the lock's page.
    if (locked) void loadWords('locks').then(() => setCause(step.lock.cause));
    else setCause(null);
    if (locked) {
      const { lock, flow, proofs, endsAt } = step;
      keep({ name, lock, flow, proofs, endsAt });
    } else keep({ name });
    const path = locked ? '/locked' : '/sign-in';
    if (location.pathname !== path) history.replaceState(null, '', path + location.search);
  }

  return (
    <DoorFrame
      wide={at === 'locked' ? 'a-little' : 'no'}
      title={cause && titled.includes(cause) ? locks.t(`cause.${cause}.title`) : t(`title.${at}`)}
      foot={
        outbox ? (
          <>
            <span>{t('outbox.words')}</span>
            <a className="lk-link lk-tall" href="/outbox">
              {t('outbox.open')}
            </a>
          </>
        ) : null
      }
    >
      <SignInFlow
        name={memory.name}
        greeting={
          reasons.includes(reason) ? (
            <Note tone={reason === 'expired' ? 'warn' : 'good'}>{t(`reason.${reason}`)}</Note>
          ) : null
        }
        lock={
          onLockedAddress && memory.lock
            ? { lock: memory.lock, flow: memory.flow, proofs: memory.proofs, endsAt: memory.endsAt }
            : null
        }
        onSignedIn={() => {
          keep({ lock: null, flow: null, proofs: [] });
          location.assign(nextAddress(location.search));
        }}
        onStep={follow}
      />
    </DoorFrame>
  );
}
