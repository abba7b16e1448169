// What a step says about the last try: refused, busy with a countdown, code sent.
import { countdown, dateTime } from '../formats.ts';
import { Problem, Unreachable } from '../problem.ts';
import { LockStory } from '../stories/LockStory.tsx';
import { Note, PlainButton } from '../ui/plain.tsx';
import { say, useWords } from '../words.ts';
import { type SignInCourse, storyIn } from './use-sign-in.ts';

type Said = Pick<SignInCourse, 'word' | 'held' | 'cancelRetry' | 'proveInstead'>;

export function Words({ course }: { course: Said }) {
  const { t } = useWords('door');
  const { word } = course;
  if (!word) return null;
  if (word.kind === 'problem') return <DoorProblem error={word.error} />;
  if (word.kind === 'device-known') return <DeviceKnown error={word.error} />;
  if (word.kind === 'passkey-stopped') return <Note tone="warn">{t('passkey-stopped')}</Note>;
  if (word.kind === 'sent') return <Note tone="good">{t('code.sent-again')}</Note>;
  const time = countdown(course.held ?? 0);
  if (word.kind === 'slow-down') return <Note tone="warn">{t('slow-down', { time })}</Note>;
  return (
    <Note tone="warn">
      <p>{t('busy', { time })}</p>
      <PlainButton look="quiet" onClick={course.cancelRetry}>
        {t('busy-stop')}
      </PlainButton>
      {word.instead ? (
        <PlainButton look="quiet" onClick={course.proveInstead}>
          {t('busy-prove')}
        </PlainButton>
      ) : null}
    </Note>
  );
}

/** The code was right and the password was not: that, and what happened, is the owner's to know. */
function DeviceKnown({ error }: { error: Problem }) {
  const { t } = useWords('door');
  const story = storyIn(error);
  const former = formerWords(error);
  return (
    <>
      <Note tone="good">{t('device-known')}</Note>
      {former ? <Note tone="warn">{former}</Note> : null}
      {story ? (
        <details className="lk-lock lk-what">
          <summary>{t('what-happened')}</summary>
          <LockStory story={story} heading="h2" />
        </details>
      ) : null}
    </>
  );
}

/** On a known device: the password typed is one that was changed. */
function formerWords(error: Problem): string | null {
  const { formerPassword } = error.members as { formerPassword?: { changedAt: string } };
  return formerPassword ? say('door', 'former', { when: dateTime(formerPassword.changedAt) }) : null;
}

/** A refusal in the server's own words, which are in the reader's language. */
export function DoorProblem({ error }: { error: unknown }) {
  const { t } = useWords('ui');
  if (error instanceof Unreachable)
    return (
      <Note tone="warn">
        <p>{t('unreachable')}</p>
        <a className="lk-link" href="/check">
          {t('to-check')}
        </a>
      </Note>
    );
  const former = error instanceof Problem ? formerWords(error) : null;
  if (former) return <Note tone="warn">{former}</Note>;
  const words = error instanceof Problem ? error.detail || error.title : '';
  return <Note tone="bad">{words || t('unexpected')}</Note>;
}
