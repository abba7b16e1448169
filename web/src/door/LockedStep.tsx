// The locked page: why, until when, each way out as something to press, and what to mind.
import type { Lock, WayOut } from '../calls.ts';
import { LockNotice } from '../locks/LockNotice.tsx';
import { useSecondsLeft } from '../ui/countdown.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import type { SignInCourse } from './use-sign-in.ts';
import { Words } from './Words.tsx';

type LockedStepProps = { course: SignInCourse; lock: Lock; canAsk: boolean };

export function LockedStep({ course, lock, canAsk }: LockedStepProps) {
  const { t } = useWords('door');
  const left = useSecondsLeft(lock.until ? Date.parse(lock.until) : null);
  const over = left === 0;

  function action(way: WayOut) {
    if (way.kind === 'email-code' && canAsk && !over) {
      return (
        <PlainButton busy={course.working} onClick={() => void course.askCode({ kind: 'email-code' })}>
          {t('locked.send-code')}
        </PlainButton>
      );
    }
    if (way.kind === 'recovery') {
      return (
        <a className="lk-button plain" href={way.href ?? '/recover'}>
          {t('locked.recover')}
        </a>
      );
    }
    return null;
  }

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
      <LockNotice lock={lock} titled={false} action={action} />
      <PlainButton look={over ? 'main' : 'plain'} wide onClick={course.back}>
        {over ? t('locked.sign-in') : t('locked.other')}
      </PlainButton>
    </div>
  );
}
