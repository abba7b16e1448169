// The locked page: why, until when, each way out as something to press, and what to mind.
import { lazy, Suspense } from 'react';
import type { WayOut } from '../calls.ts';
import { LockNotice } from '../locks/LockNotice.tsx';
import { LockStory, StoryOfFlow } from '../stories/LockStory.tsx';
import { useSecondsLeft } from '../ui/countdown.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { loadWords, useWords } from '../words.ts';
import { offeredOf } from './ProofStep.tsx';
import type { Locked, SignInCourse } from './use-sign-in.ts';
import { Words } from './Words.tsx';

const Extension = lazy(async () => {
  const [ask] = await Promise.all([import('../invitations/AskExtension.tsx'), loadWords('invitations')]);
  return { default: ask.AskExtension };
});

/** Sent by message, and offered beside its own way out. */
const sent = ['email-code', 'sms-code'];

export function LockedStep({ course, locked }: { course: SignInCourse; locked: Locked }) {
  const { t } = useWords('door');
  const { lock, flow, proofs, story } = locked;
  const canAsk = flow !== null;
  const endsAt = locked.endsAt ?? (lock.until ? Date.parse(lock.until) : null);
  const left = useSecondsLeft(endsAt);
  const over = left === 0;

  const factors = offeredOf(proofs).filter(proof => !sent.includes(proof.kind) && proof.kind !== 'desk-code');
  const texted = proofs.find(proof => proof.kind === 'sms-code');
  const desk = proofs.find(proof => proof.kind === 'desk-code');

  function action(way: WayOut) {
    if (way.kind === 'factor' && canAsk && !over) {
      return (
        <div className="lk-row">
          {factors.map(proof => (
            <PlainButton
              key={proof.kind}
              look="plain"
              busy={course.working}
              onClick={() => void course.choose(proof)}
            >
              {t(`locked.use.${proof.kind}`)}
            </PlainButton>
          ))}
        </div>
      );
    }
    if (way.kind === 'email-code' && canAsk && !over) {
      return (
        <div className="lk-row">
          <PlainButton busy={course.working} onClick={() => void course.choose({ kind: 'email-code' })}>
            {t('locked.send-code')}
          </PlainButton>
          {texted ? (
            <PlainButton look="plain" busy={course.working} onClick={() => void course.choose(texted)}>
              {t('locked.send-sms')}
            </PlainButton>
          ) : null}
        </div>
      );
    }
    if (way.kind === 'administrator' && desk && canAsk && !over) {
      return (
        <PlainButton look="plain" busy={course.working} onClick={() => void course.choose(desk)}>
          {t('locked.desk-code')}
        </PlainButton>
      );
    }
    if (way.kind === 'extension' && flow)
      return (
        <Suspense fallback={null}>
          <Extension flow={flow} />
        </Suspense>
      );
    if (way.kind === 'recovery') {
      return (
        <a
          className={`lk-button ${lock.cause === 'password-exposed' ? '' : 'plain'}`}
          href={way.href ?? '/recover'}
        >
          {t('locked.recover')}
        </a>
      );
    }
    return null;
  }

  // After a reload nobody has told this page the story yet; strangers are told none.
  const asked = story === undefined && flow ? <StoryOfFlow flow={flow} heading="h2" /> : null;
  const told = story ? <LockStory story={story} heading="h2" /> : asked;

  return (
    <div className="lk-stack">
      <div aria-live="polite" className="lk-live">
        {over ? (
          <Note tone="good">
            <p>{t('locked.over')}</p>
          </Note>
        ) : null}
      </div>
      <Words course={course} />
      <LockNotice lock={lock} titled={false} action={action} endsAt={endsAt} story={told} />
      <PlainButton
        look={over ? 'main' : 'plain'}
        wide
        busy={course.working}
        onClick={over ? course.again : course.back}
      >
        {over ? t('locked.sign-in') : t('locked.other')}
      </PlainButton>
    </div>
  );
}
